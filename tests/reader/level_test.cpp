// Pages of drawn print that runs uphill or fans out by a known amount: the slope must come back, a page taken by the
// outline must be level and hold all of its print, and what is no print must say nothing.
#include "reader/level.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <random>

#include "page/mat.h"

using namespace kualik;
using namespace kualik::reader;

namespace {

constexpr int width = 1480;
constexpr int height = 1400;

/// Lines of boxes 28 px high, 48 px apart, each line straight through its middle with the slope of that height.
cv::Mat print(const Slope& slope) {
  cv::Mat page(height, width, CV_8UC3, cv::Scalar(225, 228, 230));
  std::mt19937 chance(7);
  for (int y = 130; y < height - 130; y += 48) {
    const double here = slope.middle + slope.change * (static_cast<double>(y) / height - 0.5);
    for (int x = 140; x < width - 140; x += 32) {
      if (chance() % 7 == 0) continue;
      const int down = static_cast<int>(std::lround(here * (x - 0.5 * width)));
      cv::rectangle(page, cv::Rect(x, y + down - 14, 12 + static_cast<int>(chance() % 14), 28), cv::Scalar(40, 40, 45),
                    3);
    }
  }
  return page;
}

double dark(const cv::Mat& page) {
  cv::Mat grey;
  cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
  return cv::countNonZero(grey < 130);
}

}  // namespace

TEST(Level, SlopesComeBackAndPagesAreLevelAfterwards) {
  for (const double middle : {-0.15, -0.05, 0.0, 0.1}) {
    for (const double change : {-0.3, -0.1, 0.0, 0.2}) {
      SCOPED_TRACE(testing::Message() << middle << " " << change);
      const cv::Mat page = print({middle, change});
      const Slope found = slope_of(page::as_view(page));
      EXPECT_NEAR(found.middle, middle, 0.012);
      EXPECT_NEAR(found.change, change, 0.04);
      const std::optional<LevelOutline> outline = level_outline({width, height}, found);
      ASSERT_EQ(outline.has_value(), middle != 0 || change != 0);
      if (!outline) continue;
      const page::Rectified level = page::rectify(page::as_view(page), outline->quad, outline->size);
      const Slope after = slope_of(level.image.view());
      EXPECT_LT(std::abs(after.middle) + 0.5 * std::abs(after.change), 0.03);
      EXPECT_NEAR(dark(page::as_mat(level.image.view())) / dark(page), 1.0, 0.2);
    }
  }
}

TEST(Level, WhatIsNoPrintSaysNothing) {
  cv::Mat noise(height, width, CV_8UC3);
  cv::randu(noise, 0, 255);
  for (const cv::Mat& picture : {cv::Mat(height, width, CV_8UC3, cv::Scalar::all(200)), noise}) {
    const Slope slope = slope_of(page::as_view(picture));
    EXPECT_EQ(slope.middle, 0);
    EXPECT_EQ(slope.change, 0);
  }
  EXPECT_FALSE(level_outline({width, height}, {}).has_value());
  EXPECT_EQ(slope_of({}).middle, 0);
}
