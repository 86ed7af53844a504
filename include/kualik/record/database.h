#pragma once
// One SQLite file for a whole archive. Each source is written in one transaction, so a crash, a kill or a power loss
// leaves every finished source whole and no half one. The tables are described in docs/data_formats.md; any SQLite tool
// reads them.
//
//   Database db{"archive.sqlite"};
//   db.begin_run(engine, "--crops");
//   if (!db.has(source.sha256)) db.add(source, catalogue, entries);
//   db.each([](const Entry& e, std::size_t document_no) { … });
//
// One Database is used by one thread at a time; several processes may write to one file (they wait for each other up to
// a minute). The file is created with mode 0600. Faults of SQLite throw std::runtime_error naming the file and SQLite's
// message, never a value.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/record/entry.h"
#include "kualik/record/review.h"

namespace kualik::record {

/// A source that could not be read, with the cause in words.
struct Failure {
  std::string path{};
  std::string sha256{};  ///< Empty if not even the hash could be taken.
  std::string cause{};
  int tries{1};
};

/// A picture that goes with a source's records: a crop or a thumbnail, encoded.
struct Picture {
  std::string path{};  ///< As in Evidence::crop and Record::thumbnail.
  std::string sha256{};
  std::string bytes{};
};

class Database {
 public:
  /// Opens or creates. Throws if the file is no database of kualik or of a newer schema. One that lies on a
  /// write-protected medium is opened for reading; what would write then throws. Triggers and views of the file are
  /// not run, whoever put them there.
  explicit Database(const std::string& path);
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  Database(const Database&) = delete;  ///< A connection has one owner; open the file again.
  Database& operator=(const Database&) = delete;

  /// Notes a run; sources added from here on belong to it. `options` must hold no value that was read.
  void begin_run(const Engine& engine, std::string_view options, std::string_view started_at);

  /// Whether a source of this content is there, whatever its name.
  bool has(std::string_view sha256) const;
  /// Notes a further name of a source that is there, or a further entry of the archive's that cites it; nothing happens
  /// if both are known.
  void add_name(std::string_view sha256, const std::string& path, const Catalogue& catalogue);
  /// Writes all records of one source, replacing earlier ones of the same content and removing its failure. Reviews
  /// stay. `warning` says what kept the source from being read whole.
  void add(const Source& source, const Catalogue& catalogue, const std::vector<Entry>& entries,
           const std::vector<Picture>& pictures = {}, std::string_view warning = {});
  /// Notes that a source could not be read; counts the tries.
  void add_failure(const std::string& path, std::string_view sha256, std::string_view cause);
  std::vector<Failure> failures() const;

  /// All entries with their reviews, by path of the source, in order of sight. `document_no` counts from 1 in each
  /// source.
  void each(const std::function<void(const Entry&, std::size_t document_no)>& visit) const;
  /// The names of all free columns, in order of first appearance.
  std::vector<std::string> free_columns() const;
  /// What the archive's own table says of a source: one catalogue for each entry that cites it.
  std::vector<Catalogue> catalogues(std::string_view sha256) const;
  /// A picture by its path; empty if it was not kept.
  std::optional<std::string> picture(std::string_view sha256_of_source, std::string_view path) const;

  /// Merges decisions (review.h). A later decision on the same field replaces the earlier one.
  MergeResult merge(const std::vector<Decision>& decisions);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kualik::record
