// Any bytes as a damaged number: candidates never have an error.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kualik/numbers/repair.h"
#include "kualik/numbers/resident_id.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::numbers;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const Repair& r : repair_resident_id(text))
    if (check_resident_id(r.number.view()).has_error()) std::abort();
  (void)count_completions(text);
  return 0;
}
