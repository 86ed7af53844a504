// Proposals from closed contours: hulls of what several edge detectors outline (Canny 1986 at three sensitivities, on
// the strongest of the colour channels; local thresholds), each simplified to four corners.
#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "page/mat.h"
#include "page/proposals.h"

namespace kualik::page {
namespace {

void from_binary(const cv::Mat& edges, const WorkImage& work, double min_area, Proposal by, Proposals& out) {
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(edges, contours, cv::RETR_LIST, cv::CHAIN_APPROX_SIMPLE);
  const double whole = static_cast<double>(edges.total());
  int taken = 0;
  std::sort(contours.begin(), contours.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  for (const auto& contour : contours) {
    const cv::Rect box = cv::boundingRect(contour);
    if (static_cast<double>(box.area()) < min_area * whole) continue;
    Quad quad;
    if (!quad_around(contour, quad)) continue;
    if (plausible(quad, work.size(), min_area)) {
      out.push_back({quad, by});
      if (++taken >= 14) break;
    }
    // A hand holding the page makes one outline with it; the outline's own area tells, and the tilted box is often
    // nearer.
    const cv::RotatedRect tilted = cv::minAreaRect(contour);
    cv::Point2f corners[4];
    tilted.points(corners);
    Quad rect;
    for (std::size_t i = 0; i < 4; ++i) rect[i] = from_cv(corners[i]);
    if (plausible(rect, work.size(), min_area) && iou(rect, quad) < 0.9) out.push_back({rect, by});
  }
}

}  // namespace

void propose_contours(const WorkImage& work, Proposals& out) {
  constexpr double min_area = 0.012;
  cv::Mat dx16, dy16;
  work.dx.convertTo(dx16, CV_16S, 16);
  work.dy.convertTo(dy16, CV_16S, 16);
  const cv::Mat element = cv::getStructuringElement(cv::MORPH_RECT, {3, 3});
  for (const double level : {0.8, 1.6, 3.2}) {
    cv::Mat edges;
    const double high = work.edge_level * level * 16;
    cv::Canny(dx16, dy16, edges, high * 0.45, high, true);
    cv::morphologyEx(edges, edges, cv::MORPH_CLOSE, element);
    from_binary(edges, work, min_area, Proposal::contour, out);
  }
  const int block = (std::max(work.bgr.cols, work.bgr.rows) / 6) | 1;
  for (const double offset : {-6.0, 4.0}) {
    cv::Mat binary;
    cv::adaptiveThreshold(work.grey, binary, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY, block, offset);
    cv::morphologyEx(binary, binary, cv::MORPH_OPEN, element);
    from_binary(binary, work, min_area, Proposal::contour, out);
  }
}

}  // namespace kualik::page
