// Papers of procuratorates, the police, prisons and detention centres: indictments, notices, certificates,
// administrative decisions.

#include <algorithm>
#include <optional>

#include "anchors.h"
#include "convictions.h"
#include "kinds.h"
#include "person.h"
#include "signatures.h"
#include "titles.h"
#include "values.h"

namespace kualik::documents {

namespace {

constexpr std::u32string_view issuer_endings[] = {U"检察院", U"分院", U"法院",   U"公安局", U"分局",
                                                  U"派出所", U"监狱", U"看守所", U"拘留所", U"委员会",
                                                  U"支队",   U"大队", U"中心",   U"医院",   U"局"};

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
      if (!sheet.folded().ends_line(i + 1) && !is_open_bracket(chars[i + 1])) continue;
      for (const auto ending : issuer_endings) {
        if (i + 1 < ending.size() || !word_at(chars, i + 1 - ending.size(), ending)) continue;
        std::size_t begin = i + 1;
        while (begin > range.begin && text::is_han(chars[begin - 1])) {
          --begin;
          if (sheet.folded().starts_line(begin)) break;
        }
        if (i + 1 - begin >= 4 && i + 1 - begin <= 40 && sheet.folded().starts_line(begin)) place = Range{begin, i + 1};
        break;
      }
    }
  }
  if (!place) return std::nullopt;
  return sheet.field("issuer", sheet.simplified(*place), *place);
}

// A number of no known grammar: the line under the title that ends in 号.
std::optional<Field> read_plain_number(const Sheet& sheet, Range range, std::size_t behind_title) {
  const auto chars = sheet.chars();
  const std::size_t stop = std::min(range.end, behind_title + 60);
  for (std::size_t i = behind_title; i < stop; ++i) {
    if (chars[i] != U'号' || i < behind_title + 3 || chars[i - 1] < U'0' || chars[i - 1] > U'9') continue;
    std::size_t begin = i;
    while (begin > behind_title && !sheet.folded().starts_line(begin) && sheet.folded().gap(begin) != text::Gap::line &&
           !is_clause_mark(chars[begin - 1]))
      --begin;
    bool year = false;
    for (std::size_t k = begin; k + 4 <= i; ++k)
      year = year ||
             ((word_at(chars, k, U"19") || word_at(chars, k, U"20")) && chars[k + 2] >= U'0' && chars[k + 2] <= U'9');
    if (!year) continue;
    std::string value;
    for (std::size_t k = begin; k <= i; ++k) {
      const char32_t c = chars[k];
      // Narrow and square brackets as the canonical forms have them; 第 behind a year in 〔〕 is left out there.
      if (c == U'第' && k > begin && is_close_bracket(chars[k - 1]) && chars[k - 1] != U')') continue;
      value += c == U'('             ? "（"
               : c == U')'           ? "）"
               : is_open_bracket(c)  ? "〔"
               : is_close_bracket(c) ? "〕"
                                     : sheet.printed({k, k + 1});
    }
    return sheet.field("document_number", value, {begin, i + 1});
  }
  return std::nullopt;
}

// 因涉嫌故意伤害，…: a charge of the table without its 罪.
std::vector<Range> bare_charge_at(const Sheet& sheet, std::size_t begin, std::size_t limit) {
  const auto chars = sheet.chars();
  limit = std::min(limit, begin + 32);
  std::size_t end = begin;
  while (end < limit && (text::is_han(chars[end]) || chars[end] == U'、') && !word_at(chars, end, U"犯罪") &&
         !word_at(chars, end, U"一案") && chars[end] != U'被' && chars[end] != U'的')
    ++end;
  if (end < begin + 2) return {};
  const ChargeMatch match = match_charge(sheet.simplified({begin, end}));
  if (match.how == ChargeHow::none || match.how == ChargeHow::fuzzy) return {};
  return {Range{begin, end}};
}

