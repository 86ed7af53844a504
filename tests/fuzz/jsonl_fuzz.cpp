// Any bytes as a line of an archive: refused, or an entry that is written and read as itself again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "kualik/record/csv.h"
#include "kualik/record/jsonl.h"
#include "kualik/record/mask.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik::record;
  Entry entry;
  try {
    entry = from_json({reinterpret_cast<const char*>(data), size});
  } catch (const std::runtime_error&) {
    return 0;
  }
  const std::string line = to_json(entry);
  if (line.find('\n') != std::string::npos) std::abort();
  if (to_json(from_json(line)) != line) std::abort();
  (void)to_json(mask(entry));
  (void)CsvTable(CsvShape::fields).rows(entry, 1);
  (void)CsvTable(CsvShape::documents).rows(entry, 1);
  return 0;
}
