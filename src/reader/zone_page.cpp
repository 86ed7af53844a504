#include "reader/zone_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>

#include "kualik/numbers/mrz.h"
#include "record/zone_knowledge.h"

namespace kualik::reader {
namespace {

using page::PageKind;

constexpr double column_mm = 2.54;
constexpr double least_score = 0.75;    // of a zone whose check digits do not all agree
constexpr double same_place = 0.3;      // of two readings of one zone: how much of each other they cover
constexpr double least_settled = 0.55;  // of a zone whose doubtful characters are decided with its check digits

/// Page, line spacing and the last line's distance from the page's lower edge, in millimetres.
struct Form {
  int columns;
  PageKind kind;
  double width, height, spacing, below;
};
constexpr std::array<Form, 3> forms{{{30, PageKind::kz_id_back, 85.6, 53.98, 4.23, 5.0},
                                     {36, PageKind::passport, 105.0, 74.0, 6.35, 10.5},
                                     {44, PageKind::passport, 125.0, 88.0, 6.35, 10.5}}};

const Form* form_of(const ocr::MrzReading& zone) {
  for (const Form& form : forms)
    if (form.columns == zone.columns) return &form;
  return nullptr;
}

Point middle_of(const Rect& box) { return {box.x + 0.5 * box.width, box.y + 0.5 * box.height}; }

Point minus(const Point& a, const Point& b) { return {a.x - b.x, a.y - b.y}; }

ocr::MrzReading mapped(const ocr::MrzReading& zone, const page::Homography& map) {
  ocr::MrzReading out = zone;
  out.quad = map.map(zone.quad);
  for (ocr::LineReading& reading : out.lines) {
    reading.line.quad = map.map(reading.line.quad);
    for (Symbol& s : reading.line.symbols) s.box = page::bounds(map.map(s.box));
  }
  return out;
}

}  // namespace

void settle_zone(ocr::MrzReading& zone) {
  if (zone.score < least_settled) return;
  std::vector<TextLine*> lines;
  std::vector<std::string> before;
  for (ocr::LineReading& reading : zone.lines) {
    lines.push_back(&reading.line);
    before.push_back(reading.line.text);
  }
  if (record::settle_zone(lines)) zone.as_read = std::move(before);
}

bool is_zone(const ocr::MrzReading& zone) {
  constexpr double surely = 0.9;
  const std::string text = zone.text();
  const Checked<numbers::Mrz> mrz = numbers::parse_mrz(text);
  if (!mrz.value) return false;
  if (!mrz.reasons.has_error()) return true;
  return zone.score >= surely && std::string_view("PIACV").find(text.front()) != std::string_view::npos &&
         std::count(text.begin(), text.end(), '<') > 2;
}

Quad page_around(const ocr::MrzReading& zone) {
  const Form* form = form_of(zone);
  if (form == nullptr || zone.lines.size() < 2) return {};
  Point along{};
  Point first{};
  Point last{};
  for (const ocr::LineReading& reading : zone.lines) {
    const std::vector<Symbol>& symbols = reading.line.symbols;
    if (static_cast<int>(symbols.size()) != zone.columns) return {};
    const Point a = middle_of(symbols.front().box);
    const Point b = middle_of(symbols.back().box);
    const double share = 1.0 / (static_cast<double>(zone.lines.size()) * (zone.columns - 1));
    along = {along.x + share * (b.x - a.x), along.y + share * (b.y - a.y)};
    if (&reading == zone.lines.data()) first = {0.5 * (a.x + b.x), 0.5 * (a.y + b.y)};
    last = {0.5 * (a.x + b.x), 0.5 * (a.y + b.y)};
  }
  const double pitch = std::hypot(along.x, along.y);
  if (pitch < 1) return {};
  const Point right{along.x / column_mm, along.y / column_mm};  // a millimetre along the lines
  // Across the lines: at a right angle, on the side of the next line; the spacing says how much tilt shortens it.
  const double steps = static_cast<double>(zone.lines.size() - 1);
  const Point between = minus(last, first);
  const double side = right.x * between.y - right.y * between.x;
  const double across = std::abs(side) / (std::hypot(right.x, right.y) * steps * form->spacing);
  const double shortened = std::clamp(across / (pitch / column_mm), 0.7, 1.3);
  const double turn = side < 0 ? -shortened : shortened;
  const Point down{-right.y * turn, right.x * turn};
  const auto at = [&](double x, double y) {  // millimetres from the middle of the last line
    return Point{last.x + x * right.x + y * down.x, last.y + x * right.y + y * down.y};
  };
  const double half = 0.5 * form->width;
  const double top = form->below - form->height;
  return {{{at(-half, top), at(half, top), at(half, form->below), at(-half, form->below)}}};
}

namespace {

// How much of each other two places cover, whichever way round their corners go.
double overlap(const Quad& a, const Quad& b) {
  const bool reversed = (page::signed_area(a) < 0) != (page::signed_area(b) < 0);
  return page::iou(a, reversed ? page::reordered(b, 0, true) : b);
}

void add_zone_pages(std::vector<ocr::MrzReading> zones, const Date& today, std::vector<ZonePage>& out) {
  numbers::Options options;
  options.today = today;
  for (ocr::MrzReading& zone : zones) {
    settle_zone(zone);
    const Checked<numbers::Mrz> mrz = numbers::parse_mrz(zone.text(), options);
    if (!mrz.value) continue;
    ZonePage page;
    page.sound = !mrz.reasons.has_error();
    if (!page.sound && zone.score < least_score) continue;
    page.quad = page_around(zone);
    if (std::abs(page::signed_area(page.quad)) < 100) continue;
    page.kind = form_of(zone)->kind;
    page.zone = std::move(zone);
    const auto same = std::find_if(out.begin(), out.end(), [&](const ZonePage& other) {
      return overlap(other.zone.quad, page.zone.quad) > same_place;
    });
    if (same == out.end())
      out.push_back(std::move(page));
    else if (page.sound && (!same->sound || (!same->zone.as_read.empty() && page.zone.as_read.empty())))
      *same = std::move(page);
  }
}

}  // namespace

std::vector<ZonePage> find_zone_pages(const ImageView& image, ocr::Recognizers& readers, const Date& today,
                                      bool closer) {
  ocr::MrzOptions looking;
  looking.closer = closer;
  std::vector<ZonePage> out;
  add_zone_pages(ocr::read_mrz(image, readers, looking), today, out);
  // Lines that the first look took in part or crookedly.
  const auto sound = [](const ZonePage& page) { return page.sound; };
  if (closer && !out.empty() && std::none_of(out.begin(), out.end(), sound)) {
    looking.only_closer = true;
    add_zone_pages(ocr::read_mrz(image, readers, looking), today, out);
  }
  return out;
}

std::optional<Pose> pose_by_zone(ocr::Recognizers& readers, const std::vector<Sight>& sights, const Date& today) {
  for (std::size_t i = 0; i < std::min<std::size_t>(2, sights.size()); ++i) {
    // The zone is looked for where the document is, with a margin, as the outline may be off.
    const Sight& sight = sights[i];
    const Rect box = page::bounds(page::grown(sight.quad, 1.1));
    const int left = std::clamp(static_cast<int>(box.x), 0, sight.frame.width - 1);
    const int top = std::clamp(static_cast<int>(box.y), 0, sight.frame.height - 1);
    const int right = std::clamp(static_cast<int>(box.x + box.width), left + 1, sight.frame.width);
    const int bottom = std::clamp(static_cast<int>(box.y + box.height), top + 1, sight.frame.height);
    ImageView part = sight.frame;
    part.data += static_cast<std::ptrdiff_t>(top) * static_cast<std::ptrdiff_t>(part.row_stride) +
                 static_cast<std::ptrdiff_t>(left) * part.channels;
    part.width = right - left;
    part.height = bottom - top;
    for (const ZonePage& page : find_zone_pages(part, readers, today)) {
      if (!page.sound) continue;
      Quad around = page.quad;
      for (Point& p : around.corners) p = {p.x + left, p.y + top};
      Pose pose;
      pose.kind = page.kind;
      pose.score = 1;
      std::tie(pose.turns, pose.mirrored) = order_of(sight.quad, around);
      // An outline far from the page that the zone belongs to is another thing's, or a part's.
      const Quad own = page::reordered(sight.quad, pose.turns, pose.mirrored);
      const bool reversed = (page::signed_area(own) < 0) != (page::signed_area(around) < 0);
      if (!reversed && page::iou(own, around) > 0.5) return pose;
    }
  }
  return std::nullopt;
}

PageReading read_zone_page(PageReader& reader, const ImageView& image, const ZonePage& page) {
  Sight sight;
  sight.frame = image;
  sight.quality = 0.8;
  Pose pose;
  pose.kind = page.kind;
  pose.mirrored = page::signed_area(page.quad) < 0;
  pose.score = 1;
  // The order is its own inverse, so that the pose leads back to the page's own corners.
  sight.quad = page::reordered(page.quad, 0, pose.mirrored);
  PageReading out = reader.read(sight, pose);
  const ocr::MrzReading found = mapped(page.zone, out.page_to_source.inverse());
  if (page.sound)
    out.zones = {found};
  else
    out.zones.push_back(found);
  return out;
}

}  // namespace kualik::reader
