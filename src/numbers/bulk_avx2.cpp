// Eight numbers a turn; the steps are those of bulk_avx512.cpp, where they are explained.
#if defined(__x86_64__)
#include <immintrin.h>

#include "numbers/bulk_kernel.h"

#define KUALIK_AVX2 __attribute__((target("avx2")))

namespace kualik::numbers::detail {
namespace {

KUALIK_AVX2 inline __m256i all(std::uint32_t value) noexcept { return _mm256_set1_epi32(static_cast<int>(value)); }
KUALIK_AVX2 inline __m256i all(Reason reason) noexcept { return all(bit(reason)); }

KUALIK_AVX2 inline __m256i load(const char* a, const char* b) noexcept {
  return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a))),
                                 _mm_loadu_si128(reinterpret_cast<const __m128i*>(b)), 1);
}

/// Lanes greater as signed numbers; every value here is far below 2^31 in size.
KUALIK_AVX2 inline __m256i greater(__m256i a, __m256i b) noexcept { return _mm256_cmpgt_epi32(a, b); }
KUALIK_AVX2 inline __m256i either(__m256i a, __m256i b) noexcept { return _mm256_or_si256(a, b); }
KUALIK_AVX2 inline __m256i both(__m256i a, __m256i b) noexcept { return _mm256_and_si256(a, b); }
KUALIK_AVX2 inline __m256i equal(__m256i a, __m256i b) noexcept { return _mm256_cmpeq_epi32(a, b); }

KUALIK_AVX2 inline int tail(const char* p) noexcept {
  return static_cast<unsigned char>(p[16]) | static_cast<unsigned char>(p[17]) << 8;
}

/// Lanes with a byte that is no digit: a number's four 32-bit places hold its 16 bytes.
KUALIK_AVX2 inline std::uint32_t bad_numbers(__m256i d, unsigned place) noexcept {
  const __m256i over = _mm256_subs_epu8(d, _mm256_set1_epi8(9));
  const auto good = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(over, _mm256_setzero_si256())));
  if (good == 0xFFFFFFFFU) return 0;
  return ((good & 0xFFFF) != 0xFFFF ? 1U << place : 0U) | (good >> 16 != 0xFFFF ? 16U << place : 0U);
}

}  // namespace

