#include "reader/copies.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <utility>

#include "kualik/page/rectify.h"
#include "page/mat.h"
#include "reader/sighting.h"

namespace kualik::reader {
namespace {

constexpr std::size_t sights_tried = 2;
/// What is as light as most of the sheet, within so many levels, is blank; and so much of it.
constexpr double blank_levels = 22;
constexpr double blank_share = 0.55;
constexpr double least_light = 70;
/// A card is at least a third of the way across a sheet with copies of it; and below this share of an outline, a card
/// in it is no card that the outline is a little off of.
constexpr double least_side = 220;
constexpr double most_of_sheet = 0.45;

double shorter_side(const Quad& q) {
  const auto side = [&](std::size_t a, std::size_t b) { return std::hypot(q[b].x - q[a].x, q[b].y - q[a].y); };
  return std::min(std::max(side(0, 1), side(3, 2)), std::max(side(1, 2), side(0, 3)));
}

/// Whether the sights were settled as something that a sheet with copies is not.
bool is_other(const std::optional<Settled>& settled, const Sight& sight) {
  if (!settled) return false;
  if (settled->kind == documents::Kind::other_document) return settled->tells;
  if (page_kind_of(settled->kind) != page::PageKind::cn_id_portrait &&
      page_kind_of(settled->kind) != page::PageKind::cn_id_emblem)
    return true;
  return page::coverage(sight.quad, settled->reading.quad) > most_of_sheet;
}

}  // namespace

bool is_mostly_blank(const ImageView& image, const Quad& quad) {
  const page::Rectified small = page::rectify(image, quad, {96, 96});
  const cv::Mat grey = page::as_grey(small.image.view());
  // The light falls unevenly on a sheet: each part is compared with its surroundings.
  cv::Mat ground, off;
  cv::medianBlur(grey, ground, 31);
  cv::absdiff(grey, ground, off);
  const double blank = cv::countNonZero(off < blank_levels) / static_cast<double>(off.total());
  return cv::mean(ground)[0] > least_light && blank > blank_share;
}

std::vector<Settled> settle_copies(PageReader& reader, const std::vector<Sight>& sights,
                                   const std::optional<Settled>& settled, const Date& today) {
  std::vector<Settled> best;
  if (sights.empty() || is_other(settled, sights.front())) return best;
  for (std::size_t i = 0; i < std::min(sights.size(), sights_tried); ++i) {
    if (shorter_side(sights[i].quad) < least_side || !is_mostly_blank(sights[i].frame, sights[i].quad)) continue;
    PrintLook look;
    look.on_sheet = true;
    std::vector<Settled> now;
    for (const PrintPage& card :
         find_print_pages(sights[i].frame, page::grown(sights[i].quad, sheet_margin), reader.engines(), look)) {
      std::optional<Settled> read = settle_at(reader, sights[i], card, today);
      if (!read) continue;
      read->by_print->on_sheet = true;
      read->sight = i;
      now.push_back(*std::move(read));
    }
    if (now.size() > best.size()) best = std::move(now);
    if (best.size() > 1) break;
  }
  return best;
}

}  // namespace kualik::reader
