#include "reader/settle.h"

#include <algorithm>
#include <utility>

#include "kualik/documents/parse.h"
#include "reader/align.h"
#include "reader/number_pose.h"
#include "reader/plain_text.h"
#include "reader/sighting.h"
#include "reader/zone_page.h"

namespace kualik::reader {
namespace {

constexpr std::size_t poses_tried = 3;
constexpr double sure = 0.75;
/// Of a sheet of text that was told by its lines; a page without its head or foot has fewer fields.
constexpr double sure_sheet = 0.3;
constexpr double surely_text = 0.5;
constexpr std::size_t least_text_lines = 7;
constexpr std::size_t last_line_length = 12;
constexpr int least_telling_lines = 4;
/// Print that lies as a card's does is half the proof; a card cut by the frame has fewer fields.
constexpr double sure_by_print = 0.45;
/// A number that holds where a card has it is more than half the proof.
constexpr double sure_by_number = 0.45;
constexpr std::size_t prints_tried = 2;
/// Layout evidence alone gives at most 0.35 (PageReader::poses).
constexpr double min_pose_score = 0.22;

/// What is looked over for print: the outline may hold a part of the card, or a thing behind it.
Rect around(const Sight& sight) { return page::bounds(page::grown(sight.quad, 1.4)); }

Quad clockwise(const PrintPage& page) { return page.mirrored ? page::reordered(page.quad, 0, true) : page.quad; }

/// Whether what the frame shows of the page is in the part of it that was kept.
bool is_kept(const Sight& sight, const Quad& page) {
  if (sight.whole.empty()) return true;
  const Rect kept{0, 0, static_cast<double>(sight.frame.width), static_cast<double>(sight.frame.height)};
  return page::coverage(page, Quad::from_rect(kept)) > 0.9 * page::coverage(page, Quad::from_rect(sight.whole));
}

std::optional<Settled> settle_by_print(PageReader& reader, const std::vector<Sight>& sights, const PrintLook& look,
                                       const Date& today) {
  bool legible = true;
  for (std::size_t i = 0; legible && i < std::min(sights.size(), prints_tried); ++i) {
    const std::optional<PrintPage> found =
        find_print_page(sights[i].frame, around(sights[i]), reader.engines(), look, &legible);
    if (!found) continue;
    std::optional<Settled> out = settle_at(reader, sights[i], *found, today);
    if (!out) continue;
    out->sight = i;
    return out;
  }
  return std::nullopt;
}

bool is_card(documents::Kind kind) {
  return kind == documents::Kind::cn_id_portrait || kind == documents::Kind::cn_id_emblem;
}

/// Whether the card's last line, the number or the term, was read in some length: what stands at the other end shows
/// best whether the outline holds the card.
bool has_last_line(const PageReading& reading) {
  return std::any_of(reading.fields.begin(), reading.fields.end(), [](const ocr::FieldReading& f) {
    return (f.key == "id_number" || f.key == "validity") && !f.readings.empty() &&
           f.readings.front().line.symbols.size() >= last_line_length;
  });
}

/// The way round of a reading, to look for print in that way alone.
PrintLook look_as(const PageReading& reading) {
  PrintLook look;
  look.any = false;
  std::tie(look.turns, look.mirrored) = order_of(Quad::from_rect(page::bounds(reading.quad)), reading.quad);
  return look;
}

}  // namespace

std::optional<Settled> settle_at(PageReader& reader, const Sight& sight, const PrintPage& card, const Date& today) {
  Sight placed = sight;
  placed.quad = clockwise(card);
  if (!is_kept(sight, placed.quad)) return std::nullopt;
  Pose pose;
  pose.kind = card.kind;
  pose.mirrored = card.mirrored;
  pose.score = pose.layout = 1;
  pose.script = "Hans";
  Settled out;
  out.reading = reader.read(placed, pose);
  std::tie(out.kind, out.score) = judge(out.reading, today);
  out.by_print = card;
  return page_kind_of(out.kind) == card.kind ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<Sight> placed_by_print(const Sight& sight, const Sight& first, const PrintPage& by_print,
                                     ocr::Recognizers& readers) {
  Sight out = sight;
  PrintLook look;
  look.any = false;
  const page::Homography moved = page::Homography::between(first.quad, sight.quad);
  look.turns = by_print.turns;
  look.mirrored = by_print.mirrored;
  if (by_print.on_sheet) {
    // The outline of a sheet that the frame cuts says too little of where a card on it lies.
    const std::optional<Quad> again =
        found_again(first.frame, clockwise(by_print), sight.frame, moved.map(clockwise(by_print)));
    if (!again) return std::nullopt;
    out.quad = *again;
    return is_kept(sight, out.quad) ? std::optional(out) : std::nullopt;
  }
  const std::optional<PrintPage> own = find_print_page(sight.frame, around(sight), readers, look);
  if (own && own->kind == by_print.kind) {
    out.quad = clockwise(*own);
    return is_kept(sight, out.quad) ? std::optional(out) : std::nullopt;
  }
  // An outline that lies on the card moves with it; one of a thing behind it does not.
  if (page::coverage(first.quad, clockwise(by_print)) < 0.7) return std::nullopt;
  out.quad = moved.map(clockwise(by_print));
  return out;
}

std::pair<documents::Kind, double> judge(const PageReading& reading, const Date& today) {
  documents::ParseOptions options;
  options.today = today;
  // A zone that was read is part of the text that the kind is judged by.
  PageText page = reading.page;
  if (!reading.zones.empty())
    for (const ocr::LineReading& line : reading.zones.front().lines) page.lines.push_back(line.line);
  std::pair<documents::Kind, double> best{documents::Kind::other_document, 0.0};
  for (const documents::Document& d : documents::parse(page, options)) {
    if (d.kind == documents::Kind::other_document) continue;
    double confidence = 0;
    for (const documents::Field& f : d.fields) confidence += f.reasons.has_error() ? 0.5 * f.confidence : f.confidence;
    if (!d.fields.empty()) confidence /= static_cast<double>(d.fields.size());
    const double score = d.score * (0.4 + 0.6 * confidence);
    if (score > best.second) best = {d.kind, score};
  }
  if (best.second == 0 && !page.lines.empty()) {
    double confidence = 0;
    for (const TextLine& line : page.lines) confidence += static_cast<double>(line.confidence);
    best.second = 0.3 * confidence / static_cast<double>(page.lines.size());
  }
  return best;
}

std::optional<Settled> settle(PageReader& reader, const std::vector<Sight>& sights, const Date& today, bool on_page) {
  std::optional<Settled> best;
  std::optional<Settled> loose_text;
  const Sight& sight = sights.front();
  // A number at its place that breaks no rule leaves nothing to weigh, and is the quickest to look for.
  if (const std::optional<Pose> pose = pose_by_number(reader.engines(), sight)) {
    best.emplace();
    best->reading = reader.read(sight, *pose);
    std::tie(best->kind, best->score) = judge(best->reading, today);
    if (page_kind_of(best->kind) == pose->kind && best->score > sure_by_number) return best;
  }
  // Running text that reads is as good: a judgment has the words of a card's labels, and a card no such lines.
  if (const std::optional<Pose> pose = on_page ? std::nullopt : reader.sheet_pose(sight)) {
    Settled now;
    now.reading = reader.read(sight, *pose);
    std::tie(now.kind, now.score) = judge(now.reading, today);
    if (!best || now.score > best->score) best = std::move(now);
    // Lines that read as no paper are no proof against a card: it is cut by the frame, with a poster behind it, and its
    // labels place it. Nor is a card told by its lines alone, whose layout is not known then.
    const bool paper = best->kind != documents::Kind::other_document && !is_card(best->kind);
    const bool text = best->reading.page.lines.size() >= least_text_lines;
    if (paper && (best->score > sure_sheet || (text && pose->score > surely_text))) return best;
    // A page of running text that tells of courts or custody is no poster behind a card.
    if (best->kind == documents::Kind::other_document) {
      const PlainText plain = plain_text(best->reading.page);
      best->tells = plain.lines >= least_telling_lines && telling_score(plain) >= tells;
      if (best->tells) return best;
    }
    if (!paper) loose_text = std::exchange(best, std::nullopt);
  }
  // So is a zone whose check digits agree.
  if (const std::optional<Pose> pose = pose_by_zone(reader.engines(), sights, today)) {
    Settled now;
    now.reading = reader.read(sight, *pose);
    std::tie(now.kind, now.score) = judge(now.reading, today);
    if (!best || now.score > best->score) best = std::move(now);
    if (best->score > sure) return best;
  }
  // On a page that was read, another document is a card or a passport that lies or is held before it; its own parts are
  // none.
  if (on_page) return best;
  const auto try_print = [&](const PrintLook& look) {
    std::optional<Settled> printed = settle_by_print(reader, sights, look, today);
    if (printed && (!best || printed->score > best->score)) best = std::move(printed);
  };
  std::vector<Pose> poses = reader.layout_poses(sights);
  const bool open = poses.empty() || poses.front().layout < Pose::sure_layout;
  if (open) {
    try_print({});
    if (best && best->by_print && best->score > sure_by_print) return best;
  }
  poses = reader.weighed(sights, std::move(poses));
  if (poses.size() > poses_tried) poses.resize(poses_tried);
  for (const Pose& pose : poses) {
    // Nothing that reads as text either way round: clutter, and the costly reading of a whole page is saved.
    if (pose.score < min_pose_score) break;
    Settled now;
    now.reading = reader.read(sight, pose);
    std::tie(now.kind, now.score) = judge(now.reading, today);
    const page::PageKind layout = page_kind_of(now.kind);
    if (layout != pose.kind && layout != page::PageKind::unknown) {
      Pose known = pose;
      known.kind = layout;
      PageReading again = reader.read(sight, known);
      const auto [kind, score] = judge(again, today);
      if (kind == now.kind && score >= 0.7 * now.score) {
        now.reading = std::move(again);
        now.score = std::max(score, now.score);
      }
    }
    if (!best || now.score > best->score) best = std::move(now);
    if (best->score > sure) break;
  }
  // The layout may have been sure of an outline that is some way off.
  if (!open) {
    if (!best)
      try_print({});
    else if (is_card(best->kind) && (best->score < sure || !has_last_line(best->reading)))
      try_print(look_as(best->reading));
  }
  return best ? std::move(best) : std::move(loose_text);
}

}  // namespace kualik::reader
