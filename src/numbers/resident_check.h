#pragma once
// Rules that the one-by-one parser and the bulk paths share, so that they cannot drift apart.

#include <cstdint>

#include "kualik/core/reasons.h"

namespace kualik::numbers::detail {

constexpr std::uint32_t bit(Reason reason) noexcept { return std::uint32_t{1} << static_cast<unsigned>(reason); }
inline constexpr std::uint32_t region_ended_bit = bit(Reason::region_ended);
inline constexpr std::uint32_t region_newer_bit = bit(Reason::region_newer);

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// Births outside these years are no dates of a holder: the oldest holder of 1984 was born in the 1860s, and a year beyond 2199 is a misread.
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
