#pragma once
// Invented persons (given + father's name from the tables of parts) and the ways their names are written, for the
// benchmark of matching.

#include <cstdint>
#include <string>
#include <vector>

namespace kualik::bench {

/// A part of a name with the spellings that a table gives.
struct Part {
  bool uyghur{false};
  std::string name{};                  ///< Cyrillic, or Uyghur Latin.
  std::vector<std::string> hans{};     ///< Older and newer spellings.
  std::vector<std::string> english{};  ///< Made up on the spot; may be empty.
};

/// data/names/kazakh_parts.tsv (rows that are names of their own) and uyghur_parts.tsv.
std::vector<Part> table_parts(const std::string& source_dir);
/// A table of benchmarks/text: parts in no table of the library.
std::vector<Part> unseen_parts(const std::string& source_dir, const std::string& file);

struct Person {
  std::uint32_t given{};
  std::uint32_t father{};
};

/// How many ways `write` knows, and their names.
constexpr int way_count = 9;
const char* way_name(int way);
/// The person's name written in that way; `salt` picks among variants.
std::string write(const Part& given, const Part& father, int way, std::uint64_t salt);
/// The two may be one name in Chinese characters (帕丽达 for Парида and Фарида), so that neither is a distractor of the
/// other.
bool same_in_han(const Part& a, const Part& b);

/// A small generator with a fixed sequence everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 7U;
    state_ ^= state_ << 17U;
    return state_ * 0x2545F4914F6CDD1DULL;
  }
  std::uint32_t below(std::size_t n) { return static_cast<std::uint32_t>((next() >> 33U) % n); }

 private:
  std::uint64_t state_;
};

}  // namespace kualik::bench
