#include "ocr/ink.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

namespace kualik::ocr {

cv::Mat light(const cv::Mat& image, Light which) {
  cv::Mat out;
  if (image.channels() == 1) {
    image.copyTo(out);
  } else if (which == Light::red) {
    cv::extractChannel(image, out, 2);
  } else {
    cv::cvtColor(image, out, image.channels() == 4 ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
  }
  return out;
}

cv::Mat ink_of(const cv::Mat& channel, int reach) {
  if (channel.empty()) return {};
  // The ground is smooth: a quarter of the size is enough for its median, at a sixteenth of the cost.
  const double scale = reach >= 24 ? 0.25 : 0.5;
  cv::Mat small;
  cv::resize(channel, small, {}, scale, scale, cv::INTER_AREA);
  int kernel = std::max(3, static_cast<int>(reach * scale)) | 1;
  kernel = std::min(kernel, (std::min(small.rows, small.cols) - 1) | 1);
  cv::Mat ground;
  if (kernel >= 3) {
    cv::Mat padded;
    cv::copyMakeBorder(small, padded, kernel, kernel, kernel, kernel, cv::BORDER_REFLECT_101);
    cv::medianBlur(padded, padded, kernel);
    ground = padded(cv::Rect(kernel, kernel, small.cols, small.rows)).clone();
  } else {
    ground = small;
  }
  cv::resize(ground, ground, channel.size(), 0, 0, cv::INTER_LINEAR);
  cv::Mat ink;
  cv::subtract(ground, channel, ink);  // Saturates: brighter than the ground is no ink.
  return ink;
}

cv::Mat sharpened(const cv::Mat& channel, double glyph) {
  // Measured on cards of the tuning seeds: between 0.06 and 0.2 of the glyph, and gains of 2 to 3.5, all read alike and
  // better than none.
  constexpr double reach = 0.08;
  constexpr double gain = 2;
  cv::Mat values, soft, out;
  channel.convertTo(values, CV_32F);
  cv::GaussianBlur(values, soft, {}, std::max(0.6, reach * glyph));
  cv::addWeighted(values, 1 + gain, soft, -gain, 0, values);
  values.convertTo(out, CV_8U);
  return out;
}

cv::Mat print_of(const cv::Mat& ink, const cv::Rect& where) {
  const cv::Rect inside = where & cv::Rect(0, 0, ink.cols, ink.rows);
  if (inside.empty()) return {};
  const cv::Mat part = ink(inside);
  std::array<int, 256> histogram{};
  for (int y = 0; y < part.rows; ++y)
    for (int x = 0; x < part.cols; ++x) ++histogram[part.at<unsigned char>(y, x)];
  const int total = part.rows * part.cols;
  const auto level = [&](double share) {
    int seen = 0;
    for (int v = 255; v >= 0; --v) {
      seen += histogram[static_cast<std::size_t>(v)];
      if (seen >= share * total) return v;
    }
    return 0;
  };
  const int dark = std::max(level(0.02), 16);  // A floor, so that noise on an empty field is not blown up to print.
  const int floor = std::min(level(0.60), dark / 3);
  cv::Mat out;
  part.convertTo(out, CV_8U, -255.0 / (dark - floor), 255.0 + 255.0 * floor / (dark - floor));
  return out;
}

}  // namespace kualik::ocr
