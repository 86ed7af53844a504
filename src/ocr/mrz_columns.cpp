#include "ocr/mrz_columns.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ocr/reading.h"

namespace kualik::ocr {
namespace {

Symbol filler(double x, double width, const Rect& like) {
  Symbol s;
  s.text = std::string(1, '<');
  s.probability = 0.5F;
  s.alternatives.push_back({s.text, 0.5F});
  s.box = {x, like.y, width, like.height};
  return s;
}

// The first symbol of a zone says what the document is: P or V on pages of passports, I, A or C on smaller cards.
Symbol lost_first(double x, const Rect& like, int columns) {
  Symbol s = filler(x, like.width, like);
  s.probability = 0.3F;
  if (columns == 44)
    s.alternatives = {{"<", 0.3F}, {"P", 0.3F}, {"V", 0.1F}};
  else
    s.alternatives = {{"<", 0.3F}, {"I", 0.3F}, {"A", 0.1F}, {"C", 0.1F}};
  return s;
}

}  // namespace

Ends ends_of(const std::vector<LineReading>& lines, int columns) {
  Ends ends;
  std::size_t fewest = 0;
  for (const LineReading& l : lines) {
    const std::vector<Symbol>& symbols = l.line.symbols;
    if (static_cast<int>(symbols.size()) != columns) continue;
    const auto fillers = static_cast<std::size_t>(
        std::count_if(symbols.begin(), symbols.end(), [](const Symbol& s) { return s.text == "<"; }));
    if (ends.known() && fillers >= fewest) continue;
    fewest = fillers;
    ends.left = symbols.front().box.x + 0.5 * symbols.front().box.width;
    ends.right = symbols.back().box.x + 0.5 * symbols.back().box.width;
  }
  return ends;
}

void drop_strays(TextLine& line, int columns) {
  constexpr double apart = 1.5;  // in columns
  std::vector<Symbol>& symbols = line.symbols;
  while (static_cast<int>(symbols.size()) > columns && symbols.size() > 2) {
    std::vector<double> steps;
    const auto centre = [&](std::size_t i) { return symbols[i].box.x + 0.5 * symbols[i].box.width; };
    for (std::size_t i = 1; i < symbols.size(); ++i) steps.push_back(centre(i) - centre(i - 1));
    const double first = steps.front();
    const double last = steps.back();
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    if (std::max(first, last) < apart * *middle) break;
    symbols.erase(first > last ? symbols.begin() : symbols.end() - 1);
  }
}

int fit_columns(TextLine& line, int columns, const Ends& ends) {
  std::vector<Symbol>& symbols = line.symbols;
  int changed = 0;
  const auto centre = [&](std::size_t i) { return symbols[i].box.x + 0.5 * symbols[i].box.width; };
  // The lines of a zone begin and end below each other: what stands before or behind is the page's edge.
  // One of the right number is left alone where its other end lies as far off: a line as a whole may lie beside the
  // other.
  while (ends.known() && static_cast<int>(symbols.size()) >= columns) {
    const double pitch = (ends.right - ends.left) / (columns - 1);
    const double before = (ends.left - centre(0)) / pitch;
    const double behind = (centre(symbols.size() - 1) - ends.right) / pitch;
    const bool spare = static_cast<int>(symbols.size()) > columns;
    if (before > 0.6 && (spare || behind > -0.5)) {
      symbols.erase(symbols.begin());
    } else if (behind > 0.6 && (spare || before > -0.5)) {
      symbols.pop_back();
    } else {
      break;
    }
    ++changed;
  }
  // A line that begins later has lost its first symbol, whatever that was: put among the fillers, it would move all.
  while (ends.known() && !symbols.empty() && static_cast<int>(symbols.size()) < columns &&
         centre(0) > ends.left + 0.6 * (ends.right - ends.left) / (columns - 1)) {
    symbols.insert(symbols.begin(), lost_first(ends.left, symbols.front().box, columns));
    ++changed;
  }
  while (static_cast<int>(symbols.size()) > columns) {
    // Too many: first what stands at an end with little certainty, then the closest pair of fillers.
    std::size_t at = symbols.size();
    double closest = 1e9;
    for (std::size_t i = 1; i < symbols.size(); ++i) {
      if (symbols[i].text != "<" || symbols[i - 1].text != "<") continue;
      const double d = centre(i) - centre(i - 1);
      if (d < closest) {
        closest = d;
        at = i;
      }
    }
    if (symbols.front().probability < 0.5F) at = 0;
    if (symbols.back().probability < 0.5F) at = symbols.size() - 1;
    if (at == symbols.size()) at = symbols.front().probability < symbols.back().probability ? 0 : at - 1;
    symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(at));
    ++changed;
  }
  while (!symbols.empty() && static_cast<int>(symbols.size()) < columns) {
    // Too few: the widest gap beside a filler, else the end if it ends in one.
    const double pitch =
        symbols.size() > 1 ? (centre(symbols.size() - 1) - centre(0)) / static_cast<double>(columns - 1) : 1;
    std::size_t at = 0;
    double widest = 1.35 * pitch;
    for (std::size_t i = 1; i < symbols.size(); ++i) {
      if (symbols[i].text != "<" && symbols[i - 1].text != "<") continue;
      const double d = centre(i) - centre(i - 1);
      if (d > widest) {
        widest = d;
        at = i;
      }
    }
    if (at == 0) {
      std::size_t i = symbols.size();
      while (i > 1 && !(symbols[i - 1].text == "<" && symbols[i - 2].text == "<")) --i;
      if (i <= 1) {
        if (symbols.back().text != "<") break;
        i = symbols.size();
      }
      at = i - 1;
      symbols.insert(symbols.begin() + static_cast<std::ptrdiff_t>(at) + 1, filler(centre(at), 1, symbols[at].box));
    } else {
      symbols.insert(symbols.begin() + static_cast<std::ptrdiff_t>(at),
                     filler(0.5 * (centre(at - 1) + centre(at)), pitch, symbols[at].box));
    }
    ++changed;
  }
  join_symbols(line);
  return changed;
}

int nearest_form(double mean_length, std::size_t lines) {
  if (lines == 3) return 30;
  return mean_length > 40 ? 44 : 36;
}

bool has_form(std::size_t symbols) {
  return (symbols >= 29 && symbols <= 31) || (symbols >= 35 && symbols <= 37) || (symbols >= 43 && symbols <= 45);
}

}  // namespace kualik::ocr