// 将涉嫌X罪的NAME刑事拘留; 对涉嫌X罪的NAME执行逮捕
struct Suspect {
  std::optional<Field> name{};
  Range name_range{};
  std::vector<Range> charges{};
};
Suspect read_suspect(const Sheet& sheet, Range range) {
  Suspect suspect;
  const auto chars = sheet.chars();
  for (const std::u32string_view word : {std::u32string_view(U"涉嫌"), std::u32string_view(U"涉及")}) {
    for (std::size_t from = range.begin; from < range.end && suspect.charges.empty();) {
      const auto hit = find_label(chars, {from, range.end}, word);
      if (!hit) break;
      from = hit->range.end;
      suspect.charges = charge_ranges_at(sheet, hit->range.end, range.end);
      if (suspect.charges.empty()) suspect.charges = bare_charge_at(sheet, hit->range.end, range.end);
    }
  }
  if (suspect.charges.empty()) return suspect;
  const std::size_t behind = suspect.charges.back().end;
  if (behind >= range.end || chars[behind] != U'的') return suspect;
  std::size_t begin = behind + 1;
  for (const std::u32string_view title :
       {std::u32string_view(U"犯罪嫌疑人"), std::u32string_view(U"被告人"), std::u32string_view(U"嫌疑人")})
    if (word_at(chars, begin, title)) begin += title.size();
  const std::size_t limit = std::min(range.end, begin + 24);
  std::size_t end = begin;
  for (; end < limit; ++end) {
    bool stop = is_clause_mark(chars[end]) || is_open_bracket(chars[end]);
    for (const std::u32string_view word :
         {std::u32string_view(U"刑事拘留"), std::u32string_view(U"执行"), std::u32string_view(U"依法"),
          std::u32string_view(U"逮捕"), std::u32string_view(U"予以"), std::u32string_view(U"拘留"),
          std::u32string_view(U"监视居住"), std::u32string_view(U"取保"), std::u32string_view(U"采取"),
          std::u32string_view(U"刑拘"), std::u32string_view(U"批准"), std::u32string_view(U"决定"),
          std::u32string_view(U"进行"), std::u32string_view(U"指定"), std::u32string_view(U"变更")})
      stop = stop || (end > begin && word_at(chars, end, word));
    if (stop) break;
  }
  if (end == limit) return suspect;
  suspect.name_range = {begin, end};
  suspect.name = name_field(sheet, "name", suspect.name_range);
  return suspect;
}

constexpr std::u32string_view relations[] = {U"丈夫", U"妻子", U"儿子", U"女儿", U"父亲", U"母亲", U"哥哥", U"弟弟",
                                             U"姐姐", U"妹妹", U"亲属", U"家属", U"配偶", U"爱人", U"孙子", U"孙女",
                                             U"亲人", U"子",   U"女",   U"父",   U"母",   U"兄",   U"弟",   U"妻"};

