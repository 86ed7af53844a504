#include "reader/settle.h"

#include <algorithm>

#include "kualik/documents/parse.h"
#include "reader/sighting.h"
#include "reader/zone_page.h"

namespace kualik::reader {
namespace {

constexpr std::size_t poses_tried = 3;
constexpr double sure = 0.75;
/// Layout evidence alone gives at most 0.35 (PageReader::poses).
constexpr double min_pose_score = 0.22;

}  // namespace

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

std::optional<Settled> settle(PageReader& reader, const std::vector<Sight>& sights, const Date& today) {
  std::optional<Settled> best;
  const Sight& sight = sights.front();
  // A zone whose check digits agree leaves nothing to weigh.
  if (const std::optional<Pose> pose = pose_by_zone(reader.engines(), sights, today)) {
    best.emplace();
    best->reading = reader.read(sight, *pose);
    std::tie(best->kind, best->score) = judge(best->reading, today);
    if (best->score > sure) return best;
  }
  std::vector<Pose> poses = reader.poses(sights);
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
  return best;
}

}  // namespace kualik::reader
