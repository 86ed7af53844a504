// Sixteen numbers a turn. Only F, BW, VL and DQ are needed; the function attribute keeps the rest of the library free
// of them.
#if defined(__x86_64__)
#if defined(__GNUC__) && !defined(__clang__)
// g++ 12 takes the deliberately undefined registers inside its own intrinsics for a mistake of ours (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>

#include "numbers/bulk_kernel.h"

#define KUALIK_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))

namespace kualik::numbers::detail {
namespace {

KUALIK_AVX512 inline __m512i all(std::uint32_t value) noexcept { return _mm512_set1_epi32(static_cast<int>(value)); }

/// The first 16 bytes of four numbers, one in each 128-bit lane.
KUALIK_AVX512 inline __m512i load(const char* a, const char* b, const char* c, const char* d) noexcept {
  __m512i z = _mm512_castsi128_si512(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a)));
  z = _mm512_inserti32x4(z, _mm_loadu_si128(reinterpret_cast<const __m128i*>(b)), 1);
  z = _mm512_inserti32x4(z, _mm_loadu_si128(reinterpret_cast<const __m128i*>(c)), 2);
  return _mm512_inserti32x4(z, _mm_loadu_si128(reinterpret_cast<const __m128i*>(d)), 3);
}

/// Which of the four numbers of a register hold a bad byte: bit 4 * lane + `place`.
KUALIK_AVX512 inline std::uint32_t spread(std::uint64_t bytes, unsigned place) noexcept {
  std::uint32_t numbers = 0;
  for (unsigned lane = 0; lane < 4; ++lane)
    if ((bytes >> (16 * lane) & 0xFFFF) != 0) numbers |= 1U << (4 * lane + place);
  return numbers;
}