// A name behind one of the words that introduce it, or before 家属 in the line of the recipient.
std::optional<Range> plain_name(const Sheet& sheet, Range range) {
  const auto chars = sheet.chars();
  for (const std::u32string_view word :
       {std::u32string_view(U"姓名"), std::u32string_view(U"兹有"), std::u32string_view(U"罪犯"),
        std::u32string_view(U"查明"), std::u32string_view(U"犯罪嫌疑人"), std::u32string_view(U"违法行为人"),
        std::u32string_view(U"学员")}) {
    const auto hit = find_label(chars, range, word);
    if (!hit) continue;
    Range r = name_range_at(sheet, hit->range.end, range.end);
    if (word == U"兹有" && word_at(chars, r.begin, U"罪犯")) r.begin += 2;
    if (name_field(sheet, "name", r) && r.size() >= 2 && r.size() <= 16) return r;
  }
  // 努尔兰·巴合提：你犯…罪: the paper speaks to the convict.
  if (const auto you = find_exact(chars, range, U"你犯"); you && you->begin > range.begin + 2) {
    std::size_t end = you->begin;
    while (end > range.begin && is_clause_mark(chars[end - 1])) --end;
    std::size_t begin = end;
    while (begin > range.begin && (text::is_han(chars[begin - 1]) || text::is_name_dot(chars[begin - 1]))) {
      --begin;
      if (sheet.folded().starts_line(begin)) break;
    }
    if (end < you->begin && sheet.folded().starts_line(begin) && name_field(sheet, "name", {begin, end}))
      return Range{begin, end};
  }
  // 你的丈夫X因涉嫌…: the paper speaks to a relative.
  for (std::size_t from = range.begin; from < range.end;) {
    std::optional<Range> you;
    for (const char32_t word : {U'你', U'您'})
      if (const auto hit = find_exact(chars, {from, range.end}, {&word, 1}); hit && (!you || hit->begin < you->begin))
        you = hit;
    if (!you) break;
    from = you->end;
    std::size_t at = you->end;
    if (at < range.end && (chars[at] == U'的' || chars[at] == U'之')) ++at;
    std::size_t relation = 0;
    for (const std::u32string_view word : relations)
      if (word.size() > relation && word_at(chars, at, word)) relation = word.size();
    if (relation == 0) continue;
    const Range r = name_range_at(sheet, at + relation, range.end);
    if (r.size() >= 2 && r.size() <= 16 && name_field(sheet, "name", r)) return r;
  }
  if (const auto family = find_exact(chars, range, U"家属")) {
    std::size_t begin = family->begin;
    if (begin > range.begin && chars[begin - 1] == U'的') --begin;
    const std::size_t end = begin;
    while (begin > range.begin && (text::is_han(chars[begin - 1]) || text::is_name_dot(chars[begin - 1]))) {
      --begin;
      if (sheet.folded().starts_line(begin)) break;
    }
    if (end - begin >= 2 && end - begin <= 16 && sheet.folded().starts_line(begin) &&
        name_field(sheet, "name", {begin, end}))
      return Range{begin, end};
  }
  return std::nullopt;
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

void add_custody_place(Document& document, const Sheet& sheet, Range range) {
  const auto chars = sheet.chars();
  // Behind a label of a form …
  for (const std::u32string_view label :
       {std::u32string_view(U"戒毒场所名称"), std::u32string_view(U"场所名称"), std::u32string_view(U"羁押场所"),
        std::u32string_view(U"羁押处所"), std::u32string_view(U"羁押地点"), std::u32string_view(U"关押地点"),
        std::u32string_view(U"执行场所"), std::u32string_view(U"服刑监狱")}) {
    const auto hit = find_exact(chars, range, label);
    if (!hit) continue;
    std::size_t begin = hit->end;
    while (begin < range.end && is_clause_mark(chars[begin])) ++begin;
    std::size_t end = begin;
    while (end < range.end && end < begin + 30 && text::is_han(chars[end]) &&
           !(end > begin && sheet.folded().starts_line(end)))
      ++end;
    if (begin == hit->end || end < begin + 3) continue;
    document.fields.push_back(sheet.field("custody_place", sheet.simplified({begin, end}), {begin, end}));
    return;
  }
  // … or in the sentence that says where somebody is held.
  for (const std::u32string_view ending : {std::u32string_view(U"看守所"), std::u32string_view(U"拘留所"),
                                           std::u32string_view(U"监狱"), std::u32string_view(U"戒毒所")}) {
    for (std::size_t from = range.begin; from < range.end;) {
      const auto hit = find_exact(chars, {from, range.end}, ending);
      if (!hit) break;
      from = hit->end;
      std::size_t begin = hit->begin;
      const std::size_t floor = hit->begin > range.begin + 24 ? hit->begin - 24 : range.begin;
      while (begin > floor && text::is_han(chars[begin - 1]) && chars[begin - 1] != U'在' &&
             chars[begin - 1] != U'于' && chars[begin - 1] != U'送' && chars[begin - 1] != U'由')
        --begin;
      const bool held = begin > range.begin + 1 &&
                        (chars[begin - 1] == U'在' || chars[begin - 1] == U'于' || chars[begin - 1] == U'送');
      if (held && hit->end - begin >= 4) {
        document.fields.push_back(sheet.field("custody_place", sheet.simplified({begin, hit->end}), {begin, hit->end}));
        return;
      }
    }
  }
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
  if (issuer) document.fields.push_back(std::move(*issuer));
  const std::size_t number_from = title ? paper_begin(sheet, range, *title) : range.begin;
  const auto numbers_found =
      find_document_numbers(sheet, {number_from, std::min(range.end, behind_title + 120)}, options, 1);
  auto plain_number = read_plain_number(sheet, range, behind_title);
  const std::size_t plain_at = plain_number ? sheet.folded().index_at(plain_number->span.begin) : range.end;
  if (!numbers_found.empty() && numbers_found.front().range.begin <= plain_at + 12) {
    Field f = document_number_field(sheet, "document_number", numbers_found.front());
    f.reasons = without_width_folds(f.reasons, sheet, numbers_found.front().range);
    document.fields.push_back(std::move(f));
  } else if (plain_number) {
    document.fields.push_back(std::move(*plain_number));
  }

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
      person.name = name_field(sheet, "name", *name);
      person.name_range = *name;
      // Dates and addresses further down belong to the body that issued the paper.
      persons.push_back(std::move(person));
    }
  }
  const auto subject_of = [&](std::size_t k) { return persons.size() > 1 ? static_cast<int>(k) + 1 : 0; };
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
  if (family == Family::indictment) {
    // 应当以X罪追究其刑事责任: what is charged in the end stands before what was suspected. Of several persons each
    // may be named: 以X罪追究被告人甲、乙的刑事责任，以Y罪追究被告人丙的刑事责任.
    for (std::size_t from = body.begin; from < body.end;) {
      const auto pursue = find_exact(chars, {from, body.end}, U"追究");
      if (!pursue) break;
      const std::size_t floor = std::max(from, pursue->begin > 80 ? pursue->begin - 80 : 0);
      from = pursue->end;
      const Range behind{pursue->end, std::min(body.end, pursue->end + 120)};
      const auto liability = find_exact(chars, behind, U"刑事责任");
      if (!liability) continue;
      std::vector<std::size_t> who = persons_named_in(sheet, {behind.begin, liability->begin}, persons);
      for (std::size_t at = floor; at < pursue->begin;) {
        const auto by = find_exact(chars, {at, pursue->begin}, U"以");
        if (!by) break;
        at = by->end;
        const auto ranges = charge_ranges_at(sheet, by->end, pursue->begin);
        if (ranges.empty() || match_charge(sheet.simplified(ranges.front())).how == ChargeHow::none) continue;
        if (who.empty()) who.push_back(persons.size());
        for (const std::size_t p : who) {
          const int subject = p < persons.size() ? subject_of(p) : 0;
          for (const Range& r : ranges) {
            Field f = charge_field(sheet, r, match_charge(sheet.simplified(r)));
            f.subject = subject;
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
  if (!has_charge()) {
    for (const Range& r : suspect.charges) {
      Field f = charge_field(sheet, r, match_charge(sheet.simplified(r)));
      f.detail += "; suspected";
      document.fields.push_back(std::move(f));
    }
  }
  if (!has_charge() && family == Family::release) {
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
    const Penalty penalty = read_penalty(sheet, body);
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
      if (const auto dates = read_term_dates(sheet, body)) {
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
             chars[begin - 1] != U'由' && chars[begin - 1] != U'被' && !sheet.folded().starts_line(begin))
        --begin;
      if (end->end - begin >= 6)
        document.fields.push_back(sheet.field("court", sheet.simplified({begin, end->end}), {begin, end->end}));
    }
  }
  add_custody_place(document, sheet, body);
  if (auto date = read_issue_date(sheet, body, "date")) {
    // The only date of a paper may be the person's birth.
    const Field* birth = document.find("birth_date", 0);
    if (!birth || birth->span != date->span) document.fields.push_back(std::move(*date));
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
