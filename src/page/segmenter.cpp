#include "page/segmenter.h"

#include <algorithm>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

#include "mask_net.h"

namespace kualik::page {
namespace {

/// The net's longer side; both sides are multiples of `multiple`, since it halves them four times.
constexpr int longer_side = 256;
constexpr int multiple = 16;
/// What may still be part of a document.
constexpr double least = 0.25;
/// The faintest sign of a document: where there is none, a mask stays at a hundredth and less all over.
constexpr double faint = 0.05;
constexpr double faint_share = 0.003;
/// Smaller parts than this share of the largest are specks.
constexpr double least_part = 0.1;
/// Of the box around what may be a document: its share of the picture, and of its pixels how many are marked.
constexpr double least_area = 0.02;
constexpr double least_fill = 0.12;

int side(int length, int longest) {
  const double wanted = static_cast<double>(length) * longer_side / longest;
  return std::max(2, static_cast<int>(std::lround(wanted / multiple))) * multiple;
}

}  // namespace

struct Segmenter::Impl {
  cv::dnn::Net net;
};

Segmenter::Segmenter(bool load) {
  if (!load) return;
  impl_ = std::make_unique<Impl>();
  impl_->net = cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(kualik_net_mask), kualik_net_mask_size);
  impl_->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  impl_->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
}
Segmenter::~Segmenter() = default;
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
bool Segmenter::available() const { return impl_ != nullptr; }

cv::Mat Segmenter::mask(const cv::Mat& bgr) {
  if (!impl_ || bgr.empty()) return {};
  const int longest = std::max(bgr.cols, bgr.rows);
  cv::Mat small;
  cv::resize(bgr, small, {side(bgr.cols, longest), side(bgr.rows, longest)}, 0, 0,
             longest > longer_side ? cv::INTER_AREA : cv::INTER_LINEAR);
  impl_->net.setInput(cv::dnn::blobFromImage(small, 1.0 / 255, {}, cv::Scalar::all(127.5)));
  const cv::Mat out = impl_->net.forward();
  const cv::Mat logit(out.size[2], out.size[3], CV_32F, const_cast<uchar*>(out.ptr()));
  cv::Mat probability;
  cv::exp(-logit, probability);
  probability += 1.0;
  cv::divide(1.0, probability, probability);
  return probability;
}

bool Segmenter::sees(const cv::Mat& mask, double min_area) {
  return mask.empty() || cv::countNonZero(mask > least) >= 0.5 * min_area * static_cast<double>(mask.total());
}

cv::Rect Segmenter::area(const cv::Mat& mask) {
  if (mask.empty()) return {};
  const cv::Mat parts = mask > least;
  cv::Mat labels, stats, centres;
  const int count = cv::connectedComponentsWithStats(parts, labels, stats, centres);
  int largest = 0;
  for (int i = 1; i < count; ++i) largest = std::max(largest, stats.at<int>(i, cv::CC_STAT_AREA));
  cv::Rect out;
  int marked = 0;
  for (int i = 1; i < count; ++i) {
    if (stats.at<int>(i, cv::CC_STAT_AREA) < least_part * largest) continue;
    out |= cv::Rect(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                    stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    marked += stats.at<int>(i, cv::CC_STAT_AREA);
  }
  // Scraps here and there are no one thing.
  const bool one = out.area() > least_area * static_cast<double>(mask.total()) && marked > least_fill * out.area();
  return one ? out : cv::Rect();
}

bool Segmenter::suspects(const cv::Mat& mask) {
  return mask.empty() || cv::countNonZero(mask > faint) >= faint_share * static_cast<double>(mask.total());
}

}  // namespace kualik::page
