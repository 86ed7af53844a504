#include "ethnic.h"

#include <vector>

#include "anchors.h"
#include "documents/ethnic_groups.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {

struct Group {
  std::u32string name;
  std::string_view value;
};

const std::vector<Group>& groups() {
  static const auto made = [] {
    std::vector<Group> all;
    for (const auto& row : tables::ethnic_groups) {
      all.push_back({text::to_u32(row.card_form), row.card_form});
      if (!row.old_name.empty()) all.push_back({text::to_u32(row.old_name), row.old_name});
    }
    return all;
  }();
  return made;
}

constexpr std::string_view cyrillic_names[] = {
    "ҚАЗАҚ", "КАЗАХ",   "КАЗАШКА",  "ҰЙҒЫР",   "УЙГУР",  "УЙГУРКА",  "ҚЫРҒЫЗ",  "КИРГИЗ", "КИРГИЗКА", "ӨЗБЕК",
    "УЗБЕК", "УЗБЕЧКА", "ТАТАР",    "ТАТАРКА", "ОРЫС",   "РУССКИЙ",  "РУССКАЯ", "ДҮҢГЕН", "ДУНГАН",   "ДУНГАНКА",
    "ҚЫТАЙ", "КИТАЕЦ",  "КИТАЯНКА", "ТӘЖІК",   "ТАДЖИК", "ТАДЖИЧКА", "МОҢҒОЛ",  "МОНГОЛ", "КӘРІС",    "КОРЕЕЦ"};

}  // namespace

std::optional<EthnicHit> match_ethnic(std::u32string_view chars, std::size_t pos) {
  const Group* best = nullptr;
  int best_cost = 3;
  for (const Group& g : groups()) {
    if (best && (g.name.size() < best->name.size() || (g.name.size() == best->name.size() && best_cost == 0))) continue;
    if (pos + g.name.size() > chars.size()) continue;
    int cost = 0;
    for (std::size_t i = 0; i < g.name.size() && cost < 3; ++i) {
      if (chars[pos + i] != g.name[i]) cost += 2;
    }
    const int allowed = g.name.size() >= 3 ? 2 : 0;
    // A misread name must carry 族, or it could be any three characters.
    if (cost > 0 && !(pos + g.name.size() < chars.size() &&
                      (chars[pos + g.name.size()] == U'族' || is_lookalike(chars[pos + g.name.size()], U'族'))))
      continue;
    if (cost <= allowed && (!best || g.name.size() > best->name.size() || cost < best_cost)) {
      best = &g;
      best_cost = cost;
    }
  }
  if (!best) return std::nullopt;
  EthnicHit hit;
  hit.end = pos + best->name.size();
  hit.value = best->value;
  if (best_cost > 0) hit.reasons.add(Reason::repaired);
  if (hit.end < chars.size() && (chars[hit.end] == U'族' || is_lookalike(chars[hit.end], U'族'))) {
    hit.with_zu = true;
    ++hit.end;
  }
  return hit;
}

std::vector<std::string> card_ethnic_groups() {
  std::vector<std::string> all;
  for (const auto& row : tables::ethnic_groups) all.emplace_back(row.card_form);
  return all;
}

bool is_known_ethnic_group(std::string_view name) {
  for (const auto& row : tables::ethnic_groups)
    if (row.card_form == name || (!row.old_name.empty() && row.old_name == name)) return true;
  return false;
}

bool is_known_ethnic_group_in_cyrillic(std::string_view name) {
  for (std::string_view known : cyrillic_names)
    if (known == name) return true;
  return false;
}

}  // namespace kualik::documents
