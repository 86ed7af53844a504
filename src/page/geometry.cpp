// Homographies from four points (direct linear solution), overlaps of convex quads, corner orders, and the aspect ratio
// of a rectangle seen in perspective (Z. Zhang, L. He: Whiteboard scanning and image enhancement, 2007, section 3).
#include "kualik/page/geometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

namespace kualik::page {
namespace {

// From the unit square to the quad (Heckbert 1989); both directions compose to any pair of quads.
std::array<double, 9> from_unit_square(const Quad& q) noexcept {
  const auto& [a, b, c, d] = q.corners;
  const double sx = a.x - b.x + c.x - d.x;
  const double sy = a.y - b.y + c.y - d.y;
  const double dx1 = b.x - c.x, dx2 = d.x - c.x, dy1 = b.y - c.y, dy2 = d.y - c.y;
  const double det = dx1 * dy2 - dx2 * dy1;
  if (std::abs(det) < 1e-12) return {1, 0, 0, 0, 1, 0, 0, 0, 1};
  const double g = (sx * dy2 - dx2 * sy) / det;
  const double h = (dx1 * sy - sx * dy1) / det;
  return {b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x, b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y, g, h, 1};
}

std::array<double, 9> adjugate(const std::array<double, 9>& m) noexcept {
  return {m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
          m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
          m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
}

double distance(const Point& a, const Point& b) noexcept { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace

Homography Homography::between(const Quad& from, const Quad& to) noexcept {
  if (std::abs(signed_area(from)) < 1e-9 || std::abs(signed_area(to)) < 1e-9) return {};
  Homography forth;
  forth.m = from_unit_square(to);
  Homography back;
  back.m = from_unit_square(from);
  return forth.after(back.inverse());
}

Point Homography::map(const Point& p) const noexcept {
  const double w = m[6] * p.x + m[7] * p.y + m[8];
  // Nought but for rounding, whatever the matrix as a whole was multiplied by.
  const double size = std::abs(m[6] * p.x) + std::abs(m[7] * p.y) + std::abs(m[8]);
  const double scale = std::abs(w) <= 1e-14 * size ? 1e12 : 1.0 / w;
  return {(m[0] * p.x + m[1] * p.y + m[2]) * scale, (m[3] * p.x + m[4] * p.y + m[5]) * scale};
}

Quad Homography::map(const Quad& q) const noexcept { return Quad{{map(q[0]), map(q[1]), map(q[2]), map(q[3])}}; }

Homography Homography::inverse() const noexcept {
  Homography result;
  result.m = adjugate(m);
  const double det = m[0] * result.m[0] + m[1] * result.m[3] + m[2] * result.m[6];
  if (std::abs(det) < 1e-300) return {};
  for (double& v : result.m) v /= det;
  return result;
}

Homography Homography::after(const Homography& other) const noexcept {
  Homography result;
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) {
      result.m[3 * r + c] = m[3 * r] * other.m[c] + m[3 * r + 1] * other.m[3 + c] + m[3 * r + 2] * other.m[6 + c];
    }
  }
  if (std::abs(result.m[8]) > 1e-12) {
    const double scale = 1.0 / result.m[8];
    for (double& v : result.m) v *= scale;
  }
  return result;
}

double signed_area(const Quad& q) noexcept {
  double twice = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point& a = q[i];
    const Point& b = q[(i + 1) % 4];
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

bool in_reach(const Quad& q) noexcept {
  constexpr double reach = 1e6;
  for (const Point& p : q.corners)
    if (!(std::abs(p.x) <= reach && std::abs(p.y) <= reach)) return false;
  return true;
}

bool is_convex(const Quad& q) noexcept {
  int positive = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point& a = q[i];
    const Point& b = q[(i + 1) % 4];
    const Point& c = q[(i + 2) % 4];
    const double cross = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
    if (!(std::abs(cross) >= 1e-9) || std::isinf(cross)) return false;
    positive += cross > 0 ? 1 : 0;
  }
  return positive == 0 || positive == 4;
}

namespace {
// The polygon's part on the inner side of each of `b`'s sides in turn (Sutherland and Hodgman 1974), on the stack: a
// quad has at most four corners more when it is cut four times. OpenCV's intersectConvexConvex is wrong for every
// fourth pair of quads whose sides lie over each other but for rounding, as those of outlines at a picture's edge do,
// by up to five times their area.
double intersection_area(const Quad& a, const Quad& b) noexcept {
  if (!is_convex(a) || !is_convex(b)) return 0;
  const Rect ra = bounds(a), rb = bounds(b);
  if (ra.x > rb.x + rb.width || rb.x > ra.x + ra.width || ra.y > rb.y + rb.height || rb.y > ra.y + ra.height) return 0;
  std::array<Point, 16> part{}, cut{};
  std::copy(a.corners.begin(), a.corners.end(), part.begin());
  std::size_t n = 4;
  const double winding = signed_area(b) < 0 ? -1 : 1;
  for (std::size_t side = 0; side < 4; ++side) {
    const Point &from = b[side], &to = b[(side + 1) % 4];
    const auto inside = [&](const Point& p) {
      return winding * ((to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x));
    };
    std::size_t m = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const Point &p = part[i], &q = part[(i + 1) % n];
      const double at_p = inside(p), at_q = inside(q);
      if (at_p >= 0) cut[m++] = p;
      if ((at_p > 0 && at_q < 0) || (at_p < 0 && at_q > 0)) {
        const double t = at_p / (at_p - at_q);
        cut[m++] = {p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)};
      }
      if (m + 2 > cut.size()) break;  // never of convex quads; rounding must not write beyond the end
    }
    std::swap(part, cut);
    n = m;
    if (n < 3) return 0;
  }
  double twice = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Point &p = part[i], &q = part[(i + 1) % n];
    twice += (p.x - a[0].x) * (q.y - a[0].y) - (q.x - a[0].x) * (p.y - a[0].y);
  }
  return std::abs(twice) / 2;
}
}  // namespace

