#include "ocr/mrz_finder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace kualik::ocr {
namespace {

double wrap(double angle) {
  while (angle > std::numbers::pi / 2) angle -= std::numbers::pi;
  while (angle <= -std::numbers::pi / 2) angle += std::numbers::pi;
  return angle;
}

// The mask's long thin parts; one that is there already is left out.
void add_stripes(const cv::Mat& mask, std::vector<MrzStripe>& stripes) {
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(mask, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
  const std::size_t before = stripes.size();
  for (const auto& contour : contours) {
    if (contour.size() < 4) continue;
    const cv::RotatedRect box = cv::minAreaRect(contour);
    const bool lying = box.size.width >= box.size.height;
    MrzStripe s;
    s.middle = box.center;
    s.length = lying ? box.size.width : box.size.height;
    s.height = lying ? box.size.height : box.size.width;
    // A bent line is lower than its box.
    s.height = std::min(s.height, 1.15 * cv::contourArea(contour) / std::max(s.length, 1.0));
    s.angle = wrap((lying ? box.angle : box.angle + 90.0) * std::numbers::pi / 180.0);
    // 30 to 44 columns of a pitch of 0.7-1 glyph height: no shorter than 12 heights even where a part was lost.
    if (s.length < 11.0 * s.height || s.height < 3 || s.length < 60 || std::abs(s.angle) > 0.36) continue;
    const auto same = [&](const MrzStripe& o) {
      return cv::norm(o.middle - s.middle) < 0.5 * s.height && std::abs(o.length - s.length) < 2 * s.height;
    };
    if (std::none_of(stripes.begin(), stripes.begin() + static_cast<std::ptrdiff_t>(before), same))
      stripes.push_back(s);
  }
}

// Stripes of print that run within 20 degrees of the picture's rows.
std::vector<MrzStripe> level_stripes(const cv::Mat& grey, int glyph) {
  cv::Mat work, gradient;
  const cv::Mat hat = cv::getStructuringElement(cv::MORPH_RECT, cv::Size(glyph * 2 + 1, glyph | 1));
  cv::morphologyEx(grey, work, cv::MORPH_BLACKHAT, hat);
  cv::Sobel(work, gradient, CV_16S, 1, 0, 3);
  cv::convertScaleAbs(gradient, gradient);
  const cv::Mat bridge = cv::getStructuringElement(cv::MORPH_RECT, cv::Size(glyph * 2 + 1, 1));
  cv::morphologyEx(gradient, gradient, cv::MORPH_CLOSE, bridge);
  cv::threshold(gradient, work, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  // Specks and bridges between neighbouring lines go, then what a `<` left open is closed. On a slope closing also
  // joins a line with its neighbour or with what lies beside the page, so that stripes are taken before it, too.
  cv::morphologyEx(work, work, cv::MORPH_OPEN,
                   cv::getStructuringElement(cv::MORPH_RECT, cv::Size(glyph + 1, std::max(2, glyph / 3))));
  std::vector<MrzStripe> stripes;
  add_stripes(work, stripes);
  cv::morphologyEx(work, work, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, cv::Size(glyph * 3 + 1, 1)));
  add_stripes(work, stripes);
  return stripes;
}

// Parallel neighbours of equal length at the spacing of a zone.
void group(const std::vector<MrzStripe>& stripes, std::vector<MrzGroup>& groups) {
  const auto across = [](const MrzStripe& a, const MrzStripe& b) {
    const cv::Point2d d = b.middle - a.middle;
    return cv::Point2d(d.x * std::cos(a.angle) + d.y * std::sin(a.angle),
                       -d.x * std::sin(a.angle) + d.y * std::cos(a.angle));
  };
  const auto next_to = [&](const MrzStripe& a, const MrzStripe& b) {
    const cv::Point2d d = across(a, b);
    const double h = std::max(a.height, b.height);
    const double longer = std::max(a.length, b.length), shorter = std::min(a.length, b.length);
    return d.y > 0.9 * h && d.y < 4.2 * std::min(a.height, b.height) + 4 && shorter > 0.72 * longer &&
           std::abs(d.x) < 0.16 * longer && std::abs(wrap(a.angle - b.angle)) < 0.06;
  };
  const std::size_t n = stripes.size();
  // A zone has nothing of its kind above or below it; blocks of text, which may be longer, go on.
  const auto alone = [&](const MrzGroup& g) {
    int more = 0;
    for (const MrzStripe& s : stripes) {
      if (next_to(s, g.stripes.front()) || next_to(g.stripes.back(), s)) ++more;
    }
    return more == 0 ? 1.0 : more == 1 ? 0.45 : 0.25;
  };
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j || !next_to(stripes[i], stripes[j])) continue;
      MrzGroup pair{{stripes[i], stripes[j]}, 0};
      const double gap = across(stripes[i], stripes[j]).y;
      const double longer = std::max(stripes[i].length, stripes[j].length);
      pair.score = longer * (1.0 - std::abs(stripes[i].length - stripes[j].length) / longer);
      const double length = pair.score;
      pair.score *= alone(pair);
      groups.push_back(pair);
      for (std::size_t k = 0; k < n; ++k) {
        if (k == i || k == j || !next_to(stripes[j], stripes[k])) continue;
        const double second = across(stripes[j], stripes[k]).y;
        if (std::abs(second - gap) > 0.25 * std::max(second, gap)) continue;
        MrzGroup three{{stripes[i], stripes[j], stripes[k]}, length * 1.3};
        three.score *= alone(three);
        groups.push_back(std::move(three));
      }
    }
  }
}

}  // namespace

