// Any bytes as a file: cut in pieces or whole, the rows are the same.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "kualik/numbers/table_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::numbers;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  TableOptions options;
  options.explain = size % 2 == 1;
  options.format = size % 3 == 0 ? TableFormat::jsonl : TableFormat::csv;
  std::string results[2];
  for (std::size_t way = 0; way < 2; ++way) {
    std::size_t at = 0;
    std::string& result = results[way];
    try {
      check_table(
          [&](char* buffer, std::size_t room) {
            const std::size_t got = std::min({room, way == 0 ? size : std::size_t{5}, size - at});
            text.copy(buffer, got, at);
            at += got;
            return got;
          },
          [&result](std::string_view piece) { result += piece; }, [](std::uint64_t, std::string_view) {}, options);
    } catch (const std::invalid_argument&) {
      result += "no such column";
    }
  }
  if (results[0] != results[1]) std::abort();
  return 0;
}
