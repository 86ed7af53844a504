#include "kualik/video/tracker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "page/mat.h"
#include "page/scenes.h"

using namespace kualik;
using namespace kualik::video;

namespace {

constexpr double fps = 12.5;

/// A card that drifts a little.
Quad card_at(double x, double y, double t) {
  const double dx = x + 14 * std::sin(1.3 * t), dy = y + 9 * std::cos(1.1 * t);
  return Quad{{{{dx, dy}, {dx + 300, dy + 8}, {dx + 294, dy + 197}, {dx - 6, dy + 189}}}};
}

/// Runs the tracker over a drawn clip of so many seconds; `paint` draws what is seen at a time.
std::vector<Track> run(double seconds, const std::function<void(cv::Mat&, double)>& paint,
                       const TrackerOptions& options = {}, unsigned place = 41) {
  Tracker tracker(options);
  const cv::Mat room = test::room(640, 400, place);
  std::vector<Track> tracks;
  for (int i = 0; i < static_cast<int>(seconds * fps); ++i) {
    const double t = i / fps;
    cv::Mat frame = room.clone();
    paint(frame, t);
    test::camera(frame, static_cast<unsigned>(i));
    if (!tracker.wants(t)) continue;
    tracker.feed({page::as_view(frame), i, t});
    for (Track& done : tracker.take_finished()) tracks.push_back(std::move(done));
  }
  for (Track& rest : tracker.finish()) tracks.push_back(std::move(rest));
  return tracks;
}

}  // namespace

TEST(Tracker, follows_one_document_from_entry_to_exit) {
  const cv::Mat card = test::card();
  const auto tracks = run(5, [&](cv::Mat& f, double t) {
    if (t >= 1 && t < 4) test::lay(f, card, card_at(150, 110, t));
  });
  ASSERT_EQ(tracks.size(), 1U);
  const Track& track = tracks[0];
  EXPECT_LT(track.first_s(), 1.8);
  EXPECT_GT(track.last_s(), 3.6);
  EXPECT_LT(track.last_s(), 4.2);
  for (const Sight& s : track.frames) EXPECT_GT(page::iou(s.quad, card_at(150, 110, s.time_s)), 0.85) << s.time_s;
  ASSERT_GE(track.best.size(), 4U);
  EXPECT_LE(track.best.size(), 12U);
  for (std::size_t i = 0; i < track.best.size(); ++i) {
    const KeptFrame& k = track.best[i];
    EXPECT_GT(page::iou(k.quad, card_at(150, 110, k.time_s)), 0.93);
    EXPECT_LT(k.image.width, 1.5 * page::bounds(k.quad).width) << "a crop, not the frame";
    EXPECT_EQ(k.frame_width, 640);
    const Quad inside = k.quad_in_image();
    for (const Point& p : inside.corners)
      EXPECT_TRUE(p.x > 0 && p.y > 0 && p.x < k.image.width && p.y < k.image.height);
    if (i > 0) {
      EXPECT_GE(track.best[i - 1].quality.score, k.quality.score);
    }
  }
}

TEST(Tracker, two_at_once_are_two_tracks) {
  const cv::Mat card = test::card(), sheet = test::sheet();
  const auto paint = [&](cv::Mat& f, double t) {
    test::lay(f, card, card_at(40, 150, t));
    const double x = 400 + 5 * std::sin(t);
    test::lay(f, sheet, Quad{{{{x, 40}, {x + 200, 44}, {x + 198, 330}, {x - 2, 326}}}});
  };
  for (const unsigned place : {41U, 42U, 43U}) EXPECT_EQ(run(3, paint, {}, place).size(), 2U) << "room " << place;
}

TEST(Tracker, a_short_gap_is_bridged_and_a_long_one_is_not) {
  const cv::Mat card = test::card();
  for (const double gap : {0.5, 2.0}) {
    const auto tracks = run(4 + gap, [&](cv::Mat& f, double t) {
      if (t < 2 || t >= 2 + gap) test::lay(f, card, card_at(150, 110, t));
    });
    EXPECT_EQ(tracks.size(), gap < 1 ? 1U : 2U) << gap;
  }
}

TEST(Tracker, a_document_exchanged_for_another_begins_a_new_track) {
  const cv::Mat card = test::card();
  cv::Mat other = test::card();
  cv::flip(other, other, 1);  // Turned round in place it would be the same card.
  const auto tracks = run(5, [&](cv::Mat& f, double t) { test::lay(f, t < 2.5 ? card : other, card_at(150, 110, t)); });
  EXPECT_EQ(tracks.size(), 2U);
}

TEST(Tracker, nothing_there_gives_nothing_and_little_is_looked_at) {
  Tracker tracker;
  const cv::Mat room = test::room(640, 400, 42);
  int looked = 0;
  for (int i = 0; i < 250; ++i) {
    const double t = i / 25.0;
    if (!tracker.wants(t)) continue;
    ++looked;
    tracker.feed({page::as_view(room), i, t});
  }
  EXPECT_LE(looked, 100);
  EXPECT_LE(tracker.searches(), 6) << "a still picture is not searched again and again";
  EXPECT_TRUE(tracker.finish().empty());
}

TEST(Tracker, can_be_used_again) {
  Tracker tracker;
  const cv::Mat room = test::room(640, 400, 43), card = test::card();
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 20; ++i) {
      cv::Mat frame = room.clone();
      test::lay(frame, card, card_at(150, 110, i / fps));
      tracker.feed({page::as_view(frame), i, i / fps});
    }
    const auto tracks = tracker.finish();
    ASSERT_EQ(tracks.size(), 1U) << round;
    EXPECT_EQ(tracks[0].id, 0);
  }
}

TEST(Tracker, a_proposed_outline_is_followed_where_the_finder_sees_nothing) {
  // A patch of print without edges, in the colour of the wall.
  Tracker tracker;
  const cv::Mat room(400, 640, CV_8UC3, cv::Scalar(180, 180, 180));
  Quad last{};
  for (int i = 0; i < 38; ++i) {
    const double t = i / fps;
    cv::Mat frame = room.clone();
    const int dx = static_cast<int>(10 * std::sin(1.3 * t));
    for (int row = 0; row < 6; ++row)
      for (int k = 0; k < 14; ++k)
        cv::putText(frame, std::string(1, static_cast<char>('A' + (row * 7 + k * 5) % 26)),
                    {190 + dx + 18 * k, 150 + 24 * row}, cv::FONT_HERSHEY_SIMPLEX, 0.55, cv::Scalar(60, 60, 60), 1);
    const FrameView view{page::as_view(frame), i, t};
    last = Quad::from_rect({180.0 + dx, 130, 270, 150});
    if (tracker.wants(t) || i == 0) tracker.feed(view);
    if (i == 0) {
      EXPECT_TRUE(tracker.propose(view, last));
      EXPECT_FALSE(tracker.propose(view, last));  // One place, one track.
    }
  }
  EXPECT_FALSE(tracker.follows_card());  // Which speaks of what the finder sees.
  const std::vector<Track> tracks = tracker.finish();
  ASSERT_EQ(std::count_if(tracks.begin(), tracks.end(), [](const Track& t) { return t.score > 0.9; }), 1);
  const Track& track = *std::find_if(tracks.begin(), tracks.end(), [](const Track& t) { return t.score > 0.9; });
  EXPECT_GT(track.last_s(), 2.5);
  EXPECT_GT(page::iou(track.frames.back().quad, last), 0.85);
}
