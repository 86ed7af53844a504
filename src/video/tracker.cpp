// Tracks: searches by the finder now and then, texture followed in between, appearance deciding whether it is still the
// same document.
#include "kualik/video/tracker.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "page/mat.h"
#include "video/follow.h"
#include "video/live_track.h"
#include "video/scene.h"

namespace kualik::video {
namespace {

/// Of an outline that the caller found.
constexpr double proposed_score = 0.95;
/// How often the picture is looked at for something new, and for how long after that what came to rest is searched for.
constexpr double compare_every_s = 0.2;
constexpr double rest_s = 1.2;
constexpr double slowest_s = 3.0;
constexpr double rejected_s = 8;
/// A card, turned or held aslant, is at least so much of the box around it.
constexpr double most_of_suspected = 0.42;
/// Every so many searches ask all proposals, whatever the net says: it may not know what is held up.
constexpr int thorough_every = 4;

}  // namespace

struct Tracker::Impl {
  TrackerOptions options;
  page::Finder finder;
  page::Finder scout;  // small and quick, while nothing is there
  std::vector<Live> live;
  std::vector<Track> finished;
  int next_id{0};
  cv::Mat grey;                 // small
  std::vector<cv::Mat> levels;  // its pyramid; empty when nobody needs it
  cv::Mat searched;             // thumbnail at the last search
  Scene scene;                  // what the picture has looked like lately
  double changed_s{-1e9};       // when that was
  double compared_s{-1e9};
  double last_look_s{-1e9};
  double last_search_s{-1e9};

  std::int64_t searches{0};
  int hurried{0};  // searches in a row with something uncertain
  int in_vain{0};  // searches since the last change that found nothing
  double scale{1};

  explicit Impl(TrackerOptions o) : options(std::move(o)), finder(options.finder), scout(scout_options(options)) {}

  static page::FinderOptions scout_options(const TrackerOptions& o) {
    page::FinderOptions result = o.finder;
    result.working_size = std::min(o.idle_size, o.finder.working_size);
    result.quick = true;
    result.max_candidates = 3;
    return result;
  }

  // A place whose outline was followed in vain for a while: furniture begins no track again and again, unless it looks
  // more like a document than it did.
  struct Rejected {
    Quad quad;  // small pixels
    double score;
    double until_s;
  };
  std::vector<Rejected> rejected;

  bool was_rejected(const Quad& small, double score, double now_s) const {
    return std::any_of(rejected.begin(), rejected.end(), [&](const Rejected& r) {
      return now_s < r.until_s && score < r.score + 0.12 && page::iou(r.quad, small) > 0.55;
    });
  }

  void end(Live& l) {
    if (!l.confirmed() || l.track.frames.empty()) return;
    l.track.best = l.keeper.take();
    if (l.track.best.empty()) return;
    finished.push_back(std::move(l.track));
  }

  void see(Live& l, const FrameView& frame, const Quad& small, double score) {
    l.quad = small;
    l.in_sight = true;
    l.seen_s = frame.time_s;
    const Quad quad = from_small(small, scale);
    if (!l.track.frames.empty() && l.track.frames.back().index == frame.index) {
      l.track.frames.back().quad = quad;
    } else {
      l.track.frames.push_back({frame.index, frame.time_s, quad, static_cast<float>(score)});
    }
  }

  void follow_all(const FrameView& frame, const cv::Mat& now, const std::vector<cv::Mat>& now_levels) {
    for (Live& l : live) {
      if (!l.in_sight || levels.empty()) continue;
      const Followed moved = follow(levels, now_levels, grey, l.quad);
      bool same = false;
      if (moved.ok) {
        const cv::Mat look = appearance(now, moved.quad);
        const double alike = likeness(look, l.reference);
        l.unlike = alike < 0.45 ? l.unlike + 1 : 0;
        same = alike > 0.2 && l.unlike < 4;
        // Light and hands change slowly; a document exchanged for another does not.
        if (alike > 0.7) {
          l.reference = l.reference * 0.95 + look * 0.05;
          l.reference /= std::max(1e-6, cv::norm(l.reference));
        }
      }
      if (!same) {
        l.in_sight = false;
        last_search_s = -1e9;  // look for it at once
        continue;
      }
      see(l, frame, moved.quad, l.score * moved.share);
    }
  }

