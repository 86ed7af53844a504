#include "kualik/text/dates.h"

#include <algorithm>
#include <array>

#include "han_window.h"
#include "kualik/text/normalize.h"
#include "kualik/text/numerals.h"

namespace kualik::text {

namespace {

constexpr bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }

// The unit at `pos`, or a character that OCR puts for it; `repaired` tells which.
enum class UnitHit { none, exact, lookalike };
UnitHit match_unit(std::u32string_view chars, std::size_t pos, char32_t unit, std::u32string_view lookalikes) noexcept {
  if (pos >= chars.size()) return UnitHit::none;
  if (chars[pos] == unit) return UnitHit::exact;
  return lookalikes.find(chars[pos]) != std::u32string_view::npos ? UnitHit::lookalike : UnitHit::none;
}

void check_calendar(DateMatch& match) noexcept {
  const Date& d = match.reading.date;
  const bool month_wrong = d.month > 12 || (d.month == 0 && d.day != 0);
  const bool day_wrong = d.day != 0 && !month_wrong && d.day > days_in_month(d.year, d.month);
  if (month_wrong || day_wrong || d.year == 0) match.reasons.add(Reason::bad_date);
}

std::optional<DateMatch> match_han(std::u32string_view all, std::size_t pos, bool year_only) noexcept {
  const HanWindow window(all, pos);
  const std::u32string_view chars = window.view();
  DateMatch match;
  match.reading.form = DateForm::han;
  auto year = match_numeral(chars, 0);
  bool repaired = false;
  // 〇二一年: the first digit lies under a seal or the fold, and can only have been 二.
  if (year && year->form == NumeralForm::positional && year->digits == 3 && year->value < 100) {
    year->value += 2000;
    repaired = true;
  } else if (year && year->form != NumeralForm::ranked && year->digits != 4) {
    return std::nullopt;
  }
  if (!year || year->value < 1000 || year->value > 9999) return std::nullopt;
  match.reasons |= year->reasons;
  const UnitHit year_unit = match_unit(chars, year->end, U'年', U"午牛乍");
  if (year_unit == UnitHit::none) return std::nullopt;
  match.reading.date.year = static_cast<int>(year->value);
  std::size_t end = year->end + 1;
  repaired = repaired || year_unit == UnitHit::lookalike;
  std::size_t i = end;
  auto month = match_numeral(chars, i);
  if (!month && i < chars.size() && chars[i] == U'元') month = NumeralMatch{i + 1, 1, NumeralForm::ranked, 0, {}};
  const UnitHit month_unit = month && month->value <= 99 && month->value > 0
                                 ? match_unit(chars, month->end, U'月', U"目用丹冃")
                                 : UnitHit::none;
  if (month_unit == UnitHit::none) {
    if (!year_only || year_unit != UnitHit::exact) return std::nullopt;
    match.end = pos + end;
    if (window.replaced(end)) match.reasons.add(Reason::repaired);
    return match;
  }
  match.reading.date.month = static_cast<int>(month->value);
  match.reasons |= month->reasons;
  repaired = repaired || month_unit == UnitHit::lookalike;
  end = month->end + 1;
  if (end < chars.size() && chars[end] == U'份') ++end;
  if (const auto day = match_numeral(chars, end); day && day->value > 0 && day->value <= 99) {
    UnitHit day_unit = match_unit(chars, day->end, U'日', U"曰目白");
    if (day_unit == UnitHit::none) day_unit = match_unit(chars, day->end, U'号', U"");
    if (day_unit != UnitHit::none) {
      match.reading.date.day = static_cast<int>(day->value);
      match.reasons |= day->reasons;
      repaired = repaired || day_unit == UnitHit::lookalike;
      end = day->end + 1;
    }
  }
  if (repaired || window.replaced(end)) match.reasons.add(Reason::repaired);
  match.end = pos + end;
  check_calendar(match);
  return match;
}

// A run of up to `most` Arabic digits; O, l, I and | inside such a run count as the digits they look like.
struct Digits {
  std::size_t end{};
  int value{};
  int count{};
  bool repaired{false};
};
Digits match_digits(std::u32string_view chars, std::size_t pos, int most) noexcept {
  Digits run;
  run.end = pos;
  int real = 0;
  while (run.end < chars.size() && run.count < most) {
    const char32_t c = chars[run.end];
    int digit = -1;
    if (is_digit(c)) {
      digit = static_cast<int>(c - U'0');
      ++real;
    } else if (c == U'O' || c == U'o' || c == U'О' || c == U'о') {
      digit = 0;
    } else if (c == U'l' || c == U'I' || c == U'|') {
      digit = 1;
    }
    if (digit < 0) break;
    if (!is_digit(c)) run.repaired = true;
    run.value = run.value * 10 + digit;
    ++run.count;
    ++run.end;
  }
  if (real == 0) return {pos, 0, 0, false};
  return run;
}

std::optional<DateMatch> match_numeric(std::u32string_view chars, std::size_t pos) noexcept {
  const auto separator = [&chars](std::size_t i) -> char32_t {
    if (i >= chars.size()) return 0;
    switch (chars[i]) {
      case U'.':
      case U'-':
      case U'/':
        return chars[i];
      case U'·':
      case U'•':
        return U'.';
      case U'–':
      case U'—':
      case U'‐':
      case U'‑':
        return U'-';
      default:
        return 0;
    }
  };
  const Digits a = match_digits(chars, pos, 4);
  const char32_t first = a.count == 0 ? 0 : separator(a.end);
  if (first == 0 || (a.count != 4 && a.count > 2)) return std::nullopt;
  const Digits b = match_digits(chars, a.end + 1, 2);
  if (b.count == 0 || separator(b.end) != first) return std::nullopt;
  const bool year_first = a.count == 4;
  const Digits c = match_digits(chars, b.end + 1, year_first ? 2 : 4);
  if (c.count == 0 || (!year_first && c.count != 4)) return std::nullopt;
  if (c.end < chars.size() && is_digit(chars[c.end])) return std::nullopt;
  DateMatch match;
  match.end = c.end;
  match.reading.form = year_first ? DateForm::ymd : DateForm::dmy;
  match.reading.date = year_first ? Date{a.value, b.value, c.value} : Date{c.value, b.value, a.value};
  if (a.repaired || b.repaired || c.repaired) match.reasons.add(Reason::repaired);
  check_calendar(match);
  if (!match.reading.complete()) match.reasons.add(Reason::bad_date);
  return match;
}

struct MonthName {
  std::u32string_view name;  // upper case
  int month;
};
// English by the first three letters; Russian in the genitive and nominative stems; Kazakh.
constexpr MonthName month_names[] = {
    {U"JANUARY", 1},   {U"FEBRUARY", 2},  {U"MARCH", 3},    {U"APRIL", 4},     {U"JUNE", 6},      {U"JULY", 7},
    {U"AUGUST", 8},    {U"SEPTEMBER", 9}, {U"OCTOBER", 10}, {U"NOVEMBER", 11}, {U"DECEMBER", 12}, {U"JAN", 1},
    {U"FEB", 2},       {U"MAR", 3},       {U"APR", 4},      {U"MAY", 5},       {U"MAI", 5},       {U"JUN", 6},
    {U"JUL", 7},       {U"AUG", 8},       {U"SEPT", 9},     {U"SEP", 9},       {U"OCT", 10},      {U"NOV", 11},
    {U"DEC", 12},      {U"ЯНВАРЯ", 1},    {U"ФЕВРАЛЯ", 2},  {U"МАРТА", 3},     {U"АПРЕЛЯ", 4},    {U"МАЯ", 5},
    {U"ИЮНЯ", 6},      {U"ИЮЛЯ", 7},      {U"АВГУСТА", 8},  {U"СЕНТЯБРЯ", 9},  {U"ОКТЯБРЯ", 10},  {U"НОЯБРЯ", 11},
    {U"ДЕКАБРЯ", 12},  {U"ҚАҢТАР", 1},    {U"АҚПАН", 2},    {U"НАУРЫЗ", 3},    {U"СӘУІР", 4},     {U"МАМЫР", 5},
    {U"МАУСЫМ", 6},    {U"ШІЛДЕ", 7},     {U"ТАМЫЗ", 8},    {U"ҚЫРКҮЙЕК", 9},  {U"ҚАЗАН", 10},    {U"ҚАРАША", 11},
    {U"ЖЕЛТОҚСАН", 12}};

constexpr char32_t upper(char32_t c) noexcept {
  if (c >= U'a' && c <= U'z') return c - 32;
  if (c >= U'а' && c <= U'я') return c - 32;
  switch (c) {
    case U'ә':
      return U'Ә';
    case U'қ':
      return U'Қ';
    case U'ң':
      return U'Ң';
    case U'ү':
      return U'Ү';
    case U'і':
      return U'І';
    default:
      return c;
  }
}

struct MonthHit {
  int month{0};
  std::size_t end{};
};
MonthHit match_month_name(std::u32string_view chars, std::size_t pos) noexcept {
  MonthHit best;
  for (const MonthName& m : month_names) {
    if (pos + m.name.size() > chars.size() || m.name.size() <= best.end - (best.month ? pos : best.end)) continue;
    bool same = true;
    for (std::size_t i = 0; i < m.name.size() && same; ++i) same = upper(chars[pos + i]) == m.name[i];
    if (same) best = {m.month, pos + m.name.size()};
  }
  return best;
}

// 05 JUN 1885, 05 JUN/ИЮН 1885, 05 6月/JUN 1885, 05 JUN/6月 1885, 5 июня 1885.
std::optional<DateMatch> match_named(std::u32string_view chars, std::size_t pos) noexcept {
  const Digits day = match_digits(chars, pos, 2);
  if (day.count == 0) return std::nullopt;
  std::size_t i = day.end;
  int han_month = 0;
  if (const Digits month = match_digits(chars, i, 2);
      month.count > 0 && month.end < chars.size() && chars[month.end] == U'月') {
    han_month = month.value;
    i = month.end + 1;
    if (i < chars.size() && chars[i] == U'/') ++i;
  } else if (i < chars.size() && (chars[i] == U'-' || chars[i] == U'.' || chars[i] == U'/')) {
    ++i;
  }
  const MonthHit name = match_month_name(chars, i);
  if (name.month == 0) return std::nullopt;
  i = name.end;
  if (i < chars.size() && chars[i] == U'/') {  // the month in a second language
    ++i;
    if (const Digits month = match_digits(chars, i, 2);
        month.count > 0 && month.end < chars.size() && chars[month.end] == U'月') {
      han_month = month.value;
      i = month.end + 1;
    }
    for (int letters = 0; letters < 10 && i < chars.size() && !is_digit(chars[i]) && !is_han(chars[i]); ++letters) ++i;
  } else if (i < chars.size() && (chars[i] == U'-' || chars[i] == U'.')) {
    ++i;
  }
  const Digits year = match_digits(chars, i, 4);
  if (year.count != 4) return std::nullopt;
  if (year.end < chars.size() && is_digit(chars[year.end])) return std::nullopt;
  DateMatch match;
  match.end = year.end;
  match.reading.form = DateForm::named;
  match.reading.date = {year.value, name.month, day.value};
  if (day.repaired || year.repaired) match.reasons.add(Reason::repaired);
  if (han_month != 0 && han_month != name.month) match.reasons.add(Reason::ambiguous);
  check_calendar(match);
  return match;
}

}  // namespace

