// Sub-pixel corners: along normals to each side the strongest change across it is located to a fraction of a pixel, a
// line is fitted by RANSAC (Fischler and Bolles 1981) and then least squares, and neighbouring lines are intersected.
// Points hidden by fingers fall out as outliers.
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "kualik/page/finder.h"
#include "page/mat.h"
#include "page/proposals.h"

namespace kualik::page {
namespace {

struct Line {
  cv::Point2d point;
  cv::Point2d direction;  // unit
  bool found{false};
};

struct EdgePoint {
  cv::Point2d at;
  double strength;
};

// Edge points near the side p-q of the quad, in the coordinates of `lab` (32FC3).
std::vector<EdgePoint> edge_points(const cv::Mat& lab, const cv::Point2d& p, const cv::Point2d& q, double reach) {
  const cv::Point2d along = (q - p) / (cv::norm(q - p) + 1e-9);
  const cv::Point2d normal(-along.y, along.x);
  const double length = cv::norm(q - p);
  const int samples = std::clamp(static_cast<int>(length / 4), 16, 64);
  const int steps = std::max(3, static_cast<int>(std::ceil(reach)));
  std::vector<EdgePoint> points;
  std::vector<cv::Vec3f> profile(static_cast<std::size_t>(2 * steps + 1));
  for (int i = 0; i < samples; ++i) {
    const cv::Point2d c = p + (q - p) * (0.06 + 0.88 * (i + 0.5) / samples);
    bool inside = true;
    for (int s = -steps; s <= steps && inside; ++s) {
      cv::Vec3f sum(0, 0, 0);
      // Three samples along the side steady the profile.
      for (const double t : {-1.0, 0.0, 1.0}) {
        const cv::Point2d at = c + normal * s + along * t;
        const int x = static_cast<int>(std::floor(at.x)), y = static_cast<int>(std::floor(at.y));
        if (x < 0 || y < 0 || x + 1 >= lab.cols || y + 1 >= lab.rows) {
          inside = false;
          break;
        }
        const float fx = static_cast<float>(at.x - x), fy = static_cast<float>(at.y - y);
        sum += (lab.at<cv::Vec3f>(y, x) * (1 - fx) + lab.at<cv::Vec3f>(y, x + 1) * fx) * (1 - fy) +
               (lab.at<cv::Vec3f>(y + 1, x) * (1 - fx) + lab.at<cv::Vec3f>(y + 1, x + 1) * fx) * fy;
      }
      const int place = s + steps;
      profile[static_cast<std::size_t>(place)] = sum / 3;
    }
    if (!inside) continue;
    std::vector<double> change(profile.size(), 0);
    for (std::size_t s = 1; s + 1 < profile.size(); ++s) {
      const cv::Vec3f d = profile[s + 1] - profile[s - 1];
      change[s] = std::sqrt(static_cast<double>(d[0] * d[0] + 2 * (d[1] * d[1] + d[2] * d[2])));
    }
    // Up to two peaks a profile: the strongest edge beside a page is often a shadow or a line printed on it.
    for (int peak = 0; peak < 2; ++peak) {
      std::size_t best = 0;
      for (std::size_t s = 1; s + 1 < change.size(); ++s) {
        const double nearness = 1 - 0.4 * std::abs(static_cast<double>(s) - steps) / steps;
        if (change[s] >= change[s - 1] && change[s] >= change[s + 1] &&
            (best == 0 ||
             change[s] * nearness > change[best] * (1 - 0.4 * std::abs(static_cast<double>(best) - steps) / steps))) {
          best = s;
        }
      }
      if (best == 0 || change[best] < 5) break;
      const double l = change[best - 1], m = change[best], r = change[best + 1];
      const double bend = l - 2 * m + r;
      const double shift = std::abs(bend) > 1e-9 ? std::clamp(0.5 * (l - r) / bend, -0.5, 0.5) : 0;
      points.push_back({c + normal * (static_cast<double>(best) - steps + shift), std::min(change[best], 40.0)});
      for (std::size_t s = best > 2 ? best - 2 : 0; s <= std::min(best + 2, change.size() - 1); ++s) change[s] = 0;
    }
  }
  return points;
}

Line fit(const std::vector<EdgePoint>& points, const cv::Point2d& p, const cv::Point2d& q, double reach) {
  Line line{p, (q - p) / (cv::norm(q - p) + 1e-9), false};
  if (points.size() < 8) return line;
  const cv::Point2d side = line.direction;
  double best = 0;
  cv::Point2d origin, direction;
  // Deterministic draws, so that the same image gives the same corners.
  cv::RNG rng(0x6b75616c);
  const double tolerance = 1.0;
  for (int trial = 0; trial < 60; ++trial) {
    const auto& a = points[static_cast<std::size_t>(rng.uniform(0, static_cast<int>(points.size())))].at;
    const auto& b = points[static_cast<std::size_t>(rng.uniform(0, static_cast<int>(points.size())))].at;
    const cv::Point2d u = b - a;
    const double length = cv::norm(u);
    if (length < 0.25 * cv::norm(q - p)) continue;
    const cv::Point2d d = u / length;
    if (std::abs(d.dot(side)) < 0.97) continue;
    double vote = 0;
    for (const EdgePoint& e : points) {
      const double off = std::abs((e.at - a).cross(d));
      if (off < tolerance) vote += (1 - off / tolerance) * (4 + e.strength);
    }
    // Prefer what stays near the side it started from.
    const double drift = std::abs(((p + q) / 2 - a).cross(d)) / reach;
    vote *= 1 - 0.25 * std::min(1.0, drift);
    if (vote > best) {
      best = vote;
      origin = a;
      direction = d;
    }
  }
  if (best <= 0) return line;
  std::vector<cv::Point2f> inliers;
  for (const EdgePoint& e : points) {
    if (std::abs((e.at - origin).cross(direction)) < tolerance) inliers.emplace_back(e.at);
  }
  // A third of the side seen is enough when a hand covers the rest.
  const double wanted = 0.3 * std::clamp(cv::norm(q - p) / 4, 16.0, 64.0);
  if (static_cast<double>(inliers.size()) < wanted) return line;
  cv::Vec4f result;
  cv::fitLine(inliers, result, cv::DIST_HUBER, 0, 0.01, 0.01);
  line.point = cv::Point2d(static_cast<double>(result[2]), static_cast<double>(result[3]));
  line.direction = cv::Point2d(static_cast<double>(result[0]), static_cast<double>(result[1]));
  line.found = true;
  return line;
}

}  // namespace

Quad refine_quad(const ImageView& image, const Quad& quad, double reach) {
  if (image.empty() || !in_reach(quad) || !is_convex(quad)) return quad;
  const double size = std::sqrt(std::abs(signed_area(quad)));
  if (reach <= 0) reach = 0.02 * size;
  // Work where the whole search is about a dozen pixels: coarse first if the reach is large.
  Quad current = quad;
  for (int round = 0; round < 2; ++round) {
    const double span = round == 0 ? reach : std::max(2.0, reach / 3);
    const double reduce = std::max(1.0, span / 8);
    const Rect box = bounds(current);
    const double margin = span * 2 + 6 * reduce;
    const int x0 = static_cast<int>(std::clamp(std::floor(box.x - margin), 0.0, image.width - 1.0));
    const int y0 = static_cast<int>(std::clamp(std::floor(box.y - margin), 0.0, image.height - 1.0));
    const int x1 =
        static_cast<int>(std::clamp(std::ceil(box.x + box.width + margin), x0 + 1.0, static_cast<double>(image.width)));
    const int y1 = static_cast<int>(
        std::clamp(std::ceil(box.y + box.height + margin), y0 + 1.0, static_cast<double>(image.height)));
    ImageView part = image;
    part.data += static_cast<std::size_t>(y0) * image.row_stride +
                 static_cast<std::size_t>(x0) * static_cast<std::size_t>(image.channels);
    part.width = x1 - x0;
    part.height = y1 - y0;
    if (std::min(part.width, part.height) < reduce) return current;
    cv::Mat bgr = as_bgr(part), lab;
    cv::Mat small = bgr;
    if (reduce > 1) cv::resize(bgr, small, {}, 1 / reduce, 1 / reduce, cv::INTER_AREA);
    if (small.cols < 8 || small.rows < 8) return current;
    cv::Mat soft;  // Not in place: what is not reduced is the caller's own picture.
    cv::GaussianBlur(small, soft, {3, 3}, 0);
    cv::cvtColor(soft, lab, cv::COLOR_BGR2Lab);
    lab.convertTo(lab, CV_32F);

    std::array<cv::Point2d, 4> corners;
    for (std::size_t i = 0; i < 4; ++i) {
      corners[i] = {(current[i].x - x0 + 0.5) / reduce - 0.5, (current[i].y - y0 + 0.5) / reduce - 0.5};
    }
    std::array<Line, 4> lines;
    for (std::size_t i = 0; i < 4; ++i) {
      const cv::Point2d &p = corners[i], &q = corners[(i + 1) % 4];
      lines[i] = fit(edge_points(lab, p, q, span / reduce), p, q, span / reduce);
    }
    Quad next = current;
    for (std::size_t i = 0; i < 4; ++i) {
      const Line &before = lines[(i + 3) % 4], &line = lines[i];
      cv::Point2d at;
      if (!meet(before.point, before.point + before.direction, line.point, line.point + line.direction, at, 0.2))
        continue;
      next[i] = {(at.x + 0.5) * reduce - 0.5 + x0, (at.y + 0.5) * reduce - 0.5 + y0};
    }
    // A fit that turns the quad into something else is a fit to something else.
    if (!is_convex(next) || iou(next, current) < (round == 0 ? 0.75 : 0.85)) return current;
    current = next;
  }
  return current;
}

}  // namespace kualik::page
