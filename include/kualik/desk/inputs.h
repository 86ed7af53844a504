#pragma once
// From what was named on the command line to a list of files: folders are walked, tables of an archive are read.
//
//   InputList list = collect_inputs({"clips/", "a.mp4"});
//   for (const Input& i : list.inputs) …            // files, in a fixed order
//   for (const record::Failure& f : list.failures)  // what names nothing that could be read, one line each

#include <string>
#include <vector>

#include "kualik/record/database.h"
#include "kualik/record/entry.h"

namespace kualik::desk {

/// One file to read, with what the archive knows of it.
struct Input {
  std::string path{};
  record::Catalogue catalogue{};
};

struct InputList {
  std::vector<Input> inputs{};
  std::vector<record::Failure> failures{};
  std::vector<std::string> columns{};  ///< Names of the list's free columns, for CSV.
};

/// Files are taken as they are; folders are walked to any depth, links to folders not followed, and give the files
/// whose ending or first bytes are those of a video or an image, sorted by path. Hidden files and folders that hold
/// results of an earlier scan are passed over. A folder without any gives a failure. `list_csv`, if not empty, is a CSV
/// file with a column `path` (relative to the list's own folder), optionally `entry_no`, and free columns. Throws
/// std::runtime_error if the list cannot be read or has no column `path`.
InputList collect_inputs(const std::vector<std::string>& paths, const std::string& list_csv = {});

/// Whether the file's ending or its first bytes are those of a video or an image.
bool looks_like_media(const std::string& path);

}  // namespace kualik::desk
