#pragma once
// A calendar date as numbers carry it: a plain value that may hold what no calendar has, until `valid()` was asked.
// Proleptic Gregorian. All functions are pure, noexcept and (but for `iso`) allocate nothing.

#include <compare>
#include <cstdint>
#include <string>

namespace kualik {

constexpr bool is_leap_year(int year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/// 28 … 31; 0 if there is no such month.
constexpr int days_in_month(int year, int month) noexcept {
  constexpr std::int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return days[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

/// Year, month 1 … 12, day 1 … 31; all zero means "no date".
struct Date {
  int year{0};
  int month{0};
  int day{0};

  constexpr bool empty() const noexcept { return year == 0 && month == 0 && day == 0; }
  constexpr bool valid() const noexcept { return year > 0 && day >= 1 && day <= days_in_month(year, month); }
  /// 20180301: compares like the date, fits 32 bits up to the year 214748.
  constexpr int packed() const noexcept { return year * 10000 + month * 100 + day; }
  static constexpr Date from_packed(int yyyymmdd) noexcept {
    return {yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100};
  }
  // clang-tidy 14 takes the zero that the compiler compares with for a null pointer.
  friend constexpr auto operator<=>(const Date&, const Date&) = default;  // NOLINT(modernize-use-nullptr)
};

/// Days since 1970-01-01, negative before. The date must be valid.
constexpr std::int64_t days_since_epoch(const Date& date) noexcept {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t in_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + day_of_year - 719468;
}

/// "2018-03-01"; empty for an empty date. Does not ask whether the date is valid.
inline std::string iso(const Date& date) {
  if (date.empty()) return {};
  std::string text(10, '-');
  const auto put = [&text](std::size_t at, int width, int value) {
    for (int i = width - 1; i >= 0; --i, value /= 10)
      text[at + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, date.year);
  put(5, 2, date.month);
  put(8, 2, date.day);
  return text;
}

}  // namespace kualik