KUALIK_AVX2 void check_batch_avx2(const char* const* texts, std::size_t count, const Rules& rules, std::uint32_t* out,
                                  std::uint16_t* slow_out) noexcept {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i zero_char = _mm256_set1_epi8('0');
  const __m256i ones = _mm256_set1_epi16(1);
  const __m256i weights = _mm256_broadcastsi128_si256(_mm_setr_epi8(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4));
  const __m256i tens = _mm256_set1_epi16(0x010A);
  const __m256i pairs = _mm256_broadcastsi128_si256(_mm_setr_epi16(100, 1, 1, 256, 256, 1, 1, 0));
  const __m256i days = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0));
  const __m256i low = all(0xFF);
  const __m256i half = all(0xFFFF);
  const __m256i today = _mm256_set1_epi32(rules.today);
  const __m256i clock = rules.today != 0 ? all(0xFFFFFFFF) : zero;
  const __m256i regions = all(rules.region_mask);
  const __m256i first_year = _mm256_set1_epi32(first_issue_year - 1900);

  for (std::size_t i = 0; i < count; i += 8) {
    const char* const* p = texts + i;
    const __m256i d0 = _mm256_sub_epi8(load(p[0], p[4]), zero_char);
    const __m256i d1 = _mm256_sub_epi8(load(p[1], p[5]), zero_char);
    const __m256i d2 = _mm256_sub_epi8(load(p[2], p[6]), zero_char);
    const __m256i d3 = _mm256_sub_epi8(load(p[3], p[7]), zero_char);
    std::uint32_t slow = bad_numbers(d0, 0) | bad_numbers(d1, 1) | bad_numbers(d2, 2) | bad_numbers(d3, 3);

    const __m256i s0 = _mm256_madd_epi16(_mm256_maddubs_epi16(d0, weights), ones);
    const __m256i s1 = _mm256_madd_epi16(_mm256_maddubs_epi16(d1, weights), ones);
    const __m256i s2 = _mm256_madd_epi16(_mm256_maddubs_epi16(d2, weights), ones);
    const __m256i s3 = _mm256_madd_epi16(_mm256_maddubs_epi16(d3, weights), ones);
    const __m256i s01 = _mm256_madd_epi16(_mm256_packs_epi32(s0, s1), ones);
    const __m256i s23 = _mm256_madd_epi16(_mm256_packs_epi32(s2, s3), ones);
    __m256i sum = _mm256_madd_epi16(_mm256_packs_epi32(s01, s23), ones);

    const __m256i q0 = _mm256_madd_epi16(_mm256_maddubs_epi16(d0, tens), pairs);
    const __m256i q1 = _mm256_madd_epi16(_mm256_maddubs_epi16(d1, tens), pairs);
    const __m256i q2 = _mm256_madd_epi16(_mm256_maddubs_epi16(d2, tens), pairs);
    const __m256i q3 = _mm256_madd_epi16(_mm256_maddubs_epi16(d3, tens), pairs);
    const __m256i a01 = _mm256_unpacklo_epi32(q0, q1);
    const __m256i a23 = _mm256_unpacklo_epi32(q2, q3);
    const __m256i b01 = _mm256_unpackhi_epi32(q0, q1);
    const __m256i b23 = _mm256_unpackhi_epi32(q2, q3);
    const __m256i prefix = _mm256_unpacklo_epi64(a01, a23);
    const __m256i county_century = _mm256_unpackhi_epi64(a01, a23);
    const __m256i year_month = _mm256_unpacklo_epi64(b01, b23);
    const __m256i day = _mm256_unpackhi_epi64(b01, b23);

    const __m256i ends_of_text = _mm256_setr_epi32(tail(p[0]), tail(p[1]), tail(p[2]), tail(p[3]), tail(p[4]), tail(p[5]),
                                                   tail(p[6]), tail(p[7]));
    const __m256i digit = _mm256_sub_epi32(both(ends_of_text, low), all('0'));
    const __m256i mark = _mm256_srli_epi32(ends_of_text, 8);
    const __m256i small_x = equal(mark, all('x'));
    const __m256i x = either(equal(mark, all('X')), small_x);
    const __m256i plain_check = _mm256_sub_epi32(mark, all('0'));
    const __m256i check = _mm256_blendv_epi8(plain_check, all(10), x);
    const __m256i no_digit = either(greater(digit, all(9)), greater(zero, digit));
    const __m256i no_check = _mm256_andnot_si256(x, either(greater(plain_check, all(9)), greater(zero, plain_check)));
    slow |= static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(either(no_digit, no_check))));

    sum = _mm256_add_epi32(sum, _mm256_add_epi32(_mm256_slli_epi32(digit, 1), check));
    const __m256i eleventh = _mm256_srli_epi32(_mm256_madd_epi16(sum, all(5958)), 16);
    const __m256i rest = _mm256_sub_epi32(sum, _mm256_madd_epi16(eleventh, all(11)));
    __m256i bits = _mm256_andnot_si256(equal(rest, all(1)), all(Reason::bad_check_digit));
    bits = either(bits, both(small_x, all(Reason::normalised)));

    const __m256i county = both(county_century, low);
    const __m256i century = _mm256_srli_epi32(county_century, 8);
    const __m256i yy = _mm256_srli_epi32(year_month, 8);
    const __m256i month = both(year_month, low);
    const __m256i year = _mm256_add_epi32(_mm256_madd_epi16(century, all(100)), yy);
    const __m256i asked = _mm256_blendv_epi8(yy, century, equal(yy, zero));
    const __m256i leap = equal(both(asked, all(3)), zero);
    const __m256i february = both(leap, equal(month, all(2)));
    const __m256i longest = _mm256_sub_epi32(both(_mm256_shuffle_epi8(days, month), low), february);
    __m256i bad_date = either(greater(month, all(12)), either(greater(day, longest), equal(day, zero)));
    bad_date = either(bad_date, either(greater(all(oldest_year), year), greater(year, all(newest_year))));
    bits = either(bits, both(bad_date, all(Reason::bad_date)));
    const __m256i date =
        _mm256_add_epi32(_mm256_madd_epi16(either(year, _mm256_slli_epi32(month, 16)), all(100U << 16 | 10000U)), day);
    const __m256i judged = _mm256_andnot_si256(bad_date, clock);
    const __m256i aged = greater(_mm256_sub_epi32(today, date), all(oldest_age * 10000));
    bits = either(bits, both(both(judged, greater(date, today)), all(Reason::future_date)));
    bits = either(bits, both(both(judged, aged), all(Reason::implausible_age)));

    // Slow lanes may hold any bytes: their prefix is cut to a place within the table, and their result is replaced below.
    const __m256i inside = _mm256_min_epu32(prefix, all(9999));
    const __m256i block = both(_mm256_i32gather_epi32(reinterpret_cast<const int*>(rules.index->block.data()), inside, 2), half);
    const __m256i near = _mm256_min_epu32(county, all(99));
    const __m256i where = _mm256_add_epi32(_mm256_madd_epi16(block, all(100)), near);
    const __m256i entry = both(_mm256_i32gather_epi32(reinterpret_cast<const int*>(rules.index->entry.data()), where, 2), half);
    const __m256i ends = _mm256_srli_epi32(entry, 8);
    const __m256i begins = both(entry, low);
    const __m256i born = _mm256_sub_epi32(_mm256_min_epi32(year, all(2155)), all(1900));
    const __m256i issued = _mm256_max_epi32(born, first_year);
    const __m256i late = _mm256_max_epi32(_mm256_add_epi32(born, all(late_registration)), first_year);
    const __m256i unknown = equal(ends, zero);
    __m256i doubts = both(unknown, all(Reason::unknown_region));
    doubts = either(doubts, both(equal(begins, zero), all(Reason::unknown_type)));
    __m256i period = both(_mm256_andnot_si256(unknown, greater(issued, ends)), all(Reason::region_ended));
    period = either(period, both(greater(begins, late), all(Reason::region_newer)));
    doubts = either(doubts, _mm256_andnot_si256(bad_date, period));
    bits = either(bits, both(doubts, regions));
    const __m256i nine_first = greater(prefix, all(8999));
    bits = either(bits, _mm256_blendv_epi8(all(rules.citizen_structure), all(rules.foreigner_structure), nine_first));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), bits);

    if (i % 16 == 0)
      slow_out[i / 16] = static_cast<std::uint16_t>(slow);
    else
      slow_out[i / 16] = static_cast<std::uint16_t>(slow_out[i / 16] | slow << 8);
  }
}

}  // namespace kualik::numbers::detail
#endif
