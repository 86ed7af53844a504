// Features of a quad: along its sides the share of points with a gradient across the side and the colour step between
// two strips beside it; within it print, flatness and proportions; the net's mask inside and around it.
#include "page/features.h"

#include <algorithm>
#include <cmath>

#include "page/mat.h"
#include "page/proposals.h"

namespace kualik::page {
namespace {

struct Side {
  double edge{0};     // share of points with a clear edge along the side
  double step{0};     // mean colour distance between the strips, 0..1
  double lighter{0};  // signed: inside lighter than outside
  double flat{0};     // spread of lightness along the inner strip
  double seen{0};     // share of the side that lies inside the image
};

cv::Vec3f colour(const cv::Mat& lab, double x, double y) {
  const auto& v = lab.at<cv::Vec3b>(std::clamp(static_cast<int>(std::lround(y)), 0, lab.rows - 1),
                                    std::clamp(static_cast<int>(std::lround(x)), 0, lab.cols - 1));
  return {static_cast<float>(v[0]), static_cast<float>(v[1]), static_cast<float>(v[2])};
}

Side side_of(const WorkImage& work, const Point& p, const Point& q, const Point& middle) {
  Side side;
  const double dx = q.x - p.x, dy = q.y - p.y, length = std::hypot(dx, dy);
  if (length < 2) return side;
  double nx = -dy / length, ny = dx / length;  // towards the inside
  if ((middle.x - p.x) * nx + (middle.y - p.y) * ny < 0) {
    nx = -nx;
    ny = -ny;
  }
  const int samples = std::clamp(static_cast<int>(length / 3), 12, 64);
  const double reach = std::clamp(length * 0.02, 2.5, 6.0);
  int seen = 0, edges = 0;
  double step = 0, sum = 0, square = 0, lighter = 0;
  for (int i = 0; i < samples; ++i) {
    // The corners of cards are rounded and those of papers bent: leave the ends out.
    const double t = 0.06 + 0.88 * (i + 0.5) / samples;
    const double x = p.x + t * dx, y = p.y + t * dy;
    if (x < 1 || y < 1 || x > work.bgr.cols - 2 || y > work.bgr.rows - 2) continue;
    ++seen;
    double best = 0;
    for (double off = -1.5; off <= 1.51; off += 0.75) {
      const int ix = std::clamp(static_cast<int>(std::lround(x + nx * off)), 0, work.bgr.cols - 1);
      const int iy = std::clamp(static_cast<int>(std::lround(y + ny * off)), 0, work.bgr.rows - 1);
      const double gx = static_cast<double>(work.dx.at<float>(iy, ix)),
                   gy = static_cast<double>(work.dy.at<float>(iy, ix));
      const double across = std::abs(gx * nx + gy * ny), along = std::abs(gx * -ny + gy * nx);
      if (across > 1.5 * along) best = std::max(best, across);
    }
    edges += best > 0.8 * work.edge_level ? 1 : 0;
    const cv::Vec3f in = colour(work.lab, x + nx * reach, y + ny * reach);
    const cv::Vec3f out = colour(work.lab, x - nx * reach, y - ny * reach);
    const cv::Vec3f diff = in - out;
    step += std::min(60.0,
                     std::sqrt(static_cast<double>(diff[0] * diff[0] + 4 * (diff[1] * diff[1] + diff[2] * diff[2])))) /
            60;
    lighter += std::clamp(static_cast<double>(diff[0]) / 30, -1.0, 1.0);
    sum += static_cast<double>(in[0]);
    square += static_cast<double>(in[0] * in[0]);
  }
  side.seen = static_cast<double>(seen) / samples;
  if (seen > 2) {
    side.edge = static_cast<double>(edges) / seen;
    side.step = step / seen;
    side.lighter = lighter / seen;
    const double mean = sum / seen;
    side.flat = std::exp(-std::sqrt(std::max(0.0, square / seen - mean * mean)) / 20);
  }
  return side;
}

double sample(const cv::Mat& plane, const Point& p, bool& inside) {
  const int x = static_cast<int>(std::lround(p.x)), y = static_cast<int>(std::lround(p.y));
  inside = x >= 0 && y >= 0 && x < plane.cols && y < plane.rows;
  return inside ? static_cast<double>(plane.at<float>(y, x)) : 0;
}

}  // namespace

Features quad_features(const WorkImage& work, const Quad& quad) {
  const Point middle = centre(quad);
  std::array<Side, 4> sides;
  double seen = 0;
  std::vector<double> edges, steps;
  double polarity = 0, flat = 0, weight = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    sides[i] = side_of(work, quad[i], quad[(i + 1) % 4], middle);
    seen += sides[i].seen / 4;
    // A side mostly outside the image says nothing for or against.
    if (sides[i].seen < 0.3) continue;
    edges.push_back(sides[i].edge);
    steps.push_back(sides[i].step);
    polarity += sides[i].lighter;
    flat += sides[i].flat;
    weight += 1;
  }
  std::sort(edges.begin(), edges.end());
  std::sort(steps.begin(), steps.end());
  const auto at = [](const std::vector<double>& v, std::size_t i) {
    return v.empty() ? 0.0 : v[std::min(i, v.size() - 1)];
  };
  const auto mean = [](const std::vector<double>& v) {
    double s = 0;
    for (double x : v) s += x;
    return v.empty() ? 0.0 : s / static_cast<double>(v.size());
  };

