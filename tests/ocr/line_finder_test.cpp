#include "ocr/line_finder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kualik::ocr {
namespace {

// Boxes of print with holes, as glyphs have.
void glyph(cv::Mat& ink, int x, int y, int value) {
  cv::rectangle(ink, {x, y}, {x + 22, y + 24}, cv::Scalar(value), 3);
  cv::line(ink, {x, y + 12}, {x + 22, y + 12}, cv::Scalar(value), 3);
}

TEST(Lines, PaleGlyphsBesideSurePrintBelongToTheLine) {
  cv::Mat ink(300, 700, CV_8U, cv::Scalar(0));
  for (int row = 0; row < 5; ++row)
    for (int i = 0; i < 20; ++i) glyph(ink, 40 + 30 * i, 30 + 48 * row, row == 2 && i < 4 ? 70 : 210);
  const std::vector<TextRun> runs = find_runs(ink);
  ASSERT_EQ(runs.size(), 5U);
  for (const TextRun& run : runs) EXPECT_NEAR(run.left, 40, 6) << run.a;
}

// 一、 before a line: a bar of one stroke, pale or not, and a mark that stands low, each with white around it.
TEST(Lines, TheNumeralBeforeALineBelongsToIt) {
  for (const int value : {210, 70}) {
    cv::Mat ink(300, 800, CV_8U, cv::Scalar(0));
    for (int row = 0; row < 5; ++row)
      for (int i = 0; i < 20; ++i) glyph(ink, 120 + 30 * i, 30 + 48 * row, 210);
    cv::line(ink, {60, 42 + 48}, {84, 42 + 48}, cv::Scalar(value), 2);
    cv::rectangle(ink, {92, 50 + 48}, {97, 56 + 48}, cv::Scalar(210), cv::FILLED);
    const std::vector<TextRun> runs = find_runs(ink);
    ASSERT_EQ(runs.size(), 5U);
    for (const TextRun& run : runs) EXPECT_NEAR(run.left, std::abs(run.a - 90) < 20 ? 60 : 120, 6) << run.a;
  }
}

TEST(Lines, PaleTextureAloneIsNone) {
  cv::Mat ink(300, 700, CV_8U, cv::Scalar(0));
  for (int i = 0; i < 20; ++i) glyph(ink, 40 + 30 * i, 30, 210);
  for (int i = 0; i < 20; ++i) glyph(ink, 40 + 30 * i, 200, 11);
  for (const TextRun& run : find_runs(ink)) EXPECT_LT(run.a, 100);
}

}  // namespace
}  // namespace kualik::ocr
