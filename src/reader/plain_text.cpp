#include "reader/plain_text.h"

#include <algorithm>
#include <string>

#include "documents/telling.h"

namespace kualik::reader {
namespace {

/// Signs, captions and the bubbles of a phone are shorter.
constexpr std::size_t least_symbols = 10;
constexpr float surely = 0.8F;
/// Lines of a page of which there is no doubt.
constexpr double many_lines = 8;
/// One such word stands on a poster, too (派出所 over a door); two together tell of something.
constexpr int least_words = 2;
constexpr double without_words = 0.3;
/// No words in Arabic letters are known to tell; a line that the stock engine reads surely in them is one, though,
/// while textures read as short lines of any script.
constexpr double arabic_line = 2;

}  // namespace

PlainText plain_text(const PageText& page) {
  PlainText out;
  std::string text;
  double sum = 0;
  double symbols = 0;
  for (const TextLine& line : page.lines) {
    if (line.symbols.size() < least_symbols || line.confidence < surely || line.kind != LineKind::print) continue;
    const auto length = static_cast<double>(line.symbols.size());
    ++out.lines;
    out.arabic_lines += line.script == "Arab" ? 1 : 0;
    sum += length * static_cast<double>(line.confidence);
    symbols += length;
    text += line.text + "\n";
  }
  if (symbols > 0) out.read = sum / symbols;
  out.words = documents::telling_words(text);
  return out;
}

double telling_score(const PlainText& text) {
  const double much = std::min(1.0, (text.lines + (arabic_line - 1) * text.arabic_lines) / many_lines);
  return text.read * much * (text.words >= least_words ? 1 : without_words);
}

}  // namespace kualik::reader
