#include "reader/print_place.h"

#include <algorithm>
#include <cmath>
#include <opencv2/calib3d.hpp>
#include <set>
#include <string>

#include "kualik/page/finder.h"
#include "reader/card_rows.h"

namespace kualik::reader {
namespace {

using page::PageKind;

/// Layouts are known to three hundredths of the card.
constexpr double agree_mm = 2.3;
constexpr std::size_t most_cards = 4;

/// A glyph of the printed form and its middle, in fractions of the card (data/layouts/resident_card.tsv for the rows
/// and the values' left ends; labels end before them).
struct Glyph {
  PageKind kind;
  const char* text;
  int row;
  double x, y;
};

const std::vector<Glyph>& glyphs() {
  constexpr PageKind portrait = PageKind::cn_id_portrait;
  constexpr PageKind emblem = PageKind::cn_id_emblem;
  static const std::vector<Glyph> all = [] {
    std::vector<Glyph> out{
        {portrait, "姓", 0, 0.084, 0.148}, {portrait, "名", 0, 0.131, 0.148}, {portrait, "性", 1, 0.084, 0.270},
        {portrait, "别", 1, 0.131, 0.270}, {portrait, "民", 1, 0.304, 0.270}, {portrait, "族", 1, 0.351, 0.270},
        {portrait, "男", 1, 0.192, 0.270}, {portrait, "女", 1, 0.192, 0.270}, {portrait, "出", 2, 0.084, 0.385},
        {portrait, "生", 2, 0.131, 0.385}, {portrait, "年", 2, 0.308, 0.385}, {portrait, "月", 2, 0.413, 0.385},
        {portrait, "日", 2, 0.515, 0.385}, {portrait, "住", 3, 0.084, 0.500}, {portrait, "址", 3, 0.131, 0.500},
    };
    const auto spread = [&](PageKind kind, std::initializer_list<const char*> texts, int row, double from, double to,
                            double y) {
      int i = 0;
      const double step = (to - from) / static_cast<double>(texts.size());
      for (const char* text : texts) out.push_back({kind, text, row, from + (i++ + 0.5) * step, y});
    };
    spread(portrait, {"公", "民", "身", "份", "号", "码"}, 6, 0.065, 0.310, 0.840);
    spread(emblem, {"中", "华", "人", "民", "共", "和", "国"}, 0, 0.330, 0.800, 0.170);
    spread(emblem, {"居", "民", "身", "份", "证"}, 1, 0.270, 0.870, 0.345);
    spread(emblem, {"签", "发", "机", "关"}, 2, 0.190, 0.360, 0.752);
    spread(emblem, {"有", "效", "期", "限"}, 3, 0.190, 0.360, 0.872);
    return out;
  }();
  return all;
}

struct Pair {
  const Glyph* glyph;
  double mx, my;  // On the card, mm.
  double px, py;  // On the page.
  double size;    // Height of the glyph's box on the page.
};

std::vector<Pair> pairs_of(const PageText& page, PageKind kind) {
  std::vector<Pair> out;
  for (const TextLine& line : page.lines) {
    for (const Symbol& s : line.symbols) {
      if (s.box.empty() || s.probability < 0.3F) continue;
      for (const Glyph& g : glyphs()) {
        if (g.kind != kind || s.text != g.text) continue;
        out.push_back({&g, g.x * card_mm_wide, g.y * card_mm_high, s.box.x + 0.5 * s.box.width,
                       s.box.y + 0.5 * s.box.height, s.box.height});
      }
    }
    // The number is printed from fixed place to fixed place, so that its ends are as good as labels.
    static const Glyph first{PageKind::cn_id_portrait, "", 6, number_from, number_row};
    static const Glyph last{PageKind::cn_id_portrait, "", 6, number_to, number_row};
    if (kind != PageKind::cn_id_portrait) continue;
    if (const std::optional<NumberEnds> ends = ends_of_number(line)) {
      out.push_back(
          {&first, first.x * card_mm_wide, first.y * card_mm_high, ends->first.x, ends->first.y, ends->height});
      out.push_back({&last, last.x * card_mm_wide, last.y * card_mm_high, ends->last.x, ends->last.y, ends->height});
    }
  }
  return out;
}

/// x' = a x - b y + c, y' = b x + a y + d: from millimetres to the page.
struct Similarity {
  double a{}, b{}, c{}, d{};
};

struct Vote {
  std::vector<const Pair*> inliers;
  int rows{0};
};

cv::Matx33d matrix_of(const Similarity& s) { return {s.a, -s.b, s.c, s.b, s.a, s.d, 0, 0, 1}; }

cv::Vec2d mapped(const cv::Matx33d& map, double x, double y) {
  const cv::Vec3d p = map * cv::Vec3d{x, y, 1};
  return {p[0] / p[2], p[1] / p[2]};
}

/// Whether a glyph is about as high as it is printed: labels and values some 3 mm, the titles of the emblem side more.
bool fits_in_size(const Pair& pair, double px_per_mm) {
  const bool title = pair.glyph->kind == PageKind::cn_id_emblem && pair.glyph->row < 2;
  const double mm = pair.size / px_per_mm;
  return title ? mm > 2.5 && mm < 11 : mm > 1.4 && mm < 4.4;
}

/// The glyphs that lie where `map` (millimetres to page) has them; each place once, the nearest.
Vote vote_for(const cv::Matx33d& map, const std::vector<Pair>& pairs) {
  Vote vote;
  const double scale = std::sqrt(std::abs(map(0, 0) * map(1, 1) - map(0, 1) * map(1, 0)));
  std::vector<std::pair<const Pair*, double>> best;
  for (const Pair& p : pairs) {
    const double off = cv::norm(mapped(map, p.mx, p.my) - cv::Vec2d{p.px, p.py}) / scale;
    if (off > agree_mm || !fits_in_size(p, scale)) continue;
    const auto same = std::find_if(best.begin(), best.end(), [&](const auto& b) {
      return b.first->glyph == p.glyph || (b.first->mx == p.mx && b.first->my == p.my);
    });
    if (same == best.end())
      best.emplace_back(&p, off);
    else if (off < same->second)
      *same = {&p, off};
  }
  std::set<int> rows;
  for (const auto& [pair, off] : best) {
    vote.inliers.push_back(pair);
    rows.insert(pair->glyph->row);
  }
  vote.rows = static_cast<int>(rows.size());
  return vote;
}

bool enough(const Vote& vote) {
  const auto count = vote.inliers.size();
  return (vote.rows >= 2 && count >= 5) || (vote.rows >= 3 && count >= 4);
}

/// The map with the least squares of distances, of the form that so many glyphs, so spread, can bear; `before` else.
cv::Matx33d fitted(const Vote& vote, const cv::Matx33d& before) {
  std::vector<cv::Point2d> from, to;
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  for (const Pair* p : vote.inliers) {
    from.emplace_back(p->mx, p->my);
    to.emplace_back(p->px, p->py);
    left = std::min(left, p->mx);
    right = std::max(right, p->mx);
    top = std::min(top, p->my);
    bottom = std::max(bottom, p->my);
  }
  const double wide = (right - left) / card_mm_wide, high = (bottom - top) / card_mm_high;
  if (from.size() >= 8 && wide > 0.45 && high > 0.5) {
    const cv::Mat h = cv::findHomography(from, to, 0);
    if (!h.empty()) return cv::Matx33d(h.ptr<double>());
  }
  if (from.size() < 5 || wide < 0.2 || high < 0.1) return before;
  cv::Mat design(static_cast<int>(from.size()), 3, CV_64F), target(static_cast<int>(from.size()), 2, CV_64F), m;
  for (int i = 0; i < design.rows; ++i) {
    const auto k = static_cast<std::size_t>(i);
    design.at<double>(i, 0) = from[k].x;
    design.at<double>(i, 1) = from[k].y;
    design.at<double>(i, 2) = 1;
    target.at<double>(i, 0) = to[k].x;
    target.at<double>(i, 1) = to[k].y;
  }
  if (!cv::solve(design, target, m, cv::DECOMP_SVD)) return before;
  // A strong shear, or rows far wider than high, is a bad fit rather than a card.
  const cv::Vec2d x(m.at<double>(0, 0), m.at<double>(0, 1)), y(m.at<double>(1, 0), m.at<double>(1, 1));
  const double stretch = cv::norm(x) / cv::norm(y);
  if (std::abs(x.dot(y)) > 0.45 * cv::norm(x) * cv::norm(y) || stretch < 0.55 || stretch > 1.7) return before;
  return {x[0], y[0], m.at<double>(2, 0), x[1], y[1], m.at<double>(2, 1), 0, 0, 1};
}

Quad corners(const cv::Matx33d& map) {
  Quad quad = Quad::from_rect({0, 0, card_mm_wide, card_mm_high});
  for (Point& p : quad.corners) {
    const cv::Vec2d at = mapped(map, p.x, p.y);
    p = {at[0], at[1]};
  }
  return quad;
}

}  // namespace

bool lies_in(const Symbol& s, const Rect& area) {
  const double x = s.box.x + 0.5 * s.box.width, y = s.box.y + 0.5 * s.box.height;
  return x > area.x && x < area.x + area.width && y > area.y && y < area.y + area.height;
}

std::optional<PrintPage> place_card(const PageText& page) {
  std::optional<PrintPage> best;
  for (const PageKind kind : {PageKind::cn_id_portrait, PageKind::cn_id_emblem}) {
    const std::vector<Pair> pairs = pairs_of(page, kind);
    Vote most;
    cv::Matx33d map = cv::Matx33d::eye();
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      for (std::size_t j = i + 1; j < pairs.size(); ++j) {
        const double mx = pairs[j].mx - pairs[i].mx, my = pairs[j].my - pairs[i].my;
        const double px = pairs[j].px - pairs[i].px, py = pairs[j].py - pairs[i].py;
        const double length = mx * mx + my * my;
        if (length < 36) continue;  // Two neighbours say little of the direction.
        Similarity s;
        s.a = (mx * px + my * py) / length;
        s.b = (mx * py - my * px) / length;
        const double scale = std::hypot(s.a, s.b);
        if (s.a < 0.8 * scale || scale * card_mm_wide < narrowest_card) continue;  // The way round is known.
        if (!fits_in_size(pairs[i], scale)) continue;
        s.c = pairs[i].px - s.a * pairs[i].mx + s.b * pairs[i].my;
        s.d = pairs[i].py - s.b * pairs[i].mx - s.a * pairs[i].my;
        Vote vote = vote_for(matrix_of(s), pairs);
        if (vote.inliers.size() + static_cast<std::size_t>(vote.rows) <=
            most.inliers.size() + static_cast<std::size_t>(most.rows))
          continue;
        most = std::move(vote);
        map = matrix_of(s);
      }
    }
    if (!enough(most) || (best && best->glyphs >= static_cast<int>(most.inliers.size()))) continue;
    // Glyphs that perspective moved away come back as the map is fitted to those that agree.
    for (int round = 0; round < 4; ++round) {
      const cv::Matx33d better = fitted(most, map);
      Vote vote = vote_for(better, pairs);
      if (vote.inliers.size() < most.inliers.size()) break;
      most = std::move(vote);
      map = better;
    }
    const Quad quad = corners(map);
    if (!page::is_convex(quad) || page::signed_area(quad) < narrowest_card * narrowest_card * 0.5) continue;
    best.emplace();
    best->kind = kind;
    best->quad = quad;
    best->glyphs = static_cast<int>(most.inliers.size());
    best->rows = most.rows;
  }
  return best;
}

std::vector<PrintPage> place_cards(const PageText& page) {
  std::vector<PrintPage> out;
  PageText rest = page;
  while (out.size() < most_cards) {
    const std::optional<PrintPage> found = place_card(rest);
    if (!found) break;
    const Rect area = page::bounds(found->quad);
    for (TextLine& line : rest.lines) std::erase_if(line.symbols, [&](const Symbol& s) { return lies_in(s, area); });
    // What is left of a card whose glyphs were misplaced is no second one on top of it.
    const bool covered = std::any_of(out.begin(), out.end(), [&](const PrintPage& other) {
      return page::coverage(found->quad, other.quad) > 0.2 || page::coverage(other.quad, found->quad) > 0.2;
    });
    if (!covered) out.push_back(*found);
  }
  return out;
}

}  // namespace kualik::reader
