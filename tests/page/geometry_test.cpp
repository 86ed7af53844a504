#include "kualik/page/geometry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "kualik/page/finder.h"
#include "kualik/page/kinds.h"
#include "kualik/page/orientation.h"
#include "kualik/page/quality.h"
#include "kualik/page/rectify.h"
#include "scenes.h"

using namespace kualik;
using namespace kualik::page;

namespace {
const Quad tilted{{{{100, 50}, {420, 90}, {400, 310}, {80, 240}}}};
}

TEST(Homography, takes_corners_to_corners_and_back) {
  const Quad page = Quad::from_rect({0, 0, 856, 540});
  const Homography h = Homography::between(page, tilted);
  const Homography back = h.inverse();
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(h.map(page[i]).x, tilted[i].x, 1e-6);
    EXPECT_NEAR(h.map(page[i]).y, tilted[i].y, 1e-6);
    EXPECT_NEAR(back.map(tilted[i]).x, page[i].x, 1e-6);
  }
  const Point there = h.map(Point{200, 300});
  EXPECT_NEAR(back.map(there).y, 300, 1e-6);
}

// Such corners give a matrix whose inverse has tiny numbers throughout (found by outline_fuzz).
TEST(Homography, comes_back_whatever_its_numbers_are_multiplied_by) {
  const Quad whole = Quad::from_rect({0, 0, 100, 60});
  const Quad corners{{{{0, 20}, {20, 1e-31}, {320.002, 8e-15}, {-5e-10, 138}}}};
  const Homography h = Homography::between(corners, whole);
  Homography small = h.inverse();
  for (double& v : small.m) v *= 1e-9;
  for (std::size_t i = 0; i < 4; ++i) {
    for (const Homography& back : {h.inverse(), small}) {
      EXPECT_NEAR(back.map(whole[i]).x, corners[i].x, 1e-6) << i;
      EXPECT_NEAR(back.map(whole[i]).y, corners[i].y, 1e-6) << i;
    }
  }
}

TEST(Homography, of_a_degenerate_quad_is_the_identity) {
  const Quad flat{{{{0, 0}, {1, 1}, {2, 2}, {3, 3}}}};
  EXPECT_EQ(Homography::between(flat, tilted).m, Homography{}.m);
}

// An outline near a map's horizon has corners anywhere; nothing may be looked up there.
TEST(Quads, that_are_no_numbers_or_out_of_reach_are_refused) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  const std::vector<std::uint8_t> pixels(100 * 80, 128);
  const ImageView image{pixels.data(), 100, 80, 1, 100};
  for (const Quad& q :
       {Quad{{{{nan, 0}, {90, 0}, {90, 70}, {0, 70}}}}, Quad{{{{0, 0}, {inf, 0}, {90, 70}, {0, 70}}}},
        Quad{{{{0, 0}, {90, 0}, {90, -inf}, {0, 70}}}}, Quad{{{{0, 0}, {1e9, 0}, {1e9, 1e9}, {0, 1e9}}}}}) {
    EXPECT_FALSE(in_reach(q));
    EXPECT_EQ(measure_quality(image, q).score, 0);
    EXPECT_THROW(rectify(image, q, {60, 40}), std::invalid_argument);
    EXPECT_TRUE(Orienter("/nowhere").judge(image, q).empty());
    EXPECT_EQ(find_documents(image, {.faces = false}).size(), Finder({.faces = false}).find(image, {q}).size());
    EXPECT_GE(iou(q, tilted), 0);
    EXPECT_EQ(aspect_ratio(q, {100, 80}), 0);
    EXPECT_EQ(pixels_per_mm(q, PageKind::cn_id_portrait), 0);
  }
  EXPECT_EQ(page_size(PageKind::cn_id_portrait, nan), (Size{0, 0}));
  EXPECT_EQ(page_size(PageKind::cn_id_portrait, 1e300), (Size{1000000, 1000000}));
  // A sliver of the image under a quad of many of its sizes.
  const Quad sliver{{{{-60000, -60000}, {2, -60000}, {2, 60000}, {-60000, 60000}}}};
  EXPECT_EQ(rectify(image, sliver, {60, 40}).image.width, 60);
  (void)refine_quad(image, sliver);
}

TEST(Quads, overlap_of_shifted_squares) {
  const Quad a = Quad::from_rect({0, 0, 10, 10}), b = Quad::from_rect({5, 0, 10, 10});
  EXPECT_NEAR(iou(a, b), 50.0 / 150, 1e-6);
  EXPECT_NEAR(iou(a, reordered(a, 2, true)), 1, 1e-6);
  EXPECT_NEAR(coverage(a, Quad::from_rect({-5, -5, 30, 30})), 1, 1e-6);
  EXPECT_EQ(iou(a, Quad::from_rect({20, 20, 5, 5})), 0);
}