  // Whether something came into the picture lately.
  bool changed(double now_s, const cv::Mat& now) {
    if (now_s - compared_s >= compare_every_s) {
      compared_s = now_s;
      if (scene.is_new(now)) {
        changed_s = now_s;
        in_vain = 0;
      }
    }
    return now_s - changed_s < rest_s;
  }

  // Whether nothing at all moved since the last search: a picture, a paused recording.
  bool still(const cv::Mat& now) const {
    if (searched.empty()) return false;
    cv::Mat thumb;
    cv::resize(now, thumb, {80, 45}, 0, 0, cv::INTER_AREA);
    return cv::norm(thumb, searched, cv::NORM_L1) / static_cast<double>(thumb.total()) < 1.2;
  }

  bool search_due(double now_s, const cv::Mat& now) {
    // What a document that was put down leaves behind is a scene of its own.
    if (!live.empty()) scene.forget();
    const bool moving = changed(now_s, now);
    bool tentative = false, lost = false;
    for (const Live& l : live) {
      tentative = tentative || !l.confirmed();
      lost = lost || !l.in_sight;
    }
    const double since = now_s - last_search_s;
    if (since < 0) return true;
    // What has just been seen or lost is looked for again soon, a few times; then the pace falls.
    if (tentative || lost) return since >= (hurried < 6 ? 0.16 : 0.5);
    if (!live.empty()) return since >= options.search_busy_s;
    if (since < options.search_idle_s) return false;
    if (moving) return true;
    // What was searched and has not changed is searched again at a falling pace.
    return since >= (still(now) ? slowest_s : std::min(slowest_s, 1.0 + 0.4 * in_vain));
  }

