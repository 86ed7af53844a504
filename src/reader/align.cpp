#include "reader/align.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include "kualik/page/geometry.h"
#include "kualik/page/rectify.h"
#include "page/mat.h"

namespace kualik::reader {
namespace {

/// What is looked over around the expected place, as a multiple of the quad, and how small the first looks are.
constexpr double around = 1.3;
constexpr int coarse_width = 128;
/// Two frames of one thing, moved and blurred differently, look so much alike.
constexpr double same_print = 0.70;

cv::Mat coarse(const cv::Mat& picture) {
  const double factor = static_cast<double>(coarse_width) / picture.cols;
  cv::Mat out;
  cv::resize(picture, out, {}, factor, factor, cv::INTER_AREA);
  return out;
}

}  // namespace

cv::Mat alignment_picture(const cv::Mat& page) {
  cv::Mat grey;
  cv::Mat small;
  if (page.channels() == 1)
    grey = page;
  else
    cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
  const double factor = std::min(1.0, static_cast<double>(alignment_width) / page.cols);
  cv::resize(grey, small, {}, factor, factor, cv::INTER_AREA);
  cv::Mat ground;
  small.convertTo(small, CV_32F);
  cv::GaussianBlur(small, ground, {}, 12);
  return small - ground;
}

cv::Mat aligned(const cv::Mat& reference, const cv::Mat& picture, const cv::Mat& before, double least_correlation) {
  cv::Mat map = before.clone();
  double correlation = 0;
  try {
    correlation = cv::findTransformECC(reference, picture, map, cv::MOTION_AFFINE,
                                       {cv::TermCriteria::COUNT | cv::TermCriteria::EPS, 25, 1e-4}, cv::noArray(), 3);
  } catch (const cv::Exception&) {
    return {};  // It did not converge: the picture shows something else.
  }
  return correlation > least_correlation ? map : cv::Mat();
}

std::optional<Quad> found_again(const ImageView& first, const Quad& quad, const ImageView& second,
                                const Quad& expected) {
  const double wide = std::hypot(quad[1].x - quad[0].x, quad[1].y - quad[0].y);
  const double high = std::hypot(quad[3].x - quad[0].x, quad[3].y - quad[0].y);
  if (wide < 8 || high < 8) return std::nullopt;
  const page::Size size{alignment_width, std::max(16, static_cast<int>(alignment_width * high / wide))};
  const page::Rectified there = page::rectify(first, page::grown(quad, around), size);
  const page::Rectified here = page::rectify(second, page::grown(expected, around), size);
  const cv::Mat reference = alignment_picture(page::as_bgr(there.image.view()));
  const cv::Mat picture = alignment_picture(page::as_bgr(here.image.view()));
  const cv::Mat small_reference = coarse(reference), small_picture = coarse(picture);
  cv::Mat window;
  cv::createHanningWindow(window, small_reference.size(), CV_32F);
  const cv::Point2d shift = cv::phaseCorrelate(small_reference, small_picture, window);
  cv::Mat map = cv::Mat::eye(2, 3, CV_32F);
  map.at<float>(0, 2) = static_cast<float>(shift.x);
  map.at<float>(1, 2) = static_cast<float>(shift.y);
  map = aligned(small_reference, small_picture, map, same_print);
  if (map.empty()) return std::nullopt;
  const double factor = static_cast<double>(reference.cols) / small_reference.cols;
  map.at<float>(0, 2) = static_cast<float>(map.at<float>(0, 2) * factor);
  map.at<float>(1, 2) = static_cast<float>(map.at<float>(1, 2) * factor);
  if (const cv::Mat fine = aligned(reference, picture, map, same_print); !fine.empty()) map = fine;
  Quad out = there.page_to_source.inverse().map(quad);
  for (Point& p : out.corners) {
    const Point q = p;
    p = {map.at<float>(0, 0) * q.x + map.at<float>(0, 1) * q.y + map.at<float>(0, 2),
         map.at<float>(1, 0) * q.x + map.at<float>(1, 1) * q.y + map.at<float>(1, 2)};
  }
  out = here.page_to_source.map(out);
  return page::is_convex(out) || page::is_convex(page::reordered(out, 0, true)) ? std::optional(out) : std::nullopt;
}

}  // namespace kualik::reader
