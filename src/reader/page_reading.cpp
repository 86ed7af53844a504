#include "reader/page_reading.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <utility>

#include "kualik/ocr/page_reader.h"
#include "kualik/page/rectify.h"
#include "page/mat.h"
#include "reader/level.h"
#include "reader/readable.h"
#include "reader/slant.h"
#include "reader/stack.h"
#include "reader/zone_page.h"

namespace kualik::reader {
namespace {

using page::PageKind;

constexpr double card_pixels_per_mm = 12.0;  // number line about 40 px high
constexpr std::size_t poses_read = 8;
constexpr int max_page_lines = 90;
constexpr double sheet_enlargement = 1.9;  // print of 20 px in the frame becomes 38 px
constexpr int sheet_width = 2400;

bool is_card(PageKind kind) { return kind == PageKind::cn_id_portrait || kind == PageKind::cn_id_emblem; }

bool is_sheet(PageKind kind) {
  return kind == PageKind::unknown || kind == PageKind::sheet || kind == PageKind::sheet_landscape;
}

page::Size size_for(const Sight& sight, PageKind kind, const Quad& ordered) {
  if (!is_sheet(kind)) return page::page_size(kind, kind == PageKind::passport ? 10.0 : card_pixels_per_mm);
  // A sheet is often seen in part, so its proportions are taken as seen; enlarged to a line height that readers like,
  // not beyond.
  const page::Size frame{sight.frame.width, sight.frame.height};
  const double aspect = std::clamp(page::aspect_ratio(ordered, frame), 0.3, 3.3);
  const double top = std::hypot(ordered[1].x - ordered[0].x, ordered[1].y - ordered[0].y);
  const double bottom = std::hypot(ordered[2].x - ordered[3].x, ordered[2].y - ordered[3].y);
  const double width = std::clamp(sheet_enlargement * std::max(top, bottom), 500.0, static_cast<double>(sheet_width));
  return {static_cast<int>(width), static_cast<int>(std::clamp(width / aspect, 100.0, 3200.0))};
}

/// Digits before each of 年, 月 and 日, as a card prints a birth date.
bool is_printed_date(const std::string& text) {
  std::size_t at = 0;
  for (const char* label : {"年", "月", "日"}) {
    const std::size_t end = text.find(label, at);
    if (end == std::string::npos || end == at || end - at > 4) return false;
    for (std::size_t i = at; i < end; ++i)
      if (text[i] < '0' || text[i] > '9') return false;
    at = end + std::string_view(label).size();
  }
  return true;
}

bool better(const Pose& a, const Pose& b) { return a.score > b.score; }

void add_thumbnail(PageReading& out, const Sight& sight) {
  const cv::Mat frame = page::as_mat(sight.frame);
  cv::Mat small = frame;
  const double factor = 640.0 / frame.cols;
  if (factor < 1) cv::resize(frame, small, cv::Size(), factor, factor, cv::INTER_AREA);
  out.thumbnail = page::to_image(small);
  out.thumbnail_area = {0, 0, static_cast<double>(frame.cols), static_cast<double>(frame.rows)};
}

}  // namespace

std::pair<int, bool> order_of(const Quad& quad, const Quad& ordered) {
  std::pair<int, bool> best{0, false};
  double least = -1;
  for (const bool mirrored : {false, true}) {
    for (int turns = 0; turns < 4; ++turns) {
      const Quad q = page::reordered(quad, turns, mirrored);
      double distance = 0;
      for (std::size_t i = 0; i < 4; ++i) distance += std::hypot(q[i].x - ordered[i].x, q[i].y - ordered[i].y);
      if (least < 0 || distance < least) {
        least = distance;
        best = {turns, mirrored};
      }
    }
  }
  return best;
}

PageText labelled_card(const std::vector<std::string>& keys, const std::vector<TextLine>& lines) {
  PageText page;
  std::string previous;
  for (std::size_t i = 0; i < keys.size() && i < lines.size(); ++i) {
    const std::string& key = keys[i];
    std::string label;
    if (key == "name") label = "姓名";
    if (key == "sex") label = "性别";
    if (key == "ethnicity") label = "民族";
    if (key == "birth_date") label = "出生";
    if (key == "address" && previous != key) label = "住址";
    if (key == "id_number") label = "公民身份号码";
    if (key == "issuing_authority") label = "签发机关";
    if (key == "validity") label = "有效期限";
    previous = key;
    if (lines[i].text.empty()) continue;
    TextLine line = lines[i];
    if (!label.empty()) {
      Symbol mark;
      mark.text = label;
      mark.box = line.symbols.empty() ? Rect{} : Rect{line.symbols.front().box.x, line.symbols.front().box.y, 0, 0};
      line.text = label + line.text;
      line.symbols.insert(line.symbols.begin(), mark);
    }
    page.lines.push_back(std::move(line));
  }
  return page;
}

double PageReader::card_evidence(const Sight& sight, const Pose& pose) {
  const Quad ordered = page::reordered(sight.quad, pose.turns, pose.mirrored);
  const page::Rectified card = page::rectify(sight.frame, ordered, size_for(sight, pose.kind, ordered));
  ocr::CardOptions options;
  options.all_readers = false;
  options.only = {"id_number"};
  double best = 0;
  const auto read = [&] {
    return ocr::read_card(card.image.view(), ocr::CardSide::resident_portrait, readers_, options);
  };
  for (const ocr::FieldReading& field : read().fields) {
    for (const ocr::LineReading& r : field.readings) {
      const auto digits = static_cast<double>(std::count_if(r.line.text.begin(), r.line.text.end(),
                                                            [](char c) { return (c >= '0' && c <= '9') || c == 'X'; }));
      const double length = std::max(0.0, 1.0 - std::abs(digits - 18.0) / 6.0);
      best = std::max(best, length * static_cast<double>(r.line.confidence));
    }
  }
  if (best > 0.6) return best;
  // A finger or a subtitle may lie over the number: the printed date has a form of its own, and the address is letters.
  options.only = {"birth_date", "address"};
  double date = 0;
  double letters = 0;
  for (const ocr::FieldReading& field : read().fields) {
    for (const ocr::LineReading& r : field.readings) {
      if (field.key == "address" && field.row == 0) letters = std::max(letters, letters_of(r.line, is_han_letter));
      if (field.key == "birth_date" && is_printed_date(r.line.text))
        date = std::max(date, static_cast<double>(r.line.confidence));
    }
  }
  return std::max(best, date * std::min(1.0, 0.5 + letters));
}

std::vector<Pose> PageReader::layout_poses(const std::vector<Sight>& sights) {
  // Layout evidence, added over the sights: one frame's glare or finger does not decide.
  std::vector<Pose> out;
  for (const Sight& sight : sights) {
    for (const page::OrientationHypothesis& h : orienter_.judge(sight.frame, sight.quad)) {
      const auto [turns, mirrored] = order_of(sight.quad, h.quad);
      auto same = std::find_if(out.begin(), out.end(), [&, t = turns, m = mirrored](const Pose& p) {
        return p.kind == h.kind && p.turns == t && p.mirrored == m;
      });
      if (same == out.end()) {
        out.push_back({h.kind, turns, mirrored, 0, 0, {}});
        same = out.end() - 1;
      }
      same->score += h.score / static_cast<double>(sights.size());
    }
  }
  for (Pose& pose : out) pose.layout = pose.score;
  std::stable_sort(out.begin(), out.end(), better);
  if (out.size() > poses_read) out.resize(poses_read);
  return out;
}

std::vector<Pose> PageReader::weighed(const std::vector<Sight>& sights, std::vector<Pose> out) {
  // Where the layout says little (a page of which only a part is seen), reading tries the four ways round for itself.
  if (out.empty() || out.front().score < Pose::sure_layout) {
    for (int turns = 0; turns < 4; ++turns) {
      const bool there = std::any_of(out.begin(), out.end(), [turns](const Pose& p) {
        return p.turns == turns && !p.mirrored && is_sheet(p.kind);
      });
      if (!there) out.push_back({PageKind::unknown, turns, false, 0, 0, {}});
    }
  }

  // What can be read decides between what the layout leaves open. A page reads alike for all kinds that lie the same
  // way round.
  const Sight& sight = sights.front();
  std::map<std::tuple<int, bool, bool>, Readability> known;
  for (Pose& pose : out) {
    const Quad ordered = page::reordered(sight.quad, pose.turns, pose.mirrored);
    double readable = 0;
    if (pose.kind == PageKind::cn_id_portrait) {
      readable = card_evidence(sight, pose);
    } else {
      const page::Size size = size_for(sight, pose.kind, ordered);
      const auto [entry, fresh] = known.try_emplace({pose.turns, pose.mirrored, size.width > size.height});
      if (fresh) {
        const page::Rectified upright = page::rectify(sight.frame, ordered, size);
        entry->second = readability(upright.image.view(), 3);
      }
      readable = 0.9 * entry->second.share;
      pose.script = entry->second.script;
    }
    pose.score = 0.35 * pose.layout + 0.65 * readable;
    // Surely this one; the others keep what the layout gave them. Digits and stops of running text are no letters.
    if (readable > (is_sheet(pose.kind) ? 0.5 : 0.8)) break;
  }
  std::stable_sort(out.begin(), out.end(), better);
  return out;
}

void PageReader::read_card(PageReading& out, const ImageView& view) {
  const ocr::CardSide side =
      out.pose.kind == PageKind::cn_id_portrait ? ocr::CardSide::resident_portrait : ocr::CardSide::resident_emblem;
  // The stock engine reads chance into small print, and large print our own readers read without it.
  ocr::CardOptions options;
  options.stock = false;
  ocr::CardReading card = ocr::read_card(view, side, readers_, options);
  out.page = labelled_card(card.keys, card.page.lines);
  out.fields = std::move(card.fields);
}

std::optional<PageReading> PageReader::read_stack(const std::vector<Sight>& sights, const Pose& pose) {
  if (!is_card(pose.kind)) return std::nullopt;
  Stack stacked = stack(sights, pose, page::page_size(pose.kind, card_pixels_per_mm));
  if (stacked.image.empty()) return std::nullopt;
  const Sight& sight = sights[stacked.reference];
  PageReading out;
  out.pose = pose;
  out.quad = page::reordered(sight.quad, pose.turns, pose.mirrored);
  out.frame = sight.index;
  out.time_s = sight.time_s;
  out.quality = sight.quality;
  out.sights = stacked.sights;
  out.page_to_source = stacked.page_to_source;
  read_card(out, stacked.image.view());
  out.page.width = stacked.image.width;
  out.page.height = stacked.image.height;
  if (keep_pictures_) {
    add_thumbnail(out, sight);
    out.picture = std::move(stacked.image);
  }
  return out;
}

PageReading PageReader::read(const Sight& sight, const Pose& pose) {
  PageReading out;
  out.pose = pose;
  out.quad = page::reordered(sight.quad, pose.turns, pose.mirrored);
  out.frame = sight.index;
  out.time_s = sight.time_s;
  out.quality = sight.quality;
  page::Rectified upright = page::rectify(sight.frame, out.quad, size_for(sight, pose.kind, out.quad));
  if (is_sheet(pose.kind)) {
    // Where a side of the sheet was out of frame or covered, its outline is a guess, and the print says better how it
    // lies.
    const page::Size guessed{upright.image.width, upright.image.height};
    if (const std::optional<LevelOutline> level = level_outline(guessed, slope_of(upright.image.view()))) {
      upright = page::rectify(sight.frame, upright.page_to_source.map(level->quad), level->size);
    }
    const ImageView first = upright.image.view();
    if (const std::optional<Quad> outline = upright_outline(first, ocr::find_lines(first))) {
      const Quad better = upright.page_to_source.map(*outline);
      upright = page::rectify(sight.frame, better, {first.width, first.height});
    }
  }
  out.page_to_source = upright.page_to_source;
  const ImageView view = upright.image.view();
  if (is_card(pose.kind)) {
    read_card(out, view);
  } else {
    ocr::PageOptions page_options;
    page_options.max_lines = max_page_lines;
    if (is_sheet(pose.kind) && pose.script == "Hans") page_options.scripts = {"Hans"};
    // Whatever is printed on this side is Kazakh or Russian; half of the capitals would also pass for Latin.
    if (pose.kind == PageKind::kz_id_front) page_options.scripts = {"Cyrl"};
    page_options.mixed = pose.kind == PageKind::passport;
    out.page = ocr::read_page(view, readers_, page_options);
    // A zone is looked for on what may carry one: cards, passports and what was not recognised, not on sheets full of
    // text.
    if (!is_sheet(pose.kind) || out.page.lines.size() < 30) {
      ocr::MrzOptions options;
      options.any_rotation = false;
      out.zones = ocr::read_mrz(view, readers_, options);
      for (ocr::MrzReading& zone : out.zones) settle_zone(zone);
      // The front of Kazakhstan's card has none: its two lines of title read as something, and were taken for it.
      if (is_sheet(pose.kind) || pose.kind == PageKind::kz_id_front)
        std::erase_if(out.zones, [](const ocr::MrzReading& zone) { return !is_zone(zone); });
    }
  }
  out.page.width = view.width;
  out.page.height = view.height;
  if (keep_pictures_) {
    add_thumbnail(out, sight);
    out.picture = upright.image;
  }
  return out;
}

}  // namespace kualik::reader
