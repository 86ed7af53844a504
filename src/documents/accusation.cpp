#include "accusation.h"

#include <algorithm>

#include "anchors.h"
#include "convictions.h"
#include "kualik/text/utf8.h"
#include "named.h"

namespace kualik::documents {

namespace {

// Whom 追究被告人甲、乙的刑事责任 names behind 追究, up to the words 刑事责任. Nothing if a mark stands before them:
// they are another statement's.
struct Pursued {
  std::vector<std::size_t> persons{};
  bool others{false};  // more is said there than 其 and the names of persons
};
std::optional<Pursued> pursued_behind(const Sheet& sheet, Range behind, const std::vector<Person>& persons) {
  const auto chars = sheet.chars();
  const auto liability = find_label(chars, behind, U"刑事责任");
  if (!liability) return std::nullopt;
  const Range names{behind.begin, liability->range.begin};
  for (std::size_t i = names.begin; i < names.end; ++i)
    if (is_clause_mark(chars[i])) return std::nullopt;
  Pursued found{persons_named_in(sheet, names, persons), false};
  std::size_t letters = 0;
  for (const char32_t c : sheet.view(names)) letters += text::is_han(c) ? 1 : 0;
  std::size_t known = 0;
  const auto bare = bare_names(sheet, persons);
  for (const std::size_t p : found.persons) known += bare[p].size();
  // 被告人, 的, 其, 、 aside: a name of two characters and more that is nobody's.
  found.others = letters > known + 5 + found.persons.size() * 4;
  return found;
}

// 被告人甲…，其行为触犯…，应当以X罪追究其刑事责任: named where the statement begins, at most 400 characters before.
std::size_t statement_begin(const Sheet& sheet, std::size_t from, std::size_t lowest) {
  const auto chars = sheet.chars();
  std::size_t begin = from;
  while (begin > lowest && !(word_at(chars, begin, U"被告人") && begin > 0 && chars[begin - 1] != U'、' &&
                             chars[begin - 1] != U'和' && chars[begin - 1] != U'及'))
    --begin;
  return begin;
}

}  // namespace

void add_pursued_charges(Document& document, const Sheet& sheet, Range body, const std::vector<Person>& persons) {
  const auto chars = sheet.chars();
  const auto subject_of = [&](std::size_t p) {
    return persons.size() > 1 && p < persons.size() ? static_cast<int>(p) + 1 : 0;
  };
  for (std::size_t from = body.begin; from < body.end;) {
    const auto pursue = find_exact(chars, {from, body.end}, U"追究");
    if (!pursue) break;
    const std::size_t floor = std::max(from, pursue->begin > 80 ? pursue->begin - 80 : 0);
    from = pursue->end;
    const auto pursued = pursued_behind(sheet, {pursue->end, std::min(body.end, pursue->end + 120)}, persons);
    if (!pursued) continue;
    std::vector<std::size_t> who = pursued->persons;
    bool doubted = pursued->others;
    if (who.empty() && persons.size() > 1) {
      const std::size_t lowest = std::max(body.begin, pursue->begin > 400 ? pursue->begin - 400 : 0);
      const std::size_t begin = statement_begin(sheet, pursue->begin, lowest);
      who = persons_named_in(sheet, {begin, pursue->begin}, persons);
      doubted = true;  // a lost mark would give one man's charge to another
    }
    for (std::size_t at = floor; at < pursue->begin;) {
      const auto by = find_exact(chars, {at, pursue->begin}, U"以");
      if (!by) break;
      at = by->end;
      const auto ranges = charge_ranges_at(sheet, by->end, pursue->begin);
      if (ranges.empty() || match_charge(sheet.simplified(ranges.front())).how == ChargeHow::none) continue;
      if (who.empty()) who.push_back(persons.size());
      for (const std::size_t p : who) {
        const int subject = subject_of(p);
        for (const Range& r : ranges) {
          Field f = charge_field(sheet, r, match_charge(sheet.simplified(r)));
          f.subject = subject;
          if (doubted) f.reasons.add(Reason::ambiguous);
          const bool known = std::any_of(document.fields.begin(), document.fields.end(), [&](const Field& k) {
            return k.key == "charge" && k.value == f.value && k.subject == subject;
          });
          if (!known) document.fields.push_back(std::move(f));
        }
      }
      break;
    }
  }
}

}  // namespace kualik::documents
