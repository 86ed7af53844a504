#include "video/scene.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace kualik::video {
namespace {

const cv::Size cells{24, 14};
/// Levels beyond its range at which a cell is new.
constexpr double brightness_levels = 12;
constexpr double structure_levels = 6;
/// Share of the cells that are new when something came into the picture.
constexpr double share = 0.04;
/// By which ranges narrow with each picture: to a half in seven seconds at five pictures a second.
constexpr double narrowing = 0.02;

// Means of the cells. By whole numbers first, which is many times as fast, leaving out what is over at the edge; the
// rest in cells that are no whole pixels.
void average(const cv::Mat& grey, cv::Mat& means) {
  const int factor = std::min(grey.cols / (4 * cells.width), grey.rows / (4 * cells.height));
  cv::Mat fewer = grey;
  if (factor >= 2) {
    const cv::Size size(grey.cols / factor, grey.rows / factor);
    cv::resize(grey({0, 0, size.width * factor, size.height * factor}), fewer, size, 0, 0, cv::INTER_AREA);
  }
  cv::resize(fewer, means, cells, 0, 0, cv::INTER_AREA);
}

cv::Mat describe(const cv::Mat& grey) {
  cv::Mat brightness, structure, blurred;
  average(grey, brightness);
  // Print is darker and brighter than its surroundings within a few pixels; a soft wall is not.
  cv::blur(grey, blurred, {5, 5});
  cv::absdiff(grey, blurred, blurred);
  average(blurred, structure);
  cv::Mat out;
  cv::merge(std::vector<cv::Mat>{brightness, structure}, out);
  out.convertTo(out, CV_32F);
  return out;
}

}  // namespace

bool Scene::is_new(const cv::Mat& grey) {
  const cv::Mat now = describe(grey);
  if (low_.empty()) {
    low_ = now.clone();
    high_ = now.clone();
    return true;
  }
  cv::Mat low, high;
  cv::erode(low_, low, cv::Mat());  // Of the cell and its neighbours: a shake moves what is between them.
  cv::dilate(high_, high, cv::Mat());
  int beyond = 0;
  for (int y = 0; y < now.rows; ++y) {
    for (int x = 0; x < now.cols; ++x) {
      const auto& v = now.at<cv::Vec2f>(y, x);
      const auto& l = low.at<cv::Vec2f>(y, x);
      const auto& h = high.at<cv::Vec2f>(y, x);
      const bool differs = v[0] < l[0] - brightness_levels || v[0] > h[0] + brightness_levels ||
                           v[1] < l[1] - structure_levels || v[1] > h[1] + structure_levels;
      beyond += differs ? 1 : 0;
    }
  }
  low_ += narrowing * (now - low_);
  high_ += narrowing * (now - high_);
  cv::min(low_, now, low_);
  cv::max(high_, now, high_);
  return beyond > share * static_cast<double>(now.total());
}

}  // namespace kualik::video
