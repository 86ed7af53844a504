// The order in which the lines of a page are read: columns and blocks by the white between them, rows from the left.
#include <algorithm>
#include <vector>

#include "ocr/line_finder.h"

namespace kualik::ocr {
namespace {

void order(std::vector<TextRun*> runs, std::vector<TextRun>& out, int depth) {
  if (runs.empty()) return;
  const auto by_row = [&] {
    std::sort(runs.begin(), runs.end(), [](const TextRun* a, const TextRun* b) { return a->a < b->a; });
    // Runs of one row are read from the left.
    for (std::size_t i = 0; i < runs.size();) {
      std::size_t j = i + 1;
      while (j < runs.size() &&
             runs[j]->y(runs[j]->left) - runs[i]->y(runs[j]->left) < 0.55 * std::min(runs[i]->glyph, runs[j]->glyph))
        ++j;
      std::sort(runs.begin() + static_cast<std::ptrdiff_t>(i), runs.begin() + static_cast<std::ptrdiff_t>(j),
                [](const TextRun* a, const TextRun* b) { return a->left < b->left; });
      i = j;
    }
    for (TextRun* r : runs) out.push_back(*r);
  };
  if (runs.size() < 6 || depth > 6) return by_row();
  // A white column that all runs respect, with at least three on each side.
  std::sort(runs.begin(), runs.end(), [](const TextRun* a, const TextRun* b) { return a->left < b->left; });
  double right = runs.front()->right, widest = 0;
  std::size_t cut = 0;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    const double gap = runs[i]->left - right;
    if (i >= 3 && runs.size() - i >= 3 && gap > 1.5 * runs[i]->glyph && gap > widest) {
      widest = gap;
      cut = i;
    }
    right = std::max(right, runs[i]->right);
  }
  if (cut > 0) {
    order({runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(cut)}, out, depth + 1);
    order({runs.begin() + static_cast<std::ptrdiff_t>(cut), runs.end()}, out, depth + 1);
    return;
  }
  // Else the widest white row above which or below which columns may begin.
  std::sort(runs.begin(), runs.end(), [](const TextRun* a, const TextRun* b) { return a->a < b->a; });
  double bottom = runs.front()->a + 0.5 * runs.front()->glyph;
  widest = 0;
  cut = 0;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    const double gap = runs[i]->a - 0.5 * runs[i]->glyph - bottom;
    if (gap > 0.9 * runs[i]->glyph && gap > widest) {
      widest = gap;
      cut = i;
    }
    bottom = std::max(bottom, runs[i]->a + 0.5 * runs[i]->glyph);
  }
  if (cut == 0) return by_row();
  order({runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(cut)}, out, depth + 1);
  order({runs.begin() + static_cast<std::ptrdiff_t>(cut), runs.end()}, out, depth + 1);
}

}  // namespace

void sort_reading_order(std::vector<TextRun>& runs) {
  std::vector<TextRun*> all;
  all.reserve(runs.size());
  for (TextRun& r : runs) all.push_back(&r);
  std::vector<TextRun> sorted;
  order(all, sorted, 0);
  runs = std::move(sorted);
}

}  // namespace kualik::ocr