std::string DateReading::iso() const {
  const std::string full = kualik::iso(date);
  if (date.month == 0) return full.substr(0, 4);
  return date.day == 0 ? full.substr(0, 7) : full;
}

std::optional<DateMatch> match_date(std::u32string_view chars, std::size_t pos, bool year_only) noexcept {
  if (pos >= chars.size() || digit_value(chars[pos]) < 0) return std::nullopt;
  std::optional<DateMatch> best = match_han(chars, pos, year_only);
  for (auto other : {match_numeric(chars, pos), match_named(chars, pos)}) {
    if (other && (!best || other->end > best->end)) best = other;
  }
  return best;
}

std::optional<DateFound> find_date(std::u32string_view chars, std::size_t begin, std::size_t end) noexcept {
  end = std::min(end, chars.size());
  const std::u32string_view part = chars.substr(0, end);
  for (std::size_t i = begin; i < end; ++i) {
    if (digit_value(part[i]) < 0) continue;
    // Not in the middle of a number. Han digits may be the end of a name (赵四二〇一八年…): a year has four of them and
    // no more.
    if (i > begin && is_digit(part[i - 1]) && is_digit(part[i])) continue;
    if (const auto match = match_date(part, i)) return DateFound{i, *match};
  }
  return std::nullopt;
}

