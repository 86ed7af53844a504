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
  /// Probability of "document" at each pixel of a BGR image: 32F of the same size; empty without a net.
  cv::Mat mask(const cv::Mat& bgr);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kualik::page
