#pragma once
// Stops, commas and middle dots of Chinese print: alike in shape, and told apart by how high they stand.

#include <opencv2/core.hpp>

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// Corrects marks in a reading of Han print by the height of their ink: · ends no sentence, and 。 joins no name. `ink`
/// is the picture that was read (8U, 0: ground), of one line whose glyphs reach over all rows but a `margin` (share of
/// the glyph's height) above and below; boxes of `reading` in its pixels. A mark that touches a glyph, or whose height
/// is between, stays as it was read. What was read before stays an alternative; the lattice is changed with the text.
void settle_marks(LineReading& reading, const cv::Mat& ink, double margin);

}  // namespace kualik::ocr
