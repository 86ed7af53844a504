#pragma once
// Follows documents through the frames of a video and keeps the best sights of each.
//
//   Tracker tracker;
//   while (source.grab()) {
//     if (!tracker.wants(source.time_s())) continue;      // not even converted
//     FrameView f = source.retrieve();
//     tracker.feed(f);
//     for (Track& t : tracker.take_finished()) read(t);   // memory stays bounded
//   }
//   for (Track& t : tracker.finish()) read(t);
//
// Documents are found every few frames and followed in between by their texture; a track survives gaps below a second,
// and ends when the document leaves or another takes its place. Several at once are followed side by side. A Tracker
// may be used by one thread at a time. Cost: about 2 ms a frame looked at while nothing is there, plus one search about
// every 0.4 s while the picture changes.

#include <cstdint>
#include <memory>
#include <vector>

#include "kualik/core/image.h"
#include "kualik/page/finder.h"
#include "kualik/page/geometry.h"
#include "kualik/page/quality.h"
#include "kualik/video/frame_source.h"

namespace kualik::video {

/// Where a track's document was in one frame.
struct Sight {
  std::int64_t index{0};
  double time_s{0};
  Quad quad{};     ///< Source pixels; clockwise from an arbitrary corner, the same one through the whole track.
  float score{0};  ///< The finder's score when it was last seen by the finder, faded by how well it was followed since.
};

/// One of the best sights of a track, with its pixels.
struct KeptFrame {
  std::int64_t index{0};
  double time_s{0};
  Quad quad{};  ///< Source pixels, refined in the full-resolution frame.
  page::Quality quality{};
  Image image{};       ///< The part of the frame around the quad, BGR, full resolution.
  Point origin{};      ///< Where the top left pixel of `image` lies in the frame.
  int frame_width{0};  ///< Of the whole frame.
  int frame_height{0};

  /// The quad in pixels of `image`.
  Quad quad_in_image() const noexcept {
    Quad q = quad;
    for (Point& p : q.corners) p = {p.x - origin.x, p.y - origin.y};
    return q;
  }
};

/// One document followed.
struct Track {
  int id{0};                      ///< In order of first sight, from 0.
  std::vector<Sight> frames{};    ///< In order of time; frames in which it was out of sight are left out.
  std::vector<KeptFrame> best{};  ///< Best first.
  double score{0};                ///< Best score of the finder.
  page::Shape shape{page::Shape::unknown};
  double first_s() const noexcept { return frames.empty() ? 0 : frames.front().time_s; }
  double last_s() const noexcept { return frames.empty() ? 0 : frames.back().time_s; }
};

/// How to follow. Every member has a default.
struct TrackerOptions {
  page::FinderOptions finder{
      .faces = false};        ///< For the full search; faces would cost more than decoding (default: without faces).
  int idle_size{320};         ///< Searches while nothing is there work at this longer side (default: 320).
  int keep{12};               ///< Sights kept of each track (default: 12).
  int small_width{480};       ///< Frames are followed at this longer side (default: 480).
  double look_hz{5.5};        ///< Frames looked at in a second while nothing is there (default: 5.5).
  double search_idle_s{0.5};  ///< Time between searches while nothing is there (default: 0.5).
  double search_busy_s{0.6};  ///< Time between searches while a document is followed (default: 0.6).
  double start_score{0.35};   ///< A candidate needs this to begin a track (default: 0.35).
  double gap_s{1.0};          ///< A document out of sight for less is the same track (default: 1.0).
  int max_tracks{4};          ///< Followed at once (default: 4).
};

/// The tracker.
class Tracker {
 public:
  explicit Tracker(TrackerOptions options = {});
  ~Tracker();
  Tracker(Tracker&&) noexcept;
  Tracker& operator=(Tracker&&) noexcept;
  Tracker(const Tracker&) = delete;  ///< Holds a finder; make another Tracker.
  Tracker& operator=(const Tracker&) = delete;

  /// Whether the frame at this time would be looked at; others need not be converted or fed.
  bool wants(double time_s) const noexcept;
  /// Looks at the next frame. Frames come in order of time; an empty view is ignored.
  void feed(const FrameView& frame);
  /// Begins a track at an outline that the caller found by other means (its print) in the frame fed last; such a track
  /// lives while its texture can be followed. Where one already lies there, none begins and false is given; one that
  /// was proposed is moved to the new outline then.
  bool propose(const FrameView& frame, const Quad& quad);
  /// Whether nothing larger than a speaker's gestures has moved for some seconds, as of the frames fed so far.
  bool is_calm(double time_s) const noexcept;
  /// Whether nothing is followed and the finder's net saw not the faintest sign of a document in the last search.
  bool suspects_nothing() const noexcept;
  /// The box around all that the finder's net took for documents in the last search, in source pixels; empty if
  /// nothing.
  Rect suspected() const noexcept;
  /// Whether the finder surely sees a document in the shape of a card, and not much else is suspected beside it; tracks
  /// that the caller proposed do not count.
  bool follows_card() const noexcept;
  /// Tracks that have ended since the last call; they are forgotten here.
  std::vector<Track> take_finished();
  /// Ends all tracks and gives those not taken yet. The tracker can then be used for another video.
  std::vector<Track> finish();
  /// Searches made so far (for measuring).
  std::int64_t searches() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kualik::video
