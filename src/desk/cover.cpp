#include "desk/cover.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "kualik/record/mask.h"

namespace kualik::desk {
namespace {

// Erring on covering: the outline grows by this share of its size, and is held for so long before and after it was
// seen; of a certain document the whole frame is covered longer. Cards come into sight within half a second, and are
// searched for every half second.
constexpr double whole_margin = 0.12;
constexpr double field_margin = 0.6;  // of a field's height, on all sides
constexpr double hold_s = 0.8;
constexpr double frame_hold_s = 1.2;
constexpr double lost_s = 0.3;   // Between two sights: it may have been anywhere.
constexpr double first_s = 0.8;  // An outline found while the document came in may lack a part, until the next search.
constexpr double near_s = 0.25;  // Outlines so near in time are all covered: one of them may be wrong.
constexpr double hold_growth = 0.25;  // further growth per second of holding, since the document may move on

Point centre(const Quad& q) {
  Point c;
  for (const Point& p : q.corners) c = {c.x + p.x / 4, c.y + p.y / 4};
  return c;
}

Quad grown(const Quad& q, double share) {
  const Point c = centre(q);
  Quad out;
  for (std::size_t i = 0; i < 4; ++i) out[i] = {c.x + (q[i].x - c.x) * (1 + share), c.y + (q[i].y - c.y) * (1 + share)};
  return out;
}

double distance(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

double size_of(const Quad& q) { return std::max(distance(q[0], q[2]), distance(q[1], q[3])); }

Quad between(const Quad& a, const Quad& b, double t) {
  Quad out;
  for (std::size_t i = 0; i < 4; ++i) out[i] = {a[i].x + (b[i].x - a[i].x) * t, a[i].y + (b[i].y - a[i].y) * t};
  return out;
}

std::array<cv::Point2f, 4> points(const Quad& q) {
  std::array<cv::Point2f, 4> out;
  for (std::size_t i = 0; i < 4; ++i) out[i] = {static_cast<float>(q[i].x), static_cast<float>(q[i].y)};
  return out;
}

const std::array<cv::Point2f, 4> unit{cv::Point2f{0, 0}, {1, 0}, {1, 1}, {0, 1}};

Quad mapped(const Quad& q, const cv::Mat& transform) {
  const std::array<cv::Point2f, 4> in = points(q);
  std::vector<cv::Point2f> out;
  cv::perspectiveTransform(std::vector<cv::Point2f>(in.begin(), in.end()), out, transform);
  Quad quad;
  for (std::size_t i = 0; i < 4; ++i) quad[i] = {out[i].x, out[i].y};
  return quad;
}

// The field's box grown by a share of its height, in the plane of the document.
Quad field_box(const Quad& q) {
  const double height = std::max(distance(q[0], q[3]), distance(q[1], q[2]));
  const double width = std::max(1e-6, std::max(distance(q[0], q[1]), distance(q[3], q[2])));
  Quad out;
  const Point along{(q[1].x - q[0].x + q[2].x - q[3].x) / 2 / width, (q[1].y - q[0].y + q[2].y - q[3].y) / 2 / width};
  const Point down{-along.y, along.x};
  for (std::size_t i = 0; i < 4; ++i) {
    const double side = i == 0 || i == 3 ? -1 : 1;
    const double level = i < 2 ? -1 : 1;
    const double facing = (q[3].x - q[0].x) * down.x + (q[3].y - q[0].y) * down.y >= 0 ? 1 : -1;
    const double grow = field_margin * height;
    out[i] = {q[i].x + grow * (side * along.x + level * facing * down.x),
              q[i].y + grow * (side * along.y + level * facing * down.y)};
  }
  return out;
}

const video::Sight* nearest(const std::vector<video::Sight>& sights, double time_s) {
  const video::Sight* best = nullptr;
  for (const video::Sight& s : sights)
    if (best == nullptr || std::abs(s.time_s - time_s) < std::abs(best->time_s - time_s)) best = &s;
  return best;
}

std::vector<const video::Sight*> near_by(const std::vector<video::Sight>& sights, double time_s) {
  std::vector<const video::Sight*> out;
  auto s = std::lower_bound(sights.begin(), sights.end(), time_s - near_s,
                            [](const video::Sight& a, double t) { return a.time_s < t; });
  for (; s != sights.end() && s->time_s <= time_s + near_s; ++s) out.push_back(&*s);
  return out;
}

// How far apart two outlines are, whatever corner each begins at.
double apart(const Quad& a, const Quad& b) {
  double best = std::numeric_limits<double>::max();
  for (std::size_t turn = 0; turn < 4; ++turn)
    for (const bool mirrored : {false, true}) {
      double sum = 0;
      for (std::size_t i = 0; i < 4; ++i) sum += distance(a[i], b[mirrored ? (turn + 4 - i) % 4 : (turn + i) % 4]);
      best = std::min(best, sum / 4);
    }
  return best;
}

}  // namespace

Cover::Cover(std::vector<video::Track> tracks, const std::vector<record::Record>& records,
             const std::vector<std::string>& keys, const Quad& frame)
    : frame_(frame) {
  for (video::Track& t : tracks) {
    Followed f;
    f.certain = t.score >= video::TrackerOptions{}.start_score;
    f.sights = std::move(t.frames);
    if (!f.sights.empty()) followed_.push_back(std::move(f));
  }
  for (const record::Record& r : records) {
    if (r.quad == Quad{}) continue;
    Followed* found = nullptr;
    double best = 0.35 * size_of(r.quad);
    for (Followed& f : followed_) {
      const video::Sight* s = nearest(f.sights, r.quad_time_s);
      if (std::abs(s->time_s - r.quad_time_s) > hold_s) continue;
      const double d = apart(s->quad, r.quad);
      if (d < best) {
        best = d;
        found = &f;
      }
    }
    if (found == nullptr) {
      stills_.push_back({grown(r.quad, 3 * whole_margin), r.first_seen_s, r.last_seen_s});
      continue;
    }
    found->certain = true;
    if (keys.empty()) continue;
    bool sure = true;
    std::vector<Quad> fields;
    for (const record::Field& f : r.fields) {
      const bool chosen = std::find(keys.begin(), keys.end(), f.key) != keys.end();
      // The page's text and the machine-readable zone repeat other fields.
      if (!chosen && f.key != "mrz") continue;
      if (!f.evidence || f.evidence->quad == Quad{}) {
        sure = sure && !chosen;
        continue;
      }
      const video::Sight* s = nearest(found->sights, f.evidence->time_s);
      if (std::abs(s->time_s - f.evidence->time_s) > 0.1) {
        sure = false;
        continue;
      }
      fields.push_back(mapped(field_box(f.evidence->quad), cv::getPerspectiveTransform(points(s->quad), unit)));
    }
    // A document of which a chosen key was never read may show it all the same, so it stays covered whole.
    for (const std::string& key : keys)
      sure =
          sure && std::any_of(r.fields.begin(), r.fields.end(), [&](const record::Field& f) { return f.key == key; });
    found->whole = !sure || fields.empty();
    found->fields = std::move(fields);
  }
}

std::vector<Quad> Cover::at(double time_s) const {
  std::vector<Quad> out;
  for (const Still& s : stills_) {
    if (time_s < s.first - frame_hold_s || time_s > s.last + frame_hold_s) continue;
    // Told by its print, a card on a sheet moves like any other: nobody knows where to.
    out.push_back(s.first == s.last && time_s == s.first ? s.quad : frame_);
  }
  for (const Followed& f : followed_) cover_one(f, time_s, out);
  return out;
}

void Cover::cover_one(const Followed& f, double time_s, std::vector<Quad>& out) const {
  const double first = f.sights.front().time_s;
  const double last = f.sights.back().time_s;
  const double hold = f.certain ? frame_hold_s : hold_s;
  if (time_s < first - hold || time_s > last + hold) return;
  const auto after = std::lower_bound(f.sights.begin(), f.sights.end(), time_s,
                                      [](const video::Sight& s, double t) { return s.time_s < t; });
  Quad quad;
  double gap = 0;
  bool lost = false;
  if (after == f.sights.begin()) {
    quad = after->quad;
    gap = after->time_s - time_s;
    lost = true;
  } else if (after == f.sights.end()) {
    quad = f.sights.back().quad;
    gap = time_s - last;
    lost = gap > 0;
  } else {
    const video::Sight& before = *(after - 1);
    const double step = after->time_s - before.time_s;
    quad = between(before.quad, after->quad, step > 0 ? (time_s - before.time_s) / step : 0);
    gap = step > lost_s ? std::min(time_s - before.time_s, after->time_s - time_s) : 0;
    lost = gap > 0 || time_s < first + first_s;
    // A jump between two sights: both places are covered, not only the way between.
    if (distance(centre(before.quad), centre(after->quad)) > 0.15 * size_of(quad)) {
      out.push_back(grown(before.quad, whole_margin));
      out.push_back(grown(after->quad, whole_margin));
    }
  }
  if (lost && f.certain) {
    out.push_back(frame_);
    return;
  }
  const double growth = whole_margin + hold_growth * gap;
  if (f.whole || gap > 0.1) {
    out.push_back(grown(quad, growth));
    for (const video::Sight* s : near_by(f.sights, time_s)) out.push_back(grown(s->quad, whole_margin));
    return;
  }
  const auto fields_on = [&](const Quad& document) {
    const cv::Mat transform = cv::getPerspectiveTransform(unit, points(document));
    for (const Quad& field : f.fields) out.push_back(grown(mapped(field, transform), 0.05));
  };
  fields_on(quad);
  for (const video::Sight* s : near_by(f.sights, time_s)) fields_on(s->quad);
}

}  // namespace kualik::desk
