#pragma once
// Resident numbers by the hundred million: the reasons of each as 32 bits, the same bits as `check_resident_id(text,
// options).bits()`.
//
//   std::vector<std::uint32_t> bits(views.size());
//   check_resident_ids(views, bits, {.check = {.today = {2026, 11, 23}}});
//
// The path is chosen at run time (AVX-512, AVX2, or portable) and all give identical bits. Numbers of 18 plain
// characters take the vector path; others (15 digits, letters, damage) are taken one by one. Memory is read exactly
// within the texts given. Safe from any thread; the input must not change meanwhile. Nothing is allocated but threads
// that are asked for.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "kualik/numbers/options.h"

namespace kualik::numbers {

enum class CpuPath : std::uint8_t { automatic, portable, avx2, avx512 };
/// Whether this processor (and this build) has the path.
bool available(CpuPath path) noexcept;
std::string_view name(CpuPath path) noexcept;

struct BulkOptions {
  Options check{};
  /// A path that is not available falls back to the next simpler one. (default: the best available)
  CpuPath path{CpuPath::automatic};
  /// Threads to share the work; 1 stays in the calling thread. (default: 1)
  int threads{1};
};

/// One text each. `out` must be as long as `in`; throws std::invalid_argument otherwise.
void check_resident_ids(std::span<const std::string_view> in, std::span<std::uint32_t> out,
                        const BulkOptions& options = {});

/// A column of fixed width: element i is the `width` bytes at data + i * stride, without NULs at its end (NumPy's S18).
struct FixedColumn {
  const char* data{nullptr};
  std::size_t count{0};
  std::size_t width{18};
  std::ptrdiff_t stride{18};
};
void check_resident_ids(const FixedColumn& in, std::span<std::uint32_t> out, const BulkOptions& options = {});

/// Arrow's variable binary layout: element i is data[offsets[i], offsets[i + 1]); `validity` is Arrow's bitmap or null.
/// A null element gets the bit of Reason::not_found alone.
template <class Offset>
struct ArrowColumn {
  const char* data{nullptr};
  const Offset* offsets{nullptr};
  std::size_t count{0};
  const std::uint8_t* validity{nullptr};
};
void check_resident_ids(const ArrowColumn<std::int32_t>& in, std::span<std::uint32_t> out,
                        const BulkOptions& options = {});
void check_resident_ids(const ArrowColumn<std::int64_t>& in, std::span<std::uint32_t> out,
                        const BulkOptions& options = {});

}  // namespace kualik::numbers
