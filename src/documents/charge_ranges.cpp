// Where the charges of a clause begin and end: A罪、B罪, and 盗窃、抢劫罪 that share their last character.

#include <algorithm>

#include "anchors.h"
#include "convictions.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {
constexpr std::size_t longest_charge = 45;
}  // namespace

bool is_crime_mark(char32_t c) noexcept { return c == U'罪' || is_lookalike(c, U'罪'); }

std::optional<Range> charge_range_at(const Sheet& sheet, std::size_t begin, std::size_t limit) {
  const auto chars = sheet.chars();
  limit = std::min({limit, chars.size(), begin + longest_charge});
  for (std::size_t i = begin; i < limit; ++i) {
    const char32_t c = chars[i];
    if (c == U'。' || c == U';' || c == U':' || word_at(chars, i, U"判处") ||
        (word_at(chars, i, U"判决") && !(i >= 2 && word_at(chars, i - 2, U"执行"))) || word_at(chars, i, U"涉嫌") ||
        word_at(chars, i, U"被告人") || word_at(chars, i, U"侦查"))
      return std::nullopt;
    if (!is_crime_mark(c) || i < begin + 2) continue;
    // 犯罪 inside a charge (掩饰、隐瞒犯罪所得罪) does not end it.
    if (chars[i - 1] == U'犯') continue;
    const char32_t next = i + 1 < chars.size() ? chars[i + 1] : U'。';
    const bool ends = is_clause_mark(next) || next == U'、' || next == U'.' || is_close_bracket(next) ||
                      is_open_bracket(next) ||
                      std::u32string_view(U"判处和及与的于被一向未事已单并、免同依并予刑成有尚").find(next) !=
                          std::u32string_view::npos ||
                      i + 1 >= chars.size();
    if (ends || c == U'罪') return Range{begin, i + 1};
  }
  return std::nullopt;
}

namespace {

// 盗窃、抢劫罪: two charges that share their last character, where the two together are none. Empty if they are one.
std::vector<Range> charges_joined(const Sheet& sheet, Range r) {
  const auto chars = sheet.chars();
  if (!find_exact(chars, r, U"、")) return {};
  const ChargeHow whole = match_charge(sheet.simplified(r)).how;
  if (whole != ChargeHow::none && whole != ChargeHow::fuzzy) return {};
  std::vector<Range> parts;
  for (std::size_t begin = r.begin; begin < r.end;) {
    const auto mark = find_exact(chars, {begin, r.end}, U"、");
    const Range part{begin, mark ? mark->begin : r.end};
    const ChargeHow how = part.empty() ? ChargeHow::none : match_charge(sheet.simplified(part)).how;
    if (how != ChargeHow::exact && how != ChargeHow::variant) return {};
    parts.push_back(part);
    begin = mark ? mark->end : r.end;
  }
  return parts;
}

}  // namespace

std::vector<Range> charge_ranges_at(const Sheet& sheet, std::size_t begin, std::size_t limit) {
  std::vector<Range> ranges;
  const auto chars = sheet.chars();
  while (ranges.size() < 12) {
    const auto r = charge_range_at(sheet, begin, limit);
    if (!r) break;
    if (const auto parts = charges_joined(sheet, *r); !parts.empty())
      ranges.insert(ranges.end(), parts.begin(), parts.end());
    else
      ranges.push_back(*r);
    std::size_t next = r->end;
    if (next < limit &&
        (chars[next] == U'、' || chars[next] == U'和' || chars[next] == U'及' || chars[next] == U'与')) {
      begin = next + 1;
      if (begin < limit && chars[begin] == U'犯') ++begin;
      continue;
    }
    // 犯A罪，B罪，数罪并罚
    if (next < limit && chars[next] == U',') {
      const auto more = charge_range_at(sheet, next + 1, limit);
      if (more && match_charge(sheet.simplified(*more)).how != ChargeHow::none && !find_exact(chars, *more, U"犯")) {
        begin = next + 1;
        continue;
      }
    }
    break;
  }
  return ranges;
}

}  // namespace kualik::documents
