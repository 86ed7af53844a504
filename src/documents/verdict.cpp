#include "verdict.h"

#include <algorithm>

#include "anchors.h"
#include "named.h"
#include "values.h"

namespace kualik::documents {

bool add_named_in_verdict(const Sheet& sheet, std::vector<Conviction>& convictions, std::vector<Person>& persons) {
  constexpr std::size_t most = 40;
  const bool introduced = !persons.empty();
  bool of_nobody = false;
  for (Conviction& c : convictions) {
    if (c.person != nobody) continue;
    auto name = c.named.empty() ? std::nullopt : name_field(sheet, "defendant", c.named);
    if (!name || persons.size() >= most) {
      of_nobody = true;
      continue;
    }
    name->detail = "named in the verdict alone";
    if (introduced) name->reasons.add(Reason::ambiguous);
    c.person = persons.size();
    persons.emplace_back();
    persons.back().name = std::move(name);
    persons.back().name_range = c.named;
  }
  return of_nobody;
}

std::vector<Conviction> left_standing(const Sheet& sheet, Range recital, Range operative,
                                      const std::vector<Conviction>& ordered, const std::vector<Person>& persons) {
  std::vector<Conviction> standing;
  const auto chars = sheet.chars();
  if (!find_exact(chars, operative, U"维持")) return standing;
  std::vector<std::size_t> taken_back;
  for (std::size_t from = operative.begin; from < operative.end;) {
    const auto hit = find_exact(chars, {from, operative.end}, U"撤销");
    if (!hit) break;
    std::size_t end = hit->end;
    while (end < operative.end && chars[end] != U';' && chars[end] != U'。') ++end;
    for (const std::size_t p : persons_named_in(sheet, {hit->end, end}, persons)) taken_back.push_back(p);
    from = end;
  }
  for (Conviction& c : find_convictions(sheet, recital, persons)) {
    const bool again =
        std::any_of(ordered.begin(), ordered.end(), [&](const Conviction& o) { return o.person == c.person; });
    if (c.person >= persons.size() || again || c.charges.empty()) continue;
    if (std::find(taken_back.begin(), taken_back.end(), c.person) == taken_back.end()) standing.push_back(std::move(c));
  }
  return standing;
}

Recital recital_of(const Sheet& sheet, Range operative, const Commutation& commutation, bool punished) {
  const auto chars = sheet.chars();
  const auto says = [&](std::u32string_view word) { return find_exact(chars, operative, word).has_value(); };
  if (operative.empty()) return {punished ? "of an earlier judgment" : "as charged", !punished};
  if (commutation.ordered()) return {"of the judgment that is commuted", true};
  if (commutation.refused) return {"of the judgment that is being served", true};
  if (find_label(chars, operative, U"维持原判")) return {"of the judgment that is upheld", true};
  if (says(U"准许") && (says(U"撤回上诉") || says(U"撤回抗诉") || says(U"撤诉")))
    return {"of the judgment that the withdrawn appeal was against", true};
  if (says(U"核准") && !says(U"不核准")) return {"of the judgment that is confirmed", true};
  if (commutation.parole) return {"of the judgment that is being served", true};
  if (says(U"撤销") && says(U"重新审判")) return {"of the judgment that is annulled", false};
  return {punished ? "of an earlier judgment" : "as charged, not found in the operative part", !punished};
}

}  // namespace kualik::documents