  void search(const FrameView& frame, const cv::Mat& now) {
    ++searches;
    const bool calm = std::all_of(live.begin(), live.end(), [](const Live& l) { return l.confirmed() && l.in_sight; });
    hurried = calm ? 0 : hurried + 1;
    last_search_s = frame.time_s;
    cv::resize(now, searched, {80, 45}, 0, 0, cv::INTER_AREA);
    std::vector<Quad> hints;
    if (live.empty()) {
      scout.thorough(searches % thorough_every == 0);
      const std::vector<page::Candidate> seen = scout.find(frame.view);
      for (const page::Candidate& c : seen)
        if (c.score >= 0.7 * options.start_score && !was_rejected(to_small(c.quad, scale), c.score, frame.time_s))
          hints.push_back(c.quad);
      if (hints.empty()) {
        ++in_vain;
        return;
      }
    }
    for (const Live& l : live) {
      if (l.in_sight) hints.push_back(from_small(l.quad, scale));
    }
    finder.thorough(searches % thorough_every == 0);
    const std::vector<page::Candidate> found = finder.find(frame.view, hints);
    in_vain = live.empty() && found.empty() ? in_vain + 1 : 0;
    std::vector<bool> matched(live.size(), false);
    for (const page::Candidate& c : found) {
      const Quad small = to_small(c.quad, scale);
      // Which track is this? One at the same place; else one that was lost and looks the same.
      std::size_t best = live.size();
      double best_overlap = 0.3;
      for (std::size_t i = 0; i < live.size(); ++i) {
        if (matched[i] || !live[i].in_sight) continue;
        // A card told by its print may lie on a sheet, as a copy does: the sheet's outline is not its own.
        const double inside = live[i].proposed ? 0.0 : 0.8 * page::coverage(live[i].quad, small);
        const double overlap = std::max(page::iou(live[i].quad, small), inside);
        if (overlap > best_overlap) {
          best_overlap = overlap;
          best = i;
        }
      }
      Quad placed = small;
      if (best == live.size()) {
        double best_alike = 0.55;
        for (std::size_t i = 0; i < live.size(); ++i) {
          if (matched[i] || live[i].in_sight) continue;
          for (int turns = 0; turns < 4; turns += 1) {
            const Quad r = page::reordered(small, turns, false);
            const double alike = likeness(appearance(now, r), live[i].reference);
            if (alike > best_alike) {
              best_alike = alike;
              best = i;
              placed = r;
            }
          }
        }
      } else {
        placed = matched_corners(small, live[best].quad);
      }
      if (best < live.size()) {
        Live& l = live[best];
        matched[best] = true;
        const bool was_in_sight = l.in_sight;
        const double overlap = page::iou(l.quad, placed);
        // The followed outline competed as a hint, so what came out is the better one.
        const cv::Mat look = appearance(now, placed);
        if (overlap < 0.8 || !was_in_sight) l.reference = look;
        see(l, frame, placed, c.score);
        l.score = c.score;
        l.missed = 0;
        ++l.sightings;
        if (c.score >= l.track.score) {
          l.track.score = c.score;
          l.track.shape = c.shape;
        }
      } else if (c.score >= options.start_score && static_cast<int>(live.size()) < options.max_tracks) {
        bool overlapping = false;
        for (const Live& l : live) overlapping = overlapping || (l.in_sight && page::coverage(small, l.quad) > 0.5);
        if (overlapping || was_rejected(small, c.score, frame.time_s)) continue;
        Live& l = live.emplace_back(next_id++, options.keep, small);
        matched.push_back(true);
        l.reference = appearance(now, small);
        l.score = c.score;
        l.sightings = 1;
        l.track.score = c.score;
        l.track.shape = c.shape;
        see(l, frame, small, c.score);
      }
    }
    for (std::size_t i = 0; i < matched.size(); ++i) {
      if (matched[i]) continue;
      Live& l = live[i];
      ++l.missed;
      // Texture still follows, but the finder no longer sees a document there: believe it for a while.
      if (!l.proposed && l.missed >= (l.confirmed() ? 3 : 2)) l.in_sight = false;
    }
    // Two tracks that came to lie on one document are one.
    for (std::size_t i = 0; i < live.size(); ++i) {
      for (std::size_t j = i + 1; j < live.size(); ++j) {
        if (live[i].in_sight && live[j].in_sight && page::iou(live[i].quad, live[j].quad) > 0.6) {
          Live& later = live[j].proposed && !live[i].proposed ? live[i] : live[j];
          later.in_sight = false;
          later.seen_s = -1e9;
        }
      }
    }
  }

  bool propose(const FrameView& frame, const Quad& quad) {
    if (grey.empty() || !page::is_convex(quad)) return false;
    const Quad small = to_small(quad, scale);
    for (Live& l : live) {
      if (!l.in_sight || page::iou(l.quad, small) <= 0.6) continue;
      // Texture drifts, and no search of the finder's puts such an outline back.
      if (l.proposed) see(l, frame, matched_corners(small, l.quad), l.score);
      return false;
    }
    Live& l = live.emplace_back(next_id++, options.keep, small);
    l.proposed = true;
    l.reference = appearance(grey, small);
    l.score = l.track.score = proposed_score;
    l.track.shape = page::Shape::card;
    see(l, frame, small, l.score);
    l.keeper.offer(frame, quad);
    if (levels.empty()) levels = pyramid(grey);
    return true;
  }

