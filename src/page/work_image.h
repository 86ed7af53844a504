#pragma once
// The reduced image that the finder's proposals and features share, with what is computed from it once.

#include <opencv2/core.hpp>

#include "kualik/core/image.h"
#include "kualik/page/geometry.h"

namespace kualik::page {

/// Planes of one image at working scale.
struct WorkImage {
  cv::Mat bgr;   ///< 8UC3, slightly blurred.
  cv::Mat grey;  ///< 8U.
  cv::Mat lab;   ///< 8UC3.
  cv::Mat dx;    ///< 32F, derivative of the channel with the strongest edge.
  cv::Mat dy;
  cv::Mat magnitude;     ///< 32F, of (dx, dy), in grey levels a pixel.
  cv::Mat text;          ///< 32F 0..1: density of strokes the size of print, smoothed.
  cv::Mat mask;          ///< 32F 0..1: probability of "document" by the net; empty without one.
  double edge_level{1};  ///< What counts as a clear edge here, in grey levels a pixel.
  double scale{1};       ///< Working pixels for one source pixel.

  Size size() const { return {bgr.cols, bgr.rows}; }
};

/// Reduces the image to `longer_side` (never enlarges): `bgr`, `grey` and `scale`; the rest stays empty.
WorkImage reduced_work_image(const ImageView& image, int longer_side);
/// Computes the other planes but the mask.
void complete(WorkImage& work);

}  // namespace kualik::page
