#include "statements.h"

#include "anchors.h"
#include "ethnic.h"
#include "kualik/text/dates.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

bool is_sex(char32_t c) noexcept { return c == U'男' || c == U'女'; }

bool is_of_name(std::u32string_view chars, std::size_t i) noexcept {
  if (i >= chars.size()) return false;
  if (text::is_han(chars[i]) || text::is_name_dot(chars[i])) return true;
  return chars[i] == U'.' && i > 0 && i + 1 < chars.size() && text::is_han(chars[i - 1]) && text::is_han(chars[i + 1]);
}

bool goes_on_behind_sex(std::u32string_view chars, std::size_t i) {
  for (const std::u32string_view word :
       {std::u32string_view(U"现年"), std::u32string_view(U"性别"), std::u32string_view(U"民族"),
        std::u32string_view(U"出生"), std::u32string_view(U"生于"), std::u32string_view(U"汉名"),
        std::u32string_view(U"汉语"), std::u32string_view(U"曾用名"), std::u32string_view(U"别名")})
    if (word_at(chars, i, word)) return true;
  if (text::match_date(chars, i, true)) return true;
  const auto ethnic = match_ethnic(chars, i);
  return ethnic && ethnic->with_zu;
}

bool begins_token(const Sheet& sheet, std::size_t i, std::size_t begin) {
  if (i == begin || sheet.folded().gap(i) != text::Gap::none) return true;
  const char32_t before = sheet.chars()[i - 1];
  return is_clause_mark(before) || before == U'、' || before == U'.' || is_open_bracket(before) ||
         is_close_bracket(before);
}

bool begins_labelled_line(const Sheet& sheet, std::size_t i, std::size_t end) {
  if (!sheet.folded().starts_line(i)) return false;
  const auto chars = sheet.chars();
  const std::size_t stop = std::min(end, i + 12);
  for (std::size_t k = i; k < stop; ++k) {
    if (chars[k] == U':') return k >= i + 2;
    if (!text::is_han(chars[k]) || (k > i && sheet.folded().starts_line(k))) return false;
  }
  return false;
}

bool states_sex(const Sheet& sheet, std::size_t i, std::size_t end) {
  const auto chars = sheet.chars();
  if (!is_sex(chars[i])) return false;
  if (i + 1 >= end) return true;
  const char32_t next = chars[i + 1];
  if (is_clause_mark(next) || next == U'、' || next == U'.' || is_close_bracket(next) ||
      sheet.folded().ends_line(i + 1))
    return true;
  return goes_on_behind_sex(chars, i + 1) || (next == U'性' && i + 2 < end && is_clause_mark(chars[i + 2]));
}

}  // namespace kualik::documents
