#pragma once
// From a coloured picture to what readers are given: one channel of it, or even, dark print on white.

#include <opencv2/core.hpp>

namespace kualik::ocr {

/// Which light of the picture to read in.
enum class Light : unsigned char {
  grey,  ///< Luma.
  red,   ///< The red channel: blue print (labels) and red print (seals) turn bright, black stays dark.
};

/// One 8-bit channel of a 1, 3 or 4 channel picture.
cv::Mat light(const cv::Mat& image, Light which);

/// How much darker each pixel is than the ground around it (8-bit, 0 = ground): the ground is a median over `reach`
/// pixels, so slow shading, guilloche tints and glare edges go. No local contrast equalisation: that ruins reading (it
/// lifts the ground's texture to the print's level).
cv::Mat ink_of(const cv::Mat& channel, int reach);

/// The channel with some of its blur undone (unsharp masking), for print of about `glyph` pixels' height: defocus and
/// compression take the strokes' contrast long before they take their places.
cv::Mat sharpened(const cv::Mat& channel, double glyph);

/// A part of an ink picture as dark print on white, stretched so that its own darkest print is black.
cv::Mat print_of(const cv::Mat& ink, const cv::Rect& where);

}  // namespace kualik::ocr
