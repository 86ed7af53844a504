#include "page/work_image.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "page/mat.h"

namespace kualik::page {
namespace {

// Derivatives of whichever of the channels L, a, b changes most: paper against a pale wall often differs in hue alone.
void colour_gradient(const cv::Mat& lab, WorkImage& work) {
  std::vector<cv::Mat> channels;
  cv::split(lab, channels);
  cv::Mat best;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    cv::Mat dx, dy, power;
    // Scharr's weights sum to 16; a and b span less than L, so they count double.
    const double unit = (i == 0 ? 1.0 : 2.0) / 32.0;
    cv::Scharr(channels[i], dx, CV_32F, 1, 0, unit);
    cv::Scharr(channels[i], dy, CV_32F, 0, 1, unit);
    cv::magnitude(dx, dy, power);
    if (i == 0) {
      work.dx = dx;
      work.dy = dy;
      best = power;
    } else {
      const cv::Mat stronger = power > best;
      dx.copyTo(work.dx, stronger);
      dy.copyTo(work.dy, stronger);
      power.copyTo(best, stronger);
    }
  }
  work.magnitude = best;
}

// Strokes: what a closing by a small element fills (dark print) or an opening removes (light print), where it is not
// part of a long edge.
cv::Mat stroke_density(const cv::Mat& grey) {
  const cv::Mat element = cv::getStructuringElement(cv::MORPH_RECT, {7, 7});
  cv::Mat dark;
  cv::morphologyEx(grey, dark, cv::MORPH_BLACKHAT, element);
  cv::Mat strokes;
  cv::threshold(dark, strokes, 18, 255, cv::THRESH_BINARY);
  cv::Mat density;
  strokes.convertTo(density, CV_32F, 1.0 / 255);
  const int span = std::max(9, grey.cols / 40) | 1;
  cv::boxFilter(density, density, CV_32F, {span, span});
  // Print covers about a fifth to a half of its line; solid dark areas and bare paper have nothing.
  cv::min(density * 3.0, 1.0, density);
  return density;
}

}  // namespace

WorkImage reduced_work_image(const ImageView& image, int longer_side) {
  WorkImage work;
  const cv::Mat source = as_bgr(image);
  const int longest = std::max(source.cols, source.rows);
  work.scale = longest > longer_side ? static_cast<double>(longer_side) / longest : 1.0;
  cv::Mat reduced = source;
  if (work.scale < 1) {
    const cv::Size size(std::max(1, static_cast<int>(std::lround(source.cols * work.scale))),
                        std::max(1, static_cast<int>(std::lround(source.rows * work.scale))));
    reduce_to(source, reduced, size);
  }
  cv::GaussianBlur(reduced, work.bgr, {3, 3}, 0);
  cv::cvtColor(reduced, work.grey, cv::COLOR_BGR2GRAY);
  return work;
}

void complete(WorkImage& work) {
  cv::cvtColor(work.bgr, work.lab, cv::COLOR_BGR2Lab);
  colour_gradient(work.lab, work);
  cv::Scalar mean, deviation;
  cv::meanStdDev(work.magnitude, mean, deviation);
  work.edge_level = std::clamp(mean[0] + 0.5 * deviation[0], 1.2, 6.0);
  work.text = stroke_density(work.grey);
}

}  // namespace kualik::page
