#pragma once
// Rules that the one-by-one parser and the bulk paths share, so that they cannot drift apart.

#include <cstddef>
#include <cstdint>

#include "kualik/core/reasons.h"

namespace kualik::numbers::detail {

constexpr std::uint32_t bit(Reason reason) noexcept { return std::uint32_t{1} << static_cast<unsigned>(reason); }
inline constexpr std::uint32_t region_ended_bit = bit(Reason::region_ended);
inline constexpr std::uint32_t region_newer_bit = bit(Reason::region_newer);

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// As `resident_check_char` of 17 characters; a sum of weighted digits, which unlike the recurrence has no long chain
/// of remainders.
constexpr char check_char_of(const char* body) noexcept {
  constexpr unsigned weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  unsigned sum = 0;
  bool digits = true;
  for (std::size_t i = 0; i < 17; ++i) {
    const unsigned digit = static_cast<unsigned>(static_cast<unsigned char>(body[i])) - '0';
    digits &= digit <= 9;
    sum += weights[i] * digit;
  }
  return digits ? "10X98765432"[sum % 11] : '\0';
}

// Births outside these years are no dates of a holder: the oldest holder of 1984 was born in the 1860s, and a year
// beyond 2199 is a misread.
inline constexpr int oldest_year = 1800;
inline constexpr int newest_year = 2199;
inline constexpr int oldest_age = 120;

/// Doubts of a valid birth date, both as yyyymmdd; nothing if `today` is 0.
constexpr std::uint32_t date_doubts(int birth, int today) noexcept {
  if (today == 0) return 0;
  if (birth > today) return bit(Reason::future_date);
  if (today - birth > oldest_age * 10000) return bit(Reason::implausible_age);
  return 0;
}

}  // namespace kualik::numbers::detail
