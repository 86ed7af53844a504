// Proposals from straight edges: segments by the line segment detector (Grompone von Gioi 2010, OpenCV's), pieces of
// one edge joined; two facing edges and two crossing them make a quad. Quads are pre-ranked only by how much of each
// side was seen and how little the edges run on beyond the corners; the finder's learned score, which also weighs
// print, proportions and the net's mask, decides. A document cut by the image's edge is completed from three sides and
// the proportions of a card.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "page/mat.h"
#include "page/proposals.h"

namespace kualik::page {
namespace {

struct Axis {
  Point origin;
  Point direction;
};

double angle_between(const EdgeLine& a, const EdgeLine& b) {
  const double ax = a.b.x - a.a.x, ay = a.b.y - a.a.y, bx = b.b.x - b.a.x, by = b.b.y - b.a.y;
  const double cosine = std::abs(ax * bx + ay * by) / (std::hypot(ax, ay) * std::hypot(bx, by) + 1e-12);
  return std::acos(std::min(1.0, cosine));
}

bool meet(const EdgeLine& l, const EdgeLine& m, Point& p) {
  cv::Point2d at;
  if (!page::meet(to_cv(l.a), to_cv(l.b), to_cv(m.a), to_cv(m.b), at)) return false;
  p = from_cv(at);
  return true;
}

double off_line(const EdgeLine& line, const Point& p) {
  const double dx = line.b.x - line.a.x, dy = line.b.y - line.a.y;
  return std::abs((p.x - line.a.x) * dy - (p.y - line.a.y) * dx) / (std::hypot(dx, dy) + 1e-12);
}

// How much of the side from p to q the edge covers, and how far the edge runs on beyond it, both as shares of the side.
void cover(const EdgeLine& line, const Point& p, const Point& q, double& covered, double& beyond) {
  const double dx = q.x - p.x, dy = q.y - p.y;
  const double length = std::hypot(dx, dy) + 1e-9;
  const auto along = [&](const Point& r) { return ((r.x - p.x) * dx + (r.y - p.y) * dy) / length; };
  double t0 = along(line.a), t1 = along(line.b);
  if (t0 > t1) std::swap(t0, t1);
  const double inside = std::max(0.0, std::min(t1, length) - std::max(t0, 0.0));
  // The joined edge may have holes: count what was seen of it.
  const double density = std::min(1.0, line.length / std::max(1.0, t1 - t0));
  covered = inside * density / length;
  beyond = (std::max(0.0, -t0) + std::max(0.0, t1 - length)) / length;
}

// Every corner of one has a corner of the other near it.
bool same_corners(const Quad& a, const Quad& b, double near) {
  for (const Point& p : a.corners) {
    bool found = false;
    for (const Point& q : b.corners) found = found || std::abs(p.x - q.x) + std::abs(p.y - q.y) < near;
    if (!found) return false;
  }
  return true;
}

struct Ranked {
  Quad quad;
  double rank;
};

}  // namespace

std::vector<EdgeLine> edge_lines(const WorkImage& work, std::size_t limit, bool with_hue) {
  static thread_local cv::Ptr<cv::LineSegmentDetector> detector =
      cv::createLineSegmentDetector(cv::LSD_REFINE_NONE, 0.8);
  std::vector<cv::Mat> lab;
  cv::split(work.lab, lab);
  std::vector<EdgeLine> pieces;
  const double shortest = std::max(work.bgr.cols, work.bgr.rows) / 32.0;
  // Hue edges are found on the mean of a and b, stretched, when the page and its ground are equally light.
  cv::Mat hue;
  cv::addWeighted(lab[1], 1.5, lab[2], 1.5, -256, hue);
  for (const cv::Mat& plane : {lab[0], hue}) {
    if (!with_hue && plane.data == hue.data) continue;
    std::vector<cv::Vec4f> segments;
    detector->detect(plane, segments);
    for (const cv::Vec4f& s : segments) {
      EdgeLine line{{s[0], s[1]}, {s[2], s[3]}, std::hypot(s[2] - s[0], s[3] - s[1]), 0};
      if (line.length < shortest) continue;
      double strength = 0;
      constexpr int samples = 7;
      for (int i = 0; i < samples; ++i) {
        const double t = (i + 0.5) / samples;
        const int x =
            std::clamp(static_cast<int>(std::lround(line.a.x + t * (line.b.x - line.a.x))), 0, work.bgr.cols - 1);
        const int y =
            std::clamp(static_cast<int>(std::lround(line.a.y + t * (line.b.y - line.a.y))), 0, work.bgr.rows - 1);
        strength += static_cast<double>(work.magnitude.at<float>(y, x)) / samples;
      }
      line.weight = line.length * std::min(strength, 4 * work.edge_level);
      pieces.push_back(line);
    }
  }
  std::sort(pieces.begin(), pieces.end(), [](const EdgeLine& a, const EdgeLine& b) { return a.length > b.length; });
  if (pieces.size() > 220) pieces.resize(220);

  // Join pieces of one straight edge: the longest takes in what lies on its extension.
  std::vector<EdgeLine> joined;
  std::vector<bool> used(pieces.size(), false);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (used[i]) continue;
    EdgeLine line = pieces[i];
    used[i] = true;
    for (std::size_t j = i + 1; j < pieces.size(); ++j) {
      if (used[j] || angle_between(line, pieces[j]) > 0.06) continue;
      if (off_line(line, pieces[j].a) > 2.0 || off_line(line, pieces[j].b) > 2.0) continue;
      const double dx = line.b.x - line.a.x, dy = line.b.y - line.a.y, span = std::hypot(dx, dy);
      const auto along = [&](const Point& r) { return ((r.x - line.a.x) * dx + (r.y - line.a.y) * dy) / span; };
      double t0 = along(pieces[j].a), t1 = along(pieces[j].b);
      if (t0 > t1) std::swap(t0, t1);
      const double gap = std::max(t0 - span, -t1);
      if (gap > 0.9 * (span + pieces[j].length)) continue;
      used[j] = true;
      const double fresh = std::max(0.0, -t0) + std::max(0.0, t1 - span);
      line.length += std::min(fresh, pieces[j].length);
      line.weight += pieces[j].weight * std::min(1.0, fresh / pieces[j].length);
      const double low = std::min(0.0, t0), high = std::max(span, t1);
      const Point origin = line.a;
      line.a = {origin.x + dx / span * low, origin.y + dy / span * low};
      line.b = {origin.x + dx / span * high, origin.y + dy / span * high};
    }
    joined.push_back(line);
  }
  std::sort(joined.begin(), joined.end(), [](const EdgeLine& a, const EdgeLine& b) { return a.weight > b.weight; });
  if (joined.size() > limit) joined.resize(limit);
  return joined;
}