/// The reasons of sixteen numbers. Lane l of d<r> holds the first 16 characters of one number, less '0'; its reasons
/// come to place 4 l + r, where `tail` has its last two characters. `slow_out` gets the bits of those that need the
/// parser.
KUALIK_AVX512 __attribute__((always_inline)) inline __m512i judge(__m512i d0, __m512i d1, __m512i d2, __m512i d3,
                                                                  __m512i tail, const Rules& rules,
                                                                  __mmask16& slow_out) noexcept {
  const __m512i nine = _mm512_set1_epi8(9);
  const __m512i ones = _mm512_set1_epi16(1);
  // Weights of the first 16 digits; 10 and 1 to join pairs; then pairs to [rrrr, rr | cc << 8, yy << 8 | mm, dd].
  const __m512i weights = _mm512_broadcast_i32x4(_mm_setr_epi8(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4));
  const __m512i tens = _mm512_set1_epi16(0x010A);
  const __m512i pairs = _mm512_broadcast_i32x4(_mm_setr_epi16(100, 1, 1, 256, 256, 1, 1, 0));
  const __m512i days = _mm512_setr_epi32(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0);
  const __m512i low = _mm512_set1_epi32(0xFF);
  const __m512i half = _mm512_set1_epi32(0xFFFF);
  const __m512i today = _mm512_set1_epi32(rules.today);
  const __mmask16 clock = rules.today != 0 ? 0xFFFF : 0;
  const __mmask16 regions = rules.region_mask != 0 ? 0xFFFF : 0;
  const __m512i first_year = _mm512_set1_epi32(first_issue_year - 1900);

  const std::uint64_t bad0 = _mm512_cmpgt_epu8_mask(d0, nine);
  const std::uint64_t bad1 = _mm512_cmpgt_epu8_mask(d1, nine);
  const std::uint64_t bad2 = _mm512_cmpgt_epu8_mask(d2, nine);
  const std::uint64_t bad3 = _mm512_cmpgt_epu8_mask(d3, nine);

  // Sums of weighted digits, one in each 32-bit place.
  const __m512i s0 = _mm512_madd_epi16(_mm512_maddubs_epi16(d0, weights), ones);
  const __m512i s1 = _mm512_madd_epi16(_mm512_maddubs_epi16(d1, weights), ones);
  const __m512i s2 = _mm512_madd_epi16(_mm512_maddubs_epi16(d2, weights), ones);
  const __m512i s3 = _mm512_madd_epi16(_mm512_maddubs_epi16(d3, weights), ones);
  const __m512i s01 = _mm512_madd_epi16(_mm512_packs_epi32(s0, s1), ones);
  const __m512i s23 = _mm512_madd_epi16(_mm512_packs_epi32(s2, s3), ones);
  __m512i sum = _mm512_madd_epi16(_mm512_packs_epi32(s01, s23), ones);

  // The parts, transposed to one register each.
  const __m512i q0 = _mm512_madd_epi16(_mm512_maddubs_epi16(d0, tens), pairs);
  const __m512i q1 = _mm512_madd_epi16(_mm512_maddubs_epi16(d1, tens), pairs);
  const __m512i q2 = _mm512_madd_epi16(_mm512_maddubs_epi16(d2, tens), pairs);
  const __m512i q3 = _mm512_madd_epi16(_mm512_maddubs_epi16(d3, tens), pairs);
  const __m512i a01 = _mm512_unpacklo_epi32(q0, q1);
  const __m512i a23 = _mm512_unpacklo_epi32(q2, q3);
  const __m512i b01 = _mm512_unpackhi_epi32(q0, q1);
  const __m512i b23 = _mm512_unpackhi_epi32(q2, q3);
  const __m512i prefix = _mm512_unpacklo_epi64(a01, a23);
  const __m512i county_century = _mm512_unpackhi_epi64(a01, a23);
  const __m512i year_month = _mm512_unpacklo_epi64(b01, b23);
  const __m512i day = _mm512_unpackhi_epi64(b01, b23);

  // The last two characters.
  const __m512i digit = _mm512_sub_epi32(_mm512_and_si512(tail, low), all('0'));
  const __m512i mark = _mm512_srli_epi32(tail, 8);
  const __mmask16 small_x = _mm512_cmpeq_epi32_mask(mark, all('x'));
  const __mmask16 x = _mm512_cmpeq_epi32_mask(mark, all('X')) | small_x;
  const __m512i plain_check = _mm512_sub_epi32(mark, all('0'));
  const __m512i check = _mm512_mask_mov_epi32(plain_check, x, all(10));
  __mmask16 slow = static_cast<__mmask16>(_mm512_cmpgt_epu32_mask(digit, all(9)) |
                                          (_mm512_cmpgt_epu32_mask(plain_check, all(9)) & ~x));

  // MOD 11-2: the whole sum is 1 mod 11. The multiplication divides sums below 2^11 exactly.
  sum = _mm512_add_epi32(sum, _mm512_add_epi32(_mm512_slli_epi32(digit, 1), check));
  const __m512i eleventh = _mm512_srli_epi32(_mm512_madd_epi16(sum, all(5958)), 16);
  const __m512i rest = _mm512_sub_epi32(sum, _mm512_madd_epi16(eleventh, all(11)));
  __m512i bits = _mm512_maskz_mov_epi32(_mm512_cmpneq_epi32_mask(rest, all(1)), all(bit(Reason::bad_check_digit)));
  bits = _mm512_mask_or_epi32(bits, small_x, bits, all(bit(Reason::normalised)));

  // The date.
  const __m512i county = _mm512_and_si512(county_century, low);
  const __m512i century = _mm512_srli_epi32(county_century, 8);
  const __m512i yy = _mm512_srli_epi32(year_month, 8);
  const __m512i month = _mm512_and_si512(year_month, low);
  const __m512i year = _mm512_add_epi32(_mm512_madd_epi16(century, all(100)), yy);
  const __mmask16 round = _mm512_cmpeq_epi32_mask(yy, _mm512_setzero_si512());
  const __m512i asked = _mm512_mask_mov_epi32(yy, round, century);
  const __mmask16 leap = _mm512_testn_epi32_mask(asked, all(3));
  const __mmask16 february = _mm512_mask_cmpeq_epi32_mask(leap, month, all(2));
  __m512i longest = _mm512_permutexvar_epi32(month, days);
  longest = _mm512_mask_add_epi32(longest, february, longest, all(1));
  const __mmask16 bad_date =
      _mm512_cmpgt_epu32_mask(month, all(12)) | _mm512_cmpge_epu32_mask(_mm512_sub_epi32(day, all(1)), longest) |
      _mm512_cmpgt_epu32_mask(_mm512_sub_epi32(year, all(oldest_year)), all(newest_year - oldest_year));
  bits = _mm512_mask_or_epi32(bits, bad_date, bits, all(bit(Reason::bad_date)));
  const __mmask16 dated = static_cast<__mmask16>(~bad_date);
  const __m512i date = _mm512_add_epi32(
      _mm512_madd_epi16(_mm512_or_si512(year, _mm512_slli_epi32(month, 16)), all(100U << 16 | 10000U)), day);
  const __mmask16 judged = dated & clock;
  const __mmask16 future = _mm512_mask_cmpgt_epi32_mask(judged, date, today);
  const __mmask16 aged = _mm512_mask_cmpgt_epi32_mask(judged, _mm512_sub_epi32(today, date), all(oldest_age * 10000));
  bits = _mm512_mask_or_epi32(bits, future, bits, all(bit(Reason::future_date)));
  bits = _mm512_mask_or_epi32(bits, aged, bits, all(bit(Reason::implausible_age)));

  // The region and its period. Lanes that are slow hold no digits: look up code 0 for them, which is in no table.
  slow |= static_cast<__mmask16>(
      (bad0 | bad1 | bad2 | bad3) != 0 ? spread(bad0, 0) | spread(bad1, 1) | spread(bad2, 2) | spread(bad3, 3) : 0);
  const __mmask16 fast = static_cast<__mmask16>(~slow) & regions;
  const __m512i block = _mm512_and_si512(
      _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), fast, prefix, rules.index->block.data(), 2), half);
  const __m512i where = _mm512_add_epi32(_mm512_madd_epi16(block, all(100)), county);
  const __m512i entry = _mm512_and_si512(
      _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), fast, where, rules.index->entry.data(), 2), half);
  const __m512i ends = _mm512_srli_epi32(entry, 8);
  const __m512i begins = _mm512_and_si512(entry, low);
  const __m512i born = _mm512_sub_epi32(_mm512_min_epi32(year, all(2155)), all(1900));
  const __m512i issued = _mm512_max_epi32(born, first_year);
  const __m512i late = _mm512_max_epi32(_mm512_add_epi32(born, all(late_registration)), first_year);
  const __mmask16 unknown = _mm512_mask_cmpeq_epi32_mask(regions, ends, _mm512_setzero_si512());
  const __mmask16 foreign = _mm512_mask_cmpeq_epi32_mask(regions, begins, _mm512_setzero_si512());
  const __mmask16 asked_period = dated & regions;
  const __mmask16 ended = _mm512_mask_cmplt_epi32_mask(asked_period & static_cast<__mmask16>(~unknown), ends, issued);
  const __mmask16 newer = _mm512_mask_cmpgt_epi32_mask(asked_period, begins, late);
  bits = _mm512_mask_or_epi32(bits, unknown, bits, all(bit(Reason::unknown_region)));
  bits = _mm512_mask_or_epi32(bits, ended, bits, all(region_ended_bit));
  bits = _mm512_mask_or_epi32(bits, newer, bits, all(region_newer_bit));
  bits = _mm512_mask_or_epi32(bits, foreign, bits, all(bit(Reason::unknown_type)));
  const __mmask16 nine_first = _mm512_cmpge_epi32_mask(prefix, all(9000));
  bits = _mm512_or_si512(
      bits, _mm512_mask_mov_epi32(all(rules.citizen_structure), nine_first, all(rules.foreigner_structure)));
  slow_out = slow;
  return bits;
}

}  // namespace

