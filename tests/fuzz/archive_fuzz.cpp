// Any bytes as an archive that somebody hands on (a database or JSON Lines): refused with one line that names the file,
// or read, masked, made into rows and merged into without a crash. The file lies in memory alone.

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "fuzz/memory_folder.h"
#include "kualik/desk/archive.h"
#include "kualik/record/csv.h"
#include "kualik/record/jsonl.h"
#include "kualik/record/mask.h"

namespace {

void read(const std::string& path) {
  using namespace kualik;
  desk::Archive archive(path);
  const std::vector<std::string> columns = archive.free_columns();
  std::vector<record::Decision> decisions;
  const record::CsvTable fields(record::CsvShape::fields, columns);
  archive.each([&](const record::Entry& entry, std::size_t number) {
    if (record::to_json(entry).find('\n') != std::string::npos) std::abort();
    (void)record::to_json(record::mask(entry));
    (void)fields.rows(entry, number);
    if (archive.catalogues(entry).empty()) std::abort();
    (void)archive.picture(entry, entry.record.thumbnail);
    for (std::size_t i = 0; i < entry.record.fields.size() && decisions.size() < 8; ++i) {
      const record::Field& f = entry.record.fields[i];
      decisions.push_back({entry.record.source.sha256, number, i, f.key, f.value, {}});
      decisions.back().review.state = record::ReviewState::rejected;
    }
  });
  const record::MergeResult merged = archive.merge(decisions);
  if (merged.merged + merged.stale + merged.unknown != decisions.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const MemoryFolder folder;
  const std::string path = folder.path / "a";
  for (const char* rest : {"", "-journal", "-wal", "-shm"}) ::unlink((path + rest).c_str());
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  try {
    read(path);
  } catch (const std::runtime_error& fault) {
    const std::string_view message = fault.what();
    if (!message.starts_with(path) || message.find('\n') != std::string_view::npos) std::abort();
  }
  return 0;
}
