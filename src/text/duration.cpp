#include "kualik/text/duration.h"

#include "han_window.h"
#include "kualik/text/normalize.h"
#include "kualik/text/numerals.h"
#include "kualik/text/utf8.h"

namespace kualik::text {

namespace {

enum class Unit { none, years, months, days };

struct UnitMatch {
  Unit unit{Unit::none};
  std::size_t end{};
  bool bent{false};  // by OCR
};

bool at(std::u32string_view chars, std::size_t pos, char32_t c) noexcept {
  return pos < chars.size() && chars[pos] == c;
}

// `months_need_counter`: 六个月 is a duration, 六月 alone is June; behind years both stand (一年六月 in older papers).
UnitMatch match_unit(std::u32string_view chars, std::size_t pos, bool months_need_counter) noexcept {
  if (pos >= chars.size()) return {};
  const auto is = [&](std::size_t i, std::u32string_view any) {
    return i < chars.size() && any.find(chars[i]) != std::u32string_view::npos;
  };
  if (at(chars, pos, U'年')) return {Unit::years, pos + 1};
  if (at(chars, pos, U'个') && at(chars, pos + 1, U'月')) return {Unit::months, pos + 2};
  if (!months_need_counter && at(chars, pos, U'月')) return {Unit::months, pos + 1};
  if (at(chars, pos, U'日') || at(chars, pos, U'天')) return {Unit::days, pos + 1};
  // As readers bend them.
  if (is(pos, U"午牛乍")) return {Unit::years, pos + 1, true};
  if (is(pos, U"个亇") && is(pos + 1, U"月目用丹冃")) return {Unit::months, pos + 2, true};
  if (is(pos, U"曰")) return {Unit::days, pos + 1, true};
  return {};
}

}  // namespace

std::string Duration::iso() const {
  if (empty()) return "P0D";
  std::string out = "P";
  if (years != 0) out += std::to_string(years) + 'Y';
  if (months != 0) out += std::to_string(months) + 'M';
  if (days != 0) out += std::to_string(days) + 'D';
  return out;
}

std::optional<Duration> duration_from_iso(std::string_view text) noexcept {
  if (text.size() < 3 || text.front() != 'P') return std::nullopt;
  Duration duration;
  int last = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    int value = 0;
    const std::size_t first = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9' && i - first < 6) value = value * 10 + (text[i++] - '0');
    if (i == first || i == text.size()) return std::nullopt;
    const int unit = text[i] == 'Y' ? 1 : text[i] == 'M' ? 2 : text[i] == 'D' ? 3 : 0;
    if (unit <= last) return std::nullopt;
    (unit == 1 ? duration.years : unit == 2 ? duration.months : duration.days) = value;
    last = unit;
  }
  return duration;
}

std::optional<DurationMatch> match_duration(std::u32string_view all, std::size_t pos) noexcept {
  const HanWindow window(all, pos);
  const std::u32string_view chars = window.view();
  DurationMatch match;
  Unit last = Unit::none;
  std::size_t i = 0;
  bool any = false;
  while (i < chars.size()) {
    if (at(chars, i, U'半')) {
      // 一年半, 半年
      if (last == Unit::years) {
        match.duration.months = 6;
        match.end = i + 1;
        break;
      }
      if (!any && at(chars, i + 1, U'年')) {
        match.duration.months = 6;
        match.end = i + 2;
        any = true;
      }
      break;
    }
    std::size_t start = i;
    if (any && (at(chars, i, U'零') || at(chars, i, U'又') || at(chars, i, U'另') || at(chars, i, U'〇'))) ++start;
    auto number = match_numeral(chars, start);
    if (!number && at(chars, start, U'两')) number = NumeralMatch{start + 1, 2, NumeralForm::ranked, 0, {}};
    if (!number) break;
    // 一个半月 is not a form of sentences and stays out.
    const UnitMatch unit = match_unit(chars, number->end, last != Unit::years);
    if (unit.unit == Unit::none || unit.unit <= last) break;
    if (unit.unit == Unit::years && number->form != NumeralForm::ranked && number->digits >= 4) break;
    const std::int64_t bound = unit.unit == Unit::days ? 10'000 : 100;
    if (number->value >= bound) match.reasons.add(Reason::out_of_range);
    const int value = static_cast<int>(number->value < 100'000 ? number->value : 100'000);
    (unit.unit == Unit::years    ? match.duration.years
     : unit.unit == Unit::months ? match.duration.months
                                 : match.duration.days) = value;
    match.reasons |= number->reasons;
    if (unit.bent) match.reasons.add(Reason::repaired);
    last = unit.unit;
    match.end = i = unit.end;
    any = true;
    if (last == Unit::days) break;
  }
  if (!any) return std::nullopt;
  if (window.replaced(match.end)) match.reasons.add(Reason::repaired);
  match.end += pos;
  return match;
}

Checked<Duration> parse_duration(std::string_view text) {
  const Folded folded = fold(text);
  const auto match = match_duration(folded.chars(), 0);
  if (!match) return {std::nullopt, {Reason::not_found}};
  if (match->end != folded.size()) return {std::nullopt, {Reason::bad_structure}};
  return {match->duration, match->reasons};
}

std::string to_han(const Duration& duration) {
  std::string out;
  if (duration.years != 0) out += to_han(duration.years) + "年";
  if (duration.months != 0) out += to_han(duration.months) + "个月";
  if (duration.days != 0) out += to_han(duration.days) + "日";
  return out;
}

}  // namespace kualik::text