Checked<DateReading> parse_date(std::string_view text) {
  const Folded folded = fold(text);
  const auto match = match_date(folded.chars(), 0, true);
  if (!match) return {std::nullopt, {Reason::not_found}};
  if (match->end != folded.size()) return {std::nullopt, {Reason::bad_structure}};
  return {match->reading, match->reasons};
}

Date from_days(std::int64_t days) noexcept {
  const std::int64_t z = days + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t in_era = z - era * 146097;
  const std::int64_t year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  const std::int64_t day_of_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const auto day = static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1);
  const auto month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  return {static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0)), month, day};
}

MovedDate add_months(const Date& date, int months) noexcept {
  const int count = date.year * 12 + (date.month - 1) + months;
  Date moved{count / 12, count % 12 + 1, date.day};
  const int longest = days_in_month(moved.year, moved.month);
  const bool clamped = moved.day > longest;
  if (clamped) moved.day = longest;
  return {moved, clamped};
}

Date add_days(const Date& date, std::int64_t days) noexcept { return from_days(days_since_epoch(date) + days); }

int full_years(const Date& from, const Date& to) noexcept {
  const int years = to.year - from.year;
  return (to.packed() % 10000) < (from.packed() % 10000) ? years - 1 : years;
}

Date end_of_term(const Date& start, const Duration& term, int credit_days) noexcept {
  const MovedDate moved = add_months(start, term.total_months());
  const int last = (moved.clamped && term.days == 0 ? 0 : -1) + term.days - credit_days;
  return add_days(moved.date, last);
}

}  // namespace kualik::text
