#include "ocr/card_layout.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "resident_card_layout.h"

namespace kualik::ocr {
namespace {

constexpr double tolerance = 0.03;

// Sums of a profile between two places in O(1).
class Prefix {
 public:
  explicit Prefix(const cv::Mat& profile) : sums_(1, 0.0) {
    for (int i = 0; i < static_cast<int>(profile.total()); ++i) sums_.push_back(sums_.back() + profile.at<double>(i));
  }
  double mean(double from, double to) const {
    const int last = static_cast<int>(sums_.size()) - 1;
    const int a = std::clamp(static_cast<int>(std::lround(from)), 0, last);
    const int b = std::clamp(static_cast<int>(std::lround(to)), 0, last);
    if (b <= a) return 0;
    return (sums_[static_cast<std::size_t>(b)] - sums_[static_cast<std::size_t>(a)]) / (b - a);
  }

 private:
  std::vector<double> sums_;
};

cv::Mat profile(const cv::Mat& ink, double x0, double x1, double y0, double y1, int dimension) {
  const int left = std::clamp(static_cast<int>(x0 * ink.cols), 0, ink.cols - 1);
  const int right = std::clamp(static_cast<int>(x1 * ink.cols), left + 1, ink.cols);
  const int top = std::clamp(static_cast<int>(y0 * ink.rows), 0, ink.rows - 1);
  const int bottom = std::clamp(static_cast<int>(y1 * ink.rows), top + 1, ink.rows);
  cv::Mat out;
  cv::reduce(ink(cv::Range(top, bottom), cv::Range(left, right)), out, dimension, cv::REDUCE_AVG, CV_64F);
  return out;
}

struct Fit {
  double dx{0}, dy{0};  // Fractions of the card.
  double sy{1};
  double y(double at) const { return 0.5 + (at - 0.5) * sy + dy; }
};

// Rows: print where rows are expected, little between them. Address lines after the first may be missing, so they
// neither count nor weigh against.
Fit fit_layout(const cv::Mat& ink, const std::vector<const LayoutBox*>& boxes, CardSide side) {
  const bool portrait = side == CardSide::resident_portrait;
  const Prefix text(profile(ink, portrait ? 0.06 : 0.18, portrait ? 0.59 : 0.80, 0, 1, 1));
  const Prefix wide(profile(ink, portrait ? 0.06 : 0.18, 0.88, 0, 1, 1));
  const double height = ink.rows;
  Fit best;
  double most = -1e9;
  for (double sy = 0.95; sy <= 1.0501; sy += 0.0125) {
    for (double dy = -0.045; dy <= 0.0451; dy += 0.003) {
      Fit fit{0, dy, sy};
      double score = -18.0 * (std::abs(dy) + std::abs(sy - 1));  // Of equal fits the least moved one.
      double seen = -1;
      for (const LayoutBox* box : boxes) {
        if (box->row > 0 || box->y == seen) continue;
        seen = box->y;
        const Prefix& rows = box->key == "id_number" ? wide : text;
        const double mid = fit.y(box->y) * height;
        const double half = 0.5 * box->h * height;
        const double inside = rows.mean(mid - half, mid + half);
        const double above = rows.mean(mid - 2.0 * half, mid - 1.25 * half);
        const double below = box->key == "address" ? above : rows.mean(mid + 1.25 * half, mid + 2.0 * half);
        score += std::min(inside, 40.0) - 0.6 * (std::min(above, 60.0) + std::min(below, 60.0));
      }
      if (score > most) {
        most = score;
        best = fit;
      }
    }
  }
  // Columns: labels begin after an empty margin and end before an empty gap to the values.
  const double l0 = portrait ? 0.065 : 0.190;
  const double l1 = portrait ? 0.150 : 0.360;
  const double v0 = portrait ? 0.175 : 0.385;
  const double y0 = best.y(portrait ? 0.12 : 0.72);
  const double y1 = best.y(portrait ? 0.53 : 0.91);
  const Prefix columns(profile(ink, 0, 1, y0, y1, 0));
  const double width = ink.cols;
  most = -1e9;
  for (double dx = -tolerance; dx <= tolerance + 1e-9; dx += 0.0025) {
    const auto mean = [&](double a, double b) {
      return std::min(columns.mean((a + dx) * width, (b + dx) * width), 60.0);
    };
    const double score = mean(l0, l1) + 0.7 * mean(v0 + 0.003, v0 + 0.035) - mean(l0 - 0.035, l0 - 0.004) -
                         mean(l1 + 0.004, v0 - 0.004) - 120.0 * std::abs(dx);
    if (score > most) {
      most = score;
      best.dx = dx;
    }
  }
  return best;
}

// The print's left and right end in a row: columns with clear ink, joined over gaps that may stand between glyphs.
cv::Range extent(const cv::Mat& ink, const cv::Rect& row, double gap) {
  cv::Mat columns;
  cv::reduce(ink(row), columns, 0, cv::REDUCE_AVG, CV_64F);
  cv::GaussianBlur(columns, columns, cv::Size(5, 1), 0);
  double peak = 0;
  cv::minMaxLoc(columns, nullptr, &peak);
  const double floor = std::max(3.0, 0.10 * peak);
  int first = -1, last = -1;
  for (int x = 0; x < columns.cols; ++x) {
    if (columns.at<double>(x) < floor) continue;
    if (first < 0) first = x;
    if (last >= 0 && x - last > gap) break;
    last = x;
  }
  return first < 0 ? cv::Range(0, 0) : cv::Range(first, last + 1);
}

// Where print that is met at `x` begins: to the left of it, as long as no gap is wider than `gap`, and not before
// `least`.
int begin_of(const cv::Mat& ink, const cv::Rect& row, int x, double gap, int least) {
  const cv::Rect around(least, row.y, x - least + 1, row.height);
  if (around.width < 2) return x;
  cv::Mat columns;
  cv::reduce(ink(around), columns, 0, cv::REDUCE_AVG, CV_64F);
  double peak = 0;  // Of the print itself, or a faint ground would count as print where there is none.
  cv::Mat print;
  cv::reduce(ink(row), print, 0, cv::REDUCE_AVG, CV_64F);
  cv::minMaxLoc(print, nullptr, &peak);
  const double floor = std::max(5.0, 0.2 * peak);
  int first = columns.cols - 1;
  for (int at = first - 1; at >= 0 && first - at <= gap; --at)
    if (columns.at<double>(at) >= floor) first = at;
  return least + first;
}

// A name too long for its row is printed smaller, in two: two bands of ink with little between them, where one row has
// most ink. Returns the distance of the rows' middles, 0 for one row; `middle` becomes that of the pair.
double two_rows(const Prefix& rows, double expected, double h, double& middle) {
  double best = 0;
  double most = 0;
  for (double at = expected - 0.35 * h; at <= expected + 0.35 * h; at += 1) {
    for (double pitch = 0.80 * h; pitch <= 1.15 * h; pitch += 1) {
      const double upper = rows.mean(at - 0.5 * pitch - 0.30 * h, at - 0.5 * pitch + 0.30 * h);
      const double lower = rows.mean(at + 0.5 * pitch - 0.30 * h, at + 0.5 * pitch + 0.30 * h);
      const double between = rows.mean(at - 0.07 * h, at + 0.07 * h);
      const double outside = 0.5 * (rows.mean(at - 0.5 * pitch - 0.62 * h, at - 0.5 * pitch - 0.50 * h) +
                                    rows.mean(at + 0.5 * pitch + 0.50 * h, at + 0.5 * pitch + 0.62 * h));
      const double less = std::min(upper, lower);
      if (less < 0.3 * std::max(upper, lower) || between > 0.55 * less) continue;
      const double score = upper + lower - 2 * between - 2 * outside;
      if (score > most && outside < 0.5 * less) {
        most = score;
        best = pitch;
        middle = at;
      }
    }
  }
  return best;
}

}  // namespace

std::vector<LocatedLine> locate_lines(const cv::Mat& all_ink, const cv::Mat& value_ink, CardSide side) {
  std::vector<const LayoutBox*> boxes;
  for (const LayoutBox& box : resident_card_layout)
    if (box.side == side) boxes.push_back(&box);
  const Fit fit = fit_layout(all_ink, boxes, side);

  std::vector<LocatedLine> lines;
  const double width = all_ink.cols;
  const double height = all_ink.rows;
  double address_shift = 0;  // Later address lines follow the first one.
  double address_ink = 0;
  for (const LayoutBox* box : boxes) {
    LocatedLine line;
    line.box = box;
    const double x0 = (box->x + fit.dx) * width;
    const double x1 = std::min((box->x + box->w + fit.dx) * width, width - 1);
    const double h = box->h * height;
    // Middle of the row: where a window of the glyph height holds most ink.
    const Prefix rows(profile(value_ink, x0 / width, x1 / width, 0, 1, 1));
    const double expected = fit.y(box->y) * height + address_shift;
    double reach = 0.018 * height;
    double mid = expected;
    double most = -1;
    for (double at = expected - reach; at <= expected + reach; at += 1) {
      const double score = rows.mean(at - 0.5 * h, at + 0.5 * h) - 0.5 * rows.mean(at - 0.75 * h, at - 0.55 * h) -
                           0.5 * rows.mean(at + 0.55 * h, at + 0.75 * h) - 0.02 * std::abs(at - expected);
      if (score > most) {
        most = score;
        mid = at;
      }
    }
    line.left = x0;
    line.middle = mid;
    line.glyph = h;
    const auto cut = [&](LocatedLine& one) {
      const int top = std::max(0, static_cast<int>(std::floor(one.middle - 0.66 * one.glyph)));
      const int bottom = std::min(all_ink.rows, static_cast<int>(std::ceil(one.middle + 0.66 * one.glyph)) + 1);
      const int left = std::max(0, static_cast<int>(x0 - 0.012 * width));
      const cv::Rect row(left, top, std::max(1, static_cast<int>(x1) - left), std::max(1, bottom - top));
      const bool numbers = box->alphabet == Alphabet::digits || box->key == "validity" || box->key == "birth_date";
      cv::Range ends = extent(value_ink, row, one.glyph * (numbers ? 2.2 : 1.6));
      // Print that runs out of the box at its left would lose a part of its first glyph. Labels stand further off.
      if (!ends.empty() && ends.start < 0.2 * one.glyph)
        ends.start = begin_of(value_ink, row, row.x + ends.start, 0.3 * one.glyph,
                              std::max(0, static_cast<int>(x0 - tolerance * width))) -
                     row.x;
      const int margin = static_cast<int>(0.18 * one.glyph);
      one.crop = cv::Rect(row.x + ends.start - margin, row.y, ends.size() + 2 * margin, row.height) &
                 cv::Rect(0, 0, all_ink.cols, all_ink.rows);
      one.empty = ends.size() < 0.35 * one.glyph;
      if (box->key == "address") {
        // How dark the print is where there is any: the last row may hold one glyph alone, and bare ground little ink
        // all along.
        const double dark =
            ends.empty() ? 0 : cv::mean(value_ink(cv::Rect(row.x + ends.start, row.y, ends.size(), row.height)))[0];
        if (box->row == 0) address_ink = dark;
        one.empty = one.empty || (box->row > 0 && dark < 0.4 * address_ink);
        address_shift = mid - fit.y(box->y) * height;
      }
      if (one.empty) one.crop = row;
    };
    double pair = 0;
    const double pitch = box->key == "name" ? two_rows(rows, expected, h, pair) : 0;
    if (pitch > 0) {
      LocatedLine lower = line;
      line.of_rows = lower.of_rows = 2;
      line.middle = pair - 0.5 * pitch;
      lower.middle = pair + 0.5 * pitch;
      line.glyph = lower.glyph = 0.86 * h;
      cut(line);
      cut(lower);
      if (!line.empty && !lower.empty) {
        lines.push_back(line);
        lines.push_back(lower);
        continue;
      }
      line.of_rows = 1;
      line.middle = mid;
      line.glyph = h;
    }
    cut(line);
    lines.push_back(line);
  }
  return lines;
}

}  // namespace kualik::ocr
