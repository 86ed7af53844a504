#pragma once
// Letter-spaced print (titles, signatures) is drawn together before it is read.

#include <opencv2/core.hpp>
#include <vector>

namespace kualik::ocr {

/// The line with white columns longer than most of a glyph cut short, since readers know glyphs set close; the white
/// around brackets, behind stops and commas, and beside a middle dot that touches its glyph is kept or made.
/// `straight`: the ink of one line (8U, 0: ground), its glyphs `glyph` px high. `kept` gets the column of `straight`
/// for each column of the result, which brings boxes of a reading back.
cv::Mat draw_together(const cv::Mat& straight, int glyph, std::vector<int>& kept);

}  // namespace kualik::ocr
