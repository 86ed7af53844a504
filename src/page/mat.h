#pragma once
// ImageView and Image as OpenCV matrices and back. Internal: for the .cpp files of stages that link OpenCV.

#include <algorithm>
#include <cstring>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "kualik/core/geometry.h"
#include "kualik/core/image.h"

namespace kualik::page {

/// The same pixels as a matrix header; nothing is copied, nothing may be written.
inline cv::Mat as_mat(const ImageView& view) {
  if (view.empty()) return {};
  // OpenCV has no header of const pixels; callers treat the result as read-only.
  return cv::Mat(view.height, view.width, CV_8UC(view.channels), const_cast<std::uint8_t*>(view.data), view.row_stride);
}

/// A view of an 8-bit matrix, which must outlive it.
inline ImageView as_view(const cv::Mat& mat) {
  CV_Assert(mat.empty() || mat.depth() == CV_8U);
  return {mat.data, mat.cols, mat.rows, mat.channels(), mat.empty() ? 0 : mat.step[0]};
}

/// An owning copy with packed rows.
inline Image to_image(const cv::Mat& mat) {
  CV_Assert(mat.empty() || mat.depth() == CV_8U);
  Image image;
  image.width = mat.cols;
  image.height = mat.rows;
  image.channels = mat.channels();
  const std::size_t row = static_cast<std::size_t>(mat.cols) * static_cast<std::size_t>(mat.channels());
  image.pixels.resize(row * static_cast<std::size_t>(mat.rows));
  for (int y = 0; y < mat.rows; ++y) {
    std::memcpy(image.pixels.data() + row * static_cast<std::size_t>(y), mat.ptr(y), row);
  }
  return image;
}

/// A BGR matrix of any accepted view; shares the pixels if it is BGR already.
inline cv::Mat as_bgr(const ImageView& view) {
  cv::Mat mat = as_mat(view);
  cv::Mat bgr;
  if (mat.channels() == 1) {
    cv::cvtColor(mat, bgr, cv::COLOR_GRAY2BGR);
  } else if (mat.channels() == 4) {
    cv::cvtColor(mat, bgr, cv::COLOR_BGRA2BGR);
  } else {
    bgr = mat;
  }
  return bgr;
}

/// A grey matrix of any accepted view; shares the pixels if it is grey already.
inline cv::Mat as_grey(const ImageView& view) {
  cv::Mat mat = as_mat(view);
  if (mat.channels() == 1) return mat;
  cv::Mat grey;
  cv::cvtColor(mat, grey, mat.channels() == 4 ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
  return grey;
}

/// Reduces an image to `size`: whole-number averaging first, which is fast, then the rest (below twofold) by
/// interpolation.
inline void reduce_to(const cv::Mat& from, cv::Mat& to, const cv::Size& size) {
  const int factor = std::min(from.cols / std::max(1, size.width), from.rows / std::max(1, size.height));
  cv::Mat half = from;
  if (factor >= 2) cv::resize(from, half, cv::Size(from.cols / factor, from.rows / factor), 0, 0, cv::INTER_AREA);
  if (half.size() == size) {
    to = half;
  } else {
    cv::resize(half, to, size, 0, 0, cv::INTER_LINEAR);
  }
}

inline cv::Point2d to_cv(const Point& p) { return {p.x, p.y}; }
inline cv::Point2f to_cvf(const Point& p) { return {static_cast<float>(p.x), static_cast<float>(p.y)}; }
template <class T>
inline Point from_cv(const cv::Point_<T>& p) {
  return {static_cast<double>(p.x), static_cast<double>(p.y)};
}

}  // namespace kualik::page