// Outlines at a picture's edge lie on it but for rounding, and those of two frames on each other.
TEST(Quads, overlap_of_those_whose_sides_nearly_coincide) {
  constexpr double side = 100;
  const Quad frame = Quad::from_rect({0, 0, side, side});
  std::mt19937 random(20);
  const auto between = [&random](double low, double high) {
    return low + (high - low) * static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
  };
  for (const double rounding : {1e-3, 1e-5, 1e-6, 1e-7, 1e-9, 1e-13, 0.0}) {
    for (int i = 0; i < 2000; ++i) {
      // Corners within the frame, most of them on its edge.
      Quad quad{{{{between(-20, 40), between(-20, 40)},
                  {between(60, 160), between(-20, 40)},
                  {between(60, 160), between(60, 160)},
                  {between(-20, 40), between(60, 160)}}}};
      Quad other;
      for (std::size_t k = 0; k < 4; ++k) {
        quad[k] = {std::clamp(quad[k].x, 0.0, side), std::clamp(quad[k].y, 0.0, side)};
        other[k] = {quad[k].x + between(-rounding, rounding), quad[k].y + between(-rounding, rounding)};
      }
      if (!is_convex(quad) || !is_convex(other)) continue;
      EXPECT_NEAR(coverage(quad, frame), 1, 1e-3) << rounding;
      EXPECT_NEAR(coverage(other, frame), 1, 1e-3) << rounding;
      EXPECT_NEAR(iou(quad, frame), std::abs(signed_area(quad)) / (side * side), 1e-3) << rounding;
      EXPECT_NEAR(iou(frame, other), std::abs(signed_area(other)) / (side * side), 1e-3) << rounding;
      EXPECT_NEAR(iou(quad, other), 1, 1e-3) << rounding;
      EXPECT_NEAR(iou(reordered(quad, 1, true), other), 1, 1e-3) << rounding;
    }
  }
}

// Against the share of a grid's points that lie in both.
TEST(Quads, overlap_is_that_of_counted_points) {
  std::mt19937 random(21);
  const auto within = [&random](double low, double high) {
    return low + (high - low) * static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
  };
  const auto inside = [](const Quad& q, double x, double y) {
    int left = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const Point &a = q[i], &b = q[(i + 1) % 4];
      left += (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0 ? 1 : 0;
    }
    return left == 0 || left == 4;
  };
  for (int i = 0; i < 200; ++i) {
    const auto drawn = [&] {
      return Quad{{{{within(0, 45), within(0, 45)},
                    {within(55, 100), within(0, 45)},
                    {within(55, 100), within(55, 100)},
                    {within(0, 45), within(55, 100)}}}};
    };
    const Quad a = drawn(), b = reordered(drawn(), i % 4, i % 3 == 0);
    if (!is_convex(a) || !is_convex(b)) continue;
    int both = 0, either = 0;
    for (double y = 0.25; y < 100; y += 0.5) {
      for (double x = 0.25; x < 100; x += 0.5) {
        const bool in_a = inside(a, x, y), in_b = inside(b, x, y);
        both += in_a && in_b ? 1 : 0;
        either += in_a || in_b ? 1 : 0;
      }
    }
    EXPECT_NEAR(iou(a, b), static_cast<double>(both) / either, 0.01) << i;
  }
}

TEST(Quads, reordering_turns_and_mirrors) {
  const Quad q = Quad::from_rect({0, 0, 20, 10});
  for (int turns = 0; turns < 4; ++turns) {
    EXPECT_EQ(rotation_of(reordered(q, turns, false)), turns * 90) << turns;
    EXPECT_GT(signed_area(reordered(q, turns, false)), 0);
    EXPECT_LT(signed_area(reordered(q, turns, true)), 0);
    EXPECT_EQ(rotation_of(reordered(q, turns, true)), turns * 90) << turns;
  }
  EXPECT_EQ(reordered(q, 0, false), q);
  EXPECT_EQ(reordered(q, 0, true)[0], q[1]);
}

TEST(Quads, aspect_ratio_sees_through_perspective) {
  // A card 85.6 x 54 turned by 35 degrees about its upright axis before a camera with a focal length of 1000 pixels.
  const double f = 1000, angle = 35 * 3.14159265358979 / 180, distance = 300;
  Quad q;
  const std::array<Point, 4> corners{{{-42.8, -27}, {42.8, -27}, {42.8, 27}, {-42.8, 27}}};
  for (std::size_t i = 0; i < 4; ++i) {
    const double x = corners[i].x * std::cos(angle), z = distance + corners[i].x * std::sin(angle);
    q[i] = {640 + f * x / z, 360 + f * corners[i].y / z};
  }
  const double simple = std::hypot(q[1].x - q[0].x, q[1].y - q[0].y) / std::hypot(q[3].x - q[0].x, q[3].y - q[0].y);
  EXPECT_GT(std::abs(simple - 1.585), 0.2);  // what sides alone would say
  // Perspective in one direction alone leaves the focal length to be assumed.
  EXPECT_LT(std::abs(aspect_ratio(q, {1280, 720}) - 1.585), 0.75 * std::abs(simple - 1.585));
}

