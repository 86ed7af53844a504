// Any bytes as a machine-readable zone: what was read reads as itself again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kualik/numbers/mrz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::numbers;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto mrz = parse_mrz(text);
  if (!mrz.value) {
    if (!mrz.reasons.has_error()) std::abort();
    return 0;
  }
  const auto again = parse_mrz(mrz.value->text);
  if (!mrz.reasons.has(Reason::bad_character) && (!again.value || again.value->text != mrz.value->text)) std::abort();
  return 0;
}
