#include "reader/split_lines.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "reader/line_groups.h"

namespace kualik::reader {
namespace {

constexpr double like_the_whole = 0.6;
constexpr double better_than_part = 0.1;
constexpr float sure_whole = 0.75F;
constexpr std::size_t reach = 3;  // lines behind the left part, among which the right one stands

Point between(const Point& a, const Point& b) { return {0.5 * (a.x + b.x), 0.5 * (a.y + b.y)}; }

// The right part goes on where the left one ends.
bool on_one_row(const TextLine& left, const TextLine& right) {
  const Point end = between(left.quad[1], left.quad[2]);
  const Point begin = between(right.quad[0], right.quad[3]);
  const double high = 0.5 * (std::hypot(left.quad[2].x - left.quad[1].x, left.quad[2].y - left.quad[1].y) +
                             std::hypot(right.quad[3].x - right.quad[0].x, right.quad[3].y - right.quad[0].y));
  return high > 0 && begin.x > end.x - 0.7 * high && begin.x < end.x + 3 * high &&
         std::abs(begin.y - end.y) < 0.7 * high;
}

TextLine joined(const TextLine& left, const TextLine& right) {
  TextLine line = left;
  line.text += right.text;
  line.symbols.insert(line.symbols.end(), right.symbols.begin(), right.symbols.end());
  const auto a = static_cast<float>(std::max<std::size_t>(1, left.symbols.size()));
  const auto b = static_cast<float>(std::max<std::size_t>(1, right.symbols.size()));
  line.confidence = (a * left.confidence + b * right.confidence) / (a + b);
  line.quad = {{{left.quad[0], right.quad[1], right.quad[2], left.quad[3]}}};
  line.lattice.reset();
  return line;
}

bool is_text(const TextLine& line) { return line.kind == LineKind::print && !line.text.empty(); }

// Whether another page has both parts as one line.
bool is_whole_elsewhere(const std::vector<PageText>& pages, std::size_t page, const TextLine& left,
                        const TextLine& right) {
  const TextLine both = joined(left, right);
  for (std::size_t p = 0; p < pages.size(); ++p) {
    if (p == page) continue;
    for (const TextLine& line : pages[p].lines) {
      if (!is_text(line) || line.confidence < sure_whole) continue;
      const double whole = likeness(both, line);
      if (whole > like_the_whole && whole > better_than_part + std::max(likeness(left, line), likeness(right, line)))
        return true;
    }
  }
  return false;
}

}  // namespace

void join_split_lines(std::vector<PageText>& pages) {
  for (std::size_t p = 0; p < pages.size(); ++p) {
    std::vector<TextLine>& lines = pages[p].lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (std::size_t j = i + 1; j < lines.size() && j <= i + reach;) {
        if (is_text(lines[i]) && is_text(lines[j]) && on_one_row(lines[i], lines[j]) &&
            is_whole_elsewhere(pages, p, lines[i], lines[j])) {
          lines[i] = joined(lines[i], lines[j]);
          lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(j));
        } else {
          ++j;
        }
      }
    }
  }
}

}  // namespace kualik::reader
