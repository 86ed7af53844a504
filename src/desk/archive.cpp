#include "kualik/desk/archive.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

#include "kualik/record/database.h"
#include "kualik/record/jsonl.h"
#include "kualik/record/private_file.h"

namespace kualik::desk {
namespace {

namespace fs = std::filesystem;

bool is_database(const std::string& path) {
  std::array<char, 16> head{};
  std::ifstream(path, std::ios::binary).read(head.data(), head.size());
  return std::string_view(head.data(), head.size()) == std::string_view("SQLite format 3\0", 16);
}

// Entries of one file; a last line without its end is the trace of a crash and is left out.
std::vector<record::Entry> read_lines(const std::string& path) {
  const std::string text = record::read_whole_file(path, std::size_t{1} << 34);
  std::vector<record::Entry> out;
  std::size_t line = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    ++line;
    const std::size_t end = text.find('\n', begin);
    if (end == std::string::npos) break;
    const std::string_view content = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    if (content.empty()) continue;
    try {
      out.push_back(record::from_json(content));
    } catch (const std::runtime_error& fault) {
      throw std::runtime_error(path + ": line " + std::to_string(line) + ": " + fault.what());
    }
  }
  return out;
}

// The catalogues of a source in one; values that differ are joined.
record::Catalogue joined(const std::vector<record::Catalogue>& catalogues) {
  record::Catalogue out;
  std::set<std::string> numbers;
  std::map<std::string, std::set<std::string>> values;
  const auto append = [](std::string& to, const std::string& value, std::set<std::string>& known) {
    if (value.empty() || !known.insert(value).second) return;
    to += (to.empty() ? "" : " | ") + value;
  };
  for (const record::Catalogue& c : catalogues) {
    append(out.entry_no, c.entry_no, numbers);
    for (const auto& [column, value] : c.columns) {
      auto place = std::find_if(out.columns.begin(), out.columns.end(),
                                [name = &column](const auto& o) { return o.first == *name; });
      if (place == out.columns.end()) place = out.columns.insert(out.columns.end(), {column, {}});
      append(place->second, value, values[column]);
    }
  }
  return out;
}

}  // namespace

struct Archive::Impl {
  std::string path;
  std::string folder;  // Where pictures lie.
  std::optional<record::Database> database;
  std::vector<record::Entry> entries;
  std::vector<std::size_t> numbers;

  // Takes the sources of a file that no earlier file had.
  void add_file(const std::string& file, std::set<std::string>& known) {
    std::map<std::string, std::size_t> count;
    for (record::Entry& e : read_lines(file)) {
      const std::string& hash = e.record.source.sha256;
      if (known.contains(hash)) continue;
      numbers.push_back(++count[hash]);
      entries.push_back(std::move(e));
    }
    for (const auto& [hash, ignored] : count) known.insert(hash);
  }
  std::string reviews_file() const { return folder + "/reviews.json"; }
};

Archive::Archive(std::string path) : impl_(std::make_unique<Impl>()) {
  impl_->path = std::move(path);
  const std::string& p = impl_->path;
  if (!fs::exists(p)) throw std::runtime_error(p + ": no such file or folder");
  std::set<std::string> known;
  if (!fs::is_directory(p)) {
    // A pipe would be waited for, and what tells a database from lines would be gone from it.
    if (!fs::is_regular_file(p)) throw std::runtime_error(p + ": not a regular file");
    if (is_database(p)) {
      impl_->database.emplace(p);
    } else {
      impl_->folder = fs::path(p).parent_path().string();
      impl_->add_file(p, known);
    }
    return;
  }
  impl_->folder = p;
  std::vector<std::string> files;
  std::vector<std::string> loose;
  for (const fs::directory_entry& e : fs::directory_iterator(p)) {
    if (e.is_directory() && e.path().extension() == ".d" && fs::is_regular_file(e.path() / "records.jsonl"))
      files.push_back((e.path() / "records.jsonl").string());
    if (e.is_regular_file() && e.path().extension() == ".jsonl") loose.push_back(e.path().string());
  }
  std::sort(files.begin(), files.end());
  std::sort(loose.begin(), loose.end());
  files.insert(files.end(), loose.begin(), loose.end());
  if (files.empty())
    throw std::runtime_error(p + ": holds no records (neither *.d folders of a scan with --out nor *.jsonl files)");
  for (const std::string& file : files) impl_->add_file(file, known);
  if (!fs::is_regular_file(impl_->reviews_file())) return;
  const std::string reviews = record::read_whole_file(impl_->reviews_file());
  try {
    record::merge_decisions(impl_->entries, impl_->numbers, record::read_decisions(reviews));
  } catch (const std::runtime_error& fault) {
    throw std::runtime_error(impl_->reviews_file() + ": " + fault.what());
  }
}

Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;

