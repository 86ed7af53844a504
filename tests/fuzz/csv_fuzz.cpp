// Any bytes as the table of `--list`: rows as long as the line of names, and what is written as CSV reads as itself
// again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "kualik/record/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik::record;
  CsvContent table;
  try {
    table = read_csv({reinterpret_cast<const char*>(data), size});
  } catch (const std::runtime_error&) {
    return 0;
  }
  std::string written;
  const auto write = [&written](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i != 0) written += ',';
      written += csv_cell(cells[i]);
    }
    written += '\n';
  };
  bool plain = table.columns.size() > 1;  // One column, or an empty one, can look like an empty line.
  for (const std::string& name : table.columns) plain &= name.find_first_of(";\t,\"\r\n") == std::string::npos;
  write(table.columns);
  for (const auto& row : table.rows) {
    if (row.size() != table.columns.size()) std::abort();
    write(row);
  }
  if (!plain) return 0;
  const CsvContent again = read_csv(written);
  if (again.rows != table.rows) std::abort();
  return 0;
}
