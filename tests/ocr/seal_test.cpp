#include "ocr/seal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kualik::ocr {
namespace {

struct Stamped {
  cv::Mat picture;  // BGR
  cv::Mat bare;     // The red channel as it was before the seal.
};

// Black strokes on tinted, unevenly lit paper, and over them a ring and a star's body in red ink that takes a little of
// the red light as well.
Stamped stamped(double red_taken) {
  const cv::Size size(360, 240);
  cv::Mat strokes(size, CV_8U, cv::Scalar(0)), ring(size, CV_8U, cv::Scalar(0));
  for (int x = 30; x < 330; x += 24) {
    cv::rectangle(strokes, {x, 100}, {x + 4, 128}, cv::Scalar(255), cv::FILLED);
    cv::rectangle(strokes, {x, 112}, {x + 16, 115}, cv::Scalar(255), cv::FILLED);
  }
  cv::circle(ring, {180, 115}, 80, cv::Scalar(255), 6);
  cv::circle(ring, {180, 115}, 22, cv::Scalar(255), cv::FILLED);
  Stamped out{cv::Mat(size, CV_8UC3), cv::Mat(size, CV_8U)};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double light = 1.0 - 0.25 * x / size.width;
      const double black = strokes.at<unsigned char>(y, x) != 0 ? std::exp(-1.6) : 1;
      const bool red = ring.at<unsigned char>(y, x) != 0;
      const double paper[] = {200, 225, 235};
      const double ink[] = {1.4, 1.5, red_taken};
      for (int c = 0; c < 3; ++c)
        out.picture.at<cv::Vec3b>(y, x)[c] =
            cv::saturate_cast<unsigned char>(paper[c] * light * black * (red ? std::exp(-ink[c]) : 1));
      out.bare.at<unsigned char>(y, x) = cv::saturate_cast<unsigned char>(paper[2] * light * black);
    }
  }
  return out;
}

TEST(Seal, PrintUnderItLooksAsBesideIt) {
  for (const double red_taken : {0.1, 0.3, 0.6}) {
    const Stamped page = stamped(red_taken);
    cv::Mat channel;
    cv::extractChannel(page.picture, channel, 2);
    const cv::Mat seal = red_print(page.picture);
    const cv::Mat clean = without_seal(page.picture, channel, seal);
    cv::Mat off, was_off;
    cv::absdiff(clean, page.bare, off);
    cv::absdiff(channel, page.bare, was_off);
    const double left = cv::mean(off, seal)[0], before = cv::mean(was_off, seal)[0];
    EXPECT_LT(left, 0.3 * before) << red_taken;
    EXPECT_LT(left, 8) << red_taken;
  }
}

TEST(Seal, NothingRedChangesNothing) {
  cv::Mat picture = stamped(0.3).picture;
  cv::Mat grey;
  cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
  EXPECT_EQ(cv::countNonZero(red_print(grey)), 0);
  cv::cvtColor(grey, picture, cv::COLOR_GRAY2BGR);
  const cv::Mat seal = red_print(picture);
  EXPECT_EQ(cv::countNonZero(seal), 0);
  EXPECT_EQ(cv::norm(without_seal(picture, grey, seal), grey, cv::NORM_INF), 0);
  // A speck of red is no seal to measure by.
  picture.at<cv::Vec3b>(20, 20) = {20, 20, 230};
  EXPECT_EQ(cv::norm(without_seal(picture, grey, red_print(picture)), grey, cv::NORM_INF), 0);
}

TEST(Seal, ARedPictureIsNone) {
  const cv::Mat stamp = stamped(0.3).picture;
  cv::Mat page(900, 700, CV_8UC3, cv::Scalar(200, 225, 235));
  cv::rectangle(page, cv::Rect(100, 60, 400, 400), cv::Scalar(60, 70, 190), cv::FILLED);
  stamp.copyTo(page(cv::Rect(200, 600, stamp.cols, stamp.rows)));
  cv::Mat channel;
  cv::extractChannel(page, channel, 2);
  const cv::Mat clean = without_seal(page, channel, red_print(page));
  const cv::Rect picture(90, 50, 420, 420), seal(200, 600, stamp.cols, stamp.rows);
  EXPECT_EQ(cv::norm(clean(picture), channel(picture), cv::NORM_INF), 0);
  EXPECT_GT(cv::norm(clean(seal), channel(seal), cv::NORM_INF), 20);  // The seal on the same page is taken off.
}

}  // namespace
}  // namespace kualik::ocr
