// Proposals from the segmentation net's mask: each part above a level, its hull brought to four corners. A part that
// the image's edge cuts is also completed: from the sides that are seen and a card's proportions.
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "page/mat.h"
#include "page/proposals.h"

namespace kualik::page {
namespace {

constexpr double min_area = 0.012;

// Which side of the image a stretch of the outline lies on; 0 for none.
int border_of(const cv::Point& a, const cv::Point& b, const cv::Size& size) {
  constexpr int near = 3;
  if (a.x <= near && b.x <= near) return 1;
  if (a.y <= near && b.y <= near) return 2;
  if (a.x >= size.width - 1 - near && b.x >= size.width - 1 - near) return 3;
  if (a.y >= size.height - 1 - near && b.y >= size.height - 1 - near) return 4;
  return 0;
}

struct Stretch {
  cv::Point a, b;
  double length() const { return cv::norm(b - a); }
};

bool meet(const Stretch& l, const Stretch& m, Point& p) {
  cv::Point2d at;
  if (!page::meet(l.a, l.b, m.a, m.b, at, 0.15)) return false;
  p = from_cv(at);
  return true;
}

// Along the line of `s`, away from `from`, by `length`.
Point along(const Stretch& s, const Point& from, double length) {
  const auto distance = [&](const cv::Point& p) { return std::hypot(p.x - from.x, p.y - from.y); };
  const cv::Point& far = distance(s.a) > distance(s.b) ? s.a : s.b;
  const double l = distance(far) + 1e-9;
  return {from.x + (far.x - from.x) / l * length, from.y + (far.y - from.y) / l * length};
}

// What the image's edge hides: three sides (two whole corners) and ID-1's proportions give the fourth.
void finish_cut(const std::vector<cv::Point>& hull, const cv::Size& size, Proposals& out) {
  std::vector<cv::Point> ring;
  cv::approxPolyDP(hull, ring, 0.012 * cv::arcLength(hull, true), true);
  const std::size_t n = ring.size();
  if (n < 4 || n > 10) return;
  std::vector<Stretch> seen;
  bool cut = false;
  double outline = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Stretch s{ring[i], ring[(i + 1) % n]};
    outline += s.length();
    if (border_of(s.a, s.b, size) != 0) {
      cut = true;
    } else {
      seen.push_back(s);
    }
  }
  if (!cut) return;
  // Rounded or covered corners leave short stretches between the sides.
  std::erase_if(seen, [&](const Stretch& s) { return s.length() < 0.06 * outline; });
  if (seen.size() < 3 || seen.size() > 4) return;
  const Size image{size.width, size.height};
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const Stretch &before = seen[i], &middle = seen[(i + 1) % seen.size()], &after = seen[(i + 2) % seen.size()];
    Point p, q;
    if (!meet(before, middle, p) || !meet(middle, after, q)) continue;
    const double width = std::hypot(q.x - p.x, q.y - p.y);
    for (const double ratio : {1.586, 1 / 1.586}) {
      const Quad quad{{{p, q, along(after, q, width * ratio), along(before, p, width * ratio)}}};
      const auto outside = [&](const Point& r) {
        return r.x < 2 || r.y < 2 || r.x > size.width - 3 || r.y > size.height - 3;
      };
      if (!outside(quad[2]) && !outside(quad[3])) continue;
      if (plausible(quad, image, min_area)) out.push_back({quad, Proposal::net});
    }
  }
}

}  // namespace

void propose_from_mask(const WorkImage& work, Proposals& out) {
  if (work.mask.empty()) return;
  for (const double level : {0.3, 0.5, 0.75}) {
    cv::Mat binary = work.mask > level;
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(binary, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    for (const auto& contour : contours) {
      if (cv::contourArea(contour) < min_area * static_cast<double>(binary.total())) continue;
      std::vector<cv::Point> hull;
      cv::convexHull(contour, hull, true);
      Quad quad;
      if (quad_around(contour, quad) && plausible(quad, work.size(), min_area)) out.push_back({quad, Proposal::net});
      cv::Point2f corners[4];
      cv::minAreaRect(contour).points(corners);
      for (std::size_t i = 0; i < 4; ++i) quad[i] = from_cv(corners[i]);
      if (plausible(quad, work.size(), min_area)) out.push_back({quad, Proposal::net});
      finish_cut(hull, binary.size(), out);
    }
  }
}

}  // namespace kualik::page
