#pragma once
// A track in the making, and outlines between the frame and the small picture in which they are followed.

#include <cmath>
#include <opencv2/core.hpp>

#include "kualik/video/tracker.h"
#include "video/keeper.h"

namespace kualik::video {

/// A track in the making.
struct Live {
  Track track;
  Keeper keeper;
  Quad quad;          // small pixels
  cv::Mat reference;  // appearance, slowly following
  double seen_s{0};   // last time it was in sight
  double score{0};    // of the last search that saw it
  int sightings{0};   // searches that saw it
  int unlike{0};      // frames in a row that did not look like the reference
  int missed{0};      // searches in a row that found nothing at its place
  bool in_sight{true};
  bool proposed{false};  // by the caller: the finder need not see it

  Live(int id, int keep, const Quad& q) : keeper(keep), quad(q) { track.id = id; }
  bool confirmed() const {
    return (sightings >= 2 && track.score >= 0.5) || (track.score >= 0.75 && track.frames.size() >= 5) ||
           track.score >= 0.92;
  }
};

/// Between source pixels and those of the small picture, whose sides are `scale` times as long.
inline Quad from_small(const Quad& q, double scale) {
  Quad r = page::scaled(q, 1 / scale);
  const double shift = (1 / scale - 1) / 2;
  for (Point& p : r.corners) p = {p.x + shift, p.y + shift};
  return r;
}

inline Quad to_small(const Quad& q, double scale) {
  const double shift = (1 / scale - 1) / 2;
  Quad r = q;
  for (Point& p : r.corners) p = {(p.x - shift) * scale, (p.y - shift) * scale};
  return r;
}

/// Names the corners of `q` so that they begin where those of `like` do.
inline Quad matched_corners(const Quad& q, const Quad& like) {
  Quad best = q;
  double least = 1e300;
  for (int turns = 0; turns < 4; ++turns) {
    const Quad r = page::reordered(q, turns, false);
    double sum = 0;
    for (std::size_t i = 0; i < 4; ++i) sum += std::hypot(r[i].x - like[i].x, r[i].y - like[i].y);
    if (sum < least) {
      least = sum;
      best = r;
    }
  }
  return best;
}

}  // namespace kualik::video
