#pragma once
// Results of earlier scans, wherever they lie: a database, an output folder, or a file of JSON Lines.
//
//   Archive archive{"archive.sqlite"};
//   archive.each([](const record::Entry& e, std::size_t document_no) { … });

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kualik/record/entry.h"
#include "kualik/record/review.h"

namespace kualik::desk {

/// One Archive is used by one thread at a time. Faults throw std::runtime_error naming the file (and line).
class Archive {
 public:
  /// A folder's records are those of its `*.d` folders and of `*.jsonl` files in it, each source once; merged decisions
  /// are in its `reviews.json`.
  explicit Archive(std::string path);
  ~Archive();
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  Archive(const Archive&) = delete;  ///< Holds a connection; open it again.
  Archive& operator=(const Archive&) = delete;

  /// All entries with their reviews, each document once: where several of the archive's entries cite one video, their
  /// numbers and columns are joined by ` | `. `document_no` counts from 1 in each source.
  void each(const std::function<void(const record::Entry&, std::size_t document_no)>& visit) const;
  /// Names of the free columns, in order of first appearance.
  std::vector<std::string> free_columns() const;
  /// What the archive's own table says of an entry's source, one for each of its entries that cites it. Never empty; an
  /// empty catalogue where nothing is said.
  std::vector<record::Catalogue> catalogues(const record::Entry& entry) const;
  /// An encoded crop or thumbnail by the path that the record gives; empty if it was not kept.
  std::optional<std::string> picture(const record::Entry& entry, const std::string& path) const;
  /// Merges a reviewer's decisions. A single JSON Lines file takes none.
  record::MergeResult merge(const std::vector<record::Decision>& decisions);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kualik::desk
