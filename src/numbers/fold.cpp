#include "kualik/numbers/fold.h"

#include "numbers/utf8.h"

namespace kualik::numbers {
namespace {

char fold_point(char32_t c) noexcept {
  if (c >= 0xFF10 && c <= 0xFF19) return static_cast<char>('0' + (c - 0xFF10));  // full-width
  if (c >= 0xFF21 && c <= 0xFF3A) return static_cast<char>('A' + (c - 0xFF21));
  if (c >= 0xFF41 && c <= 0xFF5A) return static_cast<char>('A' + (c - 0xFF41));
  if (c >= 0x0660 && c <= 0x0669) return static_cast<char>('0' + (c - 0x0660));  // Arabic-Indic
  if (c >= 0x06F0 && c <= 0x06F9) return static_cast<char>('0' + (c - 0x06F0));
  switch (c) {
    case 0x0425:
    case 0x0445:  // Cyrillic Х х
    case 0x03A7:
    case 0x03C7:  // Greek Χ χ
    case 0x2169:
    case 0x2179:  // Roman ten
    case 0x00D7:
    case 0x2715:
    case 0x2716:  // × as typed for X
      return 'X';
    case 0xFF0A:
    case 0x25A0:
    case 0x25CF:
    case 0xFF1F:
    case 0x25A1:
    case 0x25CB:
    case 0xFF3F:
    case 0x2217:
      return '*';
    case 0x00A0:
    case 0x3000:
    case 0x202F:
    case 0xFEFF:
    case 0x2060:
    case 0x2212:
    case 0xFF0D:
    case 0x00AD:
      return 0;
    default:
      break;
  }
  if (c >= 0x2000 && c <= 0x2015) return 0;  // spaces of all widths, joiners, directional marks, hyphens and dashes
  return '\1';
}

}  // namespace

BareCell bare_cell(std::string_view cell) noexcept {
  std::string_view text = cell;
  const auto blank = [](char32_t c) {
    return c <= ' ' || c == 0xA0 || c == 0x3000 || c == 0xFEFF || c == 0x202F || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069);
  };
  const auto strip = [&text, blank] {
    while (!text.empty()) {
      const detail::CodePoint c = detail::decode(text);
      if (!blank(c.point)) break;
      text.remove_prefix(c.size);
    }
    while (!text.empty()) {
      std::size_t at = text.size() - 1;
      while (at > 0 && text.size() - at < 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
      const detail::CodePoint c = detail::decode(text.substr(at));
      if (!blank(c.point) || at + c.size != text.size()) break;
      text.remove_suffix(c.size);
    }
  };
  strip();
  if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"')) {
    text = text.substr(2, text.size() - 3);
    strip();
  }
  for (std::string_view mark : {"'", "\u2018", "\u2019", "`"})
    if (text.size() > mark.size() && text.starts_with(mark)) {
      text.remove_prefix(mark.size());
      strip();
      break;
    }
  return {text, text.size() != cell.size()};
}

FoldedChar fold_char(std::string_view text) noexcept {
  const char c = text.front();
  if (c >= '0' && c <= '9') return {c, 1, false};
  if (c >= 'A' && c <= 'Z') return {c, 1, false};
  if (c >= 'a' && c <= 'z') return {static_cast<char>(c - 'a' + 'A'), 1, true};
  if (c == '*' || c == '<') return {c, 1, false};
  if (c == '?' || c == '_') return {'*', 1, true};
  if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r') return {0, 1, true};
  if (static_cast<unsigned char>(c) < 0x80) return {'\1', 1, false};
  const detail::CodePoint d = detail::decode(text);
  const char folded = fold_point(d.point);
  return {folded, d.size, folded != '\1'};
}

}  // namespace kualik::numbers