double iou(const Quad& a, const Quad& b) noexcept {
  const double both = intersection_area(a, b);
  const double either = std::abs(signed_area(a)) + std::abs(signed_area(b)) - both;
  return either > 0 ? std::clamp(both / either, 0.0, 1.0) : 0;
}

double coverage(const Quad& a, const Quad& b) noexcept {
  const double area = std::abs(signed_area(a));
  return area > 0 ? std::clamp(intersection_area(a, b) / area, 0.0, 1.0) : 0;
}

Point centre(const Quad& q) noexcept {
  Point sum;
  for (const Point& p : q.corners) {
    sum.x += p.x / 4;
    sum.y += p.y / 4;
  }
  return sum;
}

Rect bounds(const Quad& q) noexcept {
  Point low = q[0], high = q[0];
  for (const Point& p : q.corners) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

Quad scaled(const Quad& q, double factor) noexcept {
  Quad result = q;
  for (Point& p : result.corners) p = {p.x * factor, p.y * factor};
  return result;
}

Quad grown(const Quad& q, double factor) noexcept {
  const Point c = centre(q);
  Quad result = q;
  for (Point& p : result.corners) p = {c.x + (p.x - c.x) * factor, c.y + (p.y - c.y) * factor};
  return result;
}

Quad reordered(const Quad& q, int turns, bool mirrored) noexcept {
  Quad result;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t start = static_cast<std::size_t>(((turns % 4) + 4) % 4);
    // A mirrored document's own top side runs against the image's clockwise order: its top left is the next corner.
    const std::size_t source = mirrored ? (start + 1 + 4 - i) % 4 : (start + i) % 4;
    result[i] = q[source];
  }
  return result;
}

int rotation_of(const Quad& q) noexcept {
  // Mean direction of the top and the bottom side, so that perspective matters less.
  const double dx = (q[1].x - q[0].x) + (q[2].x - q[3].x);
  const double dy = (q[1].y - q[0].y) + (q[2].y - q[3].y);
  // Of a mirrored document the top side runs right to left while it stands upright; its left side says which way is up.
  if (signed_area(q) < 0) {
    const double lx = (q[3].x - q[0].x) + (q[2].x - q[1].x);
    const double ly = (q[3].y - q[0].y) + (q[2].y - q[1].y);
    const double angle = std::atan2(ly, lx) - std::numbers::pi / 2;
    return ((static_cast<int>(std::lround(angle / (std::numbers::pi / 2))) % 4 + 4) % 4) * 90;
  }
  const double angle = std::atan2(dy, dx);
  return ((static_cast<int>(std::lround(angle / (std::numbers::pi / 2))) % 4 + 4) % 4) * 90;
}

double aspect_ratio(const Quad& q, const Size& image) noexcept {
  if (!in_reach(q)) return 0;
  const double width = (distance(q[0], q[1]) + distance(q[3], q[2])) / 2;
  const double height = (distance(q[0], q[3]) + distance(q[1], q[2])) / 2;
  const double simple = height > 0 ? width / height : 0;
  const double u0 = image.width / 2.0, v0 = image.height / 2.0;
  using Vec = std::array<double, 3>;
  const auto vec = [&](std::size_t i) { return Vec{q[i].x - u0, q[i].y - v0, 1}; };
  const auto cross = [](const Vec& a, const Vec& b) {
    return Vec{a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
  };
  const auto dot = [](const Vec& a, const Vec& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; };
  const Vec m1 = vec(0), m2 = vec(1), m3 = vec(3), m4 = vec(2);
  const double d2 = dot(cross(m2, m4), m3), d3 = dot(cross(m3, m4), m2);
  if (std::abs(d2) < 1e-9 || std::abs(d3) < 1e-9) return simple;
  const double k2 = dot(cross(m1, m4), m3) / d2;
  const double k3 = dot(cross(m1, m4), m2) / d3;
  const Vec n2{k2 * m2[0] - m1[0], k2 * m2[1] - m1[1], k2 - 1};
  const Vec n3{k3 * m3[0] - m1[0], k3 * m3[1] - m1[1], k3 - 1};
  const double span = std::max(image.width, image.height);
  double focal2 = (0.9 * span) * (0.9 * span);
  // Solving for the focal length is stable only for clear perspective in both directions.
  if (std::abs(n2[2]) > 0.05 && std::abs(n3[2]) > 0.05) {
    const double found = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2]);
    if (found > 0.25 * span * span && found < 9 * span * span) focal2 = found;
  }
  const double w2 = (n2[0] * n2[0] + n2[1] * n2[1]) / focal2 + n2[2] * n2[2];
  const double h2 = (n3[0] * n3[0] + n3[1] * n3[1]) / focal2 + n3[2] * n3[2];
  return h2 > 1e-12 ? std::sqrt(w2 / h2) : simple;
}

}  // namespace kualik::page
