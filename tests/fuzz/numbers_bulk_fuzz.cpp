// Any bytes as a column of 18: every path gives the bits of the parser.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/numbers/bulk.h"
#include "kualik/numbers/resident_id.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::numbers;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t count = size / 18;
  std::vector<std::uint32_t> out(count);
  for (CpuPath path : {CpuPath::portable, CpuPath::avx2, CpuPath::avx512}) {
    BulkOptions options;
    options.path = path;
    check_resident_ids(FixedColumn{text.data(), count, 18, 18}, out, options);
    for (std::size_t i = 0; i < count; ++i) {
      std::string_view one = text.substr(i * 18, 18);
      while (!one.empty() && one.back() == '\0') one.remove_suffix(1);
      if (out[i] != check_resident_id(one).bits()) std::abort();
    }
  }
  return 0;
}
