// Any bytes as a column of 18, of another width, and as texts of many lengths: every path gives the bits of the parser.

#include <algorithm>
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
  // Cut at line ends, as views and in Arrow's layout; then as a column whose width and stride the first byte says.
  std::vector<std::string_view> views;
  std::vector<std::int32_t> offsets{0};
  std::string joined;
  for (std::size_t at = 0; at < size; at += views.back().size() + 1) {
    views.push_back(text.substr(at, std::min(text.find('\n', at), size) - at));
    joined += views.back();
    offsets.push_back(static_cast<std::int32_t>(joined.size()));
  }
  std::vector<std::uint32_t> bits(views.size());
  check_resident_ids(views, bits);
  for (std::size_t i = 0; i < views.size(); ++i)
    if (bits[i] != check_resident_id(views[i]).bits()) std::abort();
  std::vector<std::uint32_t> again(views.size());
  check_resident_ids(ArrowColumn<std::int32_t>{joined.data(), offsets.data(), views.size(), nullptr}, again);
  if (again != bits) std::abort();
  if (size < 2) return 0;
  const std::size_t width = 1 + data[0] % 40;
  const std::size_t stride = width + data[1] % 5;
  const std::size_t rows = size < width ? 0 : (size - width) / stride + 1;
  std::vector<std::uint32_t> wide(rows);
  check_resident_ids(FixedColumn{text.data(), rows, width, static_cast<std::ptrdiff_t>(stride)}, wide);
  for (std::size_t i = 0; i < rows; ++i) {
    std::string_view one = text.substr(i * stride, width);
    while (!one.empty() && one.back() == '\0') one.remove_suffix(1);
    if (wide[i] != check_resident_id(one).bits()) std::abort();
  }
  return 0;
}