void propose_lines(const WorkImage& work, const std::vector<EdgeLine>& lines, Proposals& out) {
  const Size size = work.size();
  const double span = std::max(size.width, size.height);
  struct Pair {
    std::size_t i, j;
  };
  // Asked for thousands of times below.
  const std::size_t n = lines.size();
  std::vector<double> angles(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) angles[i * n + j] = angles[j * n + i] = angle_between(lines[i], lines[j]);
  }
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t j = i + 1; j < lines.size(); ++j) {
      if (angles[i * n + j] > 0.5) continue;
      const Point mid{(lines[j].a.x + lines[j].b.x) / 2, (lines[j].a.y + lines[j].b.y) / 2};
      const Point mid2{(lines[i].a.x + lines[i].b.x) / 2, (lines[i].a.y + lines[i].b.y) / 2};
      const double gap = std::min(off_line(lines[i], mid), off_line(lines[j], mid2));
      if (gap < 0.07 * span) continue;
      pairs.push_back({i, j});
    }
  }
  std::vector<Ranked> ranked;
  const auto corners_of = [&](const EdgeLine& a, const EdgeLine& b, const EdgeLine& c, const EdgeLine& d, Quad& q) {
    // a faces b, c faces d; corners in order a-c, a-d, b-d, b-c.
    return meet(a, c, q[0]) && meet(a, d, q[1]) && meet(b, d, q[2]) && meet(b, c, q[3]);
  };
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const EdgeLine &a = lines[pairs[p].i], &b = lines[pairs[p].j];
    for (std::size_t r = p + 1; r < pairs.size(); ++r) {
      const EdgeLine &c = lines[pairs[r].i], &d = lines[pairs[r].j];
      if (angles[pairs[p].i * n + pairs[r].i] < 0.75 || angles[pairs[p].j * n + pairs[r].j] < 0.75) continue;
      Quad quad;
      if (!corners_of(a, b, c, d, quad) || !is_convex(quad)) continue;
      std::array<double, 4> covered{}, beyond{};
      cover(a, quad[0], quad[1], covered[0], beyond[0]);
      cover(d, quad[1], quad[2], covered[1], beyond[1]);
      cover(b, quad[3], quad[2], covered[2], beyond[2]);
      cover(c, quad[0], quad[3], covered[3], beyond[3]);
      double rank = 0;
      double least = 1;
      for (std::size_t s = 0; s < 4; ++s) {
        rank += covered[s] - 0.5 * std::min(1.0, beyond[s]);
        least = std::min(least, covered[s]);
      }
      if (least < 0.08 || rank < 0.8 || !plausible(quad, size, 0.012)) continue;
      ranked.push_back({quad, rank + least});
    }
  }
  // Three sides and a card's proportions, for cards that leave the image: the fourth side is put where ID-1 has it.
  for (const Pair& pair : pairs) {
    const EdgeLine &a = lines[pair.i], &b = lines[pair.j];
    for (const EdgeLine& c : lines) {
      if (angle_between(a, c) < 1.1 || angle_between(b, c) < 1.1) continue;
      Point p, q;
      if (!meet(a, c, p) || !meet(b, c, q)) continue;
      double covered = 0, beyond = 0;
      cover(c, p, q, covered, beyond);
      if (covered < 0.45 || beyond > 0.15) continue;
      const double width = std::hypot(q.x - p.x, q.y - p.y);
      for (const double ratio : {1.586, 1 / 1.586}) {
        const auto away = [&](const EdgeLine& line, const Point& from) {
          const bool to_b =
              std::hypot(line.b.x - from.x, line.b.y - from.y) > std::hypot(line.a.x - from.x, line.a.y - from.y);
          const Point& far = to_b ? line.b : line.a;
          const double l = std::hypot(far.x - from.x, far.y - from.y) + 1e-9;
          return Point{from.x + (far.x - from.x) / l * width * ratio, from.y + (far.y - from.y) / l * width * ratio};
        };
        const Quad quad{{{p, q, away(b, q), away(a, p)}}};
        const auto outside = [&](const Point& r) {
          return r.x < 2 || r.y < 2 || r.x > size.width - 3 || r.y > size.height - 3;
        };
        if (!outside(quad[2]) && !outside(quad[3])) continue;
        if (!plausible(quad, size, 0.012)) continue;
        std::array<double, 2> sides{}, over{};
        cover(a, quad[0], quad[3], sides[0], over[0]);
        cover(b, quad[1], quad[2], sides[1], over[1]);
        if (std::min(sides[0], sides[1]) < 0.3) continue;
        ranked.push_back({quad, covered - 0.5 * beyond + sides[0] + sides[1] + 0.2});
      }
    }
  }
  std::sort(ranked.begin(), ranked.end(), [](const Ranked& x, const Ranked& y) { return x.rank > y.rank; });
  Proposals kept;
  for (const Ranked& r : ranked) {
    if (kept.size() >= 40) break;
    bool seen = false;
    const double near = 0.02 * std::sqrt(std::abs(signed_area(r.quad)));
    for (const Proposed& k : kept) seen = seen || same_corners(k.quad, r.quad, near);
    if (!seen) kept.push_back({r.quad, Proposal::lines});
  }
  out.insert(out.end(), kept.begin(), kept.end());
}

}  // namespace kualik::page
