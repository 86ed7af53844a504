#include "numbers/mrz_lines.h"

#include "numbers/utf8.h"

namespace kualik::numbers::detail {
namespace {

/// Cyrillic letters that print like Latin ones, and what stands for a filler.
char fold_symbol(char32_t c) noexcept {
  if (c < 0x80) {
    if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
    return static_cast<char>(c);
  }
  if (c >= 0xFF10 && c <= 0xFF19) return static_cast<char>('0' + (c - 0xFF10));
  if (c >= 0xFF21 && c <= 0xFF3A) return static_cast<char>('A' + (c - 0xFF21));
  if (c >= 0xFF41 && c <= 0xFF5A) return static_cast<char>('A' + (c - 0xFF41));
  switch (c) {
    case U'А':
    case U'а':
      return 'A';
    case U'В':
      return 'B';
    case U'С':
    case U'с':
      return 'C';
    case U'Е':
    case U'е':
      return 'E';
    case U'Н':
      return 'H';
    case U'І':
    case U'і':
      return 'I';
    case U'Ј':
      return 'J';
    case U'К':
    case U'к':
      return 'K';
    case U'М':
      return 'M';
    case U'О':
    case U'о':
      return 'O';
    case U'Р':
    case U'р':
      return 'P';
    case U'Ѕ':
      return 'S';
    case U'Т':
      return 'T';
    case U'У':
    case U'у':
    case U'Ү':
      return 'Y';
    case U'Х':
    case U'х':
      return 'X';
    case U'＜':
    case U'‹':
    case U'〈':
    case U'《':
    case U'«':
      return '<';
    default:
      return '\1';
  }
}

}  // namespace

MrzLines split_zone(std::string_view text, bool fold) {
  MrzLines out;
  std::string line;
  const auto flush = [&] {
    if (!line.empty()) out.lines.push_back(line);
    line.clear();
  };
  while (!text.empty()) {
    const CodePoint p = decode(text);
    text.remove_prefix(p.size);
    if (p.point == '\n' || p.point == '|' || p.point == '/') {
      flush();
      continue;
    }
    if (p.point == '\r') continue;
    const bool space = p.point == ' ' || p.point == 0xA0 || p.point == 0x3000 || p.point == '\t';
    if (space && fold) {
      // Around a line break a space is layout; inside a line somebody dropped a filler or spread the letters.
      const bool edge =
          line.empty() || text.empty() || text.front() == '|' || text.front() == '/' || text.front() == '\n';
      out.folded |= !edge;
      continue;
    }
    const char c = fold ? fold_symbol(p.point) : (p.point < 0x80 ? static_cast<char>(p.point) : '\1');
    if (p.point >= 0x80 || c != static_cast<char>(p.point)) out.folded |= fold && c != '\1';
    line += c;
    if (fold && (p.point == U'«' || p.point == U'《')) line += '<';
  }
  flush();
  if (out.lines.size() == 1) {
    const std::string all = out.lines[0];
    const std::size_t width = all.size() == 90 ? 30 : all.size() == 88 ? 44 : all.size() == 72 ? 36 : 0;
    if (width != 0) {
      out.lines.clear();
      for (std::size_t i = 0; i < all.size(); i += width) out.lines.push_back(all.substr(i, width));
    }
  }
  return out;
}

bool fit_names(std::string& line, std::size_t width) {
  if (line.size() == width) return true;
  if (line.size() < width && width - line.size() <= 12 && line.ends_with('<')) {
    line.append(width - line.size(), '<');
    return true;
  }
  while (line.size() > width && line.ends_with("<<")) line.pop_back();
  return line.size() == width;
}

}  // namespace kualik::numbers::detail
