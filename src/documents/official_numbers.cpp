#include "official_numbers.h"

#include "anchors.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

std::optional<Field> read_plain_number(const Sheet& sheet, Range range) {
  const auto chars = sheet.chars();
  const std::size_t behind_title = range.begin;
  const std::size_t stop = range.end;
  for (std::size_t i = behind_title; i < stop; ++i) {
    if (chars[i] != U'号' || i < behind_title + 3 || chars[i - 1] < U'0' || chars[i - 1] > U'9') continue;
    std::size_t begin = i;
    while (begin > behind_title && !sheet.folded().starts_line(begin) && sheet.folded().gap(begin) != text::Gap::line &&
           !is_clause_mark(chars[begin - 1]))
      --begin;
    // （存根）, （副本） before it are the title's.
    while (is_open_bracket(chars[begin]) && begin + 1 < i && text::is_han(chars[begin + 1])) {
      std::size_t close = begin;
      while (close < i && !is_close_bracket(chars[close])) ++close;
      if (close >= i) break;
      begin = close + 1;
    }
    for (const std::u32string_view label : {std::u32string_view(U"证书编号"), std::u32string_view(U"编号"),
                                            std::u32string_view(U"字号"), std::u32string_view(U"文号")})
      if (word_at(chars, begin, label)) begin += label.size();
    // Every form of number has its year between brackets: one whose brackets were not read (2020158号, 20191〕310号)
    // may have them among its digits.
    bool year = false;
    bool enclosed = false;
    for (std::size_t k = begin; k + 4 <= i; ++k) {
      if ((!word_at(chars, k, U"19") && !word_at(chars, k, U"20")) || chars[k + 2] < U'0' || chars[k + 2] > U'9')
        continue;
      year = true;
      enclosed = enclosed || (k > begin && is_open_bracket(chars[k - 1]) && is_close_bracket(chars[k + 4]));
    }
    if (!year) continue;
    std::string value;
    bool lost_bracket = false;
    bool bent = false;
    int open = 0;
    for (std::size_t k = begin; k <= i; ++k) {
      const char32_t c = chars[k];
      open += is_open_bracket(c) ? 1 : is_close_bracket(c) ? -1 : 0;
      // 〔201677号: the year has four digits, and its bracket was lost.
      if (open > 0 && k >= begin + 5 && is_open_bracket(chars[k - 5]) && !is_close_bracket(c) &&
          (word_at(chars, k - 4, U"19") || word_at(chars, k - 4, U"20"))) {
        value += chars[k - 5] == U'(' ? "）" : "〕";
        --open;
        lost_bracket = true;
      }
      // Narrow and square brackets as the canonical forms have them; 第 behind a year in 〔〕 is left out there.
      if (c == U'第' && k > begin && is_close_bracket(chars[k - 1]) && chars[k - 1] != U')') continue;
      // 执字弟77号
      if (k > begin && chars[k - 1] == U'字' && c != U'第' && is_lookalike(c, U'第')) {
        value += "第";
        bent = true;
        continue;
      }
      value += c == U'('             ? "（"
               : c == U')'           ? "）"
               : is_open_bracket(c)  ? "〔"
               : is_close_bracket(c) ? "〕"
                                     : sheet.simplified({k, k + 1});
    }
    Field f = sheet.field("document_number", value, {begin, i + 1});
    if (lost_bracket || bent) f.reasons.add(Reason::repaired);
    if (!lost_bracket && (open != 0 || !enclosed)) {
      f.reasons.add(Reason::ambiguous);
      f.detail = "brackets not read; a digit may be one";
    }
    return f;
  }
  return std::nullopt;
}

std::optional<Field> read_labelled_number(const Sheet& sheet, Range range) {
  const auto chars = sheet.chars();
  for (const std::u32string_view label :
       {std::u32string_view(U"证书编号"), std::u32string_view(U"编号"), std::u32string_view(U"证号")}) {
    const auto hit = find_exact(chars, range, label);
    if (!hit || hit->end >= range.end || !is_clause_mark(chars[hit->end])) continue;
    const auto part = [](char32_t c) {
      return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || c == U'-';
    };
    const std::size_t begin = hit->end + 1;
    std::size_t end = begin;
    std::size_t figures = 0;
    while (end < range.end && part(chars[end]) && (end == begin || sheet.folded().gap(end) != text::Gap::line)) {
      figures += chars[end] >= U'0' && chars[end] <= U'9' ? 1 : 0;
      ++end;
    }
    if (figures < 3 || !sheet.folded().ends_line(end)) continue;
    return sheet.field("document_number", sheet.printed({begin, end}), {begin, end});
  }
  return std::nullopt;
}

}  // namespace kualik::documents
