#include "kualik/record/jsonl.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "record/names.h"

namespace kualik::record {
namespace {

using Json = nlohmann::ordered_json;

// Fixed decimals, so that the last bits of a sum do not show; adding 0.0 turns -0 into 0.
double rounded(double value, int decimals) {
  if (!std::isfinite(value)) return 0.0;
  const double scale = std::pow(10.0, decimals);
  return std::round(value * scale) / scale + 0.0;
}
double score(double value) { return rounded(value, 4); }
double seconds(double value) { return rounded(value, 4); }

Json to(const Quad& quad) {
  Json out = Json::array();
  for (const Point& p : quad.corners) out.push_back(Json::array({rounded(p.x, 2), rounded(p.y, 2)}));
  return out;
}

Json to(ReasonSet reasons) {
  Json out = Json::array();
  for (Reason r : reasons) out.push_back(name(r));
  return out;
}

Json to(const Source& source) {
  return {{"name", source.name},
          {"sha256", source.sha256},
          {"size", source.size},
          {"width", source.width},
          {"height", source.height},
          {"fps", rounded(source.fps, 3)},
          {"duration_s", seconds(source.duration_s)}};
}

Json document_of(const Record& record) {
  Json out = {{"kind", name(record.kind)},
              {"score", score(record.score)},
              {"first_seen_s", seconds(record.first_seen_s)},
              {"last_seen_s", seconds(record.last_seen_s)},
              {"frames_seen", record.frames_seen},
              {"frames_read", record.frames_read},
              {"rotation", record.rotation},
              {"mirrored", record.mirrored}};
  if (record.quad != Quad{}) {
    out["quad"] = to(record.quad);
    out["quad_frame"] = record.quad_frame;
    out["quad_time_s"] = seconds(record.quad_time_s);
  }
  if (!record.thumbnail.empty()) {
    out["thumbnail"] = record.thumbnail;
    out["thumbnail_sha256"] = record.thumbnail_sha256;
    const Rect& area = record.thumbnail_area;
    if (!area.empty())
      out["thumbnail_area"] =
          Json::array({rounded(area.x, 2), rounded(area.y, 2), rounded(area.width, 2), rounded(area.height, 2)});
  }
  return out;
}

Json to(const Evidence& evidence) {
  Json out = {{"frame", evidence.frame}, {"time_s", seconds(evidence.time_s)}, {"quad", to(evidence.quad)}};
  if (!evidence.crop.empty()) {
    out["crop"] = evidence.crop;
    out["crop_sha256"] = evidence.crop_sha256;
  }
  return out;
}

Json to(const Review& review) {
  Json out = {{"state", name(review.state)}};
  if (review.state == ReviewState::edited) out["value"] = review.value;
  out["reviewer"] = review.reviewer;
  out["note"] = review.note;
  out["reviewed_at"] = review.reviewed_at;
  return out;
}

Json to(const Field& field, const Review* review) {
  Json out = {{"key", field.key},
              {"value", field.value},
              {"raw", field.raw},
              {"script", field.script},
              {"confidence", score(field.confidence)},
              {"status", name(field.status)},
              {"reasons", to(field.reasons)},
              {"agree", field.agree},
              {"seen", field.seen}};
  if (field.subject != 0) out["subject"] = field.subject;
  if (!field.detail.empty()) out["detail"] = field.detail;
  Json alternatives = Json::array();
  for (const documents::Alternative& a : field.alternatives)
    alternatives.push_back({{"value", a.value}, {"confidence", score(a.confidence)}});
  out["alternatives"] = std::move(alternatives);
  if (field.evidence) out["evidence"] = to(*field.evidence);
  if (field.span) out["span"] = Json::array({field.span->begin, field.span->end});
  if (review != nullptr) out["review"] = to(*review);
  return out;
}

// The page's text travels as a field of key "text", which every kind may have.
Field text_field(const Record& record) {
  Field field;
  field.key = "text";
  field.value = record.text;
  field.raw = record.text;
  field.script = record.text_script;
  field.confidence = record.score;
  return field;
}

bool has_text_field(const Record& record) {
  return std::any_of(record.fields.begin(), record.fields.end(), [](const Field& f) { return f.key == "text"; });
}

Json to(const documents::Check& check) {
  Json out = {{"rule", check.rule}, {"verdict", name(check.verdict)}, {"fields", check.fields}};
  if (check.subject != 0) out["subject"] = check.subject;
  out["detail"] = check.detail;
  return out;
}

Json to(const Engine& engine) {
  Json models = Json::array();
  for (const Model& m : engine.models) models.push_back({{"name", m.name}, {"sha256", m.sha256}});
  return {{"kualik", engine.kualik}, {"tesseract", engine.tesseract}, {"models", std::move(models)}};
}

Json to(const Catalogue& catalogue) {
  Json columns = Json::object();
  for (const auto& [key, value] : catalogue.columns) columns[key] = value;
  return {{"entry_no", catalogue.entry_no}, {"columns", std::move(columns)}};
}

[[noreturn]] void wrong(const std::string& what) { throw std::runtime_error("not a kualik.record/1 line: " + what); }

// Reads one object; every fault names the key that it stands at.
class Object {
 public:
  Object(const Json& json, std::string where) : json_(json), where_(std::move(where)) {
    if (!json.is_object()) wrong(where_ + " is not an object");
  }
  bool has(const char* key) const { return json_.contains(key) && !json_.at(key).is_null(); }
  std::string text(const char* key) const {
    if (!has(key)) return {};
    if (!json_.at(key).is_string()) wrong(place(key) + " is not a string");
    return json_.at(key).get<std::string>();
  }
  double number(const char* key) const {
    if (!has(key)) return 0;
    if (!json_.at(key).is_number()) wrong(place(key) + " is not a number");
    return json_.at(key).get<double>();
  }
  template <class Int>
  Int integer(const char* key) const {
    if (!has(key)) return 0;
    const Json& value = json_.at(key);
    if (!value.is_number_integer()) wrong(place(key) + " is not a whole number");
    if constexpr (std::is_unsigned_v<Int>) {
      if (!value.is_number_unsigned()) wrong(place(key) + " is negative");
      const auto wide = value.get<std::uint64_t>();
      if (wide > std::numeric_limits<Int>::max()) wrong(place(key) + " is too large");
      return static_cast<Int>(wide);
    } else {
      if (value.is_number_unsigned() &&
          value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        wrong(place(key) + " is too large");
      const auto wide = value.get<std::int64_t>();
      if (wide < std::numeric_limits<Int>::min() || wide > std::numeric_limits<Int>::max())
        wrong(place(key) + " is out of range");
      return static_cast<Int>(wide);
    }
  }
  bool flag(const char* key) const {
    if (!has(key)) return false;
    if (!json_.at(key).is_boolean()) wrong(place(key) + " is not true or false");
    return json_.at(key).get<bool>();
  }
  Quad quad(const char* key) const {
    Quad out;
    if (!has(key)) return out;
    const Json& value = json_.at(key);
    if (!value.is_array() || value.size() != 4) wrong(place(key) + " is not four points");
    for (std::size_t i = 0; i < 4; ++i) {
      const Json& p = value.at(i);
      if (!p.is_array() || p.size() != 2 || !p.at(0).is_number() || !p.at(1).is_number())
        wrong(place(key) + " is not four points");
      out[i] = {p.at(0).get<double>(), p.at(1).get<double>()};
    }
    return out;
  }
  std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> out;
    for (const Json& item : list(key)) {
      if (!item.is_string()) wrong(place(key) + " holds something else than strings");
      out.push_back(item.get<std::string>());
    }
    return out;
  }
  const Json& list(const char* key) const {
    static const Json none = Json::array();
    if (!has(key)) return none;
    if (!json_.at(key).is_array()) wrong(place(key) + " is not a list");
    return json_.at(key);
  }
  Object object(const char* key) const {
    if (!has(key)) wrong(place(key) + " is missing");
    return Object(json_.at(key), place(key));
  }
  template <class E>
  E one_of(const char* key, E first, E last) const {
    const std::optional<E> found = named(text(key), first, last);
    if (!found) wrong(place(key) + " is no known name");
    return *found;
  }
  const Json& json() const { return json_; }
  std::string place(const std::string& key) const { return where_.empty() ? key : where_ + "." + key; }

