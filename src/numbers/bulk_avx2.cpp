// Sixteen numbers a turn, each in a 16-bit place, in three passes over a batch: vectors take the numbers apart and
// judge form, check digit and date; scalar code looks up the regions, since gathers are slower than plain loads on most
// processors with AVX2; vectors judge the periods.
#if defined(__x86_64__)
#include <immintrin.h>

#include <algorithm>
#include <cstring>

#include "numbers/bulk_kernel.h"

#define KUALIK_AVX2 __attribute__((target("avx2")))
#define KUALIK_AVX2_INLINE __attribute__((target("avx2"), always_inline)) inline

namespace kualik::numbers::detail {
namespace {

/// The reasons of this path in 16 bits: errors as they are, doubts less their 16 bits in the upper byte. Interleaving
/// with zeros makes the 32 bits of it.
constexpr std::uint16_t mark(Reason reason) noexcept {
  const std::uint32_t bits = bit(reason);
  return static_cast<std::uint16_t>(bits > 0xFF ? bits >> 8 : bits);
}
static_assert(bit(Reason::bad_structure) < 1U << 8 && bit(Reason::normalised) < 1U << 24);
static_assert(oldest_year == 1800 && newest_year == 2199);  // Whole centuries: bounds of 18 to 21.

/// A batch between the passes.
struct Parts {
  alignas(32) std::uint16_t tail[batch];    ///< The last two characters.
  alignas(32) std::uint16_t prefix[batch];  ///< The first four digits, and the next two; in range whatever was there.
  alignas(32) std::uint16_t county[batch];
  alignas(32) std::int16_t born[batch];  ///< Year less 1900.
  alignas(32) std::uint16_t marks[batch];
  alignas(32) std::uint16_t entry[batch];  ///< Of the region index.
};

/// A day as two numbers of 16 bits that order like the whole: year, month << 8 | day.
struct SplitDay {
  std::int16_t year;
  std::int16_t rest;
};

SplitDay split(std::int32_t packed) noexcept {
  std::int32_t year = packed / 10000;
  std::int32_t rest = packed % 10000;
  if (rest < 0) {
    rest += 10000;
    --year;
  }
  // Numbers hold years of 0 to 9999: whatever lies beyond orders the same when it is brought near.
  return {static_cast<std::int16_t>(std::clamp(year, -1, 10000)),
          static_cast<std::int16_t>(rest / 100 << 8 | rest % 100)};
}

KUALIK_AVX2_INLINE __m256i all(int value) noexcept { return _mm256_set1_epi16(static_cast<short>(value)); }
KUALIK_AVX2_INLINE __m256i either(__m256i a, __m256i b) noexcept { return _mm256_or_si256(a, b); }
KUALIK_AVX2_INLINE __m256i both(__m256i a, __m256i b) noexcept { return _mm256_and_si256(a, b); }
KUALIK_AVX2_INLINE __m256i where(__m256i lanes, Reason reason) noexcept { return both(lanes, all(mark(reason))); }
KUALIK_AVX2_INLINE __m256i where_not(__m256i lanes, Reason reason) noexcept {
  return _mm256_andnot_si256(lanes, all(mark(reason)));
}
KUALIK_AVX2_INLINE __m256i at(const std::uint16_t* p) noexcept {
  return _mm256_load_si256(reinterpret_cast<const __m256i*>(p));
}
KUALIK_AVX2_INLINE void put(void* p, __m256i value) noexcept { _mm256_store_si256(static_cast<__m256i*>(p), value); }

/// The first 16 characters of two numbers, less '0'.
KUALIK_AVX2_INLINE __m256i load(const char* a, const char* b) noexcept {
  const __m256i both_numbers =
      _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a))),
                              _mm_loadu_si128(reinterpret_cast<const __m128i*>(b)), 1);
  return _mm256_sub_epi8(both_numbers, _mm256_set1_epi8('0'));
}

/// Bits of the 16-bit places that are all ones.
KUALIK_AVX2_INLINE std::uint32_t places(__m256i lanes) noexcept {
  const auto bytes = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_packs_epi16(lanes, lanes)));
  return (bytes & 0xFF) | (bytes >> 8 & 0xFF00);
}

/// Which of the two numbers of a register hold a byte that is no digit: bits 0 and 8.
KUALIK_AVX2_INLINE std::uint32_t no_digits(__m256i d) noexcept {
  const __m256i over = _mm256_subs_epu8(d, _mm256_set1_epi8(9));
  const auto good = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(over, _mm256_setzero_si256())));
  return ((good & 0xFFFF) != 0xFFFF ? 1U : 0U) | (good >> 16 != 0xFFFF ? 0x100U : 0U);
}

