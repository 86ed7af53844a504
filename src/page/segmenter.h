#pragma once
// A small convolutional net that marks which pixels belong to a document. Trained from drawn scenes alone
// (data/models/finder/README.md).

#include <memory>
#include <opencv2/core.hpp>

namespace kualik::page {

/// Holds the net; without one it gives an empty mask and the finder does without.
class Segmenter {
 public:
  explicit Segmenter(bool load);
  ~Segmenter();
  Segmenter(Segmenter&&) noexcept;
  Segmenter& operator=(Segmenter&&) noexcept;
  Segmenter(const Segmenter&) = delete;
  Segmenter& operator=(const Segmenter&) = delete;

  bool available() const;
  /// Probability of "document" over a BGR image of any size: 32F at the net's own resolution, the image's proportions
  /// but for rounding; empty without a net. About 9 ms.
  cv::Mat mask(const cv::Mat& bgr);
  /// Whether a mask shows anything that might be a document of `min_area` (a share of the image). True without a mask.
  static bool sees(const cv::Mat& mask, double min_area);
  /// Whether a mask shows the faintest sign of a document, of any size. True without a mask.
  static bool suspects(const cv::Mat& mask);
  /// The box, in the mask's pixels, around all that may be part of a document but specks; empty where nothing is.
  static cv::Rect area(const cv::Mat& mask);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kualik::page
