#include "ocr/letter_spacing.h"

#include <algorithm>
#include <cstddef>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace kualik::ocr {
namespace {

// A stop or a comma: narrow, and low for a glyph. The white behind it is part of its cell.
bool is_mark(const cv::Mat& straight, int from, int to, double least, int glyph) {
  if (to - from > glyph * 42 / 100) return false;
  int first = straight.rows, last = -1;
  for (int y = 0; y < straight.rows; ++y) {
    for (int x = from; x < to; ++x) {
      if (straight.at<unsigned char>(y, x) < least) continue;
      first = std::min(first, y);
      last = y;
    }
  }
  return last - first < glyph / 2;
}

// A middle dot that touches the glyph before it: where the ink [from, to) ends in columns that hold a blob at the
// glyph's middle height alone, the first of them; else `to`.
int touching_dot(const cv::Mat& straight, int from, int to, double least, int glyph) {
  const int middle = straight.rows / 2;
  const auto span = [&](int x) {
    int first = straight.rows, last = -1;
    for (int y = 0; y < straight.rows; ++y) {
      if (straight.at<unsigned char>(y, x) < least) continue;
      first = std::min(first, y);
      last = y;
    }
    return std::pair(first, last);
  };
  int begin = to, top = straight.rows, bottom = -1;
  for (int x = to - 1; x >= from; --x) {
    const auto [first, last] = span(x);
    if (last < first || first < middle - glyph * 20 / 100 || last > middle + glyph * 20 / 100) break;
    begin = x;
    top = std::min(top, first);
    bottom = std::max(bottom, last);
  }
  const int wide = to - begin, high = bottom - top + 1;
  // The end of a level stroke is longer and flatter, and a dot that stands alone is a mark already.
  const bool round = wide >= glyph * 6 / 100 && wide <= glyph * 24 / 100 && high >= glyph * 9 / 100 &&
                     high < 2 * wide && wide < 2 * high;
  if (!round || begin - from <= glyph / 2) return to;
  // A full stop in the middle of its square is a ring.
  int dark = 0;
  for (int y = top; y <= bottom; ++y)
    for (int x = begin; x < to; ++x) dark += straight.at<unsigned char>(y, x) >= least ? 1 : 0;
  return dark * 10 > wide * high * 6 ? begin : to;
}

}  // namespace

cv::Mat draw_together(const cv::Mat& straight, int glyph, std::vector<int>& kept) {
  cv::Mat columns;
  cv::reduce(straight, columns, 0, cv::REDUCE_MAX, CV_8U);
  double most = 0;
  cv::minMaxLoc(columns, nullptr, &most);
  kept.clear();
  std::vector<std::pair<std::size_t, int>> parted;  // Before which column of the result white goes in, and whence.
  int ink_from = 0;
  for (int x = 0; x < columns.cols;) {
    int end = x;
    while (end < columns.cols && columns.at<unsigned char>(end) < 0.25 * most) ++end;
    // Spaces between words stay; what is wider is more than that, and readers know glyphs set close.
    int keep = end - x;
    if (keep > glyph * 45 / 100) {
      int after = end;
      while (after < columns.cols && columns.at<unsigned char>(after) >= 0.25 * most) ++after;
      // A bracket stands in a cell of its own, whose white tells it from a stroke of the glyph beside it.
      const auto is_narrow = [&](int ink) { return ink > 0 && ink < glyph * 34 / 100; };
      const int mark = touching_dot(straight, ink_from, x, 0.25 * most, glyph);
      if (mark < x) {
        parted.emplace_back(kept.size() - static_cast<std::size_t>(x - mark), x + (end - x) / 2);
        keep = std::min(keep, glyph * 30 / 100);
      } else if (is_mark(straight, ink_from, x, 0.25 * most, glyph))
        keep = std::min(keep, glyph * 80 / 100);
      else if (is_narrow(x - ink_from) || is_narrow(after - end))
        keep = std::min(keep, glyph * 55 / 100);
      else
        keep = glyph * 16 / 100;
    }
    for (int i = 0; i < keep; ++i) kept.push_back(x + i * (end - x) / std::max(keep, 1));
    if (end > x) ink_from = end;
    if (end == x) kept.push_back(end++);
    x = end;
  }
  if (static_cast<int>(kept.size()) == straight.cols && parted.empty()) return straight;
  std::vector<int> drawn = kept;
  const auto white = static_cast<std::size_t>(glyph * 22 / 100);
  for (auto gap = parted.rbegin(); gap != parted.rend(); ++gap) {
    const auto place = static_cast<std::ptrdiff_t>(gap->first);
    drawn.insert(drawn.begin() + place, white, gap->second);
    kept.insert(kept.begin() + place, white, kept[gap->first]);
  }
  cv::Mat out(straight.rows, static_cast<int>(kept.size()), straight.type());
  for (int x = 0; x < out.cols; ++x) straight.col(drawn[static_cast<std::size_t>(x)]).copyTo(out.col(x));
  return out;
}

}  // namespace kualik::ocr