/// The two sums of eight bytes each of the weighted pairs of digits of two registers: numbers j and j + 4, and so on.
KUALIK_AVX2_INLINE __m256i sums(__m256i low, __m256i high) noexcept {
  const __m256i weights = _mm256_broadcastsi128_si256(_mm_setr_epi8(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4));
  const __m256i pairs = _mm256_packus_epi16(_mm256_maddubs_epi16(low, weights), _mm256_maddubs_epi16(high, weights));
  return _mm256_sad_epu8(pairs, _mm256_setzero_si256());
}

/// The pairs of digits of two registers as numbers of eight bits.
KUALIK_AVX2_INLINE __m256i pairs_of(__m256i low, __m256i high) noexcept {
  const __m256i tens = all(0x010A);
  return _mm256_packus_epi16(_mm256_maddubs_epi16(low, tens), _mm256_maddubs_epi16(high, tens));
}

/// The first pass over sixteen numbers. Register j holds numbers j and 8 + j; `parts` is filled from place `i` on.
/// Gives the bits of those that need the parser.
KUALIK_AVX2_INLINE std::uint32_t take_apart(__m256i d0, __m256i d1, __m256i d2, __m256i d3, __m256i d4, __m256i d5,
                                            __m256i d6, __m256i d7, SplitDay today, SplitDay oldest, const Rules& rules,
                                            Parts& parts, std::size_t i) noexcept {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i low = all(0xFF);
  const __m256i days =
      _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0));

  const __m256i worst = _mm256_max_epu8(_mm256_max_epu8(_mm256_max_epu8(d0, d1), _mm256_max_epu8(d2, d3)),
                                        _mm256_max_epu8(_mm256_max_epu8(d4, d5), _mm256_max_epu8(d6, d7)));

  // Sums of weighted digits: four 64-bit places a register, brought together in the order of the numbers.
  __m256i sum = either(either(sums(d0, d4), _mm256_slli_epi64(sums(d1, d5), 16)),
                       either(_mm256_slli_epi64(sums(d2, d6), 32), _mm256_slli_epi64(sums(d3, d7), 48)));

  // Pairs of digits, rrrr | rr cc | yy mm | dd s., transposed to one register for each two.
  const __m256i r0 = pairs_of(d0, d4);
  const __m256i r1 = pairs_of(d1, d5);
  const __m256i r2 = pairs_of(d2, d6);
  const __m256i r3 = pairs_of(d3, d7);
  const __m256i u0 = _mm256_unpacklo_epi16(r0, r1);
  const __m256i u1 = _mm256_unpackhi_epi16(r0, r1);
  const __m256i v0 = _mm256_unpacklo_epi16(r2, r3);
  const __m256i v1 = _mm256_unpackhi_epi16(r2, r3);
  const __m256i a0 = _mm256_unpacklo_epi32(u0, v0);
  const __m256i a1 = _mm256_unpackhi_epi32(u0, v0);
  const __m256i b0 = _mm256_unpacklo_epi32(u1, v1);
  const __m256i b1 = _mm256_unpackhi_epi32(u1, v1);
  const __m256i hundreds = _mm256_unpacklo_epi64(a0, b0);
  const __m256i county_century = _mm256_unpackhi_epi64(a0, b0);
  const __m256i year_month = _mm256_unpacklo_epi64(a1, b1);
  const __m256i day = both(_mm256_unpackhi_epi64(a1, b1), low);

  // Slow numbers may hold any bytes: their places are cut to the table, and their result is replaced afterwards.
  const __m256i prefix = _mm256_min_epu16(_mm256_maddubs_epi16(hundreds, all(0x0164)), all(9999));
  put(parts.prefix + i, prefix);
  put(parts.county + i, _mm256_min_epu16(both(county_century, low), all(99)));

  // The last two characters: a digit, and the check character.
  const __m256i tail = at(parts.tail + i);
  const __m256i last = _mm256_srli_epi16(tail, 8);
  const __m256i small_x = _mm256_cmpeq_epi16(last, all('x'));
  const __m256i x = _mm256_slli_epi16(either(small_x, _mm256_cmpeq_epi16(last, all('X'))), 8);
  const __m256i plain = _mm256_sub_epi8(tail, _mm256_set1_epi8('0'));
  const __m256i over = _mm256_andnot_si256(x, _mm256_subs_epu8(plain, _mm256_set1_epi8(9)));
  const __m256i values = _mm256_blendv_epi8(plain, all(10 << 8), x);
  sum = _mm256_add_epi16(sum, _mm256_maddubs_epi16(values, all(0x0102)));

  std::uint32_t slow = 0;
  const __m256i broken = either(_mm256_subs_epu8(worst, _mm256_set1_epi8(9)), over);
  if (_mm256_testz_si256(broken, broken) == 0) {
    slow = (~places(_mm256_cmpeq_epi16(over, zero)) & 0xFFFFU) | no_digits(d0) | no_digits(d1) << 1 |
           no_digits(d2) << 2 | no_digits(d3) << 3 | no_digits(d4) << 4 | no_digits(d5) << 5 | no_digits(d6) << 6 |
           no_digits(d7) << 7;
  }

  // MOD 11-2: the whole sum less 1 is a multiple of 11, and these alone come below 65536 / 11 when multiplied by the
  // inverse of 11.
  const __m256i quotient = _mm256_mullo_epi16(_mm256_sub_epi16(sum, all(1)), all(35747));
  const __m256i agrees = _mm256_cmpeq_epi16(_mm256_min_epu16(quotient, all(65535 / 11)), quotient);
  __m256i marks = either(where_not(agrees, Reason::bad_check_digit), where(small_x, Reason::normalised));

  const __m256i century = _mm256_srli_epi16(county_century, 8);
  const __m256i yy = both(year_month, low);
  const __m256i month = _mm256_srli_epi16(year_month, 8);
  const __m256i year = _mm256_add_epi16(_mm256_mullo_epi16(century, all(100)), yy);
  const __m256i asked = _mm256_blendv_epi8(yy, century, _mm256_cmpeq_epi16(yy, zero));
  const __m256i leap = _mm256_cmpeq_epi16(both(asked, all(3)), zero);
  const __m256i february = both(leap, _mm256_cmpeq_epi16(month, all(2)));
  const __m256i longest = _mm256_sub_epi16(_mm256_shuffle_epi8(days, month), february);
  const __m256i before = _mm256_sub_epi16(day, all(1));  // Day 0 becomes greater than every month.
  const __m256i bad_day = _mm256_cmpeq_epi16(_mm256_max_epu16(before, longest), before);
  const __m256i bad_century =
      either(_mm256_cmpgt_epi16(century, all(newest_year / 100)), _mm256_cmpgt_epi16(all(oldest_year / 100), century));
  const __m256i bad_date = either(either(bad_day, bad_century), _mm256_cmpgt_epi16(month, all(12)));
  marks = either(marks, where(bad_date, Reason::bad_date));

  const __m256i rest = either(_mm256_andnot_si256(low, year_month), day);
  const __m256i future =
      either(_mm256_cmpgt_epi16(year, all(today.year)),
             both(_mm256_cmpeq_epi16(year, all(today.year)), _mm256_cmpgt_epi16(rest, all(today.rest))));
  const __m256i aged =
      either(_mm256_cmpgt_epi16(all(oldest.year), year),
             both(_mm256_cmpeq_epi16(year, all(oldest.year)), _mm256_cmpgt_epi16(all(oldest.rest), rest)));
  const __m256i doubts = either(where(future, Reason::future_date), where(aged, Reason::implausible_age));
  marks = either(marks, _mm256_andnot_si256(bad_date, doubts));

  const __m256i nine_first = _mm256_cmpgt_epi16(prefix, all(8999));
  marks = either(marks, _mm256_blendv_epi8(all(static_cast<int>(rules.citizen_structure)),
                                           all(static_cast<int>(rules.foreigner_structure)), nine_first));
  put(parts.marks + i, marks);
  // In int16 whatever was there; years of dates that are none are not used.
  const __m256i born = _mm256_sub_epi16(_mm256_min_epi16(year, all(2155)), all(1900));
  put(parts.born + i, born);
  return slow;
}

