#include "desk/cover.h"

#include <gtest/gtest.h>

namespace kualik::desk {
namespace {

const Quad frame = Quad::from_rect({0, 0, 800, 500});

// Whether a point lies in one of the quads (convex, any turn).
bool covered(const std::vector<Quad>& quads, Point p) {
  for (const Quad& q : quads) {
    int left = 0;
    int right = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const Point a = q[i];
      const Point b = q[(i + 1) % 4];
      const double cross = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
      left += cross >= 0;
      right += cross <= 0;
    }
    if (left == 4 || right == 4) return true;
  }
  return false;
}

// A card of 200 x 100 that moves 100 px a second to the right, seen ten times a second from 1 s to 3 s.
video::Track moving_card() {
  video::Track track;
  for (int i = 0; i <= 20; ++i) {
    const double t = 1.0 + 0.1 * i;
    track.frames.push_back({i * 3, t, Quad::from_rect({100 * t, 50, 200, 100}), 0.9F});
  }
  return track;
}

record::Record read_card() {
  record::Record r;
  r.quad = Quad::from_rect({200, 50, 200, 100});
  r.quad_time_s = 2.0;
  r.first_seen_s = 1.0;
  r.last_seen_s = 3.0;
  record::Field id;
  id.key = "id_number";
  id.value = "650102189307010018";
  id.evidence = record::Evidence{30, 2.0, Quad::from_rect({220, 125, 160, 15}), "", ""};
  r.fields = {id};
  return r;
}

TEST(Cover, TheWholeDocumentFollowsTheTrack) {
  const Cover cover({moving_card()}, {}, {}, frame);
  for (const double t : {1.0, 1.55, 2.0, 2.97}) {
    const std::vector<Quad> quads = cover.at(t);
    for (const Point corner :
         {Point{100 * t, 50}, Point{100 * t + 200, 50}, Point{100 * t + 200, 150}, Point{100 * t, 150}})
      EXPECT_TRUE(covered(quads, corner)) << "at " << t;
  }
  EXPECT_FALSE(covered(cover.at(2.0), {700, 400})) << "not the whole frame";
}

TEST(Cover, TheWholeFrameWhileADocumentComesOrGoes) {
  // Nobody knows from where: a card that comes from below lies under the place where it is first seen.
  video::Track sure = moving_card();
  sure.score = 0.9;
  const Cover cover({sure}, {}, {}, frame);
  for (const double t : {0.0, 0.5, 0.99, 3.01, 3.5, 4.1})
    for (const Point p : {Point{5, 5}, {150, 100}, {150, 495}, {795, 5}}) EXPECT_TRUE(covered(cover.at(t), p)) << t;
  EXPECT_TRUE(cover.at(10.0).empty());
  // One that was read is sure, whatever the score.
  EXPECT_TRUE(covered(Cover({moving_card()}, {read_card()}, {"id_number"}, frame).at(0.5), {150, 495}));
  // What may be none is held where it was.
  const Cover doubtful({moving_card()}, {}, {}, frame);
  EXPECT_TRUE(covered(doubtful.at(0.5), {150, 100}));
  EXPECT_TRUE(covered(doubtful.at(3.5), {400, 100}));
  EXPECT_FALSE(covered(doubtful.at(0.5), {150, 495}));
}

TEST(Cover, TheWholeFrameWhileADocumentIsLost) {
  video::Track track = moving_card();
  track.score = 0.9;
  track.frames.erase(track.frames.begin() + 10, track.frames.begin() + 15);  // From 2.0 to 2.4 s.
  const Cover cover({track}, {}, {}, frame);
  EXPECT_TRUE(covered(cover.at(2.2), {795, 495}));
  EXPECT_TRUE(covered(cover.at(1.7), {795, 495})) << "the first outline may lack a part";
  EXPECT_FALSE(covered(cover.at(1.85), {795, 495}));
  EXPECT_FALSE(covered(cover.at(2.7), {795, 495}));
}

TEST(Cover, ADocumentThatWasNotFollowedMayBeAnywhereWhileItWasSeen) {
  const Cover cover({}, {read_card()}, {"address"}, frame);
  for (const double t : {0.5, 2.0, 2.5, 3.5})
    for (const Point p : {Point{201, 51}, {795, 495}}) EXPECT_TRUE(covered(cover.at(t), p)) << t;
  EXPECT_TRUE(cover.at(9.0).empty());
  record::Record still = read_card();
  still.quad_time_s = still.first_seen_s = still.last_seen_s = 0;
  EXPECT_TRUE(covered(Cover({}, {still}, {}, frame).at(0), {201, 51}));
  EXPECT_FALSE(covered(Cover({}, {still}, {}, frame).at(0), {795, 495}));
}

TEST(Cover, ChosenFieldsMoveWithTheDocument) {
  const Cover cover({moving_card()}, {read_card()}, {"id_number"}, frame);
  const std::vector<Quad> quads = cover.at(2.5);  // moved by 50 px
  for (const Point p : {Point{270, 125}, Point{430, 125}, Point{430, 140}, Point{270, 140}})
    EXPECT_TRUE(covered(quads, p));
  EXPECT_FALSE(covered(quads, {300, 60})) << "the rest of the document stays open";
}

TEST(Cover, WhatWasNotReadKeepsTheWholeDocumentCovered) {
  record::Record r = read_card();
  const Cover unread({moving_card()}, {r}, {"id_number", "address"}, frame);
  EXPECT_TRUE(covered(unread.at(2.5), {300, 60})) << "the address may be there although it was not read";
  r.fields[0].evidence.reset();
  const Cover unplaced({moving_card()}, {r}, {"id_number"}, frame);
  EXPECT_TRUE(covered(unplaced.at(2.5), {300, 60}));
}

TEST(Cover, TracksThatWereNotReadAreCoveredAlsoWithKeys) {
  const Cover cover({moving_card()}, {}, {"id_number"}, frame);
  EXPECT_TRUE(covered(cover.at(2.0), {300, 60}));
}

TEST(Cover, AJumpCoversBothPlaces) {
  video::Track track;
  track.frames.push_back({0, 1.0, Quad::from_rect({0, 0, 100, 60}), 0.9F});
  track.frames.push_back({1, 1.1, Quad::from_rect({400, 0, 100, 60}), 0.9F});
  const std::vector<Quad> quads = Cover({track}, {}, {}, frame).at(1.05);
  EXPECT_TRUE(covered(quads, {50, 30}));
  EXPECT_TRUE(covered(quads, {450, 30}));
}

}  // namespace
}  // namespace kualik::desk
