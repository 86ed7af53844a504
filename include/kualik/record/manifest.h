#pragma once
// The list of all files that were made from one source, each with its hash: who gets the records can prove that nothing
// was changed since.
//
//   Manifest manifest{source};
//   manifest.add("a.mp4.d/0001-id_number.png", sha256(bytes), bytes.size(), "crop of field id_number");
//   write_private_file(folder + "/manifest.json", manifest.json());

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/record/record.h"

namespace kualik::record {

/// One file made from the source.
struct Derivative {
  std::string path{};  ///< Relative to the output folder.
  std::string sha256{};
  std::uint64_t size{0};
  std::string what{};  ///< How it was made, in words; holds no value.
};

/// Plain value; `json()` gives the same bytes for the same list.
class Manifest {
 public:
  explicit Manifest(Source source, Engine engine = {}) : source_(std::move(source)), engine_(std::move(engine)) {}
  void add(Derivative derivative) { derivatives_.push_back(std::move(derivative)); }
  const std::vector<Derivative>& derivatives() const noexcept { return derivatives_; }
  /// Schema kualik.manifest/1 (docs/data_formats.md).
  std::string json() const;

 private:
  Source source_;
  Engine engine_;
  std::vector<Derivative> derivatives_;
};

}  // namespace kualik::record