/// The last pass: periods of regions, and the reasons as 32 bits.
KUALIK_AVX2_INLINE void judge_periods(const Parts& parts, std::size_t count, bool regions,
                                      std::uint32_t* out) noexcept {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i first_year = all(first_issue_year - 1900);
  for (std::size_t i = 0; i < count; i += 16) {
    __m256i marks = at(parts.marks + i);
    if (regions) {
      const __m256i entry = at(parts.entry + i);
      const __m256i born = _mm256_load_si256(reinterpret_cast<const __m256i*>(parts.born + i));
      const __m256i ends = _mm256_srli_epi16(entry, 8);
      const __m256i begins = both(entry, all(0xFF));
      const __m256i issued = _mm256_max_epi16(born, first_year);
      const __m256i late = _mm256_max_epi16(_mm256_add_epi16(born, all(late_registration)), first_year);
      const __m256i unknown = _mm256_cmpeq_epi16(ends, zero);
      const __m256i ended = _mm256_andnot_si256(unknown, _mm256_cmpgt_epi16(issued, ends));
      const __m256i newer = _mm256_cmpgt_epi16(begins, late);
      const __m256i period = either(where(ended, Reason::region_ended), where(newer, Reason::region_newer));
      const __m256i dated = _mm256_cmpeq_epi16(both(marks, all(mark(Reason::bad_date))), zero);
      marks = either(marks, either(where(unknown, Reason::unknown_region),
                                   where(_mm256_cmpeq_epi16(begins, zero), Reason::unknown_type)));
      marks = either(marks, both(period, dated));
    }
    // Interleaved, the lower lane holds numbers 0-3 and 8-11.
    const __m256i a = _mm256_unpacklo_epi8(marks, zero);
    const __m256i b = _mm256_unpackhi_epi8(marks, zero);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), _mm256_permute2x128_si256(a, b, 0x20));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i + 8), _mm256_permute2x128_si256(a, b, 0x31));
  }
}

