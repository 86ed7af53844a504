// Pyramidal Lucas-Kanade (Bouguet 2000, as in OpenCV) with a check backwards in time (Kalal 2010), then a homography by
// RANSAC; a similarity where too few points are left for eight degrees of freedom.
#include "video/follow.h"

#include <algorithm>
#include <cmath>
#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include "kualik/page/geometry.h"
#include "page/mat.h"

namespace kualik::video {
namespace {
const cv::Size window(15, 15);
constexpr int levels = 3;
}  // namespace

std::vector<cv::Mat> pyramid(const cv::Mat& grey) {
  std::vector<cv::Mat> result;
  cv::buildOpticalFlowPyramid(grey, result, window, levels);
  return result;
}

Followed follow(const std::vector<cv::Mat>& before, const std::vector<cv::Mat>& now, const cv::Mat& grey_before,
                const Quad& quad) {
  Followed result;
  result.quad = quad;
  const Rect box = page::bounds(quad);
  const cv::Rect area = cv::Rect(static_cast<int>(box.x) - 2, static_cast<int>(box.y) - 2,
                                 static_cast<int>(box.width) + 4, static_cast<int>(box.height) + 4) &
                        cv::Rect(0, 0, grey_before.cols, grey_before.rows);
  if (area.width < 16 || area.height < 16) return result;
  cv::Mat inside = cv::Mat::zeros(area.size(), CV_8U);
  std::vector<cv::Point> outline;
  for (const Point& p : quad.corners) {
    outline.emplace_back(static_cast<int>(std::lround(p.x)) - area.x, static_cast<int>(std::lround(p.y)) - area.y);
  }
  cv::fillConvexPoly(inside, outline, 255);
  std::vector<cv::Point2f> points;
  cv::goodFeaturesToTrack(grey_before(area), points, 90, 0.01, 4, inside, 3);
  if (points.size() < 6) return result;
  for (cv::Point2f& p : points) p += cv::Point2f(static_cast<float>(area.x), static_cast<float>(area.y));

  std::vector<cv::Point2f> moved, back;
  std::vector<unsigned char> found, found_back;
  cv::calcOpticalFlowPyrLK(before, now, points, moved, found, cv::noArray(), window, levels);
  cv::calcOpticalFlowPyrLK(now, before, moved, back, found_back, cv::noArray(), window, levels);
  std::vector<cv::Point2f> from, to;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (found[i] == 0 || found_back[i] == 0 || cv::norm(back[i] - points[i]) > 0.8) continue;
    from.push_back(points[i]);
    to.push_back(moved[i]);
  }
  if (from.size() < 6 || static_cast<double>(from.size()) < 0.25 * static_cast<double>(points.size())) return result;

  cv::Mat used;
  cv::Mat map;
  if (from.size() >= 16) map = cv::findHomography(from, to, cv::RANSAC, 1.2, used, 300);
  int inliers = map.empty() ? 0 : cv::countNonZero(used);
  if (inliers < 14) {
    cv::Mat partial = cv::estimateAffinePartial2D(from, to, used, cv::RANSAC, 1.2, 300);
    if (partial.empty()) return result;
    inliers = cv::countNonZero(used);
    map = cv::Mat::eye(3, 3, CV_64F);
    partial.copyTo(map.rowRange(0, 2));
  }
  result.share = static_cast<double>(inliers) / static_cast<double>(points.size());
  if (inliers < 6 || result.share < 0.2) return result;
  page::Homography h;
  for (int i = 0; i < 9; ++i) h.m[static_cast<std::size_t>(i)] = map.at<double>(i / 3, i % 3);
  const Quad next = h.map(quad);
  const double area_before = std::abs(page::signed_area(quad)), area_now = std::abs(page::signed_area(next));
  // From one frame to the next a page neither folds nor doubles.
  if (!page::is_convex(next) || area_now < 0.6 * area_before || area_now > 1.6 * area_before) return result;
  result.quad = next;
  result.ok = true;
  return result;
}

cv::Mat appearance(const cv::Mat& grey, const Quad& quad) {
  const page::Homography map = page::Homography::between(Quad::from_rect({-0.5, -0.5, 40, 26}), quad);
  const cv::Mat matrix(3, 3, CV_64F, const_cast<double*>(map.m.data()));
  cv::Mat patch, result;
  const double scale = std::sqrt(std::abs(page::signed_area(quad)) / (40.0 * 26.0));
  cv::Mat smooth = grey;
  if (scale > 1.5) cv::boxFilter(grey, smooth, -1, {static_cast<int>(scale) | 1, static_cast<int>(scale) | 1});
  cv::warpPerspective(smooth, patch, matrix, {40, 26}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  patch.convertTo(result, CV_32F);
  result -= cv::mean(result)[0];
  const double norm = cv::norm(result);
  if (norm > 1e-3) result /= norm;
  return result;
}

double likeness(const cv::Mat& a, const cv::Mat& b) { return a.empty() || b.empty() ? 0 : a.dot(b); }

}  // namespace kualik::video
