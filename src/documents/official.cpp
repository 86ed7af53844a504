// Papers of procuratorates, the police, prisons and detention centres: indictments, notices, certificates,
// administrative decisions.

#include <algorithm>
#include <optional>

#include "accusation.h"
#include "anchors.h"
#include "convictions.h"
#include "custody.h"
#include "kinds.h"
#include "mentions.h"
#include "named.h"
#include "official_numbers.h"
#include "person.h"
#include "signatures.h"
#include "titles.h"
#include "values.h"

namespace kualik::documents {

namespace {

constexpr std::u32string_view issuer_endings[] = {U"检察院", U"分院",   U"法院",   U"公安局", U"分局", U"派出所",
                                                  U"监狱",   U"看守所", U"拘留所", U"委员会", U"厅",   U"支队",
                                                  U"大队",   U"中心",   U"医院",   U"局"};

// Behind the name of a body in the foot: the seal's words in brackets, and the date.
bool date_follows(const Sheet& sheet, std::size_t at, std::size_t end) {
  constexpr std::size_t longest_seal = 6;
  const auto chars = sheet.chars().substr(0, end);
  for (std::size_t i = at; i < std::min(end, at + longest_seal + 2); ++i)
    if (text::match_date(chars, i)) return true;
  return false;
}

std::optional<Field> read_issuer(const Sheet& sheet, Range range, const std::optional<TitleHit>& title) {
  std::optional<Range> place;
  if (title) {
    for (const auto ending : issuer_endings) {
      const auto found = issuer_above(sheet, range, title->range.begin, ending);
      if (found && (!place || found->end > place->end)) place = found;
    }
  }
  if (!place) {
    // Not over the title: in the foot, the last line that ends as such a name does, or 此致 aside, stands over the
    // date.
    const auto chars = sheet.chars();
    for (std::size_t i = range.end; i-- > range.begin + 3 && !place;) {
      if (i + 1 < range.end && sheet.folded().gap(i + 1) == text::Gap::none && !is_open_bracket(chars[i + 1])) continue;
      for (const auto ending : issuer_endings) {
        if (i + 1 < ending.size() || !word_at(chars, i + 1 - ending.size(), ending)) continue;
        // An indictment is sent to a court.
        if (title && title->type->family == Family::indictment && ending == U"法院") continue;
        std::size_t begin = i + 1;
        while (begin > range.begin && text::is_han(chars[begin - 1])) {
          --begin;
          if (sheet.folded().gap(begin) != text::Gap::none) break;
        }
        // Within a line only where the date stands behind it: 原判法院 洛浦县人民法院.
        const bool apart = sheet.folded().starts_line(begin) ||
                           (sheet.folded().gap(begin) != text::Gap::none && date_follows(sheet, i + 1, range.end));
        if (i + 1 - begin >= 4 && i + 1 - begin <= 40 && apart && !word_at(chars, begin, U"原判"))
          place = Range{begin, i + 1};
        break;
      }
    }
  }
  if (!place) return std::nullopt;
  return sheet.field("issuer", sheet.simplified(*place), *place);
}

// A date behind one of these labels.
std::optional<Field> labelled_date(const Sheet& sheet, Range range, std::string_view key,
                                   std::initializer_list<std::u32string_view> words) {
  for (const std::u32string_view word : words) {
    const auto hit = find_label(sheet.chars(), range, word);
    if (!hit) continue;
    const auto found = text::find_date(sheet.chars(), hit->range.end, std::min(range.end, hit->range.end + 16));
    if (found && found->begin <= hit->range.end + 3)
      return date_field(sheet, key, {found->begin, found->match.end}, found->match);
  }
  return std::nullopt;
}

// 原判刑期：六年, without what kind it is.
std::optional<Phrase> term_of_form(const Sheet& sheet, Range range) {
  const auto chars = sheet.chars();
  for (const std::u32string_view label :
       {std::u32string_view(U"原判刑期"), std::u32string_view(U"判处刑期"), std::u32string_view(U"刑期")}) {
    const auto hit = find_exact(chars, range, label);
    if (!hit || hit->end >= range.end || chars[hit->end] != U':') continue;
    const auto d = text::match_duration(chars.substr(0, range.end), hit->end + 1);
    if (!d || !sheet.folded().ends_line(d->end)) continue;
    return Phrase{{hit->end + 1, d->end}, d->duration.iso(), d->reasons, "kind of punishment not stated"};
  }
  return std::nullopt;
}

// 刑种：有期徒刑 and 刑期：三年, as forms part them.
std::optional<Phrase> sentence_of_form(const Sheet& sheet, Range range) {
  const auto chars = sheet.chars();
  const auto sort = find_label(chars, range, U"刑种");
  if (!sort) return term_of_form(sheet, range);
  const Range near{sort->range.end, std::min(range.end, sort->range.end + 6)};
  std::string_view detail;
  for (const auto& [word, english] :
       {std::pair(std::u32string_view(U"有期徒刑"), std::string_view("fixed-term imprisonment")),
        std::pair(std::u32string_view(U"拘役"), std::string_view("criminal detention")),
        std::pair(std::u32string_view(U"管制"), std::string_view("public surveillance"))})
    if (find_exact(chars, near, word)) detail = english;
  if (detail.empty()) return std::nullopt;
  for (std::size_t from = range.begin; from < range.end;) {
    const auto term = find_exact(chars, {from, range.end}, U"刑期");
    if (!term) break;
    from = term->end;
    std::size_t i = term->end;
    while (i < range.end && is_clause_mark(chars[i])) ++i;
    const auto d = text::match_duration(chars.substr(0, range.end), i);
    if (!d) continue;
    return Phrase{{i, d->end}, d->duration.iso(), d->reasons, std::string(detail)};
  }
  return std::nullopt;
}

}  // namespace

Document read_official_document(const Sheet& sheet, Range range, const ParseOptions& options) {
  Document document = begin_document(sheet, range, Kind::official_document);
  const auto chars = sheet.chars();
  const auto title = find_title(sheet, range);
  const std::size_t behind_title = title ? title->range.end : range.begin;
  const Range body{behind_title, range.end};
  const Family family = title ? title->type->family : Family::notice;

  if (title) {
    Field f = sheet.field("title", std::string(title->type->title), title->range);
    f.checkable = true;
    if (title->cost > 0) f.reasons.add(Reason::repaired);
    document.fields.push_back(std::move(f));
  }
  auto issuer = read_issuer(sheet, range, title);
  if (issuer) doubt_body(sheet, range, *issuer);
  if (issuer && issuer->reasons.empty()) doubt_place_words(*issuer);
  if (issuer) document.fields.push_back(std::move(*issuer));
  const std::size_t number_from = title ? paper_begin(sheet, range, *title) : range.begin;
  // Behind the title, or else over it; not what another paper's number is said to be.
  std::vector<DocumentNumber> numbers_found;
  for (const Range where : {Range{behind_title, std::min(range.end, behind_title + 120)},
                            Range{number_from, title ? title->range.begin : number_from}}) {
    if (!numbers_found.empty()) break;
    numbers_found = find_document_numbers(sheet, where, options, 3);
    std::erase_if(numbers_found, [&](const DocumentNumber& n) { return is_of_another_paper(sheet, n.range.end); });
  }
  auto plain_number = read_plain_number(sheet, {behind_title, std::min(range.end, behind_title + 60)});
  // Right over the title, or over its issuer.
  if (!plain_number && title && title->range.begin > range.begin)
    plain_number = read_plain_number(
        sheet, {std::max(range.begin, std::max<std::size_t>(number_from, 40) - 40), title->range.begin});
  const std::size_t plain_at = plain_number ? sheet.folded().index_at(plain_number->span.begin) : range.end;
  if (!numbers_found.empty() && numbers_found.front().range.begin <= plain_at + 12) {
    Field f = document_number_field(sheet, "document_number", numbers_found.front());
    f.reasons = without_width_folds(f.reasons, sheet, numbers_found.front().range);
    document.fields.push_back(std::move(f));
  } else if (plain_number) {
    document.fields.push_back(std::move(*plain_number));
  } else if (auto labelled = read_labelled_number(sheet, {number_from, std::min(range.end, behind_title + 60)})) {
    document.fields.push_back(std::move(*labelled));
  }

  if (!document.fields.empty() && document.fields.back().key == "document_number")
    doubt_number(document.fields.back(), document.find("issuer"));

  // Persons: introduced in blocks, named in a form, or named in the sentence that says what was done to them.
  std::vector<Person> persons = read_person_blocks(sheet, body, options, "name");
  const Suspect suspect = read_suspect(sheet, body);
  if (persons.empty()) {
    std::optional<Range> name;
    if (suspect.name) name = suspect.name_range;
    if (const auto plain = plain_name(sheet, body);
        plain && (!name || word_at(chars, plain->begin - std::min<std::size_t>(2, plain->begin), U"姓名")))
      name = plain;
    if (name) {
      Person person = read_person(sheet, {name->begin, range.end}, name->begin, "name", options);
      // 巴图巴依尔男，1880年: read with the sex at its end left out.
      const bool parted = person.name && person.sex && person.name_range.end + 1 == name->end;
      if (!parted) {
        person.name = name_field(sheet, "name", *name);
        person.name_range = *name;
      }
      // Dates and addresses further down belong to the body that issued the paper.
      persons.push_back(std::move(person));
    }
  }
  const auto subject_of = [&](std::size_t k) { return persons.size() > 1 ? static_cast<int>(k) + 1 : 0; };
  doubt_names(sheet, range, persons);
  for (std::size_t k = 0; k < persons.size(); ++k) add_person(document, persons[k], subject_of(k));

  // Charges: suspected, of an earlier judgment, or behind a label.
  const auto has_charge = [&document] { return document.find("charge") != nullptr; };
  const bool judged = family != Family::indictment && family != Family::penalty;
  if (judged) {
    const auto convictions = find_convictions(sheet, body, persons);
    for (const Conviction& c : convictions)
      for (const ConvictedCharge& charge : c.charges) {
        const bool known = std::any_of(document.fields.begin(), document.fields.end(), [&](const Field& f) {
          return f.key == "charge" && f.value == charge.match.charge;
        });
        if (!known) document.fields.push_back(charge_field(sheet, charge.range, charge.match));
      }
  }
  if (!has_charge()) {
    for (const std::u32string_view word : {std::u32string_view(U"罪名"), std::u32string_view(U"案由")}) {
      const auto hit = find_label(chars, body, word);
      if (!hit || sheet.folded().gap(hit->range.begin) == text::Gap::none) continue;
      std::size_t begin = hit->range.end;
      while (begin < range.end && is_clause_mark(chars[begin])) ++begin;
      for (const Range& r : charge_ranges_at(sheet, begin, range.end))
        document.fields.push_back(charge_field(sheet, r, match_charge(sheet.simplified(r))));
      if (has_charge()) break;
    }
  }
  const bool accuses =
      family == Family::indictment && !(title && title->type->title.find("不起诉") != std::string_view::npos);
  if (accuses) add_pursued_charges(document, sheet, body, persons);
  if (!has_charge()) {
    for (const Range& r : suspect.charges) {
      Field f = charge_field(sheet, r, match_charge(sheet.simplified(r)));
      f.detail += "; suspected";
      // What was suspected at first is not yet what an indictment charges in the end, nor whom.
      if (accuses) f.reasons.add(Reason::ambiguous);
      document.fields.push_back(std::move(f));
    }
  }
  if (!has_charge() && judged) {
    // 因犯X罪, 以X罪判处
    for (const std::u32string_view word : {std::u32string_view(U"因犯"), std::u32string_view(U"犯"),
                                           std::u32string_view(U"以"), std::u32string_view(U"因")}) {
      for (std::size_t from = body.begin; from < body.end && !has_charge();) {
        const auto hit = find_exact(chars, {from, body.end}, word);
        if (!hit) break;
        from = hit->end;
        for (const Range& r : charge_ranges_at(sheet, hit->end, body.end)) {
          const ChargeMatch match = match_charge(sheet.simplified(r));
          if (match.how != ChargeHow::none) document.fields.push_back(charge_field(sheet, r, match));
        }
      }
      if (has_charge()) break;
    }
  }

  if (judged || family == Family::penalty) {
    // 刑期：有期徒刑十年 and 判处… alike; several fines or parts of a penalty stay in order.
    const Range orders = family == Family::penalty ? ordered_part(sheet, body) : body;
    Penalty penalty = read_ordered(sheet, orders);
    if (penalty.empty()) penalty = read_ordered(sheet, body);
    if (!penalty.sentence) penalty.sentence = sentence_of_form(sheet, body);
    const auto add = [&](std::string_view key, const Phrase& phrase) {
      Field f = sheet.field(key, phrase.value, phrase.range);
      f.reasons = phrase.reasons;
      f.detail = phrase.detail;
      document.fields.push_back(std::move(f));
    };
    if (penalty.sentence) add("sentence", *penalty.sentence);
    if (penalty.deprivation) add("deprivation", *penalty.deprivation);
    for (const Phrase& fine : penalty.fines) add("fine", fine);
    auto from = labelled_date(sheet, body, "term_from",
                              {U"主刑起算日期", U"刑期起算日期", U"起算日期", U"刑期起日", U"起刑日期"});
    auto to = labelled_date(sheet, body, "term_to",
                            {U"刑满日期", U"刑满释放日期", U"刑期止日", U"届满日期", U"刑期届满日期"});
    const int credit = read_credit_days(sheet, body);
    if (!from && !to) {
      auto dates = read_term_dates(sheet, orders);
      if (!dates) dates = read_term_dates(sheet, body);
      if (dates) {
        if (dates->from) from = date_field(sheet, "term_from", dates->from_range, *dates->from);
        if (dates->to) to = date_field(sheet, "term_to", dates->to_range, *dates->to);
      }
    }
    if (from) from->checkable = false;
    if (to) to->checkable = false;
    int abated = credit;
    if (const auto label = find_label(chars, body, U"羁押抵刑")) {
      std::size_t i = label->range.end;
      while (i < range.end && is_clause_mark(chars[i])) ++i;
      if (const auto d = text::match_duration(chars.substr(0, range.end), i)) abated = d->duration.days;
    }
    if (to && abated > 0) to->detail = "credited P" + std::to_string(abated) + "D";
    if (from) document.fields.push_back(std::move(*from));
    if (to) document.fields.push_back(std::move(*to));
    if (const auto court = find_label(chars, body, U"原判法院")) {
      std::size_t begin = court->range.end;
      while (begin < range.end && is_clause_mark(chars[begin])) ++begin;
      if (const auto end = find_exact(chars, {begin, std::min(range.end, begin + 45)}, U"法院"))
        document.fields.push_back(sheet.field("court", sheet.simplified({begin, end->end}), {begin, end->end}));
    } else if (const auto end = find_exact(chars, body, U"人民法院"); end && family != Family::penalty) {
      std::size_t begin = end->begin;
      while (begin > body.begin && text::is_han(chars[begin - 1]) && chars[begin - 1] != U'经' &&
             !is_lookalike(chars[begin - 1], U'经') && chars[begin - 1] != U'罪' && chars[begin - 1] != U'由' &&
             chars[begin - 1] != U'被' && chars[begin - 1] != U'日' && end->begin - begin < 24)
        --begin;
      if (end->end - begin >= 6)
        document.fields.push_back(sheet.field("court", sheet.simplified({begin, end->end}), {begin, end->end}));
    }
  }
  add_custody_place(document, sheet, body);
  if (auto date = read_issue_date(sheet, body, "date", Places(document.fields))) {
    doubt_date(sheet, {body.begin, sheet.folded().index_at(date->span.begin)}, *date);
    document.fields.push_back(std::move(*date));
  }
  double score = title && title->type->kind == Kind::official_document ? (title->cost == 0 ? 0.6 : 0.5) : 0.0;
  if (document.find("document_number")) score += 0.15;
  if (document.find("issuer")) score += 0.1;
  if (!persons.empty()) score += 0.15;
  if (document.find("date")) score += 0.1;
  document.score = std::min(1.0, score);
  settle(document, options);
  return document;
}

}  // namespace kualik::documents