void look_up(Parts& parts, std::size_t count, const RegionIndex& index) noexcept {
  const std::uint16_t* const start = index.start.data();
  const std::uint16_t* const entry = index.entry.data();
  for (std::size_t i = 0; i < count; ++i)
    parts.entry[i] = entry[static_cast<std::size_t>(start[parts.prefix[i]]) + parts.county[i]];
}

struct Clock {
  SplitDay today;
  SplitDay oldest;  ///< Births before it are older than the oldest age.
};

Clock clock_of(const Rules& rules) noexcept {
  if (rules.today == 0) return {{32767, 0}, {-32768, 0}};  // No year is beyond.
  return {split(rules.today), split(rules.today - oldest_age * 10000)};
}

}  // namespace

KUALIK_AVX2 void check_batch_avx2(const char* const* texts, std::size_t count, const Rules& rules, std::uint32_t* out,
                                  std::uint16_t* slow) noexcept {
  Parts parts;
  const Clock clock = clock_of(rules);
  for (std::size_t i = 0; i < count; ++i) std::memcpy(&parts.tail[i], texts[i] + 16, 2);
  for (std::size_t i = 0; i < count; i += 16) {
    const char* const* p = texts + i;
    slow[i / 16] = static_cast<std::uint16_t>(take_apart(
        load(p[0], p[8]), load(p[1], p[9]), load(p[2], p[10]), load(p[3], p[11]), load(p[4], p[12]), load(p[5], p[13]),
        load(p[6], p[14]), load(p[7], p[15]), clock.today, clock.oldest, rules, parts, i));
  }
  const bool regions = rules.region_mask != 0;
  if (regions) look_up(parts, count, *rules.index);
  judge_periods(parts, count, regions, out);
}

KUALIK_AVX2 void check_run_avx2(const char* data, std::ptrdiff_t stride, std::size_t count, const Rules& rules,
                                std::uint32_t* out, std::uint16_t* slow) noexcept {
  Parts parts;
  const Clock clock = clock_of(rules);
  const char* end = data + 16;
  for (std::size_t i = 0; i < count; ++i, end += stride) std::memcpy(&parts.tail[i], end, 2);
  for (std::size_t i = 0; i < count; i += 16) {
    const char* const p = data + static_cast<std::ptrdiff_t>(i) * stride;
    const char* const q = p + 8 * stride;
    // The next batch, while this one keeps the core busy; a prefetch that finds nothing behind the last one is
    // harmless.
    const char* const next = p + static_cast<std::ptrdiff_t>(batch) * stride;
    for (int pair = 0; pair < 8; ++pair) _mm_prefetch(next + 2 * pair * stride, _MM_HINT_T0);
    slow[i / 16] = static_cast<std::uint16_t>(
        take_apart(load(p, q), load(p + stride, q + stride), load(p + 2 * stride, q + 2 * stride),
                   load(p + 3 * stride, q + 3 * stride), load(p + 4 * stride, q + 4 * stride),
                   load(p + 5 * stride, q + 5 * stride), load(p + 6 * stride, q + 6 * stride),
                   load(p + 7 * stride, q + 7 * stride), clock.today, clock.oldest, rules, parts, i));
  }
  const bool regions = rules.region_mask != 0;
  if (regions) look_up(parts, count, *rules.index);
  judge_periods(parts, count, regions, out);
}

}  // namespace kualik::numbers::detail
#endif