TEST(Rectify, shows_the_page_upright_and_maps_back) {
  cv::Mat picture(480, 640, CV_8UC3, cv::Scalar(40, 60, 50));
  cv::Mat card = test::card();
  cv::circle(card, {200, 100}, 12, {0, 0, 255}, -1);
  const Quad quad{{{{110.5, 60.25}, {560, 100}, {540, 400}, {90, 340}}}};
  test::lay(picture, card, quad);
  for (const bool mirrored : {false, true}) {
    // A mirrored picture, and the corners named accordingly, give the same page.
    cv::Mat shown = picture;
    Quad corners = quad;
    if (mirrored) {
      cv::flip(picture, shown, 1);
      for (Point& p : corners.corners) p.x = 639 - p.x;
    }
    const Rectified page = rectify(as_view(shown), corners, {856, 540});
    const cv::Mat image = as_mat(page.image.view());
    EXPECT_LT(cv::norm(image, card, cv::NORM_L1) / static_cast<double>(image.total() * 3), 12);
    EXPECT_GT(image.at<cv::Vec3b>(100, 200)[2], 200);
    EXPECT_LT(image.at<cv::Vec3b>(100, 200)[0], 60);
    const Point back = page.page_to_source.map(Point{-0.5, -0.5});
    EXPECT_NEAR(back.x, corners[0].x, 1e-6);
    EXPECT_NEAR(back.y, corners[0].y, 1e-6);
  }
}

TEST(Rectify, corners_may_lie_outside) {
  cv::Mat picture(200, 300, CV_8UC3, cv::Scalar(10, 200, 30));
  const Rectified page =
      rectify(as_view(picture), Quad{{{{-80, -20}, {250, -30}, {260, 190}, {-90, 230}}}}, {400, 250});
  EXPECT_EQ(page.image.width, 400);
  EXPECT_EQ(as_mat(page.image.view()).at<cv::Vec3b>(0, 0)[1], 200);
}

TEST(Rectify, refuses_what_has_no_area) {
  cv::Mat picture(20, 30, CV_8UC3, cv::Scalar(1, 2, 3));
  EXPECT_THROW(rectify({}, tilted, {10, 10}), std::invalid_argument);
  EXPECT_THROW(rectify(as_view(picture), tilted, {0, 10}), std::invalid_argument);
  EXPECT_THROW(rectify(as_view(picture), tilted, {100'000, 100'000}), std::invalid_argument);
  EXPECT_THROW(rectify(as_view(picture), Quad{}, {10, 10}), std::invalid_argument);
}

TEST(Rectify, page_sizes_follow_the_standards) {
  EXPECT_EQ(page_size(PageKind::cn_id_portrait, 10), (page::Size{856, 540}));
  EXPECT_EQ(page_size(PageKind::sheet, 4), (page::Size{840, 1188}));
  EXPECT_NEAR(pixels_per_mm(Quad::from_rect({0, 0, 856, 539.8}), PageKind::cn_id_portrait), 10, 1e-9);
}

TEST(Quality, ranks_sharp_over_blurred_and_clear_over_glare) {
  cv::Mat picture = test::room(640, 480, 3);
  const Quad quad{{{{110, 60}, {560, 80}, {550, 370}, {100, 350}}}};
  test::lay(picture, test::card(), quad);
  const Quality sharp = measure_quality(as_view(picture), quad, PageKind::cn_id_portrait);
  cv::Mat soft, smeared, glossy = picture.clone();
  cv::GaussianBlur(picture, soft, {}, 2.5);
  cv::blur(picture, smeared, {13, 1});
  cv::ellipse(glossy, {330, 200}, {110, 70}, 20, 0, 360, {255, 255, 255}, -1);
  const Quality blurred = measure_quality(as_view(soft), quad, PageKind::cn_id_portrait);
  const Quality moved = measure_quality(as_view(smeared), quad, PageKind::cn_id_portrait);
  const Quality glare = measure_quality(as_view(glossy), quad, PageKind::cn_id_portrait);
  EXPECT_GT(sharp.score, 1.5 * blurred.score);
  EXPECT_GT(sharp.score, 1.2 * moved.score);
  EXPECT_GT(sharp.score, 1.5 * glare.score);
  EXPECT_GT(moved.motion_blur, sharp.motion_blur + 0.2);
  EXPECT_NEAR(glare.glare, 3.14159 * 110 * 70 / std::abs(signed_area(quad)), 0.03);
  EXPECT_EQ(measure_quality({}, quad).score, 0);
  EXPECT_LT(measure_quality(as_view(picture), Quad::from_rect({-300, 60, 600, 380})).visible, 0.55);
}
