// What one person was found guilty of, as fields.

#include <algorithm>

#include "convictions.h"

namespace kualik::documents {

Field charge_field(const Sheet& sheet, Range range, const ChargeMatch& match) {
  Field f = sheet.field("charge", match.charge.empty() ? sheet.simplified(range) : match.charge, range);
  f.checkable = true;
  switch (match.how) {
    case ChargeHow::none:
      f.reasons.add(Reason::unknown_value);
      break;
    case ChargeHow::fuzzy:
      f.reasons.add(Reason::repaired);
      break;
    case ChargeHow::exact:
    case ChargeHow::variant:
    case ChargeHow::part:
      break;
  }
  if (match.ambiguous) f.reasons.add(Reason::ambiguous);
  f.detail = name(match.how);
  if (match.how == ChargeHow::variant || match.how == ChargeHow::part)
    f.detail += std::string(" of ") + std::string(match.official);
  if (!match.article.empty()) f.detail += std::string("; ") + std::string(match.article);
  return f;
}

namespace {

Field phrase_field(const Sheet& sheet, std::string_view key, const Phrase& phrase) {
  Field f = sheet.field(key, phrase.value, phrase.range);
  f.reasons = phrase.reasons;
  f.detail = phrase.detail;
  return f;
}

void append_detail(Field& f, std::string_view note) {
  if (note.empty()) return;
  if (!f.detail.empty()) f.detail += "; ";
  f.detail += note;
}

}  // namespace

void add_conviction(Document& document, const Sheet& sheet, const Conviction& conviction, int subject,
                    std::string_view note) {
  const auto add = [&](Field f) {
    f.subject = subject;
    append_detail(f, note);
    if (conviction.alike) {
      f.reasons.add(Reason::ambiguous);
      append_detail(f, "the name in the verdict is like this one");
    }
    if (conviction.unread) {
      f.reasons.add(Reason::ambiguous);
      append_detail(f, "its charge was not read");
    }
    document.fields.push_back(std::move(f));
  };
  int sentences = 0;
  const Penalty* only = nullptr;
  for (const ConvictedCharge& charge : conviction.charges) sentences += charge.penalty.sentence ? 1 : 0;
  // Two sentences that nothing joins: the second may be somebody's whose name was not read. One charge and a joined
  // sentence: another charge was not read, unless an earlier judgment's sentence is what it was joined with.
  const bool unjoined = sentences > 1 && !conviction.joined;
  const bool missing = conviction.joined && !conviction.earlier && conviction.charges.size() == 1;
  for (const ConvictedCharge& charge : conviction.charges) {
    Field f = charge_field(sheet, charge.range, charge.match);
    if (unjoined || missing) f.reasons.add(Reason::ambiguous);
    if (unjoined) append_detail(f, "another sentence stands beside it, and nothing joins the two");
    if (missing) append_detail(f, "joined with a charge that was not read");
    if (charge.penalty.sentence && (conviction.charges.size() > 1 || !conviction.combined.empty()))
      append_detail(f, "alone " + charge.penalty.sentence->value);
    add(std::move(f));
    if (!charge.penalty.empty()) only = &charge.penalty;
  }
  const Penalty* main = conviction.combined.sentence ? &conviction.combined : only;
  if (!main) return;
  if (main->sentence) {
    Field f = phrase_field(sheet, "sentence", *main->sentence);
    // Several sentences and nothing that joins them: the last is shown, and that there are others.
    if (main == only && (sentences > 1 || conviction.joined)) f.reasons.add(Reason::ambiguous);
    add(std::move(f));
  }
  // What goes with the whole sentence: as ordered with it, or else as single clauses impose it.
  if (main->deprivation) {
    add(phrase_field(sheet, "deprivation", *main->deprivation));
  } else {
    for (const ConvictedCharge& charge : conviction.charges) {
      if (!charge.penalty.deprivation) continue;
      Field f = phrase_field(sheet, "deprivation", *charge.penalty.deprivation);
      if (sentences > 1) f.reasons.add(Reason::ambiguous);
      add(std::move(f));
      break;
    }
  }
  if (!main->fines.empty()) {
    for (const Phrase& fine : main->fines) add(phrase_field(sheet, "fine", fine));
  } else {
    // Several sums for one charge: one of them is the whole, or another judgment's.
    for (const ConvictedCharge& charge : conviction.charges) {
      const bool unsure = (conviction.joined && main == only) ||
                          std::count_if(charge.penalty.fines.begin(), charge.penalty.fines.end(),
                                        [](const Phrase& fine) { return fine.detail.empty(); }) > 1;
      for (const Phrase& fine : charge.penalty.fines) {
        Field f = phrase_field(sheet, "fine", fine);
        if (unsure) f.reasons.add(Reason::ambiguous);
        add(std::move(f));
      }
    }
  }
}

}  // namespace kualik::documents