KUALIK_AVX512 void check_batch_avx512(const char* const* texts, std::size_t count, const Rules& rules,
                                      std::uint32_t* out, std::uint16_t* slow_out) noexcept {
  const __m512i zero_char = _mm512_set1_epi8('0');
  for (std::size_t i = 0; i < count; i += 16) {
    const char* const* p = texts + i;
    // Register r holds numbers r, 4 + r, 8 + r, 12 + r, so that transposing within the lanes gives the natural order.
    const __m512i d0 = _mm512_sub_epi8(load(p[0], p[4], p[8], p[12]), zero_char);
    const __m512i d1 = _mm512_sub_epi8(load(p[1], p[5], p[9], p[13]), zero_char);
    const __m512i d2 = _mm512_sub_epi8(load(p[2], p[6], p[10], p[14]), zero_char);
    const __m512i d3 = _mm512_sub_epi8(load(p[3], p[7], p[11], p[15]), zero_char);
    // The upper half of the four bytes at 14.
    const __m512i at0 = _mm512_loadu_si512(p);
    const __m512i at1 = _mm512_loadu_si512(p + 8);
    const char* const none = nullptr;
    const __m256i t0 = _mm512_i64gather_epi32(_mm512_add_epi64(at0, _mm512_set1_epi64(14)), none, 1);
    const __m256i t1 = _mm512_i64gather_epi32(_mm512_add_epi64(at1, _mm512_set1_epi64(14)), none, 1);
    const __m512i tail = _mm512_srli_epi32(_mm512_inserti64x4(_mm512_castsi256_si512(t0), t1, 1), 16);
    __mmask16 slow = 0;
    _mm512_storeu_si512(out + i, judge(d0, d1, d2, d3, tail, rules, slow));
    slow_out[i / 16] = slow;
  }
}

