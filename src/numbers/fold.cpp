#include "kualik/numbers/fold.h"

namespace kualik::numbers {
namespace {

struct Decoded {
  char32_t point;
  std::uint8_t size;  ///< 0: not UTF-8.
};

Decoded decode(std::string_view t) noexcept {
  const auto byte = [&t](std::size_t i) { return static_cast<unsigned char>(t[i]); };
  const auto tail = [&](std::size_t i) { return i < t.size() && (byte(i) & 0xC0) == 0x80; };
  const unsigned a = byte(0);
  if (a >= 0xC2 && a < 0xE0 && tail(1)) return {((a & 0x1FU) << 6) | (byte(1) & 0x3FU), 2};
  if (a >= 0xE0 && a < 0xF0 && tail(1) && tail(2))
    return {((a & 0x0FU) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU), 3};
  if (a >= 0xF0 && a < 0xF5 && tail(1) && tail(2) && tail(3))
    return {((a & 0x07U) << 18) | ((byte(1) & 0x3FU) << 12) | ((byte(2) & 0x3FU) << 6) | (byte(3) & 0x3FU), 4};
  return {a, 0};
}

char fold_point(char32_t c) noexcept {
  if (c >= 0xFF10 && c <= 0xFF19) return static_cast<char>('0' + (c - 0xFF10));  // full-width
  if (c >= 0xFF21 && c <= 0xFF3A) return static_cast<char>('A' + (c - 0xFF21));
  if (c >= 0xFF41 && c <= 0xFF5A) return static_cast<char>('A' + (c - 0xFF41));
  if (c >= 0x0660 && c <= 0x0669) return static_cast<char>('0' + (c - 0x0660));  // Arabic-Indic
  if (c >= 0x06F0 && c <= 0x06F9) return static_cast<char>('0' + (c - 0x06F0));
  switch (c) {
    case 0x0425: case 0x0445:  // Cyrillic Х х
    case 0x03A7: case 0x03C7:  // Greek Χ χ
    case 0x2169: case 0x2179:  // Roman ten
    case 0x00D7: case 0x2715: case 0x2716:  // × as typed for X
      return 'X';
    case 0xFF0A: case 0x25A0: case 0x25CF: case 0xFF1F: case 0x25A1: case 0x25CB: case 0xFF3F: case 0x2217:
      return '*';
    case 0x00A0: case 0x3000: case 0x202F: case 0xFEFF: case 0x2060: case 0x2212: case 0xFF0D: case 0x00AD:
      return 0;
    default:
      break;
  }
  if (c >= 0x2000 && c <= 0x2015) return 0;  // spaces of all widths, joiners, directional marks, hyphens and dashes
  return '\1';
}

}  // namespace

FoldedChar fold_char(std::string_view text) noexcept {
  const char c = text.front();
  if (c >= '0' && c <= '9') return {c, 1, false};
  if (c >= 'A' && c <= 'Z') return {c, 1, false};
  if (c >= 'a' && c <= 'z') return {static_cast<char>(c - 'a' + 'A'), 1, true};
  if (c == '*' || c == '<') return {c, 1, false};
  if (c == '?' || c == '_') return {'*', 1, true};
  if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r') return {0, 1, true};
  if (static_cast<unsigned char>(c) < 0x80) return {'\1', 1, false};
  const Decoded d = decode(text);
  if (d.size == 0) return {'\1', 1, false};
  const char folded = fold_point(d.point);
  return {folded, d.size, folded != '\1'};
}

}  // namespace kualik::numbers
