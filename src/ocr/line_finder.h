#pragma once
// Lines of text in a page that lies roughly level: glyph-sized blobs are joined into words, words into chains along
// their own slope, and a chain's middle is fitted by a parabola, so that lines on curved or slightly turned paper are
// cut out straight.

#include <opencv2/core.hpp>
#include <vector>

namespace kualik::ocr {

/// One line: y = a + b u + c u^2 with u = x - (left + right) / 2.
struct TextRun {
  double left{}, right{};
  double a{}, b{}, c{};
  double glyph{};  ///< Height of its glyphs.
  double fill{};   ///< Share of ink in its area; text is 0.1-0.5.
  double y(double x) const {
    const double u = x - 0.5 * (left + right);
    return a + u * (b + u * c);
  }
};

/// Runs in an ink picture (dark = high), in no order. `glyph`: about how high the print is; 0: found from the picture.
std::vector<TextRun> find_runs(const cv::Mat& ink, double glyph = 0);

/// The page's skew in degrees (-8..8, counter-clockwise positive in the picture's y-down frame): where rows of ink are
/// sharpest.
double estimate_skew(const cv::Mat& ink);

/// Sorts runs into reading order: recursive cuts at white columns and rows.
void sort_reading_order(std::vector<TextRun>& runs);

/// A run cut out straight, `height` rows high with glyphs of height `height` / (1 + 2 margin).
cv::Mat straighten(const cv::Mat& ink, const TextRun& run, int height, double margin);

}  // namespace kualik::ocr
