// Print moved from frame to frame must be found again where it went, and other print must not.
#include "reader/align.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "kualik/page/geometry.h"
#include "page/mat.h"
#include "reader/copies.h"

using namespace kualik;
using namespace kualik::reader;

namespace {

cv::Mat sheet_with_print(int seed) {
  cv::Mat sheet(480, 640, CV_8UC3, cv::Scalar(225, 230, 228));
  cv::RNG random(static_cast<uint64_t>(seed));
  for (int row = 0; row < 7; ++row)
    for (int k = 0; k < 9; ++k)
      cv::putText(sheet, std::string(1, static_cast<char>('A' + random.uniform(0, 26))),
                  {210 + 20 * k + random.uniform(-4, 4), 170 + 22 * row}, cv::FONT_HERSHEY_SIMPLEX,
                  random.uniform(0.4, 0.7), cv::Scalar(50, 45, 45), 1, cv::LINE_AA);
  cv::circle(sheet, {430, 220}, 26, cv::Scalar(90, 100, 120), cv::FILLED);
  return sheet;
}

}  // namespace

TEST(FoundAgain, moved_print_is_found_where_it_went) {
  const cv::Mat first = sheet_with_print(5);
  const Quad card = Quad::from_rect({190, 140, 290, 183});
  const cv::Mat turn = cv::getRotationMatrix2D({320, 240}, 2.5, 1.03);
  for (const int shift : {0, 9, 22}) {
    cv::Mat map = turn.clone();
    map.at<double>(0, 2) += shift;
    map.at<double>(1, 2) -= 0.6 * shift;
    cv::Mat second;
    cv::warpAffine(first, second, map, first.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    cv::GaussianBlur(second, second, {}, 0.8);
    const auto found = found_again(page::as_view(first), card, page::as_view(second), card);
    ASSERT_TRUE(found) << shift;
    for (std::size_t i = 0; i < 4; ++i) {
      const double x = map.at<double>(0, 0) * card[i].x + map.at<double>(0, 1) * card[i].y + map.at<double>(0, 2);
      const double y = map.at<double>(1, 0) * card[i].x + map.at<double>(1, 1) * card[i].y + map.at<double>(1, 2);
      EXPECT_LT(std::hypot((*found)[i].x - x, (*found)[i].y - y), 1.5) << shift << " " << i;
    }
  }
}

TEST(FoundAgain, other_print_is_not_taken_for_it) {
  const cv::Mat first = sheet_with_print(5);
  cv::Mat second(first.size(), CV_8UC3, cv::Scalar(200, 200, 200));
  cv::RNG random(77);
  random.fill(second, cv::RNG::NORMAL, cv::Scalar::all(200), cv::Scalar::all(14));
  const Quad card = Quad::from_rect({190, 140, 290, 183});
  EXPECT_FALSE(found_again(page::as_view(first), card, page::as_view(second), card));
  EXPECT_FALSE(found_again(page::as_view(first), Quad{}, page::as_view(second), card));
}

TEST(MostlyBlank, a_sheet_with_a_copy_is_and_a_pattern_is_not) {
  cv::Mat pattern(480, 640, CV_8UC3, cv::Scalar(40, 60, 160));
  for (int y = 0; y < 480; y += 24)
    for (int x = 0; x < 640; x += 24)
      if (((x + y) / 24) % 2 == 0) cv::rectangle(pattern, {x, y, 24, 24}, cv::Scalar(210, 220, 90), cv::FILLED);
  const Quad all = Quad::from_rect({0, 0, 639, 479});
  EXPECT_TRUE(is_mostly_blank(page::as_view(sheet_with_print(3)), all));
  EXPECT_FALSE(is_mostly_blank(page::as_view(pattern), all));
  EXPECT_FALSE(is_mostly_blank(page::as_view(cv::Mat(480, 640, CV_8UC3, cv::Scalar(20, 20, 20))), all));
}
