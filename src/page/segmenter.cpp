#include "page/segmenter.h"

namespace kualik::page {

struct Segmenter::Impl {};

Segmenter::Segmenter(bool /*load*/) {}
Segmenter::~Segmenter() = default;
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
bool Segmenter::available() const { return impl_ != nullptr; }
cv::Mat Segmenter::mask(const cv::Mat& /*bgr*/) { return {}; }

}  // namespace kualik::page
