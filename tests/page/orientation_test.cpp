#include "kualik/page/orientation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "scenes.h"

using namespace kualik;
using namespace kualik::page;

TEST(Orienter, tells_turn_and_mirroring_of_a_card) {
  Orienter orienter;
  for (const bool mirrored : {false, true}) {
    for (int turns = 0; turns < 4; ++turns) {
      // The truth, from the card's own top left, turned in a square picture.
      const Quad flat{{{{120, 200}, {600, 210}, {590, 515}, {112, 500}}}};
      cv::Mat picture = test::room(720, 720, 31);
      test::lay(picture, test::card(), flat);
      Quad truth = flat;
      for (int k = 0; k < turns; ++k) {
        cv::rotate(picture, picture, cv::ROTATE_90_CLOCKWISE);
        for (Point& p : truth.corners) p = {719 - p.y, p.x};
      }
      if (mirrored) {
        cv::flip(picture, picture, 1);
        for (Point& p : truth.corners) p.x = 719 - p.x;
      }
      const auto hypotheses = orienter.judge(as_view(picture), truth);
      ASSERT_FALSE(hypotheses.empty());
      // Reading decides among the eight likeliest (reader/page_reading): the truth must be one of them, and well ahead.
      bool offered = false;
      const std::size_t tried = std::min<std::size_t>(hypotheses.size(), 8);
      for (std::size_t rank = 0; rank < tried; ++rank) {
        const OrientationHypothesis& h = hypotheses[rank];
        double away = 0;
        for (std::size_t i = 0; i < 4; ++i)
          away = std::max(away, std::hypot(h.quad[i].x - truth[i].x, h.quad[i].y - truth[i].y));
        offered =
            offered || (h.kind == PageKind::cn_id_portrait && h.mirrored == mirrored && away < 2 && h.score > 0.22);
      }
      EXPECT_TRUE(offered) << turns << mirrored << static_cast<int>(hypotheses.front().kind)
                           << hypotheses.front().score;
      EXPECT_EQ(hypotheses.front().kind, PageKind::cn_id_portrait) << turns << mirrored;
      EXPECT_EQ(hypotheses.front().mirrored, mirrored) << turns;
      double sum = 0;
      for (const auto& h : hypotheses) sum += h.score;
      EXPECT_NEAR(sum, 1, 1e-6);
    }
  }
}

TEST(Orienter, a_sheet_is_a_sheet) {
  Orienter orienter;
  cv::Mat picture = test::room(854, 540, 32);
  const Quad quad{{{{300, 40}, {610, 60}, {600, 500}, {290, 480}}}};
  test::lay(picture, test::sheet(), quad);
  const auto hypotheses = orienter.judge(as_view(picture), quad);
  ASSERT_FALSE(hypotheses.empty());
  EXPECT_EQ(hypotheses.front().kind, PageKind::sheet);
  EXPECT_EQ(hypotheses.front().rotation, 0);
}

TEST(Orienter, nothing_of_nothing) {
  Orienter orienter;
  EXPECT_TRUE(orienter.judge({}, Quad::from_rect({0, 0, 10, 10})).empty());
}
