#include "reader/stack.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "page/mat.h"
#include "reader/align.h"

namespace kualik::reader {
namespace {

constexpr int least_sights = 3;
constexpr double foreign_levels = 28;  // Grey levels; noise and compression stay well below.

}  // namespace

Stack stack(const std::vector<Sight>& sights, const Pose& pose, const page::Size& size) {
  Stack out;
  if (sights.size() < static_cast<std::size_t>(least_sights)) return out;
  for (std::size_t i = 1; i < sights.size(); ++i)
    if (sights[i].quality > sights[out.reference].quality) out.reference = i;

  std::vector<cv::Mat> layers;
  std::vector<double> weights;
  cv::Mat reference;
  std::vector<std::size_t> order{out.reference};
  for (std::size_t i = 0; i < sights.size(); ++i)
    if (i != out.reference) order.push_back(i);
  for (const std::size_t i : order) {
    const Sight& sight = sights[i];
    const page::Rectified page =
        page::rectify(sight.frame, page::reordered(sight.quad, pose.turns, pose.mirrored), size);
    const cv::Mat picture = page::as_bgr(page.image.view());
    const cv::Mat here = alignment_picture(picture);
    cv::Mat layer;
    if (reference.empty()) {
      reference = here;
      out.page_to_source = page.page_to_source;
      picture.convertTo(layer, CV_32FC3);
    } else {
      cv::Mat map = aligned(reference, here, cv::Mat::eye(2, 3, CV_32F));
      if (map.empty()) continue;
      // From the small picture's pixels to the page's: the linear part stays.
      const double factor = static_cast<double>(picture.cols) / here.cols;
      map.at<float>(0, 2) = static_cast<float>(map.at<float>(0, 2) * factor);
      map.at<float>(1, 2) = static_cast<float>(map.at<float>(1, 2) * factor);
      cv::Mat moved;
      cv::warpAffine(picture, moved, map, picture.size(), cv::INTER_CUBIC | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
      moved.convertTo(layer, CV_32FC3);
    }
    layers.push_back(layer);
    weights.push_back(std::max(0.05, sight.quality));
  }
  out.sights = static_cast<int>(layers.size());
  if (out.sights < least_sights) return {};

  // Light is brought to the reference's, then a plain mean, then one that leaves out what is far from it.
  const cv::Scalar level = cv::mean(layers.front());
  cv::Mat mean = cv::Mat::zeros(layers.front().size(), CV_32FC3);
  double total = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    cv::add(layers[i], level - cv::mean(layers[i]), layers[i]);
    mean += layers[i] * weights[i];
    total += weights[i];
  }
  mean /= total;
  cv::Mat sum = cv::Mat::zeros(mean.size(), CV_32FC3);
  cv::Mat shares = cv::Mat::zeros(mean.size(), CV_32FC3);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    cv::Mat far;
    cv::absdiff(layers[i], mean, far);
    cv::GaussianBlur(far, far, {}, 4);
    cv::Mat share;  // 1 at no difference, a half at `foreign_levels`.
    cv::multiply(far, far, share, 1 / (foreign_levels * foreign_levels));
    share += cv::Scalar::all(1);
    cv::divide(weights[i], share, share);
    sum += layers[i].mul(share);
    shares += share;
  }
  cv::divide(sum, shares, mean);
  cv::Mat bytes;
  mean.convertTo(bytes, CV_8UC3);
  out.image = page::to_image(bytes);
  return out;
}

}  // namespace kualik::reader
