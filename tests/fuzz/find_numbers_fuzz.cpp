// Any bytes as running text: spans lie within it, in order.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kualik/text/find_numbers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::size_t last = 0;
  for (const text::FoundNumber& n : text::find_numbers(bytes)) {
    if (n.span.begin < last || n.span.end <= n.span.begin || n.span.end > size) std::abort();
    last = n.span.end;
  }
  return 0;
}
