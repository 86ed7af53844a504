#include "statements.h"

#include "anchors.h"
#include "ethnic.h"
#include "kualik/text/dates.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

bool is_sex(char32_t c) noexcept { return c == U'男' || c == U'女'; }

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
  if (word_at(chars, i + 1, U"性别") || word_at(chars, i + 1, U"民族") || word_at(chars, i + 1, U"出生") ||
      word_at(chars, i + 1, U"生于"))
    return true;
  if (text::match_date(chars, i + 1, true)) return true;
  const auto ethnic = match_ethnic(chars, i + 1);
  return (ethnic && ethnic->with_zu) || (next == U'性' && i + 2 < end && is_clause_mark(chars[i + 2]));
}

}  // namespace kualik::documents