 private:
  const Json& json_;
  std::string where_;
};

Source source_from(const Object& in) {
  Source out;
  out.name = in.text("name");
  out.sha256 = in.text("sha256");
  out.size = in.integer<std::uint64_t>("size");
  out.width = in.integer<int>("width");
  out.height = in.integer<int>("height");
  out.fps = in.number("fps");
  out.duration_s = in.number("duration_s");
  return out;
}

void document_from(const Object& in, Record& out) {
  out.kind = in.one_of("kind", documents::Kind::cn_id_portrait, documents::Kind::other_document);
  out.score = in.number("score");
  out.first_seen_s = in.number("first_seen_s");
  out.last_seen_s = in.number("last_seen_s");
  out.frames_seen = in.integer<int>("frames_seen");
  out.frames_read = in.integer<int>("frames_read");
  out.rotation = in.integer<int>("rotation");
  out.mirrored = in.flag("mirrored");
  out.quad = in.quad("quad");
  out.quad_frame = in.integer<std::int64_t>("quad_frame");
  out.quad_time_s = in.number("quad_time_s");
  out.thumbnail = in.text("thumbnail");
  out.thumbnail_sha256 = in.text("thumbnail_sha256");
  if (in.has("thumbnail_area")) {
    const Json& area = in.list("thumbnail_area");
    for (const Json& side : area)
      if (!side.is_number()) wrong(in.place("thumbnail_area") + " is not four numbers");
    if (area.size() != 4) wrong(in.place("thumbnail_area") + " is not four numbers");
    out.thumbnail_area = {area.at(0).get<double>(), area.at(1).get<double>(), area.at(2).get<double>(),
                          area.at(3).get<double>()};
  }
}

Evidence evidence_from(const Object& in) {
  Evidence out;
  out.frame = in.integer<std::int64_t>("frame");
  out.time_s = in.number("time_s");
  out.quad = in.quad("quad");
  out.crop = in.text("crop");
  out.crop_sha256 = in.text("crop_sha256");
  return out;
}

Field field_from(const Object& in) {
  Field out;
  out.key = in.text("key");
  out.value = in.text("value");
  out.raw = in.text("raw");
  out.script = in.text("script");
  out.confidence = in.number("confidence");
  out.status = in.one_of("status", Status::passes, Status::unchecked);
  for (const std::string& reason : in.texts("reasons")) {
    const std::optional<Reason> known = reason_named(reason);
    if (!known) wrong(in.place("reasons") + " holds an unknown name");
    out.reasons.add(*known);
  }
  out.agree = in.integer<int>("agree");
  out.seen = in.integer<int>("seen");
  out.subject = in.integer<int>("subject");
  out.detail = in.text("detail");
  for (const Json& item : in.list("alternatives")) {
    const Object alternative(item, in.place("alternatives"));
    out.alternatives.push_back({alternative.text("value"), alternative.number("confidence")});
  }
  if (in.has("evidence")) out.evidence = evidence_from(in.object("evidence"));
  if (in.has("span")) {
    const Json& span = in.list("span");
    if (span.size() != 2 || !span.at(0).is_number_unsigned() || !span.at(1).is_number_unsigned())
      wrong(in.place("span") + " is not two places");
    out.span = Span{span.at(0).get<std::size_t>(), span.at(1).get<std::size_t>()};
  }
  return out;
}

Review review_from(const Object& in, std::size_t field) {
  Review out;
  out.field = field;
  out.state = in.one_of("state", ReviewState::unreviewed, ReviewState::rejected);
  out.value = in.text("value");
  out.reviewer = in.text("reviewer");
  out.note = in.text("note");
  out.reviewed_at = in.text("reviewed_at");
  return out;
}

}  // namespace

std::string to_json(const Entry& entry) {
  const Record& record = entry.record;
  const auto dump = [](const Json& part) { return part.dump(-1, ' ', false, Json::error_handler_t::replace); };
  // Written part by part: a text may hold a hundred thousand fields, and their objects take ten times their print.
  std::string out = "{\"schema\":" + dump(schema) + ",\"source\":" + dump(to(record.source)) +
                    ",\"document\":" + dump(document_of(record)) + ",\"fields\":[";
  std::size_t written = 0;
  const auto add = [&](const Json& field) {
    if (written++ > 0) out += ',';
    out += dump(field);
  };
  for (std::size_t i = 0; i < record.fields.size(); ++i) add(to(record.fields[i], entry.review_of(i)));
  if (!record.text.empty() && !has_text_field(record)) add(to(text_field(record), nullptr));
  Json checks = Json::array();
  for (const documents::Check& check : record.checks) checks.push_back(to(check));
  out += "],\"checks\":" + dump(checks);
  if (!entry.catalogue.empty()) out += ",\"catalogue\":" + dump(to(entry.catalogue));
  out += ",\"engine\":" + dump(to(entry.engine)) + '}';
  return out;
}

Entry from_json(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  if (json.is_discarded()) wrong("no JSON");
  const Object root(json, "");
  if (root.text("schema") != schema) wrong("schema is missing or another one");
  Entry entry;
  Record& record = entry.record;
  record.source = source_from(root.object("source"));
  document_from(root.object("document"), record);
  for (const Json& item : root.list("fields")) {
    const Object in(item, "fields[" + std::to_string(record.fields.size()) + "]");
    Field field = field_from(in);
    if (field.key == "text") {
      record.text = field.value;
      record.text_script = field.script;
      if (!field.evidence && !field.span) continue;
    }
    if (in.has("review")) entry.reviews.push_back(review_from(in.object("review"), record.fields.size()));
    record.fields.push_back(std::move(field));
  }
  for (const Json& item : root.list("checks")) {
    const Object in(item, "checks");
    documents::Check check;
    check.rule = in.text("rule");
    check.verdict = in.one_of("verdict", documents::Verdict::agrees, documents::Verdict::cannot_tell);
    check.fields = in.texts("fields");
    check.subject = in.integer<int>("subject");
    check.detail = in.text("detail");
    record.checks.push_back(std::move(check));
  }
  if (root.has("catalogue")) {
    const Object in = root.object("catalogue");
    entry.catalogue.entry_no = in.text("entry_no");
    const Object columns = in.object("columns");
    for (const auto& [key, value] : columns.json().items()) {
      if (!value.is_string()) wrong("catalogue.columns holds something else than strings");
      entry.catalogue.columns.emplace_back(key, value.get<std::string>());
    }
  }
  if (root.has("engine")) {
    const Object in = root.object("engine");
    entry.engine.kualik = in.text("kualik");
    entry.engine.tesseract = in.text("tesseract");
    for (const Json& item : in.list("models")) {
      const Object model(item, "engine.models");
      entry.engine.models.push_back({model.text("name"), model.text("sha256")});
    }
  }
  return entry;
}

}  // namespace kualik::record
