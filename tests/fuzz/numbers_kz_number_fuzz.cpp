// Any bytes as an IIN and a BIN.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kualik/numbers/kz_number.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::numbers;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto iin = parse_iin(text);
  if (!iin.value && !iin.reasons.has_error()) std::abort();
  const auto bin = parse_bin(text);
  if (!bin.value && !bin.reasons.has_error()) std::abort();
  return 0;
}