KUALIK_AVX512 void check_run_avx512(const char* data, std::ptrdiff_t, std::size_t count, const Rules& rules,
                                    std::uint32_t* out, std::uint16_t* slow_out) noexcept {
  const __m512i zero_char = _mm512_set1_epi8('0');
  // A number is nine words; the first eight of three numbers lie within 64 bytes, the fourth's are loaded apart.
  const __m512i three = _mm512_set_epi16(0, 0, 0, 0, 0, 0, 0, 0, 25, 24, 23, 22, 21, 20, 19, 18, 16, 15, 14, 13, 12, 11,
                                         10, 9, 7, 6, 5, 4, 3, 2, 1, 0);
  // Of 64 bytes from the fifth word on, the last words of four numbers are 4, 13, 22 and 31. Group r's come to places
  // r, 4 + r, 8 + r, 12 + r.
  const __m512i last = _mm512_broadcast_i32x4(_mm_setr_epi16(4, 0, 4, 0, 4, 0, 4, 0));
  const __m512i nines = _mm512_set_epi32(27, 27, 27, 27, 18, 18, 18, 18, 9, 9, 9, 9, 0, 0, 0, 0);
  const __m512i where = _mm512_add_epi16(last, nines);
  // Place 4 l + r holds number 4 r + l.
  const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  for (std::size_t i = 0; i < count; i += 16) {
    const char* const p = data + i * 18;
    // The numbers of some turns ahead; what lies behind the last one is not touched by a prefetch that finds nothing
    // there.
    for (unsigned line = 0; line < 5; ++line) _mm_prefetch(p + 4096 + 64 * line, _MM_HINT_T0);
    __m512i d[4];
    __m512i tail = _mm512_setzero_si512();
    for (unsigned r = 0; r < 4; ++r) {
      const char* const group = p + std::size_t{72} * r;
      const __m512i words = _mm512_permutexvar_epi16(three, _mm512_loadu_si512(group));
      const __m128i fourth = _mm_loadu_si128(reinterpret_cast<const __m128i*>(group + 54));
      d[r] = _mm512_sub_epi8(_mm512_inserti32x4(words, fourth, 3), zero_char);
      tail = _mm512_mask_permutexvar_epi16(tail, 0x01010101U << (2 * r), where, _mm512_loadu_si512(group + 8));
    }
    __mmask16 slow = 0;
    const __m512i bits = judge(d[0], d[1], d[2], d[3], tail, rules, slow);
    _mm512_storeu_si512(out + i, _mm512_permutexvar_epi32(order, bits));
    slow_out[i / 16] =
        slow == 0 ? std::uint16_t{0} : _mm512_movepi32_mask(_mm512_permutexvar_epi32(order, _mm512_movm_epi32(slow)));
  }
}

void stream_out(std::uint32_t* out, const std::uint32_t* from, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; i += 4)
    _mm_stream_si128(reinterpret_cast<__m128i*>(out + i), _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i)));
}

void stream_done() noexcept { _mm_sfence(); }

}  // namespace kualik::numbers::detail
#endif
