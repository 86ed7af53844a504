#include "kualik/record/csv.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "kualik/record/hash.h"

namespace kualik::record {
namespace {

// Every key of the record format, in the order of reading a row: who, which numbers, the court's part, the paper
// itself.
constexpr std::array document_keys{"name",
                                   "surname",
                                   "given_names",
                                   "patronymic",
                                   "defendant",
                                   "sex",
                                   "ethnicity",
                                   "birth_date",
                                   "birth_place",
                                   "address",
                                   "id_number",
                                   "iin",
                                   "bin",
                                   "personal_number",
                                   "document_number",
                                   "nationality",
                                   "issuing_state",
                                   "issuing_authority",
                                   "issuer",
                                   "valid_from",
                                   "valid_to",
                                   "issue_date",
                                   "expiry_date",
                                   "mrz",
                                   "court",
                                   "title",
                                   "case_number",
                                   "prosecutor",
                                   "charge",
                                   "sentence",
                                   "deprivation",
                                   "fine",
                                   "term_from",
                                   "term_to",
                                   "judgment_date",
                                   "judge",
                                   "clerk",
                                   "date",
                                   "text"};

std::string decimal(double value, int decimals) {
  std::array<char, 64> buffer{};
  const int size =
      std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, std::isfinite(value) ? value + 0.0 : 0.0);
  return {buffer.data(), static_cast<std::size_t>(std::clamp(size, 0, 63))};
}

std::string joined(ReasonSet reasons) {
  std::string out;
  for (Reason r : reasons) {
    if (!out.empty()) out += ' ';
    out += name(r);
  }
  return out;
}

std::string joined(const Quad& quad) {
  std::string out;
  for (const Point& p : quad.corners) {
    if (!out.empty()) out += ' ';
    out += decimal(p.x, 1) + ',' + decimal(p.y, 1);
  }
  return out;
}

// A row under construction.
class Row {
 public:
  Row& operator<<(std::string_view cell) {
    if (!first_) line_ += ',';
    first_ = false;
    line_ += csv_cell(cell);
    return *this;
  }
  Row& operator<<(std::int64_t number) { return *this << std::string_view(std::to_string(number)); }
  Row& catalogue(const Catalogue& catalogue, const std::vector<std::string>& columns) {
    for (const std::string& column : columns) {
      const auto found = std::find_if(catalogue.columns.begin(), catalogue.columns.end(),
                                      [&](const auto& c) { return c.first == column; });
      *this << (found == catalogue.columns.end() ? std::string_view{} : std::string_view(found->second));
    }
    return *this;
  }
  std::string end() { return std::move(line_) + '\n'; }

