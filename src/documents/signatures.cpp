#include "signatures.h"

#include <algorithm>
#include <array>
#include <vector>

#include "anchors.h"
#include "values.h"

namespace kualik::documents {

namespace {

constexpr std::array<std::u32string_view, 13> labels = {
    U"代理审判长", U"审判长",   U"代理审判员", U"助理审判员", U"独任审判员", U"审判员",    U"人民陪审员",
    U"陪审员",     U"法官助理", U"代书记员",   U"书记员",     U"检察员",     U"代理检察员"};

struct Signed {
  std::size_t label;
  LabelHit hit;
};

bool begins_here(const Sheet& sheet, std::size_t i, Range within) {
  if (i == within.begin || sheet.folded().gap(i) != text::Gap::none) return true;
  const char32_t before = sheet.chars()[i - 1];
  return before == U'。' || before == U'.' || is_close_bracket(before) || is_clause_mark(before);
}

// The label at the beginning of a line with specks between its characters: letters of the seal's ring, which lie in the
// wide spaces of 审　判　长, and dots. One in each space, two at most.
std::optional<LabelHit> label_with_specks(const Sheet& sheet, std::size_t i, std::u32string_view label, Range within) {
  constexpr std::size_t most_specks = 2;
  if (sheet.folded().gap(i) == text::Gap::none) return std::nullopt;
  const auto chars = sheet.chars();
  std::size_t at = i;
  std::size_t specks = 0;
  for (std::size_t k = 0; k < label.size(); ++k, ++at) {
    if (k > 0 && at + 1 < within.end && chars[at] != label[k] && chars[at + 1] == label[k]) {
      ++at;
      ++specks;
    }
    const bool breaks = k > 0 && (sheet.folded().starts_line(at) || sheet.folded().starts_line(at - 1)) && at - 1 > i;
    if (at >= within.end || chars[at] != label[k] || breaks) return std::nullopt;
  }
  if (specks == 0 || specks > most_specks) return std::nullopt;
  return LabelHit{{i, at}, 2};
}

// Every label that begins a line, or stands behind another's name where the lines were run together.
std::vector<Signed> find_labels(const Sheet& sheet, Range within) {
  std::vector<Signed> found;
  const auto chars = sheet.chars();
  for (std::size_t i = within.begin; i < within.end;) {
    std::optional<Signed> best;
    for (std::size_t l = 0; l < labels.size(); ++l) {
      auto hit = label_at(chars.substr(0, within.end), i, labels[l], 2);
      if (!hit) hit = label_with_specks(sheet, i, labels[l], within);
      if (!hit || (hit->cost > 0 && !begins_here(sheet, i, within))) continue;
      if (!best || hit->cost < best->hit.cost ||
          (hit->cost == best->hit.cost && labels[l].size() > labels[best->label].size()))
        best = Signed{l, *hit};
    }
    const bool chained = best && !found.empty() && i < found.back().hit.range.end + 18;
    if (best && (begins_here(sheet, i, within) || chained)) {
      found.push_back(*best);
      i = best->hit.range.end;
    } else {
      ++i;
    }
  }
  return found;
}

constexpr std::size_t longest_rest = 4;  // of a name that goes on in the next line

// What stands for the characters of a name that the print withholds: 张××, 王某.
bool is_withheld(char32_t c) noexcept {
  return std::u32string_view(U"×✕XxХх*○△□").find(c) != std::u32string_view::npos;
}

// 书记员（代）张某: the name stands behind the bracket.
std::size_t behind_bracket(std::u32string_view chars, std::size_t begin, std::size_t limit) {
  constexpr std::size_t longest = 6;
  if (begin >= limit || !is_open_bracket(chars[begin])) return begin;
  for (std::size_t i = begin + 1; i < std::min(limit, begin + longest); ++i)
    if (is_close_bracket(chars[i])) return i + 1;
  return begin;
}

// The name behind a label: to the end of its line, the next label or a date.
std::optional<Field> signed_name(const Sheet& sheet, std::string_view key, const Signed& label, std::size_t limit) {
  const auto chars = sheet.chars();
  std::size_t begin = behind_bracket(chars, label.hit.range.end, limit);
  while (begin < limit && is_clause_mark(chars[begin])) ++begin;
  std::size_t end = begin;
  bool withheld = false;
  while (end < limit && end < begin + 18) {
    if (end > begin && sheet.folded().starts_line(end)) break;
    const bool hidden = end > begin && is_withheld(chars[end]);
    // 张××　附: what stands behind a gap is no part of it.
    if (withheld && !hidden && sheet.folded().gap(end) != text::Gap::none) break;
    const bool letter = text::is_han(chars[end]) || text::is_name_dot(chars[end]) || chars[end] == U'.';
    if ((!letter && !hidden) || text::match_date(chars, end)) break;
    withheld = withheld || hidden;
    ++end;
  }
  if (end == begin || (end == begin + 1 && chars[begin] != U'某')) return std::nullopt;
  if (withheld) return sheet.field(key, sheet.printed({begin, end}), {begin, end});
  auto field = name_field(sheet, key, {begin, end});
  if (field && label.hit.cost > 1) field->detail = "label misread";
  // A few characters in the next line, before the next label or the date, may be the rest of it.
  std::size_t rest = end;
  while (rest < limit && rest <= end + longest_rest && text::is_han(chars[rest]) && !text::match_date(chars, rest))
    ++rest;
  if (field && rest > end && rest <= end + longest_rest) {
    field->reasons.add(Reason::ambiguous);
    field->detail += std::string(field->detail.empty() ? "" : "; ") + "may go on in the next line";
  }
  return field;
}

}  // namespace

Signatures read_signatures(const Sheet& sheet, Range within, std::string_view date_key) {
  Signatures signs;
  within.end = std::min(within.end, sheet.folded().size());
  const auto found = find_labels(sheet, within);
  std::size_t last_end = within.begin;
  const auto limit_of = [&](std::size_t k) { return k + 1 < found.size() ? found[k + 1].hit.range.begin : within.end; };
  std::optional<std::size_t> judge;
  for (std::size_t k = 0; k < found.size(); ++k) {
    const auto label = labels[found[k].label];
    const bool presides = label == U"审判长" || label == U"代理审判长";
    const bool sits = label == U"审判员" || label == U"代理审判员" || label == U"助理审判员" || label == U"独任审判员";
    const bool judge_presides = judge && labels[found[*judge].label].back() == U'长';
    if ((presides && !judge_presides) || (sits && !judge)) judge = k;
  }
  if (judge) signs.judge = signed_name(sheet, "judge", found[*judge], limit_of(*judge));
  for (std::size_t k = 0; k < found.size(); ++k) {
    const auto label = labels[found[k].label];
    if (label == U"书记员" || label == U"代书记员") signs.clerk = signed_name(sheet, "clerk", found[k], limit_of(k));
    if (label != U"书记员" && label != U"代书记员" && label != U"法官助理") last_end = found[k].hit.range.end;
  }
  // The date stands under the judges, above the clerk.
  if (!found.empty()) {
    if (const auto date = text::find_date(sheet.chars(), last_end, within.end); date && date->begin < last_end + 60) {
      signs.date = date_field(sheet, date_key, {date->begin, date->match.end}, date->match);
    }
  }
  return signs;
}

namespace {

// Words before and behind a date that make it a part of what is told: 于…被, 自…起至…止.
bool in_sentence(std::u32string_view chars, Range date, bool alone) {
  constexpr std::u32string_view before = U"于自至从在到以即经";
  constexpr std::u32string_view behind = U"起至止,、被因前后以经在向由对将依予入到期时";
  constexpr std::size_t over_a_line = 5;  // of `behind`: what goes on from a date that has a line to itself
  if (date.begin > 0 && before.find(chars[date.begin - 1]) != std::u32string_view::npos) return true;
  if (date.end >= chars.size()) return false;
  if (alone) return behind.substr(0, over_a_line).find(chars[date.end]) != std::u32string_view::npos;
  return behind.find(chars[date.end]) != std::u32string_view::npos || word_at(chars, date.end, U"出生") ||
         word_at(chars, date.end, U"作出") || word_at(chars, date.end, U"执行") || word_at(chars, date.end, U"刑满");
}

}  // namespace

std::optional<Field> read_issue_date(const Sheet& sheet, Range within, std::string_view date_key, Places taken) {
  const auto chars = sheet.chars();
  within.end = std::min(within.end, chars.size());
  std::optional<text::DateFound> last;
  std::optional<text::DateFound> alone;
  // What stands behind 本通知书已收到 is when it was received, unless nothing else is dated.
  const auto received = find_exact(chars, within, U"已收到");
  for (std::size_t from = within.begin; from < within.end;) {
    const auto found = text::find_date(chars, from, within.end);
    if (!found) break;
    from = found->match.end;
    if (!found->match.reading.complete()) continue;
    if (received && found->begin > received->end && (last || alone)) break;
    if (taken.taken(sheet.folded().span(found->begin, found->match.end))) continue;
    const bool begins = sheet.folded().starts_line(found->begin);
    const bool ends = sheet.folded().ends_line(found->match.end) || is_open_bracket(chars[found->match.end]);
    if (in_sentence(chars, {found->begin, found->match.end}, begins && ends)) continue;
    last = found;
    if (begins && ends) alone = found;
  }
  const auto& chosen = alone ? alone : last;
  if (!chosen) return std::nullopt;
  return date_field(sheet, date_key, {chosen->begin, chosen->match.end}, chosen->match);
}

}  // namespace kualik::documents