std::vector<MrzGroup> find_mrz_groups(const cv::Mat& grey, bool any_rotation, int side) {
  std::vector<MrzGroup> groups;
  if (grey.rows < 30 || grey.cols < 60) return groups;
  const double scale = std::min(2.0, static_cast<double>(side) / std::max(grey.rows, grey.cols));
  cv::Mat small;
  cv::resize(grey, small, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  const std::array<int, 6> all{0, 90, 30, 60, 120, 150};
  for (const int turn : all) {
    if (turn != 0 && !any_rotation) break;
    const double radians = turn * std::numbers::pi / 180.0;
    // The picture turned so that stripes at angle `turn` lie level; the canvas holds it all.
    const double c = std::cos(radians), s = std::sin(radians);
    const double w = std::abs(small.cols * c) + std::abs(small.rows * s);
    const double h = std::abs(small.cols * s) + std::abs(small.rows * c);
    const cv::Matx23d turned(c, s, 0.5 * (w - c * small.cols - s * small.rows), -s, c,
                             0.5 * (h + s * small.cols - c * small.rows));
    cv::Mat level;
    if (turn == 0) {
      level = small;
    } else {
      cv::warpAffine(small, level, turned, cv::Size(static_cast<int>(w), static_cast<int>(h)), cv::INTER_LINEAR,
                     cv::BORDER_REPLICATE);
    }
    cv::Matx23d back;
    cv::invertAffineTransform(turned, back);
    for (const int glyph : {6, 11, 18}) {
      std::vector<MrzGroup> found;
      group(level_stripes(level, glyph), found);
      for (MrzGroup& g : found) {
        for (MrzStripe& stripe : g.stripes) {
          if (turn != 0) {
            const cv::Vec2d p = back * cv::Vec3d(stripe.middle.x, stripe.middle.y, 1);
            stripe.middle = {p[0], p[1]};
            stripe.angle = wrap(stripe.angle + radians);
          }
          stripe.middle = cv::Point2d(stripe.middle.x / scale, stripe.middle.y / scale);
          stripe.length /= scale;
          stripe.height /= scale;
        }
        g.score /= scale;
        groups.push_back(std::move(g));
      }
    }
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const MrzGroup& a, const MrzGroup& b) { return a.score > b.score; });
  // The same place found at another scale or rotation is looked at once, as a pair and as a triple.
  std::vector<MrzGroup> kept;
  for (MrzGroup& g : groups) {
    const bool seen = std::any_of(kept.begin(), kept.end(), [&](const MrzGroup& k) {
      if (k.stripes.size() != g.stripes.size()) return false;
      for (std::size_t i = 0; i < k.stripes.size(); ++i) {
        const double near = 0.7 * std::max(k.stripes[i].height, g.stripes[i].height) + 2;
        const bool same = cv::norm(k.stripes[i].middle - g.stripes[i].middle) < near + 0.05 * k.stripes[i].length;
        const std::size_t other = k.stripes.size() - 1 - i;
        const bool reversed = cv::norm(k.stripes[i].middle - g.stripes[other].middle) < near;
        if (!same && !reversed) return false;
      }
      return true;
    });
    if (!seen) kept.push_back(std::move(g));
    if (kept.size() >= 12) break;
  }
  return kept;
}

}  // namespace kualik::ocr
