#include "ocr/digit_runs.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ocr/reading.h"

namespace kualik::ocr {
namespace {

constexpr std::size_t shortest = 8;  // a date with its points has ten, a number of Kazakhstan twelve

bool is_figure(const Symbol& s) { return s.text.size() == 1 && s.text[0] >= '0' && s.text[0] <= '9'; }
bool is_of_number(const Symbol& s) { return is_figure(s) || s.text == "."; }

// The two readers' alternatives for one place, each with half a vote.
Symbol both(const Symbol& letters, const Symbol& digits) {
  std::map<std::string, float> shares;
  for (const Symbol* s : {&letters, &digits}) {
    if (s->alternatives.empty()) shares[s->text] += 0.5F * s->probability;
    for (const SymbolAlternative& a : s->alternatives) shares[a.text] += 0.5F * a.probability;
  }
  Symbol out = letters;
  out.alternatives.clear();
  for (const auto& [text, share] : shares) out.alternatives.push_back({text, share});
  std::stable_sort(
      out.alternatives.begin(), out.alternatives.end(),
      [](const SymbolAlternative& a, const SymbolAlternative& b) { return a.probability > b.probability; });
  out.text = out.alternatives.front().text;
  out.probability = out.alternatives.front().probability;
  return out;
}

}  // namespace

void reread_numbers(LineReading& reading, const ImageView& picture, Recognizer& digits) {
  std::vector<Symbol>& symbols = reading.line.symbols;
  bool changed = false;
  for (std::size_t begin = 0; begin < symbols.size();) {
    if (!is_figure(symbols[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < symbols.size() && is_of_number(symbols[end])) ++end;
    if (end - begin >= shortest) {
      const Rect& first = symbols[begin].box;
      const Rect& last = symbols[end - 1].box;
      const double rim = 0.15 * picture.height;
      const int left = std::max(0, static_cast<int>(first.x - rim));
      const int right = std::min(picture.width, static_cast<int>(last.x + last.width + rim));
      if (right - left > picture.height) {
        ImageView part = picture;
        part.data += static_cast<std::ptrdiff_t>(left) * picture.channels;
        part.width = right - left;
        const LineReading again = digits.read(part);
        if (again.line.symbols.size() == end - begin &&
            std::all_of(again.line.symbols.begin(), again.line.symbols.end(), is_of_number)) {
          for (std::size_t i = begin; i < end; ++i) symbols[i] = both(symbols[i], again.line.symbols[i - begin]);
          changed = true;
        }
      }
    }
    begin = end;
  }
  if (!changed) return;
  join_symbols(reading.line);
  reading.line.lattice = nullptr;  // It is one reader's alone.
  reading.steps = 0;
  reading.log_probs.clear();
}

}  // namespace kualik::ocr