 private:
  std::string line_;
  bool first_ = true;
};

constexpr std::array field_columns{
    "source",   "sha256",      "entry_no",     "document", "kind",       "document_score", "key",
    "subject",  "value",       "raw",          "script",   "confidence", "status",         "reasons",
    "agree",    "seen",        "alternatives", "frame",    "time_s",     "timecode",       "quad",
    "crop",     "crop_sha256", "span_begin",   "span_end", "detail",     "review_state",   "reviewed_value",
    "reviewer", "reviewed_at", "note"};
constexpr std::array document_columns{"source",        "sha256",       "entry_no",         "document",    "subject",
                                      "kind",          "score",        "first_seen_s",     "last_seen_s", "timecode",
                                      "frames_seen",   "frames_read",  "rotation",         "mirrored",    "status",
                                      "doubtful_keys", "failing_keys", "disagreeing_rules"};

void field_row(Row& row, const Entry& entry, std::size_t document_no, std::size_t i) {
  const Record& r = entry.record;
  const Field& f = r.fields[i];
  std::string alternatives;
  for (const documents::Alternative& a : f.alternatives) {
    if (!alternatives.empty()) alternatives += " | ";
    alternatives += a.value + " (" + decimal(a.confidence, 4) + ")";
  }
  row << r.source.name << hash_string(r.source.sha256) << entry.catalogue.entry_no
      << static_cast<std::int64_t>(document_no) << name(r.kind) << decimal(r.score, 4) << f.key << f.subject << f.value
      << f.raw << f.script << decimal(f.confidence, 4) << name(f.status) << joined(f.reasons) << f.agree << f.seen
      << alternatives;
  if (f.evidence)
    row << f.evidence->frame << decimal(f.evidence->time_s, 4) << timecode(f.evidence->time_s)
        << joined(f.evidence->quad) << f.evidence->crop << hash_string(f.evidence->crop_sha256);
  else
    row << ""
        << ""
        << ""
        << ""
        << ""
        << "";
  if (f.span)
    row << static_cast<std::int64_t>(f.span->begin) << static_cast<std::int64_t>(f.span->end);
  else
    row << ""
        << "";
  const Review* review = entry.review_of(i);
  const Review none{};
  const Review& shown = review != nullptr ? *review : none;
  row << f.detail << name(shown.state) << shown.value << shown.reviewer << shown.reviewed_at << shown.note;
}

// A person's value for a key: what a reviewer put in its place counts, what a reviewer rejected does not.
std::string reviewed_value(const Entry& entry, std::size_t i) {
  const Review* review = entry.review_of(i);
  if (review != nullptr && review->state == ReviewState::edited) return review->value;
  if (review != nullptr && review->state == ReviewState::rejected) return {};
  return entry.record.fields[i].value;
}

void document_row(Row& row, const Entry& entry, std::size_t document_no, int subject) {
  const Record& r = entry.record;
  const auto applies = [&](int s) { return s == 0 || subject == 0 || s == subject; };
  std::string doubtful;
  std::string failing;
  std::string rules;
  const auto append = [](std::string& list, std::string_view word) {
    if (!list.empty()) list += ' ';
    list += word;
  };
  for (std::size_t i = 0; i < r.fields.size(); ++i) {
    const Field& f = r.fields[i];
    if (!applies(f.subject)) continue;
    const Review* review = entry.review_of(i);
    if (review != nullptr && review->state != ReviewState::unreviewed) continue;
    if (f.status == Status::doubtful) append(doubtful, f.key);
    if (f.status == Status::fails) append(failing, f.key);
  }
  for (const documents::Check& c : r.checks)
    if (applies(c.subject) && c.verdict == documents::Verdict::disagrees) append(rules, c.rule);
  const bool passing = std::any_of(r.fields.begin(), r.fields.end(),
                                   [&](const Field& f) { return applies(f.subject) && f.status == Status::passes; });
  const std::string_view status = !failing.empty()                        ? name(Status::fails)
                                  : (!doubtful.empty() || !rules.empty()) ? name(Status::doubtful)
                                  : passing                               ? name(Status::passes)
                                                                          : name(Status::unchecked);
  row << r.source.name << hash_string(r.source.sha256) << entry.catalogue.entry_no
      << static_cast<std::int64_t>(document_no) << subject << name(r.kind) << decimal(r.score, 4)
      << decimal(r.first_seen_s, 4) << decimal(r.last_seen_s, 4) << timecode(r.first_seen_s) << r.frames_seen
      << r.frames_read << r.rotation << (r.mirrored ? "true" : "false") << status << doubtful << failing << rules;
  for (std::string_view key : document_keys) {
    std::string cell;
    for (std::size_t i = 0; i < r.fields.size(); ++i) {
      if (r.fields[i].key != key || !applies(r.fields[i].subject)) continue;
      const std::string value = reviewed_value(entry, i);
      if (value.empty()) continue;
      if (!cell.empty()) cell += " | ";
      cell += value;
    }
    if (key == "text" && cell.empty()) cell = r.text;
    row << cell;
  }
}

}  // namespace

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string timecode(double seconds) {
  const auto ms = static_cast<long long>(std::llround(std::max(0.0, std::isfinite(seconds) ? seconds : 0.0) * 1000.0));
  std::array<char, 64> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), "%02lld:%02lld:%02lld.%03lld", ms / 3600000,
                                 ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
  return {buffer.data(), static_cast<std::size_t>(std::clamp(size, 0, 63))};
}

CsvTable::CsvTable(CsvShape shape, std::vector<std::string> free_columns)
    : shape_(shape), free_columns_(std::move(free_columns)) {}

std::string CsvTable::header() const {
  Row row;
  if (shape_ == CsvShape::fields) {
    for (const char* column : field_columns) row << column;
  } else {
    for (const char* column : document_columns) row << column;
    for (const char* key : document_keys) row << key;
  }
  for (const std::string& column : free_columns_) row << column;
  return row.end();
}

std::string CsvTable::rows(const Entry& entry, std::size_t document_no) const {
  std::string out;
  if (shape_ == CsvShape::fields) {
    for (std::size_t i = 0; i < entry.record.fields.size(); ++i) {
      Row row;
      field_row(row, entry, document_no, i);
      out += row.catalogue(entry.catalogue, free_columns_).end();
    }
    return out;
  }
  std::set<int> subjects;
  for (const Field& f : entry.record.fields)
    if (f.subject != 0) subjects.insert(f.subject);
  if (subjects.empty()) subjects.insert(0);
  for (int subject : subjects) {
    Row row;
    document_row(row, entry, document_no, subject);
    out += row.catalogue(entry.catalogue, free_columns_).end();
  }
  return out;
}

}  // namespace kualik::record
