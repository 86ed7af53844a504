#pragma once
// Dates as papers write them, and the arithmetic of prison terms.
//
//   text::parse_date("二○一八年五月三日").value->date == Date{2018, 5, 3};
//   text::end_of_term({2018, 3, 1}, {.years = 10}) == Date{2028, 2, 29};
//
// Forms: 2018年5月3日 in Arabic or Han digits (〇 and its look-alikes, 元月, 廿, 号 for 日), 2018-05-03, 2018.5.3,
// 2018/5/3, 20180503 (only where a caller asks), 03.05.2018, 03/05/2018, 3 MAY 2018 with English, Russian and Kazakh
// months, two-language months (MAY/MAI). Pure functions; the matchers allocate nothing.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kualik/core/checked.h"
#include "kualik/core/date.h"
#include "kualik/text/duration.h"

namespace kualik::text {

/// How a date is written.
enum class DateForm : std::uint8_t {
  han,    ///< Y年M月D日, in any digits
  ymd,    ///< 2018-05-03, 2018.05.03, 2018/5/3
  dmy,    ///< 03.05.2018, 03/05/2018, 03-05-2018
  named,  ///< 03 MAY 2018, 3 мая 2018
};

/// A date as read. Month and day may be 0 where the paper does not give them (1885年6月).
struct DateReading {
  Date date{};
  DateForm form{DateForm::han};
  /// ISO 8601 as far as given: 1885, 1885-06 or 1885-06-05.
  std::string iso() const;
  bool complete() const noexcept { return date.month != 0 && date.day != 0; }
};

/// One date found at a place.
struct DateMatch {
  std::size_t end{};
  DateReading reading{};
  /// bad_date for a day that no calendar has (the reading is kept), repaired for look-alikes (日 read as 曰, O for 0).
  ReasonSet reasons{};
};

/// The longest date at `pos` of folded characters (normalize.h). `1885年` alone counts only with `year_only`.
std::optional<DateMatch> match_date(std::u32string_view chars, std::size_t pos, bool year_only = false) noexcept;

/// The first date in chars[begin, end): its beginning and itself.
struct DateFound {
  std::size_t begin{};
  DateMatch match{};
};
std::optional<DateFound> find_date(std::u32string_view chars, std::size_t begin, std::size_t end) noexcept;

/// A text that is one date and nothing else. Errors: not_found, bad_structure (something stands behind it), bad_date.
Checked<DateReading> parse_date(std::string_view text);

/// `date` moved by calendar months; a day that the month lacks becomes its last day and `clamped` is set. `date` must
/// be valid.
struct MovedDate {
  Date date{};
  bool clamped{false};
};
MovedDate add_months(const Date& date, int months) noexcept;
/// `date` moved by days. `date` must be valid.
Date add_days(const Date& date, std::int64_t days) noexcept;
/// From the count that days_since_epoch gives.
Date from_days(std::int64_t days_since_epoch) noexcept;
/// Full years between two valid dates, by the birthday (one is a year older on the day itself); negative if `to` is
/// earlier.
int full_years(const Date& from, const Date& to) noexcept;

/// The last day of a term: start + term - 1 day - days credited. Where the last month lacks the day, the term ends with
/// that month (criminal procedure counts calendar months). `start` must be valid.
Date end_of_term(const Date& start, const Duration& term, int credit_days = 0) noexcept;

}  // namespace kualik::text
