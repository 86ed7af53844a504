#include "kualik/desk/inputs.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "kualik/record/csv.h"
#include "kualik/record/private_file.h"

namespace kualik::desk {
namespace {

namespace fs = std::filesystem;

constexpr std::array endings{".mp4",  ".m4v", ".mov",  ".mkv",  ".webm", ".avi", ".flv",  ".wmv",  ".mpg",
                             ".mpeg", ".ts",  ".mts",  ".m2ts", ".3gp",  ".3g2", ".ogv",  ".vob",  ".asf",
                             ".f4v",  ".jpg", ".jpeg", ".png",  ".bmp",  ".tif", ".tiff", ".webp", ".gif"};

bool known_ending(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

bool known_first_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::array<char, 12> head{};
  in.read(head.data(), head.size());
  const std::string_view bytes(head.data(), static_cast<std::size_t>(in.gcount()));
  const auto at = [&](std::size_t offset, std::string_view mark) {
    return bytes.size() > offset && bytes.substr(offset, mark.size()) == mark;
  };
  return at(4, "ftyp") || at(0, "\x1A\x45\xDF\xA3") || (at(0, "RIFF") && (at(8, "AVI ") || at(8, "WEBP"))) ||
         at(0, "FLV\x01") || at(0, "OggS") || at(0, "\x89PNG") || at(0, "\xFF\xD8\xFF") || at(0, "GIF8") ||
         at(0, std::string_view("II*\0", 4)) || at(0, std::string_view("MM\0*", 4)) ||
         at(0, std::string_view("\0\0\1\xBA", 4)) || at(0, std::string_view("\x30\x26\xB2\x75", 4));
}

// A folder that `--out` filled for one source.
bool holds_results(const fs::path& folder) {
  return folder.extension() == ".d" && fs::exists(folder / "manifest.json");
}

void walk(const std::string& folder, const record::Catalogue& catalogue, InputList& list) {
  std::vector<std::string> found;
  const std::size_t before = list.failures.size();
  std::error_code fault;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, fault);
  for (const fs::recursive_directory_iterator end; !fault && at != end; at.increment(fault)) {
    const fs::path& path = at->path();
    const std::string name = path.filename().string();
    std::error_code ignored;
    if (at->is_directory(ignored)) {
      if (name.starts_with('.') || holds_results(path)) {
        at.disable_recursion_pending();
      } else if (std::error_code closed; fs::directory_iterator(path, closed), closed) {
        // The iterator would pass it over without a word.
        list.failures.push_back({path.string(), "", closed.message(), 1});
      }
    } else if (!name.starts_with('.') && at->is_regular_file(ignored) && looks_like_media(path.string())) {
      found.push_back(path.string());
    } else if (!name.starts_with('.') && at->is_symlink(ignored) && !fs::exists(path, ignored) && known_ending(path)) {
      list.failures.push_back({path.string(), "", "a link to a file that is not there", 1});
    }
  }
  if (fault) {
    list.failures.push_back({folder, "", fault.message(), 1});
  } else if (found.empty() && list.failures.size() == before) {
    list.failures.push_back({folder, "", "a folder without videos or images", 1});
  }
  std::sort(found.begin(), found.end());
  for (std::string& path : found) list.inputs.push_back({std::move(path), catalogue});
}

void add(const std::string& path, const record::Catalogue& catalogue, InputList& list) {
  std::error_code fault;
  if (fs::is_directory(path, fault))
    walk(path, catalogue, list);
  else
    list.inputs.push_back({path, catalogue});
}

void add_list(const std::string& csv_path, InputList& list) {
  const std::string text = record::read_whole_file(csv_path);
  record::CsvContent table;
  try {
    table = record::read_csv(text);
  } catch (const std::runtime_error& fault) {
    throw std::runtime_error(csv_path + ": " + fault.what());
  }
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), name) -
                                    table.columns.begin());
  };
  const std::size_t path_at = column("path");
  const std::size_t entry_at = column("entry_no");
  if (path_at == table.columns.size()) throw std::runtime_error(csv_path + ": the first line names no column `path`");
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (i != path_at && i != entry_at) list.columns.push_back(table.columns[i]);
  const fs::path base = fs::path(csv_path).parent_path();
  for (const std::vector<std::string>& row : table.rows) {
    if (row[path_at].empty()) continue;
    record::Catalogue catalogue;
    if (entry_at < row.size()) catalogue.entry_no = row[entry_at];
    for (std::size_t i = 0; i < row.size(); ++i)
      if (i != path_at && i != entry_at) catalogue.columns.emplace_back(table.columns[i], row[i]);
    const fs::path path(row[path_at]);
    add(path.is_absolute() ? path.string() : (base / path).string(), catalogue, list);
  }
}

}  // namespace

bool looks_like_media(const std::string& path) { return known_ending(path) || known_first_bytes(path); }

InputList collect_inputs(const std::vector<std::string>& paths, const std::string& list_csv) {
  InputList list;
  for (const std::string& path : paths) add(path, {}, list);
  if (!list_csv.empty()) add_list(list_csv, list);
  return list;
}

}  // namespace kualik::desk
