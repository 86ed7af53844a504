#include "ocr/mrz_zone.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "ocr/ink.h"
#include "ocr/line_finder.h"

namespace kualik::ocr {
namespace {

void cut(const cv::Mat& grey, Zone& zone) {
  const cv::Matx33d& m = zone.to_image;
  const cv::Matx23d map(m(0, 0), m(0, 1), m(0, 2), m(1, 0), m(1, 1), m(1, 2));
  cv::warpAffine(grey, zone.picture, map, zone.picture.size(), cv::INTER_CUBIC | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
}

// The group's surroundings, level and at a fixed print height.
Zone rectify(const cv::Mat& grey, const MrzGroup& group, double reach) {
  double angle = 0, length = 0, height = 0;
  cv::Point2d middle(0, 0);
  // A stripe that took in what lies beside it is higher, and leans: the others know height and angle.
  constexpr double taken_in = 1.4;
  const auto lower = [](const MrzStripe& a, const MrzStripe& b) { return a.height < b.height; };
  const double highest = taken_in * std::min_element(group.stripes.begin(), group.stripes.end(), lower)->height;
  double clean = 0;
  for (const MrzStripe& s : group.stripes) {
    length = std::max(length, s.length);
    middle += s.middle;
    if (s.height > highest) continue;
    height += s.height;
    ++clean;
  }
  const auto n = static_cast<double>(group.stripes.size());
  height /= clean;
  middle = cv::Point2d(middle.x / n, middle.y / n);
  // Longer stripes know the angle better; angles of one group differ by a few degrees at most.
  const double first = group.stripes.front().angle;
  double weights = 0;
  for (const MrzStripe& s : group.stripes) {
    if (s.height > highest) continue;
    double d = s.angle - first;
    if (d > std::numbers::pi / 2) d -= std::numbers::pi;
    if (d < -std::numbers::pi / 2) d += std::numbers::pi;
    angle += s.length * (first + d);
    weights += s.length;
  }
  angle /= weights;
  const double across = cv::norm(group.stripes.back().middle - group.stripes.front().middle);
  const double scale = zone_glyph / std::max(height, 4.0);
  const double c = std::cos(angle), s = std::sin(angle);
  const double w = length * reach * scale + 2 * zone_glyph;
  const double h = (across + 2.6 * height) * scale;
  Zone zone;
  zone.to_image = cv::Matx33d(c / scale, -s / scale, middle.x - (c * w - s * h) / (2 * scale), s / scale, c / scale,
                              middle.y - (s * w + c * h) / (2 * scale), 0, 0, 1);
  zone.picture.create(static_cast<int>(h), static_cast<int>(w), CV_8U);
  cut(grey, zone);
  return zone;
}

// The stripes' boxes know the angle to a degree or two, which over 44 columns is a line's height: the rest is taken out
// by the rows' sharpness.
void level(const cv::Mat& grey, Zone& zone) {
  const double skew = estimate_skew(ink_of(zone.picture, zone_glyph * 2)) * std::numbers::pi / 180.0;
  if (std::abs(skew) < 0.002) return;
  const double cx = 0.5 * zone.picture.cols, cy = 0.5 * zone.picture.rows;
  const double c = std::cos(skew), s = std::sin(skew);
  zone.to_image = zone.to_image * cv::Matx33d(c, -s, cx - c * cx + s * cy, s, c, cy - s * cx - c * cy, 0, 0, 1);
  cut(grey, zone);
}

// How sharply rows are parted if the lines are arcs of this depth at their ends and run apart by this share.
double sharpness(const cv::Mat& ink, double bend, double spread) {
  const double half = 0.5 * ink.cols, middle = 0.5 * ink.rows;
  std::vector<double> rows(static_cast<std::size_t>(ink.rows), 0.0);
  for (int x = 0; x < ink.cols; x += 3) {
    const double u = (x - half) / half;
    const double slope = 1 + spread * u, shift = middle - middle * slope + bend * u * u;
    for (int y = 0; y < ink.rows; ++y) {
      const int from = static_cast<int>(std::lround(slope * y + shift));
      if (from >= 0 && from < ink.rows) rows[static_cast<std::size_t>(y)] += ink.at<unsigned char>(from, x);
    }
  }
  double sum = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) sum += (rows[i] - rows[i - 1]) * (rows[i] - rows[i - 1]);
  return sum;
}

// A page that does not lie flat bends its lines: one arc for all lines of a zone. Seen from the side, they run apart.
void flatten(Zone& zone) {
  const cv::Mat ink = ink_of(zone.picture, zone_glyph * 2);
  double most = sharpness(ink, 0, 0) * 1.15;  // Flat unless an arc is clearly sharper.
  for (int bend = -60; bend <= 60; bend += 2) {
    const double s = sharpness(ink, bend, 0);
    if (s > most) {
      most = s;
      zone.bend = bend;
    }
  }
  if (zone.bend == 0) most /= 1.15 / 1.05;
  for (double spread = -0.24; spread < 0.25; spread += 0.02) {
    const double s = sharpness(ink, zone.bend, spread);
    if (s > most) {
      most = s;
      zone.spread = spread;
    }
  }
  if (zone.bend == 0 && std::abs(zone.spread) < 0.01) {
    zone.spread = 0;
    return;
  }
  cv::Mat x(zone.picture.size(), CV_32F), y(zone.picture.size(), CV_32F);
  for (int row = 0; row < x.rows; ++row) {
    for (int column = 0; column < x.cols; ++column) {
      x.at<float>(row, column) = static_cast<float>(column);
      y.at<float>(row, column) = static_cast<float>(zone.row_before(column, row));
    }
  }
  cv::Mat flat;
  cv::remap(zone.picture, flat, x, y, cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  zone.picture = flat;
}

}  // namespace

double Zone::row_before(double x, double y) const {
  const double half = 0.5 * picture.cols, middle = 0.5 * picture.rows;
  const double u = (x - half) / half;
  return middle + (y - middle) * (1 + spread * u) + bend * u * u;
}

Point Zone::in_image(double x, double y) const {
  const cv::Vec3d at = to_image * cv::Vec3d(x, row_before(x, y), 1);
  return {at[0], at[1]};
}

Zone cut_zone(const cv::Mat& grey, const MrzGroup& group, double reach) {
  Zone zone = rectify(grey, group, reach);
  level(grey, zone);
  flatten(zone);
  return zone;
}

// The lines' rows from the profile of the rectified zone: the strongest `count` bands at even spacing.
std::vector<cv::Rect> find_rows(const cv::Mat& ink, std::size_t count) {
  cv::Mat profile;
  cv::reduce(ink, profile, 1, cv::REDUCE_AVG, CV_64F);
  const int n = profile.rows;
  std::vector<double> sums(static_cast<std::size_t>(n) + 1, 0.0);
  for (int i = 0; i < n; ++i)
    sums[static_cast<std::size_t>(i) + 1] = sums[static_cast<std::size_t>(i)] + profile.at<double>(i);
  const auto mean = [&](double a, double b) {
    const int x = std::clamp(static_cast<int>(std::lround(a)), 0, n),
              y = std::clamp(static_cast<int>(std::lround(b)), 0, n);
    return y <= x ? 0.0 : (sums[static_cast<std::size_t>(y)] - sums[static_cast<std::size_t>(x)]) / (y - x);
  };
  double best = -1e9, start = 0, pitch = 0, body = zone_glyph;
  for (const double tall : {0.6, 0.75, 0.9, 1.05}) {
    const double g = zone_glyph * tall;
    for (double p = 1.3 * g; p < 4.4 * g; p += 1) {
      for (double y = 0; y + p * static_cast<double>(count - 1) + g < n; y += 1) {
        double score = 0;
        for (std::size_t i = 0; i < count; ++i) {
          const double top = y + p * static_cast<double>(i);
          score +=
              mean(top, top + g) - 0.5 * mean(top - 0.3 * g, top - 0.1 * g) - 0.5 * mean(top + 1.1 * g, top + 1.3 * g);
        }
        score *= std::sqrt(g);
        if (score > best) {
          best = score;
          start = y;
          pitch = p;
          body = g;
        }
      }
    }
  }
  std::vector<cv::Rect> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const double top = start + pitch * static_cast<double>(i);
    rows.emplace_back(0, static_cast<int>(std::lround(top)), ink.cols, static_cast<int>(std::lround(body)));
  }
  return rows;
}

// The ends of the print along a row.
cv::Rect trim(const cv::Mat& ink, cv::Rect row) {
  row &= cv::Rect({}, ink.size());
  if (row.empty()) return row;
  cv::Mat columns;
  cv::reduce(ink(row), columns, 0, cv::REDUCE_AVG, CV_64F);
  cv::GaussianBlur(columns, columns, cv::Size(9, 1), 0);
  double peak = 0;
  cv::minMaxLoc(columns, nullptr, &peak);
  int first = 0, last = columns.cols - 1;
  const double floor = 0.14 * peak;
  while (first < last && columns.at<double>(first) < floor) ++first;
  while (last > first && columns.at<double>(last) < floor) --last;
  return cv::Rect(first, row.y, last - first + 1, row.height);
}

}  // namespace kualik::ocr
