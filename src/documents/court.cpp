// Court papers: first-instance judgments, appeal rulings, commutations and other rulings (the order of blocks is that
// of the model forms).

#include "kualik/numbers/court.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "anchors.h"
#include "bodies.h"
#include "commutation.h"
#include "convictions.h"
#include "kinds.h"
#include "mentions.h"
#include "named.h"
#include "person.h"
#include "signatures.h"
#include "titles.h"
#include "values.h"
#include "verdict.h"

namespace kualik::documents {

namespace {

// Where the introduction of persons is over.
std::size_t end_of_header(const Sheet& sheet, Range range) {
  std::size_t end = std::min(range.end, range.begin + 4000);
  for (const std::u32string_view word :
       {std::u32string_view(U"经审理查明"), std::u32string_view(U"本院认为"), std::u32string_view(U"指控"),
        std::u32string_view(U"审理终结"), std::u32string_view(U"提起公诉"), std::u32string_view(U"如下"),
        std::u32string_view(U"审理了")}) {
    if (const auto hit = find_label(sheet.chars(), {range.begin, end}, word); hit && hit->cost == 0)
      end = std::min(end, hit->range.begin);
  }
  return end;
}

// The number of the indictment and the day it came to the court: what the years are compared with.
void add_indictment(Document& document, const Sheet& sheet, Range range, const ParseOptions& options) {
  const Range within{range.begin, std::min(range.end, range.begin + 5000)};
  for (const DocumentNumber& n : find_document_numbers(sheet, within, options, 8)) {
    if (n.number.value->kind != numbers::CaseNumberKind::procuratorate) continue;
    document.fields.push_back(document_number_field(sheet, "indictment_number", n));
    break;
  }
}

// `recital`: where the start stands if `region` names the end alone.
void add_term(Document& document, const Sheet& sheet, Range region, int subject, std::string_view note,
              Range recital = {}) {
  auto dates = read_term_dates(sheet, region);
  if (!dates) return;
  if (!dates->from && !recital.empty()) {
    if (const auto served = read_term_dates(sheet, recital); served && served->from) {
      dates->from = served->from;
      dates->from_range = served->from_range;
    }
  }
  const int credit = read_credit_days(sheet, region);
  const auto add = [&](std::string_view key, Range r, const std::optional<text::DateMatch>& match) {
    if (!match || !match->reading.complete()) return;
    Field f = date_field(sheet, key, r, *match);
    f.subject = subject;
    f.checkable = false;  // until the arithmetic bears it out
    f.detail = note;
    if (credit > 0 && key == "term_to")
      f.detail += (f.detail.empty() ? "" : "; ") + std::string("credited P") + std::to_string(credit) + "D";
    document.fields.push_back(std::move(f));
  };
  add("term_from", dates->from_range, dates->from);
  add("term_to", dates->to_range, dates->to);
}

// The operative part: behind the last 判决如下 or 裁定如下, empty if there is none; and the foot below it.
struct Parts {
  Range operative{};
  Range foot{};
};
Parts find_operative(const Sheet& sheet, Range body) {
  const auto chars = sheet.chars();
  Parts parts{{body.end, body.end}, body};
  for (const std::u32string_view word :
       {std::u32string_view(U"判决如下"), std::u32string_view(U"裁定如下"), std::u32string_view(U"决定如下")}) {
    const auto hit = find_last_label(chars, body, word);
    if (hit && (parts.operative.empty() || hit->range.begin > parts.operative.begin))
      parts.operative = {hit->range.end, body.end};
  }
  if (parts.operative.empty()) return parts;
  for (const std::u32string_view word :
       {std::u32string_view(U"如不服"), std::u32string_view(U"本裁定为终审"), std::u32string_view(U"本判决为终审"),
        std::u32string_view(U"本裁定送达后"), std::u32string_view(U"审判长"), std::u32string_view(U"审判员")}) {
    if (const auto hit = find_label(chars, parts.operative, word); hit && hit->cost <= 1)
      parts.operative.end = std::min(parts.operative.end, hit->range.begin);
  }
  parts.foot = {parts.operative.end, body.end};
  return parts;
}

// Who signed and when; whether a judge did.
bool add_signatures(Document& document, const Sheet& sheet, Range body, const Parts& parts) {
  const bool has_operative = !parts.operative.empty();
  Signatures signs = read_signatures(sheet, parts.foot, "judgment_date");
  if (!signs.date && has_operative)
    signs.date = read_issue_date(sheet, parts.foot, "judgment_date", Places(document.fields));
  if (signs.date) doubt_date(sheet, {body.begin, parts.foot.begin}, *signs.date);
  const bool judged = signs.judge.has_value();
  for (std::optional<Field>* f : {&signs.date, &signs.judge, &signs.clerk})
    if (*f) document.fields.push_back(std::move(**f));
  return judged;
}

// A paper of another branch of law (民事判决书, 行政裁定书): whoever is told there to have been sentenced is not
// sentenced by it, and its parties are no defendants.
bool is_of_another_branch(const std::optional<TitleHit>& title, const std::optional<DocumentNumber>& number) {
  if (title && title->type->kind == Kind::court_document) return title->type->family == Family::civil;
  if (title || !number) return false;
  const std::string& type = number->number.value->type;
  if (type.find("刑") != std::string::npos) return false;
  for (const std::string_view branch : {std::string_view("民"), std::string_view("行"), std::string_view("商"),
                                        std::string_view("知"), std::string_view("赔")})
    if (type.rfind(branch, 0) == 0) return true;
  return false;
}

// Where 刑期 is said of persons by name (被告人甲的刑期自…；被告人乙的刑期自…): the places of each.
struct NamedTerm {
  std::vector<std::size_t> persons{};
  Range range{};
};
std::vector<NamedTerm> named_terms(const Sheet& sheet, Range within, const std::vector<Person>& persons) {
  constexpr std::size_t longest_list = 60;  // of names before the word
  std::vector<NamedTerm> found;
  if (persons.size() < 2) return found;
  const auto chars = sheet.chars();
  for (std::size_t from = within.begin; from < within.end;) {
    const auto term = find_exact(chars, {from, within.end}, U"刑期");
    if (!term) break;
    from = term->end;
    std::size_t begin = term->begin;
    while (begin > within.begin && term->begin - begin < longest_list && !is_clause_mark(chars[begin - 1]) &&
           !is_open_bracket(chars[begin - 1]) && !is_close_bracket(chars[begin - 1]))
      --begin;
    auto who = persons_named_in(sheet, {begin, term->begin}, persons);
    if (who.empty()) continue;
    if (!found.empty()) found.back().range.end = std::min(found.back().range.end, begin);
    found.push_back({std::move(who), {term->begin, within.end}});
  }
  return found;
}

}  // namespace

Document read_court_document(const Sheet& sheet, Range range, const ParseOptions& options) {
  Document document = begin_document(sheet, range, Kind::court_document);
  const auto chars = sheet.chars();
  const auto title = find_title(sheet, range);
  const Range behind_title{title ? title->range.end : range.begin, range.end};

  // The paper's own number stands under the title; numbers further down belong to other papers.
  std::optional<DocumentNumber> number;
  const std::size_t header_end = end_of_header(sheet, behind_title);
  for (DocumentNumber& n : find_document_numbers(
           sheet,
           {title ? paper_begin(sheet, range, *title) : range.begin, std::min(header_end, behind_title.begin + 300)},
           options, 4)) {
    const auto kind = n.number.value->kind;
    if (kind != numbers::CaseNumberKind::court && kind != numbers::CaseNumberKind::court_pre2016) continue;
    if (is_of_another_paper(sheet, n.range.end)) continue;
    number = std::move(n);
    break;
  }
  // Behind the first of those whom the paper is about, a number is more likely another paper's, and its own was lost.
  if (number) {
    for (const std::u32string_view word : {std::u32string_view(U"公诉机关"), std::u32string_view(U"被告人"),
                                           std::u32string_view(U"上诉人"), std::u32string_view(U"罪犯")}) {
      const auto hit = find_exact(chars, {behind_title.begin, number->range.begin}, word);
      if (title && hit) number->number.reasons.add(Reason::ambiguous);
    }
  }

  add_court(document, sheet, range, title, number);
  if (title && title->type->kind == Kind::court_document) {
    Field f = sheet.field("title", std::string(title->type->title), title->range);
    f.checkable = true;
    if (title->cost > 0) f.reasons.add(Reason::repaired);
    document.fields.push_back(std::move(f));
  }
  if (number) {
    Field f = document_number_field(sheet, "case_number", *number);
    f.reasons = without_width_folds(f.reasons, sheet, number->range);
    if (number->number.value->court) f.detail = "code of " + std::string(number->number.value->court->name);
    doubt_case_year(sheet, behind_title, f);
    document.fields.push_back(std::move(f));
  }
  if (is_of_another_branch(title, number)) {
    add_signatures(document, sheet, behind_title, find_operative(sheet, behind_title));
    document.score = title ? 1.0 : 0.5;
    settle(document, options);
    return document;
  }
  add_prosecutor(document, sheet, behind_title, header_end);
  add_indictment(document, sheet, range, options);

  std::vector<Person> persons = read_person_blocks(sheet, {behind_title.begin, header_end}, options);
  const auto subject_of = [&](std::size_t k) { return persons.size() > 1 ? static_cast<int>(k) + 1 : 0; };

  const Parts parts = find_operative(sheet, behind_title);
  const Range operative = parts.operative;
  const bool has_operative = !operative.empty();

  const auto commutation = has_operative ? read_commutation(sheet, operative) : Commutation{};
  std::vector<Conviction> convictions =
      has_operative ? find_convictions(sheet, operative, persons) : std::vector<Conviction>{};
  std::vector<Conviction> acquitted =
      has_operative ? find_acquittals(sheet, operative, persons) : std::vector<Conviction>{};
  const bool said_of_nobody = add_named_in_verdict(sheet, convictions, persons);
  // Guilty of one thing and not of another is guilty.
  std::erase_if(acquitted, [&](const Conviction& a) {
    return std::any_of(convictions.begin(), convictions.end(),
                       [&](const Conviction& c) { return c.person == a.person && !c.charges.empty(); });
  });
  std::string_view note;
  bool stands = true;
  Range dates_in = operative;
  const bool commuted = commutation.ordered();
  if ((convictions.empty() && acquitted.empty()) || commuted) {
    // A ruling that upholds or commutes recites the judgment it is about; a page without its end only says what is
    // charged.
    const Range recital{behind_title.begin, has_operative ? operative.begin : range.end};
    auto recited = find_convictions(sheet, recital, persons);
    const bool punished = std::any_of(recited.begin(), recited.end(), [](const Conviction& c) {
      return !c.combined.empty() || std::any_of(c.charges.begin(), c.charges.end(),
                                                [](const ConvictedCharge& x) { return !x.penalty.empty(); });
    });
    if (!recited.empty()) {
      std::tie(note, stands) = [&] {
        const Recital r = recital_of(sheet, operative, commutation, punished);
        return std::pair(r.note, r.stands);
      }();
      convictions = std::move(recited);
      if (!commuted) dates_in = recital;
      // What had been commuted before (life to nineteen years) is what the months are taken from.
      Penalty earlier = commutation.reduced_by ? last_change(sheet, recital) : Penalty{};
      if (earlier.sentence && convictions.size() == 1) {
        earlier.sentence->detail += "; as commuted before";
        if (!earlier.deprivation) earlier.deprivation = commutation.deprivation;
        convictions.front().combined = std::move(earlier);
      }
      if (commutation.reduced_by && commutation.deprivation && convictions.size() == 1) {
        Conviction& only = convictions.front();
        for (ConvictedCharge& charge : only.charges)
          if (charge.penalty.deprivation) charge.penalty.deprivation = commutation.deprivation;
        if (only.combined.deprivation) only.combined.deprivation = commutation.deprivation;
      }
    }
  }
  std::vector<Conviction> standing;
  if (note.empty() && !convictions.empty() && persons.size() > convictions.size())
    standing = left_standing(sheet, {behind_title.begin, operative.begin}, operative, convictions, persons);
  const auto note_of = [&note](const Conviction& c) {
    return c.upheld ? std::string_view("of the judgment that is upheld") : note;
  };
  for (Conviction& c : standing) {
    c.upheld = true;
    convictions.push_back(std::move(c));
  }
  if (commutation.reduced_by && convictions.size() == 1)
    add_earlier_reductions(sheet, {behind_title.begin, operative.begin}, convictions.front());
  // The judgment may be recited by its penalty alone (原判无期徒刑), or not at all.
  if (convictions.empty() && !commutation.changed_to.empty() && persons.size() == 1) {
    convictions.emplace_back();
    note = "as commuted";
  }
  if (!acquitted.empty()) {
    const auto charged = find_convictions(sheet, {behind_title.begin, operative.begin}, persons);
    for (Conviction& a : acquitted) {
      for (const Conviction& c : charged) {
        if (c.person != a.person) continue;
        a.charges = c.charges;
        for (ConvictedCharge& charge : a.charges) charge.penalty = {};
      }
      convictions.push_back(std::move(a));
    }
  }

  doubt_names(sheet, range, persons);
  doubt_number_of_persons(sheet, range, said_of_nobody, persons);
  for (std::size_t k = 0; k < persons.size(); ++k) add_person(document, persons[k], subject_of(k));
  const bool anybody = std::any_of(convictions.begin(), convictions.end(),
                                   [&](const Conviction& c) { return c.person < persons.size(); });
  const auto terms_by_name = has_operative ? named_terms(sheet, operative, persons) : std::vector<NamedTerm>{};
  for (Conviction& c : convictions) {
    const bool known = c.person < persons.size();
    if (!known && anybody) continue;  // said of nobody by name, where others are named
    const int subject = known ? subject_of(c.person) : 0;
    if (!commutation.changed_to.empty()) {
      // What the ruling orders stands in place of what the judgment had ordered.
      c.combined = commutation.changed_to;
      if (!c.combined.deprivation)
        for (const ConvictedCharge& charge : c.charges)
          if (charge.penalty.deprivation) c.combined.deprivation = charge.penalty.deprivation;
    }
    // The same charge recited twice (指控 and 认定) is one.
    std::vector<ConvictedCharge> unique;
    for (ConvictedCharge& charge : c.charges) {
      const auto same = std::find_if(unique.begin(), unique.end(),
                                     [&](const ConvictedCharge& u) { return u.match.charge == charge.match.charge; });
      if (same == unique.end()) {
        unique.push_back(std::move(charge));
      } else if (same->penalty.empty() && !charge.penalty.empty()) {
        *same = std::move(charge);
      }
    }
    c.charges = std::move(unique);
    const bool not_guilty = c.combined.sentence && c.combined.sentence->value == "acquitted";
    add_conviction(document, sheet, c, subject, not_guilty ? "as charged, acquitted" : note_of(c));
    std::string changed;
    if (commutation.reduced_by) changed = "; reduced by " + commutation.reduced_by->iso();
    if (commutation.parole)
      changed += commutation.parole_until.empty() ? "; paroled" : "; paroled until " + iso(commutation.parole_until);
    for (Field& f : document.fields)
      if (f.key == "sentence" && f.subject == subject && f.value != "acquitted") f.detail += changed;
    if (!commuted) {
      Range region = c.region;
      if (dates_in.begin != operative.begin)
        region.end = std::max(region.end, std::min(dates_in.end, region.end + 200));
      for (const NamedTerm& term : terms_by_name) {
        if (std::find(term.persons.begin(), term.persons.end(), c.person) != term.persons.end()) {
          region = term.range;
          break;
        }
        region.end = std::min(region.end, std::max(region.begin, term.range.begin));
      }
      add_term(document, sheet, region, subject, note_of(c));
    }
    if (c.alike)
      for (Field& f : document.fields)
        if ((f.key == "term_from" || f.key == "term_to") && f.subject == subject) f.reasons.add(Reason::ambiguous);
  }
  if (commuted)
    add_term(document, sheet, operative, 0, {},
             commutation.reduced_by ? Range{behind_title.begin, operative.begin} : Range{});
  if (convictions.empty() && has_operative && !commuted) add_term(document, sheet, operative, 0, {});

  // A ruling on a commutation whose order was not read, or one that neither upholds nor orders anything that was read:
  // what was recited may no longer hold.
  const bool about_commutation = (number && number->number.value->type.find("更") != std::string::npos) ||
                                 find_exact(chars, behind_title, U"减刑").has_value();
  if (!stands || (about_commutation && !commuted && !commutation.parole && !commutation.refused && !note.empty())) {
    for (Field& f : document.fields)
      if (f.key == "sentence" || f.key == "term_from" || f.key == "term_to" || f.key == "deprivation" ||
          (f.key == "charge" && !stands))
        f.reasons.add(Reason::ambiguous);
  }

  const bool signed_by_judge = add_signatures(document, sheet, behind_title, parts);

  double score = 0;
  if (title && title->type->kind == Kind::court_document) score += title->cost == 0 ? 0.5 : 0.4;
  if (number) score += 0.2;
  if (document.find("court")) score += 0.1;
  if (!persons.empty()) score += 0.15;
  if (has_operative) score += 0.15;
  if (signed_by_judge) score += 0.1;
  if (document.find("prosecutor")) score += 0.1;
  // A sentence typed out of a judgment: who, guilty of what, and what for it.
  const bool told = std::any_of(document.fields.begin(), document.fields.end(), [&](const Field& f) {
    return f.key == "charge" && (has_operative ? f.reasons.empty() : f.detail.rfind("exact", 0) == 0);
  });
  if (told && document.find("sentence") && !persons.empty() && (has_operative || persons.front().parts() >= 3) &&
      find_exact(chars, range, U"被告人"))
    score += 0.35;
  document.score = std::min(1.0, score);
  settle(document, options);
  return document;
}

}  // namespace kualik::documents