  // A grid over the page and a rim around it, in the page's own frame.
  const Homography map = Homography::between(Quad::from_rect({0, 0, 1, 1}), quad);
  double text_in = 0, text_rim = 0, text_out = 0, text_cover = 0, mask_in = 0, mask_out = 0, light = 0, saturation = 0;
  int count_in = 0, count_rim = 0, count_out = 0;
  constexpr int grid = 20;
  for (int gy = -2; gy < grid + 2; ++gy) {
    for (int gx = -2; gx < grid + 2; ++gx) {
      const Point unit{(gx + 0.5) / grid, (gy + 0.5) / grid};
      const Point p = map.map(unit);
      bool inside = false;
      const double text = sample(work.text, p, inside);
      if (!inside) continue;
      const double mask = work.mask.empty() ? 0 : sample(work.mask, p, inside);
      const bool outer = gx < 0 || gy < 0 || gx >= grid || gy >= grid;
      const bool rim = !outer && (gx < 1 || gy < 1 || gx >= grid - 1 || gy >= grid - 1);
      if (outer) {
        text_out += text;
        mask_out += mask;
        ++count_out;
      } else {
        (rim ? text_rim : text_in) += text;
        ++(rim ? count_rim : count_in);
        mask_in += mask;
        text_cover += text > 0.3 ? 1 : 0;
        const cv::Vec3f c = colour(work.lab, p.x, p.y);
        light += static_cast<double>(c[0]) / 255;
        saturation += std::hypot(static_cast<double>(c[1]) - 128, static_cast<double>(c[2]) - 128) / 64;
      }
    }
  }
  const double inner = std::max(1, count_in + count_rim);
  double mask_iou = 0;
  if (!work.mask.empty()) {
    // Soft IoU with the mask's part near the quad: what of the mask lies just outside counts against it.
    const double rest = count_out > 0 ? mask_out / count_out : 0;
    mask_iou = mask_in / (inner + rest * inner);
  }
  const double ratio = std::clamp(aspect_ratio(canonical(quad), work.size()), 0.3, 4.0);
  const double turned = std::max(ratio, 1 / ratio);
  double skew = 0, corner = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point &a = quad[(i + 3) % 4], &b = quad[i], &c = quad[(i + 1) % 4];
    const double ux = a.x - b.x, uy = a.y - b.y, vx = c.x - b.x, vy = c.y - b.y;
    skew = std::max(skew, std::abs(ux * vx + uy * vy) / (std::hypot(ux, uy) * std::hypot(vx, vy) + 1e-9));
    // Both sides end at a corner of a document; an edge that runs straight on through it belongs to something else.
    const double lu = std::hypot(ux, uy) + 1e-9, lv = std::hypot(vx, vy) + 1e-9;
    int beyond = 0;
    for (int k = 2; k <= 7; ++k) {
      for (const Point& d : {Point{-ux / lu, -uy / lu}, Point{-vx / lv, -vy / lv}}) {
        const double x = b.x + d.x * k * 2, y = b.y + d.y * k * 2;
        if (x < 1 || y < 1 || x > work.bgr.cols - 2 || y > work.bgr.rows - 2) continue;
        const int ix = static_cast<int>(std::lround(x)), iy = static_cast<int>(std::lround(y));
        const double gx = static_cast<double>(work.dx.at<float>(iy, ix)),
                     gy = static_cast<double>(work.dy.at<float>(iy, ix));
        const double across = std::abs(gx * -d.y + gy * d.x), along = std::abs(gx * d.x + gy * d.y);
        beyond += across > work.edge_level && across > 2 * along ? 1 : 0;
      }
    }
    corner += beyond / 48.0;
  }
  const double whole = static_cast<double>(work.bgr.cols) * work.bgr.rows;
  const auto f = [](double v) { return static_cast<float>(v); };
  return {f(at(edges, 0)),
          f(at(edges, 1)),
          f(mean(edges)),
          f(at(steps, 0)),
          f(at(steps, 1)),
          f(mean(steps)),
          f(weight > 0 ? polarity / weight : 0),
          f(weight > 0 ? flat / weight : 0),
          f(count_in > 0 ? text_in / count_in : 0),
          f(count_rim > 0 ? text_rim / count_rim : 0),
          f(count_out > 0 ? text_out / count_out : 0),
          f(std::min(1.0, std::abs(std::log(turned / 1.586)) * 3)),
          f(std::min(1.0, std::abs(std::log(turned / 1.414)) * 3)),
          f(std::log(turned)),
          f(std::log(std::max(1e-4, std::abs(signed_area(quad)) / whole)) / 4),
          f(1 - seen),
          f(skew),
          f(mask_in / inner),
          f(count_out > 0 ? mask_out / count_out : 0),
          f(mask_iou),
          f(light / inner),
          f(saturation / inner),
          f(text_cover / inner),
          f(corner)};
}

}  // namespace kualik::page
