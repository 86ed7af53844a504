#pragma once
// The middle dot of minority names (U+00B7) is in no symbol set of Tesseract's Chinese; it is found in the picture
// instead.

#include <opencv2/core.hpp>
#include <vector>

#include "kualik/core/page_text.h"

namespace kualik::ocr {

/// Where middle dots stand in a line image (dark on bright, 8-bit, any channels): x of each dot's centre, as small
/// blobs at middle height in a gap between glyphs; `left` and `right` are the ends of the print.
struct DotPlaces {
  std::vector<double> x{};
  double width{0};  ///< Of one dot's blob.
  double left{0};
  double right{0};
};
DotPlaces find_middle_dots(const cv::Mat& line);

/// Puts `·` into the symbols of `line`, boxes in pixels of `image`, where the picture shows a dot: between Han glyphs
/// by counting their equal widths; what was read in its place (a colon, a stop, a dash) becomes an alternative of it.
void insert_middle_dots(const cv::Mat& image, TextLine& line);

}  // namespace kualik::ocr