void Archive::each(const std::function<void(const record::Entry&, std::size_t)>& visit) const {
  if (impl_->database)
    return impl_->database->each([&](record::Entry entry, std::size_t number) {
      if (const auto all = impl_->database->catalogues(entry.record.source.sha256); all.size() > 1)
        entry.catalogue = joined(all);
      visit(entry, number);
    });
  for (std::size_t i = 0; i < impl_->entries.size(); ++i) visit(impl_->entries[i], impl_->numbers[i]);
}

std::vector<std::string> Archive::free_columns() const {
  if (impl_->database) return impl_->database->free_columns();
  std::vector<std::string> out;
  for (const record::Entry& e : impl_->entries)
    for (const auto& [name, value] : e.catalogue.columns)
      if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  return out;
}

std::vector<record::Catalogue> Archive::catalogues(const record::Entry& entry) const {
  std::vector<record::Catalogue> out;
  if (impl_->database) out = impl_->database->catalogues(entry.record.source.sha256);
  if (out.empty()) out.push_back(entry.catalogue);
  return out;
}

std::optional<std::string> Archive::picture(const record::Entry& entry, const std::string& path) const {
  if (path.empty()) return std::nullopt;
  if (impl_->database) return impl_->database->picture(entry.record.source.sha256, path);
  // A path in a record is not trusted to stay inside the folder.
  const fs::path relative = fs::path(path).lexically_normal();
  if (relative.is_absolute() || relative.empty() || *relative.begin() == "..") return std::nullopt;
  std::error_code fault;
  const fs::path folder = fs::canonical(impl_->folder.empty() ? fs::path(".") : fs::path(impl_->folder), fault);
  // Neither is a link that lies in a folder which somebody handed on.
  const fs::path full = fault ? fs::path() : fs::canonical(folder / relative, fault);
  if (fault || !fs::is_regular_file(full, fault)) return std::nullopt;
  if (std::mismatch(folder.begin(), folder.end(), full.begin(), full.end()).first != folder.end()) return std::nullopt;
  return record::read_whole_file(full.string(), std::size_t{1} << 26);
}

record::MergeResult Archive::merge(const std::vector<record::Decision>& decisions) {
  if (impl_->database) return impl_->database->merge(decisions);
  if (!fs::is_directory(impl_->path))
    throw std::runtime_error(impl_->path + ": decisions are merged into a folder or a database, not into one file");
  const record::MergeResult result = record::merge_decisions(impl_->entries, impl_->numbers, decisions);
  std::vector<record::Decision> all;
  for (std::size_t i = 0; i < impl_->entries.size(); ++i)
    for (const record::Review& r : impl_->entries[i].reviews) {
      const record::Record& rec = impl_->entries[i].record;
      if (r.field >= rec.fields.size()) continue;
      all.push_back(
          {rec.source.sha256, impl_->numbers[i], r.field, rec.fields[r.field].key, rec.fields[r.field].value, r});
    }
  record::write_private_file(impl_->reviews_file(), record::write_decisions(all));
  return result;
}

}  // namespace kualik::desk
