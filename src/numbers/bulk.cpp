#include "kualik/numbers/bulk.h"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <string>
#include <vector>

#include "kualik/core/threads.h"
#include "numbers/bulk_kernel.h"

namespace kualik::numbers {
namespace {

using namespace detail;

CpuPath chosen(CpuPath wanted) noexcept {
  if (wanted == CpuPath::automatic) wanted = CpuPath::avx512;
  if (wanted == CpuPath::avx512 && !available(CpuPath::avx512)) wanted = CpuPath::avx2;
  if (wanted == CpuPath::avx2 && !available(CpuPath::avx2)) wanted = CpuPath::portable;
  return wanted;
}

#if defined(__x86_64__)
using BatchCheck = void (*)(const char* const*, std::size_t, const Rules&, std::uint32_t*, std::uint16_t*) noexcept;
using RunCheck = void (*)(const char*, std::ptrdiff_t, std::size_t, const Rules&, std::uint32_t*,
                          std::uint16_t*) noexcept;

struct VectorPath {
  BatchCheck batch;
  RunCheck run;      ///< For numbers that lie at equal distances.
  bool any_stride;   ///< Whether `run` takes other distances than 18 bytes.
  bool past_caches;  ///< Whether results that do not fit the caches are better not read into them first (as measured).
};

/// Checks [first, last) as far as whole vectors go; gives where it stopped.
template <class Source>
std::size_t check_batches(const Source& in, std::size_t first, std::size_t last, std::uint32_t* out, const Rules& rules,
                          const VectorPath& path) noexcept {
  const bool stream = path.past_caches && last - first >= (std::size_t{1} << 18) &&
                      reinterpret_cast<std::uintptr_t>(out + first) % 64 == 0;
  const char* texts[batch];
  alignas(64) std::uint32_t held[batch];
  std::uint16_t slow[batch / 16];
  const char* const run = in.run(path.any_stride);
  std::size_t i = first;
  while (last - i >= 16) {
    const std::size_t count = std::min(batch, (last - i) / 16 * 16);
    std::uint32_t* const results = stream ? held : out + i;
    if (run != nullptr) {
      path.run(in.at(i), in.stride, count, rules, results, slow);
    } else {
      for (std::size_t k = 0; k < count; ++k) texts[k] = in.at(i + k);
      path.batch(texts, count, rules, results, slow);
    }
    for (std::size_t turn = 0; turn < count / 16; ++turn) {
      std::uint32_t again = slow[turn];
      const std::size_t base = turn * 16;
      if constexpr (!Source::always_plain)
        for (std::size_t k = 0; k < 16; ++k)
          if (!in.plain(i + base + k)) again |= 1U << k;
      for (; again != 0; again &= again - 1) {
        const std::size_t k = base + static_cast<std::size_t>(std::countr_zero(again));
        results[k] = check_any(in.text(i + k), rules);
      }
    }
    if (stream) stream_out(out + i, held, count);
    i += count;
  }
  if (stream) stream_done();
  return i;
}
#endif

template <class Source>
void check_range(const Source& in, std::size_t first, std::size_t last, std::uint32_t* out, const Rules& rules,
                 CpuPath path) noexcept {
#if defined(__x86_64__)
  if (path == CpuPath::avx512)
    first = check_batches(in, first, last, out, rules, {check_batch_avx512, check_run_avx512, false, true});
  if (path == CpuPath::avx2)
    first = check_batches(in, first, last, out, rules, {check_batch_avx2, check_run_avx2, true, false});
#else
  (void)path;
#endif
  check_portable(in, first, last, out, rules);
}

template <class Source>
void check_all(const Source& in, std::size_t count, std::span<std::uint32_t> out, const BulkOptions& options) {
  if (out.size() != count)
    throw std::invalid_argument("check_resident_ids: " + std::to_string(count) + " texts, but room for " +
                                std::to_string(out.size()) + " results");
  const auto structure = [&options](unsigned form) {
    return (options.check.forms & form) == 0 ? bit(Reason::bad_structure) : 0U;
  };
  const Rules rules{&options.check,
                    &region_index(),
                    options.check.today.packed(),
                    options.check.check_region ? ~std::uint32_t{0} : 0,
                    structure(Forms::citizen18),
                    structure(Forms::foreigner18)};
  const CpuPath path = chosen(options.path);
  constexpr std::size_t least_share = 65536;  // Below this a thread costs more than it saves.
  const std::size_t wanted = options.threads < 1 ? 1 : static_cast<std::size_t>(options.threads);
  const std::size_t shares = std::min(wanted, std::max<std::size_t>(1, count / least_share));
  if (shares == 1) {
    check_range(in, 0, count, out.data(), rules, path);
    return;
  }
  Threads workers(shares - 1);
  // Shares are multiples of 16, so that no two threads write to one cache line of an aligned result.
  const std::size_t share = (count / shares + 15) / 16 * 16;
  std::size_t first = 0;
  for (std::size_t s = 0; s + 1 < shares; ++s, first += share) {
    const auto work = [&in, &rules, &out, first, share, path] {
      check_range(in, first, first + share, out.data(), rules, path);
    };
    if (!workers.start(work)) break;
  }
  check_range(in, first, count, out.data(), rules, path);
}

template <class Offset>
void check_arrow(const ArrowColumn<Offset>& in, std::span<std::uint32_t> out, const BulkOptions& options) {
  check_all(ArrowSource<Offset>{in.data, in.offsets}, in.count, out, options);
  if (in.validity == nullptr) return;
  for (std::size_t i = 0; i < in.count; ++i)
    if ((in.validity[i / 8] >> (i % 8) & 1) == 0) out[i] = bit(Reason::not_found);
}

}  // namespace

bool available(CpuPath path) noexcept {
#if defined(__x86_64__)
  if (path == CpuPath::avx2) return __builtin_cpu_supports("avx2") != 0;
  if (path == CpuPath::avx512)
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
           __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512dq") != 0;
  return true;
#else
  return path == CpuPath::automatic || path == CpuPath::portable;
#endif
}

std::string_view name(CpuPath path) noexcept {
  constexpr std::string_view names[] = {"automatic", "portable", "avx2", "avx512"};
  return names[static_cast<std::size_t>(path)];
}

void check_resident_ids(std::span<const std::string_view> in, std::span<std::uint32_t> out,
                        const BulkOptions& options) {
  check_all(ViewSource{in.data()}, in.size(), out, options);
}

void check_resident_ids(const FixedColumn& in, std::span<std::uint32_t> out, const BulkOptions& options) {
  if (in.width == 18) {
    check_all(StrideSource{in.data, in.stride}, in.count, out, options);
    return;
  }
  if (out.size() != in.count) throw std::invalid_argument("check_resident_ids: results and texts differ in number");
  // Another width is rare: cut it into views, a piece at a time.
  constexpr std::size_t piece = 512;
  std::string_view views[piece];
  for (std::size_t first = 0; first < in.count; first += piece) {
    const std::size_t size = std::min(piece, in.count - first);
    for (std::size_t i = 0; i < size; ++i) {
      const char* p = in.data + static_cast<std::ptrdiff_t>(first + i) * in.stride;
      std::size_t length = in.width;
      while (length > 0 && p[length - 1] == '\0') --length;
      views[i] = {p, length};
    }
    check_all(ViewSource{views}, size, out.subspan(first, size), options);
  }
}

void check_resident_ids(const ArrowColumn<std::int32_t>& in, std::span<std::uint32_t> out, const BulkOptions& options) {
  check_arrow(in, out, options);
}

void check_resident_ids(const ArrowColumn<std::int64_t>& in, std::span<std::uint32_t> out, const BulkOptions& options) {
  check_arrow(in, out, options);
}

}  // namespace kualik::numbers
