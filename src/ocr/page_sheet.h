#pragma once
// The picture of a page as its readers want it: level, print of one height, seals taken out of the ink; and its lines.

#include <opencv2/core.hpp>
#include <vector>

#include "kualik/core/geometry.h"
#include "ocr/line_finder.h"

namespace kualik::ocr {

/// One page prepared for reading.
struct Sheet {
  cv::Mat ink;                ///< 8U, dark on light; red print taken out.
  cv::Mat seal;               ///< 8U, not zero where red print stood.
  cv::Matx33d back;           ///< Sheet pixels to image pixels.
  std::vector<TextRun> runs;  ///< Its lines, in reading order.
};

/// Prepares an 8-bit grey, BGR or BGRA image; small print is enlarged, to at most `max_pixels` in all. `glyph`: about
/// how high the print is, in image pixels; 0: found from the picture.
Sheet prepare_sheet(const cv::Mat& image, double max_pixels, double glyph = 0);

/// A point of the sheet in the image, and the outline of a line.
Point to_image(const Sheet& sheet, double x, double y);
Quad quad_of(const Sheet& sheet, const TextRun& run);

}  // namespace kualik::ocr
