#include "kualik/documents/checks.h"

#include <algorithm>
#include <set>

#include "checks_rules.h"

namespace kualik::documents {

const Field* Rules::find(std::string_view key) const noexcept {
  const Field* shared = nullptr;
  for (const Field& f : fields_) {
    if (f.key != key) continue;
    if (f.subject == subject_) return &f;
    if (f.subject == 0 && !shared) shared = &f;
  }
  return shared;
}

std::vector<const Field*> Rules::find_all(std::string_view key) const {
  std::vector<const Field*> found;
  for (const Field& f : fields_)
    if (f.key == key && (f.subject == subject_ || f.subject == 0)) found.push_back(&f);
  return found;
}

bool Rules::others_have(std::string_view key) const noexcept {
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const Field& f) { return f.key == key && f.subject > 0 && f.subject != subject_; });
}

Date Rules::date(std::string_view key) const {
  const Field* f = find(key);
  if (!f) return {};
  const auto read = text::parse_date(f->value);
  return read.value && read.value->complete() && read.value->date.valid() ? read.value->date : Date{};
}

void Rules::report(std::string_view rule, Verdict verdict, std::vector<std::string> keys, std::string detail) {
  checks_.push_back({std::string(rule), verdict, std::move(keys), subject_, std::move(detail)});
}

std::vector<Check> cross_check(const std::vector<Field>& fields, Kind kind, const Date& today) {
  std::set<int> subjects;
  for (const Field& f : fields)
    if (f.subject > 0) subjects.insert(f.subject);
  if (subjects.empty()) subjects.insert(0);
  std::vector<Check> all;
  for (int subject : subjects) {
    Rules rules(fields, today, subject);
    switch (kind) {
      case Kind::cn_id_portrait:
        check_identity(rules);
        break;
      case Kind::cn_id_emblem:
        check_validity(rules);
        break;
      case Kind::court_document:
      case Kind::official_document:
        check_identity(rules);
        check_court(rules);
        break;
      case Kind::passport:
        check_zone(rules);
        check_iin(rules);
        break;
      case Kind::kz_id_front:
        check_iin(rules);
        break;
      case Kind::kz_id_back:
        check_zone(rules);
        break;
      case Kind::other_document:
        // Several zones or numbers are several persons'.
        if (rules.find_all("mrz").size() == 1) check_zone(rules);
        if (rules.find_all("iin").size() <= 1) check_iin(rules);
        break;
    }
    for (Check& c : rules.take()) {
      // A rule that compares nothing of the single subject is said once.
      const bool repeated = std::any_of(all.begin(), all.end(), [&c](const Check& a) {
        return a.rule == c.rule && a.verdict == c.verdict && a.fields == c.fields && a.detail == c.detail &&
               a.subject == 0;
      });
      bool personal = false;
      for (const std::string& key : c.fields)
        for (const Field& f : fields) personal = personal || (f.key == key && f.subject != 0);
      if (!personal) c.subject = 0;
      if (!repeated || personal) all.push_back(std::move(c));
    }
  }
  return all;
}

}  // namespace kualik::documents
