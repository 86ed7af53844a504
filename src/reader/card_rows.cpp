#include "reader/card_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>
#include <opencv2/core.hpp>
#include <set>

namespace kualik::reader {
namespace {

/// Of a number line: how many digits are read in the smallest print, of how many symbols, and its proportions with
/// half a glyph more or less.
constexpr int least_digits = 9;
constexpr std::size_t least_symbols = 13;
constexpr std::size_t most_symbols = 23;
constexpr double least_length = 7;
constexpr double most_length = 20;
/// Between the middles of two digits.
constexpr double pitch = (number_to - number_from) / 17;
/// The rows of print above the number, in millimetres, and where their lines begin and end.
constexpr std::array<double, 6> rows_mm{8.0, 14.6, 20.8, 27.0, 31.3, 35.6};
constexpr double number_mm = number_row * card_mm_high;
constexpr double off_mm = 1.3;
constexpr double text_from_mm = 1.5;
constexpr double text_to_mm = 62;
constexpr double portrait_from_mm = 46;
constexpr std::size_t least_rows = 4;
constexpr int most_strangers = 2;
/// Tilted away, a card is less high than wide.
constexpr double lowest = 0.82;
constexpr double highest = 1.12;
constexpr double step = 0.02;
/// The lower rows of the emblem side.
constexpr std::array<double, 2> emblem_rows{0.752, 0.872};
constexpr double emblem_title = 0.345;

bool is_digit(const Symbol& s) {
  return s.text.size() == 1 && ((s.text[0] >= '0' && s.text[0] <= '9') || s.text[0] == 'X');
}

double length(const Point& a, const Point& b) { return std::hypot(b.x - a.x, b.y - a.y); }
Point middle(const Point& a, const Point& b) { return {0.5 * (a.x + b.x), 0.5 * (a.y + b.y)}; }

/// The ends of what may be a number: of 18 digits in a row, or of a line that is one by its form.
std::optional<NumberEnds> likely_ends(const TextLine& line) {
  if (std::optional<NumberEnds> ends = ends_of_number(line)) return ends;
  const auto digits = std::count_if(line.symbols.begin(), line.symbols.end(), is_digit);
  if (digits < least_digits || line.symbols.size() < least_symbols || line.symbols.size() > most_symbols)
    return std::nullopt;
  const Point left = middle(line.quad[0], line.quad[3]), right = middle(line.quad[1], line.quad[2]);
  const double high = length(line.quad[0], line.quad[3]), wide = length(left, right);
  if (wide < least_length * high || wide > most_length * high) return std::nullopt;
  const double inset = 0.5 * pitch / (number_to - number_from + pitch);
  NumberEnds out;
  out.first = {left.x + inset * (right.x - left.x), left.y + inset * (right.y - left.y)};
  out.last = {right.x + inset * (left.x - right.x), right.y + inset * (left.y - right.y)};
  out.height = high;
  return out;
}

/// The lines above a number in millimetres of its card: begin, end, and how far up.
struct Line {
  double from, to, up;
};

struct Rows {
  std::set<std::size_t> seen{};
  int strangers{0};
  double height{1};  ///< Of the card, as seen, by its width.
};

Rows rows_of(const std::vector<Line>& lines, double height) {
  Rows out;
  out.height = height;
  for (const Line& line : lines) {
    const auto* row = std::find_if(rows_mm.begin(), rows_mm.end(),
                                   [&](double r) { return std::abs((number_mm - r) * height - line.up) < off_mm; });
    if (row != rows_mm.end())
      out.seen.insert(static_cast<std::size_t>(row - rows_mm.begin()));
    else
      ++out.strangers;
  }
  return out;
}

}  // namespace

std::optional<NumberEnds> ends_of_number(const TextLine& line) {
  std::size_t run = 0;
  for (std::size_t i = 0; i <= line.symbols.size(); ++i) {
    if (i < line.symbols.size() && is_digit(line.symbols[i])) {
      ++run;
      continue;
    }
    if (run == 18) {
      const Rect& a = line.symbols[i - 18].box;
      const Rect& b = line.symbols[i - 1].box;
      if (!a.empty() && !b.empty())
        return NumberEnds{
            {a.x + 0.5 * a.width, a.y + 0.5 * a.height}, {b.x + 0.5 * b.width, b.y + 0.5 * b.height}, a.height};
    }
    run = 0;
  }
  return std::nullopt;
}

std::vector<PrintPage> cards_around_numbers(const PageText& page) {
  std::vector<PrintPage> out;
  for (const TextLine& line : page.lines) {
    const std::optional<NumberEnds> ends = likely_ends(line);
    if (!ends) continue;
    const double printed = (number_to - number_from) * card_mm_wide;
    const cv::Vec2d x{(ends->last.x - ends->first.x) / printed, (ends->last.y - ends->first.y) / printed};
    const double scale = cv::norm(x);
    if (x[0] < 0.8 * scale || scale * card_mm_wide < narrowest_card) continue;
    const cv::Vec2d down{-x[1], x[0]};
    const cv::Vec2d number{ends->first.x, ends->first.y};
    const auto on_card = [&](const Point& p) {
      const cv::Vec2d d = cv::Vec2d{p.x, p.y} - number;
      return Point{number_from * card_mm_wide + d.dot(x) / (scale * scale), -d.dot(down) / (scale * scale)};
    };
    std::vector<Line> lines;
    int beyond = 0;
    for (const TextLine& other : page.lines) {
      if (&other == &line) continue;
      const Point from = on_card(middle(other.quad[0], other.quad[3])),
                  to = on_card(middle(other.quad[1], other.quad[2]));
      if (from.y < 5 || from.y > number_mm - 3 || to.x < 0 || from.x > portrait_from_mm) continue;
      // Running text goes on beyond the card.
      if (from.x < text_from_mm || to.x > text_to_mm)
        ++beyond;
      else
        lines.push_back({from.x, to.x, from.y});
    }
    Rows best;
    for (double height = lowest; height < highest + 0.001; height += step) {
      const Rows rows = rows_of(lines, height);
      const auto more = rows.seen.size() <=> best.seen.size();
      if (std::is_gt(more) || (std::is_eq(more) && std::abs(height - 1) < std::abs(best.height - 1)) ||
          height == lowest)
        best = rows;
    }
    if (best.seen.size() < least_rows || best.strangers + beyond > most_strangers) continue;
    const cv::Vec2d y = best.height * down;
    const cv::Vec2d origin = number - number_from * card_mm_wide * x - number_mm * y;
    PrintPage card;
    card.kind = page::PageKind::cn_id_portrait;
    for (std::size_t i = 0; i < 4; ++i) {
      const double right = i == 1 || i == 2 ? card_mm_wide : 0, below = i >= 2 ? card_mm_high : 0;
      const cv::Vec2d p = origin + right * x + below * y;
      card.quad[i] = {p[0], p[1]};
    }
    card.rows = static_cast<int>(best.seen.size()) + 1;
    out.push_back(card);
  }
  return out;
}

Quad fitted_to_rows(const Quad& emblem, const PageText& page) {
  const cv::Vec2d top_left{emblem[0].x, emblem[0].y};
  const cv::Vec2d x = cv::Vec2d{emblem[1].x, emblem[1].y} - top_left,
                  y = cv::Vec2d{emblem[3].x, emblem[3].y} - top_left;
  const double det = x[0] * y[1] - x[1] * y[0];
  if (std::abs(det) < 1) return emblem;
  // Lines of the lower half in fractions of the card, from the title down.
  std::vector<double> below;
  for (const TextLine& line : page.lines) {
    const Point from = middle(line.quad[0], line.quad[3]), to = middle(line.quad[1], line.quad[2]);
    const auto fraction = [&](const Point& p) {
      const cv::Vec2d d = cv::Vec2d{p.x, p.y} - top_left;
      return cv::Vec2d{(d[0] * y[1] - d[1] * y[0]) / det, (x[0] * d[1] - x[1] * d[0]) / det};
    };
    const cv::Vec2d a = fraction(from), b = fraction(to);
    if (a[0] > 0.1 && b[0] < 1 && b[0] - a[0] > 0.2 && a[1] > 0.55 && a[1] < 1.1)
      below.push_back(0.5 * (a[1] + b[1]) - emblem_title);
  }
  double best = 1;
  double least = 1e9;
  for (double height = lowest; height < highest + 0.001; height += 0.5 * step) {
    double sum = 0;
    for (const double row : emblem_rows) {
      double nearest = 1e9;
      for (const double b : below) nearest = std::min(nearest, std::abs((row - emblem_title) * height - b));
      sum += nearest;
    }
    if (sum < least) {
      least = sum;
      best = height;
    }
  }
  if (least > 0.05) return emblem;
  Quad out = emblem;
  const auto moved = [&](const Point& p, double at) {
    const cv::Vec2d q = cv::Vec2d{p.x, p.y} + (emblem_title + (at - emblem_title) * best - at) * y;
    return Point{q[0], q[1]};
  };
  for (std::size_t i = 0; i < 4; ++i) out[i] = moved(emblem[i], i < 2 ? 0 : 1);
  return out;
}

}  // namespace kualik::reader
