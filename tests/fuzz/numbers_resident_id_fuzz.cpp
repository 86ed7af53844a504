// Any bytes as a resident number: a value or an error, and a value reads as itself again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kualik/numbers/resident_id.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::numbers;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto id = parse_resident_id(text);
  if (!id.value && !id.reasons.has_error()) std::abort();
  (void)check_resident_id(text);
  (void)mask_resident_id(text);
  if (!id.value) return 0;
  (void)upgrade_candidates(*id.value);
  const auto again = parse_resident_id(format_resident_id(*id.value, true));
  if (!again.value || again.value->text() != id.value->text()) std::abort();
  return 0;
}
