// Proposals from regions: connected areas above or below many levels of lightness, of the two colour axes and of
// saturation, in the manner of a component tree sampled at a few levels (MSER, Matas 2002, without its stability test),
// kept if their hull is nearly full.
#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "page/mat.h"
#include "page/proposals.h"

namespace kualik::page {
namespace {

// Values that split the channel's pixels into equal parts, so that levels follow the image.
std::vector<int> levels_of(const cv::Mat& channel, int count) {
  std::vector<int> histogram(256, 0);
  for (int y = 0; y < channel.rows; ++y) {
    const std::uint8_t* row = channel.ptr(y);
    for (int x = 0; x < channel.cols; ++x) ++histogram[row[x]];
  }
  std::vector<int> levels;
  const auto total = static_cast<double>(channel.total());
  double seen = 0;
  int next = 1;
  for (int v = 0; v < 256; ++v) {
    seen += histogram[static_cast<std::size_t>(v)];
    if (seen >= total * next / (count + 1)) {
      levels.push_back(v);
      while (seen >= total * next / (count + 1)) ++next;
    }
  }
  return levels;
}

}  // namespace

void propose_regions(const WorkImage& work, Proposals& out) {
  constexpr double min_area = 0.012;
  cv::Mat small;
  const double reduce = std::min(1.0, 320.0 / std::max(work.bgr.cols, work.bgr.rows));
  cv::resize(work.bgr, small, {}, reduce, reduce, cv::INTER_AREA);
  cv::Mat lab, hsv;
  cv::cvtColor(small, lab, cv::COLOR_BGR2Lab);
  cv::cvtColor(small, hsv, cv::COLOR_BGR2HSV);
  std::vector<cv::Mat> channels, hsv_channels;
  cv::split(lab, channels);
  cv::split(hsv, hsv_channels);
  channels.push_back(hsv_channels[1]);
  const cv::Mat element = cv::getStructuringElement(cv::MORPH_RECT, {5, 5});
  const double whole = static_cast<double>(small.total());
  for (std::size_t c = 0; c < channels.size(); ++c) {
    for (const int level : levels_of(channels[c], c == 0 ? 9 : 5)) {
      for (const int polarity : {0, 1}) {
        cv::Mat binary = polarity == 0 ? cv::Mat(channels[c] > level) : cv::Mat(channels[c] <= level);
        // Closing first bridges print on the page, opening then parts it from what touches it by a narrow bridge
        // (fingers, cables).
        cv::morphologyEx(binary, binary, cv::MORPH_CLOSE, element);
        cv::morphologyEx(binary, binary, cv::MORPH_OPEN, element);
        std::vector<std::vector<cv::Point>> contours;
        cv::findContours(binary, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
        for (const auto& contour : contours) {
          const double area = cv::contourArea(contour);
          if (area < min_area * whole) continue;
          std::vector<cv::Point> hull;
          cv::convexHull(contour, hull);
          const double hull_area = cv::contourArea(hull);
          if (area < 0.72 * hull_area || hull_area > 0.97 * whole) continue;
          Quad quad;
          if (!quad_around(hull, quad)) continue;
          if (hull_area < 0.8 * std::abs(signed_area(quad))) continue;
          // Region pixels end half a pixel beyond their centres.
          quad = scaled(grown(quad, 1.0 + 1.0 / std::sqrt(area)), 1 / reduce);
          if (plausible(quad, work.size(), min_area)) out.push_back({quad, Proposal::region});
        }
      }
    }
  }
}

}  // namespace kualik::page