  void feed(const FrameView& frame) {
    last_look_s = frame.time_s;
    const int longest = std::max(frame.view.width, frame.view.height);
    scale = std::min(1.0, static_cast<double>(options.small_width) / longest);
    cv::Mat now;
    {
      // Grey first: one channel is reduced at a third of what three cost.
      const cv::Mat full = page::as_grey(frame.view);
      if (scale < 1) {
        page::reduce_to(full, now,
                        cv::Size(std::max(1, static_cast<int>(std::lround(full.cols * scale))),
                                 std::max(1, static_cast<int>(std::lround(full.rows * scale)))));
      } else {
        now = full.clone();
      }
    }
    std::vector<cv::Mat> now_levels;
    if (!grey.empty() && grey.size() != now.size()) {  // the stream changed its size: nothing can be followed over it
      for (Live& l : live) end(l);
      live.clear();
      levels.clear();
      searched.release();
      scene.forget();
      rejected.clear();
    }
    if (!live.empty()) {
      now_levels = pyramid(now);
      follow_all(frame, now, now_levels);
    }
    if (search_due(frame.time_s, now)) search(frame, now);
    for (Live& l : live) {
      if (l.in_sight && l.seen_s == frame.time_s) l.keeper.offer(frame, from_small(l.quad, scale));
    }
    const double gap = options.gap_s;
    // A weak beginning that gains nothing in two seconds is no document; following it costs time.
    std::erase_if(rejected, [&](const Rejected& r) { return r.until_s < frame.time_s; });
    std::erase_if(live, [&](const Live& l) {
      const bool weak = !l.confirmed() && frame.time_s - l.track.first_s() > 2;
      if (weak) rejected.push_back({l.quad, l.track.score, frame.time_s + rejected_s});
      return weak;
    });
    for (Live& l : live) {
      if (!l.in_sight && frame.time_s - l.seen_s > gap) end(l);
    }
    std::erase_if(live, [&](const Live& l) { return !l.in_sight && frame.time_s - l.seen_s > gap; });
    if (!live.empty() && now_levels.empty()) now_levels = pyramid(now);
    levels = std::move(now_levels);
    grey = now;
  }
};

Tracker::Tracker(TrackerOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Tracker::~Tracker() = default;
Tracker::Tracker(Tracker&&) noexcept = default;
Tracker& Tracker::operator=(Tracker&&) noexcept = default;
std::int64_t Tracker::searches() const noexcept { return impl_->searches; }

bool Tracker::wants(double time_s) const noexcept {
  // While something is followed every frame counts: texture moves too far otherwise.
  if (!impl_->live.empty()) return true;
  const double pause_s = 0.9 / std::max(0.1, impl_->options.look_hz);
  return time_s - impl_->last_look_s >= (is_calm(time_s) ? 1.6 : 1.0) * pause_s;
}

void Tracker::feed(const FrameView& frame) {
  if (!frame.view.empty()) impl_->feed(frame);
}

bool Tracker::propose(const FrameView& frame, const Quad& quad) {
  return !frame.view.empty() && impl_->propose(frame, quad);
}

bool Tracker::is_calm(double time_s) const noexcept { return time_s - impl_->changed_s >= rest_s; }

bool Tracker::suspects_nothing() const noexcept { return impl_->live.empty() && !impl_->scout.suspects(); }

bool Tracker::follows_card() const noexcept {
  const Quad area = Quad::from_rect(suspected());
  bool follows = false;
  double known = 0;
  for (const Live& l : impl_->live) {
    if (l.proposed || !l.in_sight || !l.confirmed() || l.track.shape != page::Shape::card || l.track.score <= 0.7)
      continue;
    follows = true;
    known += page::coverage(area, from_small(l.quad, impl_->scale));
  }
  // A copy of a card's one side on a sheet looks like a card; the other one lies beside it.
  return follows && (suspected().empty() || known > most_of_suspected);
}

Rect Tracker::suspected() const noexcept { return (impl_->live.empty() ? impl_->scout : impl_->finder).suspected(); }

std::vector<Track> Tracker::take_finished() { return std::exchange(impl_->finished, {}); }

std::vector<Track> Tracker::finish() {
  for (Live& l : impl_->live) impl_->end(l);
  std::vector<Track> tracks = take_finished();
  impl_->live.clear();
  impl_->next_id = 0;
  impl_->grey.release();
  impl_->levels.clear();
  impl_->searched.release();
  impl_->scene.forget();
  impl_->rejected.clear();
  impl_->last_look_s = impl_->last_search_s = impl_->changed_s = impl_->compared_s = -1e9;
  std::stable_sort(tracks.begin(), tracks.end(), [](const Track& a, const Track& b) { return a.id < b.id; });
  return tracks;
}

}  // namespace kualik::video
