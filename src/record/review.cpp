#include "kualik/record/review.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "kualik/record/hash.h"
#include "record/names.h"

namespace kualik::record {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::string_view review_schema = "kualik.review/1";
constexpr std::size_t longest_text = 10'000;
constexpr std::size_t most_decisions = 1'000'000;

[[noreturn]] void wrong(const std::string& what) { throw std::runtime_error("not a kualik.review/1 file: " + what); }

std::string text(const Json& item, const char* key, const std::string& where) {
  if (!item.contains(key)) return {};
  if (!item.at(key).is_string()) wrong(where + key + " is not a string");
  std::string out = item.at(key).get<std::string>();
  if (out.size() > longest_text) wrong(where + key + " is longer than 10,000 bytes");
  return out;
}

std::size_t whole(const Json& item, const char* key, const std::string& where) {
  if (!item.contains(key) || !item.at(key).is_number_unsigned()) wrong(where + key + " is not a whole number");
  return item.at(key).get<std::size_t>();
}

}  // namespace

std::vector<Decision> read_decisions(std::string_view json_text) {
  const Json json = Json::parse(json_text, nullptr, false);
  if (json.is_discarded() || !json.is_object()) wrong("no JSON object");
  if (text(json, "schema", "") != review_schema) wrong("schema is missing or another one");
  const std::string reviewer = text(json, "reviewer", "");
  if (!json.contains("decisions") || !json.at("decisions").is_array()) wrong("decisions is not a list");
  if (json.at("decisions").size() > most_decisions) wrong("more than a million decisions");
  std::vector<Decision> out;
  for (const Json& item : json.at("decisions")) {
    const std::string where = "decisions[" + std::to_string(out.size()) + "].";
    if (!item.is_object()) wrong(where.substr(0, where.size() - 1) + " is not an object");
    Decision d;
    d.source_sha256 = hash_hex(text(item, "source_sha256", where));
    if (d.source_sha256.empty()) wrong(where + "source_sha256 is no hash");
    d.document_no = whole(item, "document", where);
    d.field = whole(item, "field", where);
    d.key = text(item, "key", where);
    d.value_seen = text(item, "value_seen", where);
    const auto state = named(text(item, "state", where), ReviewState::unreviewed, ReviewState::rejected);
    if (!state) wrong(where + "state is no known name");
    d.review.state = *state;
    d.review.field = d.field;
    d.review.value = text(item, "value", where);
    if (d.review.state == ReviewState::edited && d.review.value.empty()) wrong(where + "value is missing for an edit");
    if (d.review.state != ReviewState::edited) d.review.value.clear();
    d.review.reviewer = text(item, "reviewer", where);
    if (d.review.reviewer.empty()) d.review.reviewer = reviewer;
    d.review.note = text(item, "note", where);
    d.review.reviewed_at = text(item, "reviewed_at", where);
    out.push_back(std::move(d));
  }
  return out;
}

std::string write_decisions(const std::vector<Decision>& decisions, std::string_view reviewer) {
  Json list = Json::array();
  for (const Decision& d : decisions) {
    Json item = {{"source_sha256", hash_string(d.source_sha256)},
                 {"document", d.document_no},
                 {"field", d.field},
                 {"key", d.key},
                 {"value_seen", d.value_seen},
                 {"state", name(d.review.state)}};
    if (d.review.state == ReviewState::edited) item["value"] = d.review.value;
    item["reviewer"] = d.review.reviewer;
    item["note"] = d.review.note;
    item["reviewed_at"] = d.review.reviewed_at;
    list.push_back(std::move(item));
  }
  const Json out = {{"schema", review_schema}, {"reviewer", reviewer}, {"decisions", std::move(list)}};
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

MergeResult merge_decisions(std::vector<Entry>& entries, const std::vector<std::size_t>& document_nos,
                            const std::vector<Decision>& decisions) {
  std::map<std::pair<std::string, std::size_t>, Entry*> places;
  for (std::size_t i = 0; i < entries.size(); ++i)
    places[{entries[i].record.source.sha256, document_nos.at(i)}] = &entries[i];
  MergeResult result;
  for (const Decision& d : decisions) {
    const auto found = places.find({d.source_sha256, d.document_no});
    if (found == places.end() || d.field >= found->second->record.fields.size()) {
      ++result.unknown;
      continue;
    }
    Entry& entry = *found->second;
    const Field& field = entry.record.fields[d.field];
    if (field.key != d.key || field.value != d.value_seen) {
      ++result.stale;
      continue;
    }
    entry.reviews.erase(
        std::remove_if(entry.reviews.begin(), entry.reviews.end(), [&](const Review& r) { return r.field == d.field; }),
        entry.reviews.end());
    if (d.review.says_something()) entry.reviews.push_back(d.review);
    ++result.merged;
  }
  return result;
}

}  // namespace kualik::record
