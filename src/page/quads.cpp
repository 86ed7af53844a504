// Quads from point sets, and what makes a quad worth a look.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "page/mat.h"
#include "page/proposals.h"

namespace kualik::page {

bool meet(const cv::Point2d& a, const cv::Point2d& b, const cv::Point2d& c, const cv::Point2d& d, cv::Point2d& p,
          double least_sine) {
  const cv::Point2d u = b - a, v = d - c;
  const double det = u.cross(v);
  if (std::abs(det) < least_sine * (cv::norm(u) * cv::norm(v) + 1e-9)) return false;
  p = a + u * ((c - a).cross(v) / det);
  return true;
}

bool quad_around(const std::vector<cv::Point>& points, Quad& quad) {
  if (points.size() < 4) return false;
  std::vector<cv::Point> hull;
  cv::convexHull(points, hull, true);
  std::vector<cv::Point2d> ring(hull.begin(), hull.end());
  if (ring.size() < 4) return false;
  // First drop the many tiny sides of a rounded hull.
  if (ring.size() > 24) {
    std::vector<cv::Point> simple;
    cv::approxPolyDP(hull, simple, 0.006 * cv::arcLength(hull, true), true);
    if (simple.size() >= 4) ring.assign(simple.begin(), simple.end());
  }
  for (std::size_t n = ring.size(); n > 4; n = ring.size()) {
    // Taking side (i, i+1) away extends its neighbours until they meet: choose the side that adds the least area.
    std::size_t best = n;
    double least = 1e300;
    cv::Point2d best_corner;
    for (std::size_t i = 0; i < n; ++i) {
      const cv::Point2d &before = ring[(i + n - 1) % n], &a = ring[i], &b = ring[(i + 1) % n],
                        &after = ring[(i + 2) % n];
      cv::Point2d corner;
      if (!meet(before, a, b, after, corner)) continue;
      if ((corner - a).dot(a - before) < 0 || (corner - b).dot(b - after) < 0) continue;  // they meet behind
      const double added = std::abs((a - corner).cross(b - corner)) / 2;
      if (added < least) {
        least = added;
        best = i;
        best_corner = corner;
      }
    }
    if (best == n) return false;
    ring[best] = best_corner;
    ring.erase(ring.begin() + static_cast<std::ptrdiff_t>((best + 1) % n));
  }
  for (std::size_t i = 0; i < 4; ++i) quad[i] = from_cv(ring[i]);
  return is_convex(quad);
}

Quad canonical(const Quad& q) noexcept {
  Quad r = q;
  if (signed_area(r) < 0) std::swap(r[1], r[3]);
  const auto length = [&](std::size_t i) { return std::hypot(r[(i + 1) % 4].x - r[i].x, r[(i + 1) % 4].y - r[i].y); };
  const bool first_longer = length(0) + length(2) >= length(1) + length(3);
  const std::size_t one = first_longer ? 0 : 1, other = one + 2;
  // Of the two long sides the upper one leads (the left one, if both stand upright).
  const auto middle = [&](std::size_t i) {
    return Point{(r[i].x + r[(i + 1) % 4].x) / 2, (r[i].y + r[(i + 1) % 4].y) / 2};
  };
  const Point m1 = middle(one), m2 = middle(other);
  const double dx = std::abs(m1.x - m2.x), dy = std::abs(m1.y - m2.y);
  const bool one_leads = dy >= dx ? m1.y <= m2.y : m1.x >= m2.x;
  const std::size_t start = one_leads ? one : other;
  Quad result;
  for (std::size_t i = 0; i < 4; ++i) result[i] = r[(start + i) % 4];
  return result;
}

bool plausible(const Quad& q, const Size& image, double min_area) noexcept {
  if (!is_convex(q)) return false;
  const double whole = static_cast<double>(image.width) * image.height;
  const double area = std::abs(signed_area(q));
  if (area < min_area * whole || area > 2.2 * whole) return false;
  double longest = 0, shortest = 1e300;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point &a = q[(i + 3) % 4], &b = q[i], &c = q[(i + 1) % 4];
    const double ux = a.x - b.x, uy = a.y - b.y, vx = c.x - b.x, vy = c.y - b.y;
    const double lu = std::hypot(ux, uy), lv = std::hypot(vx, vy);
    longest = std::max(longest, lv);
    shortest = std::min(shortest, lv);
    const double cosine = (ux * vx + uy * vy) / (lu * lv + 1e-12);
    if (std::abs(cosine) > 0.77) return false;  // a corner below 40 or above 140 degrees
    if (b.x < -0.6 * image.width || b.x > 1.6 * image.width || b.y < -0.6 * image.height || b.y > 1.6 * image.height) {
      return false;
    }
  }
  // Opposite sides of a page differ by perspective, within reason.
  for (std::size_t i = 0; i < 2; ++i) {
    const double l1 = std::hypot(q[i + 1].x - q[i].x, q[i + 1].y - q[i].y);
    const double l2 = std::hypot(q[(i + 3) % 4].x - q[i + 2].x, q[(i + 3) % 4].y - q[i + 2].y);
    if (l1 > 2.1 * l2 || l2 > 2.1 * l1) return false;
  }
  if (longest > 3.2 * shortest) return false;
  const Quad frame = Quad::from_rect({0, 0, static_cast<double>(image.width), static_cast<double>(image.height)});
  return coverage(q, frame) > 0.45;
}

}  // namespace kualik::page
