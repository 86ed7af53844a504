// When a term runs: 自Y年M月D日起至Y年M月D日止, and the days credited to it.

#include <algorithm>

#include "anchors.h"
#include "penalty.h"

namespace kualik::documents {

namespace {

// 刑期至2021年8月15日届满, 减刑后的刑期自本裁定送达之日起至2027年12月7日止: the end alone; of several the last.
std::optional<TermDates> read_term_end(const Sheet& sheet, Range within) {
  const auto part = sheet.chars().substr(0, within.end);
  std::optional<TermDates> found;
  for (std::size_t from = within.begin; from < within.end;) {
    const auto term = find_exact(part, {from, within.end}, U"刑期");
    if (!term) break;
    from = term->end;
    for (std::size_t i = term->end; i < std::min(within.end, term->end + 20) && !is_clause_mark(part[i]); ++i) {
      if (part[i] != U'至' && part[i] != U'到') continue;
      const auto stop = text::match_date(part, i + 1);
      if (!stop || !stop->reading.complete()) continue;
      found = TermDates{};
      found->to = *stop;
      found->to_range = {i + 1, stop->end};
      break;
    }
  }
  return found;
}

// 缓刑考验期自…起至…止, 死刑缓期执行期间自…起至…止: of the probation or the respite, not of the sentence.
bool of_probation_or_respite(std::u32string_view chars, std::size_t floor, std::size_t date) {
  constexpr std::size_t longest_clause = 30;
  std::size_t begin = date;
  while (begin > floor && date - begin < longest_clause && chars[begin - 1] != U'。' && chars[begin - 1] != U';' &&
         !is_open_bracket(chars[begin - 1]))
    --begin;
  return find_exact(chars, {begin, date}, U"考验期") || find_exact(chars, {begin, date}, U"缓期");
}

}  // namespace

std::optional<TermDates> read_term_dates(const Sheet& sheet, Range within) {
  const auto chars = sheet.chars();
  within.end = std::min(within.end, chars.size());
  const auto part = chars.substr(0, within.end);
  for (std::size_t from = within.begin; from < within.end;) {
    const auto start = text::find_date(part, from, within.end);
    if (!start) return read_term_end(sheet, within);
    from = start->match.end;
    if (of_probation_or_respite(part, within.begin, start->begin)) continue;
    // 自 before it, 至 behind it; 起 may be missing, and OCR bends 自 into 白.
    const bool opened =
        start->begin > within.begin &&
        (chars[start->begin - 1] == U'自' || is_lookalike(chars[start->begin - 1], U'自') ||
         chars[start->begin - 1] == U'从' || (start->begin >= 4 && word_at(chars, start->begin - 4, U"刑期起止")) ||
         (start->begin >= 2 && (is_clause_mark(chars[start->begin - 1]) || is_open_bracket(chars[start->begin - 1]))));
    std::size_t i = start->match.end;
    while (i < within.end && i < start->match.end + 4 &&
           (chars[i] == U'起' || is_lookalike(chars[i], U'起') || is_clause_mark(chars[i])))
      ++i;
    // 刑期从2020年2月13日起计算: of a sentence for life, which has no end.
    if (opened && i > start->match.end && word_at(part, i, U"计算")) {
      TermDates life;
      life.from = start->match;
      life.from_range = {start->begin, start->match.end};
      return life;
    }
    const bool to_mark = i < within.end && (chars[i] == U'至' || chars[i] == U'到' || chars[i] == U'互' ||
                                            chars[i] == U'—' || chars[i] == U'-' || chars[i] == U'~');
    if (!to_mark || (!opened && i == start->match.end)) continue;
    ++i;
    while (i < within.end && (chars[i] == U'—' || chars[i] == U'-')) ++i;
    TermDates dates;
    dates.from = start->match;
    dates.from_range = {start->begin, start->match.end};
    if (const auto stop = text::match_date(part, i)) {
      dates.to = *stop;
      dates.to_range = {i, stop->end};
    }
    return dates;
  }
  return read_term_end(sheet, within);
}

int read_credit_days(const Sheet& sheet, Range within) {
  const auto chars = sheet.chars();
  within.end = std::min(within.end, chars.size());
  int days = 0;
  for (const std::u32string_view word : {std::u32string_view(U"折抵"), std::u32string_view(U"羁押")}) {
    for (std::size_t from = within.begin; from < within.end;) {
      const auto hit = find_exact(chars, {from, within.end}, word);
      if (!hit) break;
      from = hit->end;
      // 羁押一日折抵刑期二日, as it is for public surveillance, is the rule as well.
      if (word == U"折抵" && hit->begin > within.begin && chars[hit->begin - 1] == U'日') continue;
      std::size_t i = hit->end;
      for (const std::u32string_view filler :
           {std::u32string_view(U"刑期"), std::u32string_view(U"的"), std::u32string_view(U"期限")})
        if (word_at(chars, i, filler)) i += filler.size();
      const auto d = text::match_duration(chars.substr(0, within.end), i);
      // 羁押一日折抵刑期一日 is the rule, not the sum.
      if (!d || d->duration.years != 0 || d->duration.months != 0 || d->duration.days <= 1) continue;
      days = std::max(days, d->duration.days);
    }
  }
  return days;
}

}  // namespace kualik::documents
