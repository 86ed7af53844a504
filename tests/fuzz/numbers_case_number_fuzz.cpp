// Any bytes as a case number: the canonical form reads as itself.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kualik/numbers/case_number.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::numbers;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto number = parse_case_number(text);
  if (number.value) {
    const auto again = parse_case_number(number.value->canonical);
    if (!again.value || again.value->canonical != number.value->canonical) std::abort();
  } else if (!number.reasons.has_error()) {
    std::abort();
  }
  std::size_t used = 0;
  (void)parse_case_number_prefix(text, used);
  if (used > size) std::abort();
  (void)courts_by_name(text.substr(0, 200));
  return 0;
}
