#include "bodies.h"

#include <algorithm>

#include "anchors.h"
#include "kualik/numbers/court.h"
#include "kualik/text/utf8.h"
#include "mentions.h"

namespace kualik::documents {

namespace {

// The name that was printed, if `read` is `name` but for a character or two, with or without the region before it;
// empty if it is something else.
std::string court_meant(const std::string& read, std::string_view name) {
  constexpr int budget = 4;  // Half steps: two characters.
  constexpr std::string_view region = "新疆维吾尔自治区";
  for (const bool before : {false, true}) {
    std::string whole = before ? std::string(region) : std::string();
    whole += name;
    if (before && name.substr(0, region.size()) == region) continue;
    const int cost = edit_cost(text::to_u32(read), text::to_u32(whole), budget);
    if (cost <= budget && !numbers::courts_by_name(whole).empty()) return whole;
  }
  return {};
}

// 伊宁巾人民检察院 before 伊宁市人民法院: names of one place that differ in a character or two, one of which is
// misread.
void doubt_place(const Document& document, Field& prosecutor) {
  constexpr int budget = 2;  // Half steps: one character, or two look-alikes.
  constexpr std::string_view court_ending = "人民法院";
  constexpr std::string_view region = "新疆维吾尔自治区";
  const Field* court = document.find("court");
  if (court == nullptr) return;
  const std::size_t at = court->value.find(court_ending);
  if (at == std::string::npos) return;
  std::string place = court->value.substr(0, at);
  // A court of the middle or high level stands in its name, a procuratorate's does not.
  for (const std::string_view level : {std::string_view("中级"), std::string_view("高级")})
    if (place.size() > level.size() && place.compare(place.size() - level.size(), level.size(), level) == 0)
      place.resize(place.size() - level.size());
  const std::string whole = place + "人民检察院";
  const bool has_region = whole.compare(0, region.size(), region) == 0;
  for (const std::string& expected : {whole, has_region ? whole.substr(region.size()) : whole}) {
    const int cost = edit_cost(text::to_u32(prosecutor.value), text::to_u32(expected), budget);
    if (cost == 0) return;
    if (cost > budget) continue;
    prosecutor.reasons.add(Reason::cross_check);
    prosecutor.detail = "nearly the name that goes with the court";
    prosecutor.alternatives.push_back({expected, 0.5});
    return;
  }
}

}  // namespace

void add_court(Document& document, const Sheet& sheet, Range range, const std::optional<TitleHit>& title,
               const std::optional<DocumentNumber>& number) {
  std::optional<Range> place;
  if (title) {
    place = issuer_above(sheet, range, title->range.begin, U"法院");
    // …高级人民法院伊犁哈萨克自治州分院
    const auto branch = issuer_above(sheet, range, title->range.begin, U"分院");
    if (branch && find_exact(sheet.chars(), *branch, U"法院")) place = branch;
  }
  if (!place) {
    // Without a title: a line near the top that ends in 法院.
    const std::size_t stop = std::min(range.end, range.begin + 120);
    for (std::size_t i = range.begin; i < stop && !place; ++i)
      if (word_at(sheet.chars(), i, U"法院") && sheet.folded().ends_line(i + 2))
        place = issuer_above(sheet, range, i + 2, U"法院");
  }
  if (!place) return;
  std::string value = sheet.simplified(*place);
  bool ending_bent = false;
  if (!word_at(sheet.chars(), place->end - 2, U"法院") && !word_at(sheet.chars(), place->end - 2, U"分院"))
    ending_bent = true;
  Field f = sheet.field("court", value, *place);
  f.checkable = true;
  if (numbers::courts_by_name(value).empty()) {
    const bool coded = number && number->number.value && number->number.value->court;
    const std::string meant = coded ? court_meant(value, number->number.value->court->name) : std::string();
    if (!meant.empty()) {
      // Name and code were read apart and mean one court.
      f.value = meant;
      f.alternatives.push_back({value, 0.3});
      f.detail = "read otherwise; decided by the case number's code";
      f.reasons.add(Reason::repaired);
    } else {
      f.reasons.add(Reason::unknown_court);
      if (coded) {
        f.alternatives.push_back({std::string(number->number.value->court->name), 0.5});
        f.detail = "the case number's code names another court";
      }
    }
  }
  if (ending_bent) f.reasons.add(Reason::repaired);
  document.fields.push_back(std::move(f));
}

void add_prosecutor(Document& document, const Sheet& sheet, Range range, std::size_t header_end) {
  const auto chars = sheet.chars();
  const Range within{range.begin, std::min(range.end, header_end + 200)};
  std::optional<Range> found;
  std::size_t first = within.end;
  bool bent_branch = false;  // 和田分脘
  for (const std::u32string_view label : {std::u32string_view(U"公诉机关"), std::u32string_view(U"抗诉机关")}) {
    const auto hit = find_label(chars, {within.begin, first}, label);
    if (!hit) continue;
    std::size_t begin = hit->range.end;
    while (begin < within.end && (is_clause_mark(chars[begin]) || is_close_bracket(chars[begin]))) ++begin;
    std::size_t end = begin;
    while (end < std::min(within.end, begin + 40) && text::is_han(chars[end]) &&
           !(end >= begin + 4 &&
             (word_at(chars, end - 2, U"察院") || (chars[end - 2] == U'察' && is_lookalike(chars[end - 1], U'院')))))
      ++end;
    // 原公诉机关提出抗诉, 公诉机关指控的事实 speak of the body and do not name it.
    const bool named = end >= begin + 4 && (chars[end - 1] == U'院' || is_lookalike(chars[end - 1], U'院'));
    if (!named) continue;
    // …人民检察院伊犁哈萨克自治州分院
    for (std::size_t i = end; i < std::min(within.end, end + 16) && text::is_han(chars[i]); ++i)
      if (i > end && chars[i - 1] == U'分' && (chars[i] == U'院' || is_lookalike(chars[i], U'院'))) end = i + 1;
    if (end <= begin + 3) continue;
    found = Range{begin, end};
    bent_branch = chars[end - 2] == U'分' && chars[end - 1] != U'院';
    first = hit->range.begin;
  }
  if (!found) {
    // X人民检察院以…号起诉书指控
    const auto hit = find_exact(chars, within, U"检察院以");
    if (!hit) return;
    std::size_t begin = hit->begin;
    while (begin > within.begin && text::is_han(chars[begin - 1]) && !sheet.folded().starts_line(begin)) --begin;
    found = Range{begin, hit->end - 1};
  }
  std::string value = sheet.simplified(*found);
  if (bent_branch) value = sheet.simplified({found->begin, found->end - 1}) + "院";
  Field f = sheet.field("prosecutor", std::move(value), *found);
  if (bent_branch) f.reasons.add(Reason::repaired);
  doubt_place(document, f);
  if (f.reasons.empty()) doubt_place_words(f);
  document.fields.push_back(std::move(f));
}

}  // namespace kualik::documents
