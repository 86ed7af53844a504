#pragma once
// Durations as sentences give them: 十七年六个月, 3年零2个月, 六个月, 十日, 一年半.
//
//   text::parse_duration("十七年零六个月").value->iso() == "P17Y6M"
//
// Pure functions; the matcher allocates nothing.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "kualik/core/checked.h"

namespace kualik::text {

/// Calendar years, months and days, each as written: 18 months stay 18 months.
struct Duration {
  int years{0};
  int months{0};
  int days{0};
  constexpr bool empty() const noexcept { return years == 0 && months == 0 && days == 0; }
  /// For comparing: a month counts 30 days, a year twelve months.
  constexpr int rough_days() const noexcept { return (years * 12 + months) * 30 + days; }
  constexpr int total_months() const noexcept { return years * 12 + months; }
  /// ISO 8601: P17Y6M, P10D; P0D if empty.
  std::string iso() const;
  friend constexpr bool operator==(const Duration&, const Duration&) = default;
};

/// Reads what `Duration::iso` writes (years, months, days); nothing for other text.
std::optional<Duration> duration_from_iso(std::string_view text) noexcept;

/// One duration found at a place.
struct DurationMatch {
  std::size_t end{};
  Duration duration{};
  ReasonSet reasons{};  ///< repaired, ambiguous (from the numerals); out_of_range from 100 years, 100 months or 10,000
                        ///< days on.
};

/// The longest duration at `pos` of folded characters. A year of the calendar (二〇一八年) is none.
std::optional<DurationMatch> match_duration(std::u32string_view chars, std::size_t pos) noexcept;

/// A text that is one duration and nothing else. Errors: not_found, bad_structure, out_of_range.
Checked<Duration> parse_duration(std::string_view text);

/// As a paper writes it: 十七年六个月.
std::string to_han(const Duration& duration);

}  // namespace kualik::text
