#include "video/scene.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace kualik::video {
namespace {

/// A room in large soft shapes with a speaker's head at `head`, moved as a whole by `shake` pixels.
cv::Mat room(int head, int shake) {
  cv::Mat grey(180, 320, CV_8U, cv::Scalar(140));
  cv::rectangle(grey, {30 + shake, 20}, {110 + shake, 90}, cv::Scalar(200), cv::FILLED);
  cv::circle(grey, {head + shake, 80}, 26, cv::Scalar(90), cv::FILLED);
  cv::rectangle(grey, {head - 50 + shake, 110}, {head + 50 + shake, 179}, cv::Scalar(60), cv::FILLED);
  return grey;
}

void hold_up_card(cv::Mat& grey, int x, int y) {
  cv::rectangle(grey, {x, y}, {x + 96, y + 60}, cv::Scalar(215), cv::FILLED);
  for (int line = 0; line < 4; ++line)
    for (int glyph = 0; glyph < 8; ++glyph)
      cv::rectangle(grey, {x + 6 + 7 * glyph, y + 8 + 12 * line}, {x + 9 + 7 * glyph, y + 13 + 12 * line},
                    cv::Scalar(50), cv::FILLED);
}

TEST(Scene, a_speaker_who_sways_before_a_shaking_camera_is_nothing_new) {
  Scene scene;
  EXPECT_TRUE(scene.is_new(room(160, 0)));
  int told = 0;
  for (int i = 1; i < 60; ++i) told += scene.is_new(room(160 + 8 * (i % 3 - 1), i % 4 - 2)) ? 1 : 0;
  EXPECT_LE(told, 2);
}

TEST(Scene, a_card_held_up_is_new_once_and_again_when_long_put_down) {
  Scene scene;
  for (int i = 0; i < 10; ++i) scene.is_new(room(160, 0));
  cv::Mat with_card = room(160, 0);
  hold_up_card(with_card, 112, 100);
  EXPECT_TRUE(scene.is_new(with_card));
  EXPECT_FALSE(scene.is_new(with_card));
  EXPECT_FALSE(scene.is_new(room(160, 0))) << "what was there before is known";
  for (int i = 0; i < 600; ++i) scene.is_new(room(160, 0));
  EXPECT_TRUE(scene.is_new(with_card));
  scene.forget();
  EXPECT_TRUE(scene.is_new(with_card)) << "the first picture of a scene is new";
}

TEST(Scene, print_before_a_wall_of_its_own_brightness_is_new) {
  Scene scene;
  cv::Mat wall(180, 320, CV_8U, cv::Scalar(205));
  scene.is_new(wall);
  EXPECT_FALSE(scene.is_new(wall));
  hold_up_card(wall, 112, 60);
  EXPECT_TRUE(scene.is_new(wall));
}

}  // namespace
}  // namespace kualik::video
