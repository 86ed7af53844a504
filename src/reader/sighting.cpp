#include "reader/sighting.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>
#include <set>
#include <tuple>

#include "kualik/documents/checks.h"
#include "kualik/documents/parse.h"
#include "kualik/record/calibration.h"
#include "page/mat.h"
#include "reader/fused_page.h"
#include "reader/name_dots.h"
#include "reader/plain_text.h"

namespace kualik::reader {
namespace {

documents::ParseOptions parse_options(page::PageKind kind, const Date& today) {
  documents::ParseOptions options;
  options.today = today;
  if (kind == page::PageKind::cn_id_portrait) options.hint = documents::Kind::cn_id_portrait;
  if (kind == page::PageKind::cn_id_emblem) options.hint = documents::Kind::cn_id_emblem;
  return options;
}

/// The line of a fused card that a field was parsed from.
std::string line_key(const std::string& key) { return key == "valid_from" || key == "valid_to" ? "validity" : key; }

struct Votes {
  int agree{0};
  int seen{0};
};

using FieldId = std::pair<std::string, int>;

/// What each frame alone would have said: for agreement.
std::map<FieldId, std::vector<std::string>> votes_of(const Sighting& sighting, documents::Kind kind,
                                                     const Date& today) {
  std::map<FieldId, std::vector<std::string>> out;
  for (const PageReading& reading : sighting.readings) {
    std::set<FieldId> met;
    for (const documents::Document& d : documents::parse(reading.page, parse_options(reading.pose.kind, today))) {
      if (d.kind != kind) continue;
      for (const documents::Field& f : d.fields)
        if (met.insert({f.key, f.subject}).second) out[{f.key, f.subject}].push_back(f.value);
    }
  }
  return out;
}

Quad mapped(const PageReading& reading, const Quad& quad) { return reading.page_to_source.map(quad); }

bool has_area(const Quad& q) { return std::abs(page::signed_area(q)) > 1; }

Image crop_of(const PageReading& reading, const Quad& quad) {
  if (reading.picture.empty()) return {};
  const Rect box = page::bounds(quad);
  const double margin = 0.25 * box.height;
  const cv::Mat picture = page::as_mat(reading.picture.view());
  const cv::Rect wanted(static_cast<int>(box.x - margin), static_cast<int>(box.y - margin),
                        static_cast<int>(box.width + 2 * margin), static_cast<int>(box.height + 2 * margin));
  const cv::Rect inside = wanted & cv::Rect(0, 0, picture.cols, picture.rows);
  if (inside.area() < 4) return {};
  return page::to_image(picture(inside).clone());
}

void add_reason_if(ReasonSet& reasons, Reason reason, bool wanted) {
  if (wanted) reasons.add(reason);
}

/// Whether a cross-check or the field's own check digit speaks for or against a value.
void apply_checks(const std::vector<documents::Check>& checks, const documents::Field& field, record::Support& support,
                  ReasonSet& reasons) {
  for (const documents::Check& check : checks) {
    if (check.subject != 0 && field.subject != 0 && check.subject != field.subject) continue;
    if (std::find(check.fields.begin(), check.fields.end(), field.key) == check.fields.end()) continue;
    if (check.verdict == documents::Verdict::agrees) support.check_agrees = true;
    if (check.verdict == documents::Verdict::disagrees) {
      support.check_disagrees = true;
      reasons.add(Reason::cross_check);
    }
  }
}

/// A field that knowledge changed may have been changed towards the field it is checked against: that they agree then
/// proves nothing, and neither gains by it.
void leave_out_circular(std::vector<documents::Check>& checks, const FusedPage& fused) {
  for (documents::Check& check : checks) {
    if (check.verdict != documents::Verdict::agrees || check.fields.size() < 2) continue;
    for (std::size_t i = 0; i < fused.keys.size(); ++i) {
      if (!fused.fused[i].changed_by_prior) continue;
      if (std::find(check.fields.begin(), check.fields.end(), fused.keys[i]) == check.fields.end()) continue;
      check.verdict = documents::Verdict::cannot_tell;
      check.detail = fused.keys[i] + " was read with the help of what is known of it";
      break;
    }
  }
}

bool has_number(const documents::Document& document) {
  return std::any_of(document.fields.begin(), document.fields.end(), [](const documents::Field& f) {
    return f.key != "text" && f.checkable && !f.reasons.has_error();
  });
}

}  // namespace

page::PageKind page_kind_of(documents::Kind kind) noexcept {
  switch (kind) {
    case documents::Kind::cn_id_portrait:
      return page::PageKind::cn_id_portrait;
    case documents::Kind::cn_id_emblem:
      return page::PageKind::cn_id_emblem;
    case documents::Kind::kz_id_front:
      return page::PageKind::kz_id_front;
    case documents::Kind::kz_id_back:
      return page::PageKind::kz_id_back;
    case documents::Kind::passport:
      return page::PageKind::passport;
    case documents::Kind::court_document:
    case documents::Kind::official_document:
      return page::PageKind::sheet;
    case documents::Kind::other_document:
      return page::PageKind::unknown;
  }
  return page::PageKind::unknown;
}

namespace {

/// A field of a typed text: nothing was read from pixels, so that only its reasons and the cross-checks speak.
record::Field typed_field(const documents::Field& f, const std::vector<documents::Check>& checks) {
  record::Field field;
  field.key = f.key;
  field.value = f.value;
  field.raw = f.raw;
  field.script = f.script;
  field.confidence = f.confidence;
  field.reasons = f.reasons;
  record::Support support;
  apply_checks(checks, f, support, field.reasons);
  field.status = record::status_of(field.reasons, f.confidence, f.checkable);
  field.agree = field.seen = 1;
  field.subject = f.subject;
  field.detail = f.detail;
  field.alternatives = f.alternatives;
  if (!f.span.empty()) field.span = f.span;
  return field;
}

/// Calls `see(line, part)` for each line of the page that a field stands on, with what of it is the field's.
template <typename See>
void for_each_part(const FusedPage& fused, const documents::Field& field, See see) {
  std::size_t line = field.line;
  for (std::size_t begin = 0; begin <= field.raw.size() && line < fused.fused.size(); ++line) {
    const std::size_t end = std::min(field.raw.find('\n', begin), field.raw.size());
    see(line, field.raw.substr(begin, end - begin));
    begin = end + 1;
  }
}

/// Share of the evidence for a field of a page: what else its line may read, as long as the field's own part of it
/// stays the same, is no doubt about the field. A field of several lines is as sure as the least sure part.
double share_of_field(const FusedPage& fused, const documents::Field& field) {
  double least = 1;
  for_each_part(fused, field, [&](std::size_t line, const std::string& part) {
    const record::FusedReading& reading = fused.fused[line];
    double share = reading.score;
    if (!part.empty() && reading.text.find(part) != std::string::npos)
      for (const documents::Alternative& other : reading.alternatives)
        if (other.value.find(part) != std::string::npos) share += other.confidence;
    least = std::min(least, share);
  });
  return least;
}

/// Whether knowledge changed the field's own part of its lines: a number does not make its neighbours doubtful.
bool is_changed(const FusedPage& fused, const documents::Field& field) {
  bool changed = false;
  for_each_part(fused, field, [&](std::size_t line, const std::string& part) {
    const record::FusedReading& reading = fused.fused[line];
    const bool whole = part.empty() || fused.keys[line] == "mrz";  // A zone is one value.
    changed = changed || (reading.changed_by_prior && (whole || reading.unaided.find(part) == std::string::npos));
  });
  return changed;
}

}  // namespace

record::Record make_record(const documents::Document& document, const Date& today) {
  record::Record out;
  out.kind = document.kind;
  out.score = document.score;
  out.text = document.text;
  out.checks = documents::cross_check(document.fields, document.kind, today);
  for (const documents::Field& f : document.fields) out.fields.push_back(typed_field(f, out.checks));
  return out;
}

std::vector<record::Record> make_records(const Sighting& sighting, const Date& today, std::size_t record_index,
                                         std::vector<FieldCrop>* crops, std::vector<Image>* thumbnails) {
  std::vector<record::Record> out;
  if (sighting.readings.empty()) return out;
  const page::PageKind page_kind = sighting.readings.front().pose.kind;
  const bool by_layout = page_kind == page::PageKind::cn_id_portrait || page_kind == page::PageKind::cn_id_emblem;
  const FusedPage fused = by_layout ? fuse_cards(sighting.readings, today) : fuse_pages(sighting.readings, today);
  const PageText page = by_layout ? labelled_card(fused.keys, fused.page.lines) : fused.page;

  std::size_t best = 0;  // the sight that stands for the document
  for (std::size_t r = 1; r < sighting.readings.size(); ++r)
    if (sighting.readings[r].quality > sighting.readings[best].quality) best = r;

  for (const documents::Document& document : documents::parse(page, parse_options(page_kind, today))) {
    record::Record record;
    record.kind = document.kind;
    record.first_seen_s = sighting.first_seen_s;
    record.last_seen_s = sighting.last_seen_s;
    record.frames_seen = sighting.frames_seen;
    record.frames_read = static_cast<int>(sighting.readings.size());
    const PageReading& shown = sighting.readings[best];
    record.rotation = page::rotation_of(shown.quad);
    record.mirrored = shown.pose.mirrored;
    record.quad = shown.quad;
    record.thumbnail_area = shown.thumbnail_area;
    record.quad_frame = shown.frame;
    record.quad_time_s = shown.time_s;
    record.text = by_layout ? fused.page.text() : document.text;
    record.checks = documents::cross_check(document.fields, document.kind, today);
    if (by_layout) leave_out_circular(record.checks, fused);
    const auto votes = votes_of(sighting, document.kind, today);
    double sum = 0;
    for (const documents::Field& f : document.fields) {
      record::Field field;
      field.key = f.key;
      field.value = f.value;
      field.raw = f.raw;
      field.script = f.script;
      field.subject = f.subject;
      field.detail = f.detail;
      field.reasons = f.reasons;

      record::Support support;
      support.length = static_cast<int>(record::symbols_of(f.value).size());
      support.posterior = f.confidence;
      support.support = std::log(std::clamp(f.confidence, 0.01, 1.0));
      std::size_t source = best;
      bool changed = false;
      if (by_layout) {
        // The field's own line: the weakest of its rows counts.
        double posterior = 1;
        double evidence = 0;
        bool found = false;
        for (std::size_t i = 0; i < fused.keys.size(); ++i) {
          if (fused.keys[i] != line_key(f.key)) continue;
          if (!found) source = fused.source[i];
          found = true;
          posterior = std::min(posterior, fused.fused[i].score);
          evidence = std::min(evidence, fused.fused[i].support);
          changed = changed || fused.fused[i].changed_by_prior;
          if (f.key == "id_number" || f.key == "name" || f.key == "ethnicity" || f.key == "sex")
            field.alternatives.insert(field.alternatives.end(), fused.fused[i].alternatives.begin(),
                                      fused.fused[i].alternatives.end());
        }
        if (found) {
          support.posterior = posterior;
          support.support = evidence;
        }
      } else if (f.line < fused.fused.size()) {
        source = fused.source[f.line];
        support.posterior = share_of_field(fused, f);
        changed = is_changed(fused, f);
        field.alternatives = f.alternatives;
      }
      const auto vote = votes.find({f.key, f.subject});
      if (vote != votes.end()) {
        field.seen = static_cast<int>(vote->second.size());
        field.agree = static_cast<int>(std::count(vote->second.begin(), vote->second.end(), f.value));
      }
      support.frames = field.seen;
      support.agree = field.seen > 0 ? static_cast<double>(field.agree) / static_cast<double>(field.seen) : 0;
      // Numbers have a check digit of their own, as have some fields of a zone.
      support.check_agrees = f.checkable && f.reasons.empty() &&
                             (f.key == "id_number" || f.key == "iin" || f.key == "mrz" || f.repeats_zone);
      apply_checks(record.checks, f, support, field.reasons);
      field.confidence = record::calibrated(f.key, support);
      // One of two characters is always read from a card's place for it; only the number shows which is right.
      const bool checkable = f.checkable && (!by_layout || f.key != "sex" || support.check_agrees);
      add_reason_if(field.reasons, Reason::repaired, changed);
      add_reason_if(field.reasons, Reason::frames_disagree, field.seen > 1 && 2 * field.agree < field.seen);
      add_reason_if(field.reasons, Reason::low_score,
                    checkable ? field.confidence < record::pass_score : field.confidence < record::doubt_score);
      if (by_layout)
        doubt_missing_dot(field);
      else
        settle_name_dots(field);
      field.status = record::status_of(field.reasons, field.confidence, checkable);
      sum += field.confidence;

      const PageReading& reading = sighting.readings[source];
      record::Evidence evidence;
      evidence.frame = reading.frame;
      evidence.time_s = reading.time_s;
      if (has_area(f.quad)) {
        evidence.quad = mapped(reading, f.quad);
        if (crops != nullptr) {
          Image picture = crop_of(reading, f.quad);
          if (!picture.empty()) crops->push_back({record_index + out.size(), record.fields.size(), std::move(picture)});
        }
      } else {
        evidence.quad = reading.quad;
      }
      field.evidence = evidence;
      record.fields.push_back(std::move(field));
    }
    record.score =
        document.fields.empty()
            ? 0
            : std::clamp(0.5 * document.score + 0.5 * sum / static_cast<double>(document.fields.size()), 0.0, 1.0);
    // How surely all of a long text is right says little of whether a page of text is there.
    if (document.kind == documents::Kind::other_document && !has_number(document))
      record.score = telling_score(plain_text(page));
    if (thumbnails != nullptr) thumbnails->push_back(shown.thumbnail);
    out.push_back(std::move(record));
  }
  return out;
}

}  // namespace kualik::reader
