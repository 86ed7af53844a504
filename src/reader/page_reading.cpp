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

namespace kualik::reader {
namespace {

using page::PageKind;

constexpr double card_pixels_per_mm = 12.0;  // number line about 40 px high
constexpr std::size_t poses_read = 8;
constexpr int sheet_width = 1700;  // 16 pt print about 38 px high on A4

bool is_card(PageKind kind) { return kind == PageKind::cn_id_portrait || kind == PageKind::cn_id_emblem; }

page::Size size_for(const Sight& sight, PageKind kind, const Quad& ordered) {
  if (kind == PageKind::unknown) {
    // The proportions as seen; a page larger than the source gains nothing but a line height that readers like.
    const page::Size frame{sight.frame.width, sight.frame.height};
    const double aspect = std::clamp(page::aspect_ratio(ordered, frame), 0.3, 3.3);
    const double width = aspect >= 1 ? sheet_width : sheet_width * 0.85;
    return {static_cast<int>(width), static_cast<int>(width / aspect)};
  }
  if (kind == PageKind::sheet) return {sheet_width, static_cast<int>(sheet_width * 297.0 / 210.0)};
  return page::page_size(kind, kind == PageKind::passport ? 10.0 : card_pixels_per_mm);
}

/// How `ordered` came from `quad`: the corners skipped, and whether the order was reversed.
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

}  // namespace

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

double PageReader::readability(const ImageView& page, int lines) {
  std::vector<Quad> quads = ocr::find_lines(page);
  // The longest lines tell most; a few are enough to tell which way round a page lies.
  std::stable_sort(quads.begin(), quads.end(),
                   [](const Quad& a, const Quad& b) { return page::bounds(a).width > page::bounds(b).width; });
  double sum = 0;
  int read = 0;
  for (const Quad& quad : quads) {
    if (read == lines) break;
    const Rect box = page::bounds(quad);
    if (box.height < 8 || box.width < 2 * box.height) continue;
    const double height = 40;
    const page::Size size{std::max(16, static_cast<int>(box.width / box.height * height)), static_cast<int>(height)};
    if (size.width > 4000) continue;
    const page::Rectified line = page::rectify(page, quad, size);
    const ocr::LineReading reading = readers_.best(ocr::Alphabet::han).read(line.image.view());
    const double symbols = static_cast<double>(reading.line.symbols.size());
    sum += static_cast<double>(reading.line.confidence) * std::min(1.0, symbols / 5.0);
    ++read;
  }
  return read == 0 ? 0.0 : sum / static_cast<double>(read);
}

double PageReader::number_evidence(const Sight& sight, const Pose& pose) {
  const Quad ordered = page::reordered(sight.quad, pose.turns, pose.mirrored);
  const page::Rectified card = page::rectify(sight.frame, ordered, size_for(sight, pose.kind, ordered));
  ocr::CardOptions options;
  options.all_readers = false;
  options.only = {"id_number"};
  const ocr::CardReading reading =
      ocr::read_card(card.image.view(), ocr::CardSide::resident_portrait, readers_, options);
  double best = 0;
  for (const ocr::FieldReading& field : reading.fields) {
    for (const ocr::LineReading& r : field.readings) {
      const auto digits = static_cast<double>(std::count_if(r.line.text.begin(), r.line.text.end(),
                                                            [](char c) { return (c >= '0' && c <= '9') || c == 'X'; }));
      const double length = std::max(0.0, 1.0 - std::abs(digits - 18.0) / 6.0);
      best = std::max(best, length * static_cast<double>(r.line.confidence));
    }
  }
  return best;
}

std::vector<Pose> PageReader::poses(const std::vector<Sight>& sights) {
  // Layout evidence, added over the sights: one frame's glare or finger does not decide.
  std::vector<Pose> out;
  for (const Sight& sight : sights) {
    for (const page::OrientationHypothesis& h : orienter_.judge(sight.frame, sight.quad)) {
      const auto [turns, mirrored] = order_of(sight.quad, h.quad);
      auto same = std::find_if(out.begin(), out.end(), [&, t = turns, m = mirrored](const Pose& p) {
        return p.kind == h.kind && p.turns == t && p.mirrored == m;
      });
      if (same == out.end()) {
        out.push_back({h.kind, turns, mirrored, 0});
        same = out.end() - 1;
      }
      same->score += h.score / static_cast<double>(sights.size());
    }
  }
  auto better = [](const Pose& a, const Pose& b) { return a.score > b.score; };
  std::stable_sort(out.begin(), out.end(), better);
  if (out.size() > poses_read) out.resize(poses_read);

  // What can be read decides between what the layout leaves open. A page reads alike for all kinds that lie the same
  // way round.
  const Sight& sight = sights.front();
  std::map<std::tuple<int, bool, bool>, double> known;
  for (Pose& pose : out) {
    const Quad ordered = page::reordered(sight.quad, pose.turns, pose.mirrored);
    double readable = 0;
    if (pose.kind == PageKind::cn_id_portrait) {
      readable = number_evidence(sight, pose);
    } else {
      const page::Size size = size_for(sight, pose.kind, ordered);
      const auto [entry, fresh] = known.try_emplace({pose.turns, pose.mirrored, size.width > size.height}, 0.0);
      if (fresh) {
        const page::Rectified upright = page::rectify(sight.frame, ordered, size);
        entry->second = readability(upright.image.view(), 4);
      }
      readable = 0.9 * entry->second;
    }
    pose.score = 0.35 * pose.score + 0.65 * readable;
    if (readable > 0.9) break;  // surely this one; the others keep what the layout gave them
  }
  std::stable_sort(out.begin(), out.end(), better);
  return out;
}

PageReading PageReader::read(const Sight& sight, const Pose& pose) {
  PageReading out;
  out.pose = pose;
  out.quad = page::reordered(sight.quad, pose.turns, pose.mirrored);
  out.frame = sight.index;
  out.time_s = sight.time_s;
  out.quality = sight.quality;
  const page::Rectified upright = page::rectify(sight.frame, out.quad, size_for(sight, pose.kind, out.quad));
  out.page_to_source = upright.page_to_source;
  const ImageView view = upright.image.view();
  if (is_card(pose.kind)) {
    const ocr::CardSide side =
        pose.kind == PageKind::cn_id_portrait ? ocr::CardSide::resident_portrait : ocr::CardSide::resident_emblem;
    ocr::CardReading card = ocr::read_card(view, side, readers_);
    out.page = labelled_card(card.keys, card.page.lines);
    out.fields = std::move(card.fields);
  } else {
    out.page = ocr::read_page(view, readers_);
    // A zone is looked for on what may carry one: cards, passports and what was not recognised, not on sheets full of
    // text.
    if (out.page.lines.size() < 30) {
      ocr::MrzOptions options;
      options.any_rotation = false;
      out.zones = ocr::read_mrz(view, readers_, options);
    }
  }
  out.page.width = view.width;
  out.page.height = view.height;
  if (keep_pictures_) {
    const cv::Mat frame = page::as_mat(sight.frame);
    cv::Mat small = frame;
    const double factor = 640.0 / frame.cols;
    if (factor < 1) cv::resize(frame, small, cv::Size(), factor, factor, cv::INTER_AREA);
    out.thumbnail = page::to_image(small);
    out.picture = upright.image;
  }
  return out;
}

}  // namespace kualik::reader
