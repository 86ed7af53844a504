#include "kualik/page/finder.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "scenes.h"

using namespace kualik;
using namespace kualik::page;

namespace {

struct Case {
  const char* name;
  Quad quad;
  bool card;
};

const Case cases[] = {
    {"upright", {{{{150, 120}, {650, 120}, {650, 435}, {150, 435}}}}, true},
    {"tilted", {{{{260, 90}, {660, 250}, {560, 500}, {160, 340}}}}, true},
    {"perspective", {{{{200, 130}, {640, 80}, {650, 440}, {190, 350}}}}, true},
    {"small", {{{{400, 220}, {610, 235}, {600, 368}, {391, 352}}}}, true},
    {"turned by a quarter", {{{{560, 60}, {555, 500}, {280, 495}, {290, 65}}}}, true},
    {"cut by the left edge", {{{{-60, 140}, {440, 130}, {445, 445}, {-55, 455}}}}, true},
    {"sheet", {{{{300, 40}, {620, 60}, {610, 505}, {290, 490}}}}, false},
};

Candidate best_for(const std::vector<Candidate>& found, const Quad& truth) {
  Candidate best;
  double most = -1;
  for (const Candidate& c : found) {
    if (iou(c.quad, truth) > most) {
      most = iou(c.quad, truth);
      best = c;
    }
  }
  return best;
}

}  // namespace

TEST(Finder, finds_pages_in_clutter) {
  Finder finder;
  for (const Case& c : cases) {
    cv::Mat picture = test::room(854, 540, 11);
    test::lay(picture, c.card ? test::card() : test::sheet(), c.quad);
    test::camera(picture, 5);
    const auto found = finder.find(as_view(picture));
    ASSERT_FALSE(found.empty()) << c.name;
    // The first is the document, roughly; what follows it in the search refines the outline by the print.
    EXPECT_GT(iou(found.front().quad, c.quad), 0.85) << c.name;
    EXPECT_GT(found.front().score, 0.4) << c.name;
  }
}

TEST(Finder, fingers_over_the_edge_do_not_move_the_corners) {
  cv::Mat picture = test::room(854, 540, 12);
  const Quad quad{{{{170, 110}, {660, 140}, {640, 450}, {160, 420}}}};
  test::lay(picture, test::card(), quad);
  cv::ellipse(picture, {400, 465}, {34, 70}, 12, 0, 360, {110, 140, 200}, -1, cv::LINE_AA);
  cv::ellipse(picture, {140, 260}, {80, 30}, -8, 0, 360, {110, 140, 200}, -1, cv::LINE_AA);
  test::camera(picture, 6);
  const Candidate best = best_for(find_documents(as_view(picture)), quad);
  for (const Point& truth : quad.corners) {
    double nearest = 1e9;
    for (const Point& p : best.quad.corners) nearest = std::min(nearest, std::hypot(p.x - truth.x, p.y - truth.y));
    EXPECT_LT(nearest, 2.5);
  }
}

TEST(Finder, two_documents_at_once) {
  cv::Mat picture = test::room(960, 540, 13);
  const Quad left{{{{60, 180}, {420, 160}, {430, 390}, {70, 410}}}},
      right{{{{520, 170}, {900, 190}, {890, 430}, {510, 410}}}};
  test::lay(picture, test::card(), left);
  test::lay(picture, test::card(), right);
  test::camera(picture, 7);
  const auto found = find_documents(as_view(picture));
  EXPECT_GT(iou(best_for(found, left).quad, left), 0.9);
  EXPECT_GT(iou(best_for(found, right).quad, right), 0.9);
}

TEST(Finder, says_little_of_a_room_without_documents) {
  for (unsigned seed : {21U, 22U, 23U, 24U}) {
    cv::Mat picture = test::room(854, 540, seed);
    test::camera(picture, seed);
    for (const Candidate& c : find_documents(as_view(picture))) EXPECT_LT(c.score, 0.5) << seed;
  }
}

TEST(Finder, grey_padded_and_tiny_images) {
  cv::Mat picture = test::room(854, 540, 11), grey, wide;
  test::lay(picture, test::card(), cases[0].quad);
  cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
  cv::copyMakeBorder(grey, wide, 0, 0, 0, 33, cv::BORDER_CONSTANT);
  const cv::Mat part = wide(cv::Rect(0, 0, 854, 540));  // rows longer than the picture
  const auto found = find_documents(as_view(part));
  ASSERT_FALSE(found.empty());
  EXPECT_GT(iou(found.front().quad, cases[0].quad), 0.93);
  EXPECT_TRUE(find_documents({}).empty());
  cv::Mat dot(1, 1, CV_8UC3, cv::Scalar(1, 2, 3));
  EXPECT_TRUE(find_documents(as_view(dot)).empty());
  FinderOptions whole;
  whole.whole_frame = true;
  const auto fallback = find_documents(as_view(dot), whole);
  ASSERT_EQ(fallback.size(), 1U);
  EXPECT_TRUE(fallback.front().whole_frame);
}

TEST(Finder, leaves_the_picture_as_it_was) {
  // Pictures smaller than the finder works at, and outlines so close that nothing is reduced, share the caller's
  // pixels.
  for (const cv::Size size : {cv::Size(320, 180), cv::Size(640, 360), cv::Size(1280, 720)}) {
    cv::Mat picture = test::room(size.width, size.height, 5);
    const double w = size.width, h = size.height;
    const Quad quad{{{{0.3 * w, 0.3 * h}, {0.7 * w, 0.32 * h}, {0.69 * w, 0.75 * h}, {0.31 * w, 0.74 * h}}}};
    test::lay(picture, test::card(), quad);
    for (const int channels : {1, 3, 4}) {
      cv::Mat given = picture;
      if (channels == 1) cv::cvtColor(picture, given, cv::COLOR_BGR2GRAY);
      if (channels == 4) cv::cvtColor(picture, given, cv::COLOR_BGR2BGRA);
      const cv::Mat before = given.clone();
      const std::vector<Candidate> found = Finder{FinderOptions{}}.find(as_view(given));
      EXPECT_FALSE(found.empty()) << size << ' ' << channels;
      (void)refine_quad(as_view(given), quad);
      (void)refine_quad(as_view(given), quad, 3);
      EXPECT_EQ(cv::norm(given, before, cv::NORM_INF), 0.0) << size << ' ' << channels;
    }
  }
}

TEST(Finder, works_without_the_face_cascade) {
  FinderOptions options;
  options.cascade_path = "/nowhere/cascade.xml";
  Finder finder(options);
  cv::Mat picture = test::room(854, 540, 11);
  test::lay(picture, test::card(), cases[1].quad);
  EXPECT_FALSE(finder.find(as_view(picture)).empty());
}

TEST(Finder, refines_to_a_fraction_of_a_pixel) {
  cv::Mat picture(1080, 1920, CV_8UC3, cv::Scalar(60, 80, 90));
  const Quad quad{{{{400.3, 300.6}, {1410.2, 340.4}, {1380.7, 930.1}, {420.5, 960.8}}}};
  test::lay(picture, test::card(), quad);
  test::camera(picture, 8);
  const Quad fine = refine_quad(as_view(picture), grown(quad, 1.012), 14);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_LT(std::hypot(fine[i].x - quad[i].x, fine[i].y - quad[i].y), 1.0) << i;
}
