#pragma once
// Red seals over black print: where they stand, and the print as it would look without them.

#include <opencv2/core.hpp>

namespace kualik::ocr {

/// Where an 8-bit BGR or BGRA picture holds saturated red print, a little wider than it is (8U, 255 or 0); all 0 for a
/// grey picture. Seals are far more red than green and blue; compression smears their colour, hence the margin.
cv::Mat red_print(const cv::Mat& image);

/// `channel` (8U, of the same size as `image`: its red light, or the brighter of red and grey) with the seal's own
/// darkness taken off where `marks` (of `red_print`) is set. Densities of inks on each other add up, and black ink
/// takes as much green as red light: so what green has beyond red is the seal's share, and the seal's darkness in
/// `channel` is a fixed part of that, which is measured on the seal itself. Print under the seal stays as dark as
/// beside it. Red areas wider than a fifth of the picture's shorter side are no seal and stay. Costs about 2 ms for a
/// seal of 300 x 300 px.
cv::Mat without_seal(const cv::Mat& image, const cv::Mat& channel, const cv::Mat& marks);

}  // namespace kualik::ocr
