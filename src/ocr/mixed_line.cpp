#include "ocr/mixed_line.h"

#include <algorithm>
#include <vector>

#include "ocr/reading.h"

namespace kualik::ocr {
namespace {

/// What a symbol must be sure of to speak for its reader.
constexpr double even = 0.5;

bool is_han(const Symbol& s) {
  return s.text.size() == 3 && static_cast<unsigned char>(s.text[0]) >= 0xE4 &&
         static_cast<unsigned char>(s.text[0]) <= 0xE9;
}

double middle(const Symbol& s) { return s.box.x + 0.5 * s.box.width; }

/// For its reader or against it, by the width of what it explains.
double weight(const Symbol& s, bool own) {
  if (s.text == " ") return 0;
  const double sure = own ? static_cast<double>(s.probability) - even : -even;
  return sure * std::max(s.box.width, 1.0);
}

}  // namespace

MixedLine mixed_line(const LineReading& han, const LineReading& latin) {
  const std::vector<Symbol>& left = han.line.symbols;
  const std::vector<Symbol>& right = latin.line.symbols;
  // Where one may pass from one to the other: before all, or behind a Han character.
  double best = 0;
  for (const Symbol& s : right) best += weight(s, !is_han(s));
  std::size_t taken = 0;
  double sum = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    sum += weight(left[i], is_han(left[i]));
    if (!is_han(left[i]) && i + 1 < left.size()) continue;
    const double edge = left[i].box.x + left[i].box.width;
    double both = sum;
    for (const Symbol& s : right)
      if (middle(s) > edge) both += weight(s, true);
    if (both > best) {
      best = both;
      taken = i + 1;
    }
  }
  MixedLine out;
  if (taken == 0) {
    out.reading = latin;
    return out;
  }
  out.han = true;
  if (taken == left.size()) {
    out.reading = han;
    return out;
  }
  out.reading.line = latin.line;
  out.reading.line.script = han.line.script;
  std::vector<Symbol>& symbols = out.reading.line.symbols;
  const double edge = left[taken - 1].box.x + left[taken - 1].box.width;
  symbols.assign(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(taken));
  for (const Symbol& s : right)
    if (middle(s) > edge) symbols.push_back(s);
  join_symbols(out.reading.line);
  out.both = true;
  out.reading.line.lattice.reset();
  return out;
}

}  // namespace kualik::ocr
