#include "convictions.h"

#include <algorithm>

#include "anchors.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {

constexpr std::size_t nobody = static_cast<std::size_t>(-1);
constexpr std::size_t longest_charge = 45;

// Name characters without the dots, which clauses print or leave out.
std::u32string bare_name(const Sheet& sheet, Range r) {
  std::u32string out;
  for (char32_t c : sheet.view(r))
    if (text::is_han(c) || (c > 0xFF && !text::is_name_dot(c))) out += c;
  return out;
}

// `name` ends right before `end` (dots skipped): where it begins, or npos.
std::size_t name_ends_at(std::u32string_view chars, std::size_t end, std::u32string_view name, std::size_t floor) {
  if (name.empty()) return nobody;
  std::size_t i = end;
  std::size_t k = name.size();
  int wrong = 0;
  while (k > 0) {
    if (i == floor) return nobody;
    const char32_t c = chars[i - 1];
    if (text::is_name_dot(c) || c == U'.' || c == U':') {
      --i;
      continue;
    }
    if (c != name[k - 1] && ++wrong * 4 > static_cast<int>(name.size())) return nobody;
    --i;
    --k;
  }
  return i;
}

struct Named {
  std::vector<std::size_t> persons;
  std::size_t begin{nobody};  // of the first name
};

// Persons whose names stand right before `end`, joined by 、 和 及.
Named persons_before(const Sheet& sheet, std::size_t end, std::size_t floor, const std::vector<std::u32string>& names) {
  Named found;
  const auto chars = sheet.chars();
  std::size_t at = end;
  while (at > floor) {
    std::size_t begin = nobody;
    for (std::size_t p = 0; p < names.size() && begin == nobody; ++p) {
      begin = name_ends_at(chars, at, names[p], floor);
      if (begin != nobody) found.persons.push_back(p);
    }
    if (begin == nobody) break;
    found.begin = begin;
    at = begin;
    if (at >= floor + 3 && word_at(chars, at - 3, U"被告人")) at -= 3;
    if (at > floor &&
        (chars[at - 1] == U'、' || chars[at - 1] == U'和' || chars[at - 1] == U'及' || chars[at - 1] == U'与')) {
      --at;
    } else {
      break;
    }
  }
  std::reverse(found.persons.begin(), found.persons.end());
  return found;
}

bool is_crime_mark(char32_t c) noexcept { return c == U'罪' || is_lookalike(c, U'罪'); }

// 犯 as a verb. In 该犯, 首犯, 从犯 it is a person, unless a charge of the table follows: 共同犯故意伤害罪. What is no
// charge and runs over a comma (犯在服刑期间，认罪) is none that was misread.
bool is_verb_here(const Sheet& sheet, std::size_t i, Range charge) {
  const auto chars = sheet.chars();
  const bool person =
      i > 0 && std::u32string_view(U"该首主从胁累初共囚逃案战").find(chars[i - 1]) != std::u32string_view::npos;
  const bool over_comma = find_exact(chars, charge, U",").has_value();
  if (!person && !over_comma) return true;
  const ChargeHow how = match_charge(sheet.simplified(charge)).how;
  return how == ChargeHow::exact || how == ChargeHow::variant || how == ChargeHow::part;
}

}  // namespace

std::optional<Range> charge_range_at(const Sheet& sheet, std::size_t begin, std::size_t limit) {
  const auto chars = sheet.chars();
  limit = std::min({limit, chars.size(), begin + longest_charge});
  for (std::size_t i = begin; i < limit; ++i) {
    const char32_t c = chars[i];
    if (c == U'。' || c == U';' || c == U':' || word_at(chars, i, U"判处") ||
        (word_at(chars, i, U"判决") && !(i >= 2 && word_at(chars, i - 2, U"执行"))) || word_at(chars, i, U"涉嫌") ||
        word_at(chars, i, U"被告人") || word_at(chars, i, U"侦查"))
      return std::nullopt;
    if (!is_crime_mark(c) || i < begin + 2) continue;
    // 犯罪 inside a charge (掩饰、隐瞒犯罪所得罪) does not end it.
    if (chars[i - 1] == U'犯') continue;
    const char32_t next = i + 1 < chars.size() ? chars[i + 1] : U'。';
    const bool ends = is_clause_mark(next) || next == U'、' || next == U'.' || is_close_bracket(next) ||
                      is_open_bracket(next) ||
                      std::u32string_view(U"判处和及与的于被一向未事已单并、免同依并予刑成有尚").find(next) !=
                          std::u32string_view::npos ||
                      i + 1 >= chars.size();
    if (ends || c == U'罪') return Range{begin, i + 1};
  }
  return std::nullopt;
}

namespace {

// 盗窃、抢劫罪: two charges that share their last character, where the two together are none. Empty if they are one.
std::vector<Range> charges_joined(const Sheet& sheet, Range r) {
  const auto chars = sheet.chars();
  if (!find_exact(chars, r, U"、")) return {};
  const ChargeHow whole = match_charge(sheet.simplified(r)).how;
  if (whole != ChargeHow::none && whole != ChargeHow::fuzzy) return {};
  std::vector<Range> parts;
  for (std::size_t begin = r.begin; begin < r.end;) {
    const auto mark = find_exact(chars, {begin, r.end}, U"、");
    const Range part{begin, mark ? mark->begin : r.end};
    const ChargeHow how = part.empty() ? ChargeHow::none : match_charge(sheet.simplified(part)).how;
    if (how != ChargeHow::exact && how != ChargeHow::variant) return {};
    parts.push_back(part);
    begin = mark ? mark->end : r.end;
  }
  return parts;
}

}  // namespace

std::vector<Range> charge_ranges_at(const Sheet& sheet, std::size_t begin, std::size_t limit) {
  std::vector<Range> ranges;
  const auto chars = sheet.chars();
  while (ranges.size() < 12) {
    const auto r = charge_range_at(sheet, begin, limit);
    if (!r) break;
    if (const auto parts = charges_joined(sheet, *r); !parts.empty())
      ranges.insert(ranges.end(), parts.begin(), parts.end());
    else
      ranges.push_back(*r);
    std::size_t next = r->end;
    if (next < limit &&
        (chars[next] == U'、' || chars[next] == U'和' || chars[next] == U'及' || chars[next] == U'与')) {
      begin = next + 1;
      if (begin < limit && chars[begin] == U'犯') ++begin;
      continue;
    }
    // 犯A罪，B罪，数罪并罚
    if (next < limit && chars[next] == U',') {
      const auto more = charge_range_at(sheet, next + 1, limit);
      if (more && match_charge(sheet.simplified(*more)).how != ChargeHow::none && !find_exact(chars, *more, U"犯")) {
        begin = next + 1;
        continue;
      }
    }
    break;
  }
  return ranges;
}

namespace {

// 以参加恐怖组织罪判处被告人X有期徒刑十五年: how a later paper tells of a judgment. What a prosecutor proposes
// (建议以…罪判处) is none.
std::optional<std::vector<Range>> judged_for(const Sheet& sheet, std::size_t i, Range within) {
  const auto chars = sheet.chars();
  if (chars[i] != U'以') return std::nullopt;
  const Range before{i > within.begin + 8 ? i - 8 : within.begin, i};
  if (find_exact(chars, before, U"建议") || find_exact(chars, before, U"应当")) return std::nullopt;
  auto charges = charge_ranges_at(sheet, i + 1, within.end);
  if (charges.empty()) return std::nullopt;
  std::size_t behind = charges.back().end;
  while (behind < within.end && is_clause_mark(chars[behind]) && chars[behind] != U'。') ++behind;
  if (!word_at(chars, behind, U"判处")) return std::nullopt;
  const ChargeHow how = match_charge(sheet.simplified(charges.front())).how;
  if (how == ChargeHow::none) return std::nullopt;
  return charges;
}

}  // namespace

std::vector<Conviction> find_convictions(const Sheet& sheet, Range within, const std::vector<Person>& persons) {
  std::vector<std::u32string> names;
  for (const Person& p : persons) names.push_back(bare_name(sheet, p.name_range));
  const auto chars = sheet.chars();
  within.end = std::min(within.end, chars.size());

  struct Start {
    std::size_t at;     // behind 犯
    std::size_t begin;  // of the clause
    std::vector<std::size_t> persons;
    std::vector<Range> charges;
  };
  std::vector<Start> starts;
  for (std::size_t i = within.begin; i < within.end; ++i) {
    if (auto judged = judged_for(sheet, i, within)) {
      auto who = persons_before(sheet, i, within.begin, names).persons;
      if (who.empty() && persons.size() > 1)
        who = persons_named_in(sheet, {judged->back().end, std::min(within.end, judged->back().end + 24)}, persons);
      starts.push_back({i, i, std::move(who), std::move(*judged)});
      i = starts.back().charges.back().end - 1;
      continue;
    }
    if (chars[i] != U'犯' && !(is_lookalike(chars[i], U'犯'))) continue;
    if (i > within.begin && chars[i - 1] == U'罪') continue;                // 罪犯
    if (i + 1 < within.end && is_crime_mark(chars[i + 1])) continue;        // 犯罪
    if (i >= within.begin + 2 && word_at(chars, i - 2, U"涉嫌")) continue;  // a suspicion
    std::size_t behind = i + 1;
    if (behind < within.end && (chars[behind] == U'有' || chars[behind] == U'了')) ++behind;
    auto charges = charge_ranges_at(sheet, behind, within.end);
    if (charges.empty()) continue;
    if (!is_verb_here(sheet, i, charges.front())) continue;
    const Named named = persons_before(sheet, i, within.begin, names);
    starts.push_back({i, named.begin == nobody ? i : named.begin, named.persons, charges});
    i = charges.back().end - 1;
  }

  std::vector<Conviction> convictions;
  std::vector<std::size_t> current;
  if (persons.size() == 1) current = {0};
  for (std::size_t s = 0; s < starts.size(); ++s) {
    Start& start = starts[s];
    if (!start.persons.empty()) current = start.persons;
    const std::size_t clause_end = s + 1 < starts.size() ? starts[s + 1].begin : within.end;
    // What orders the whole sentence parts the clause from it.
    const Range clause{start.charges.back().end, clause_end};
    std::size_t split = clause.end;
    bool has_combined = false;
    for (const std::u32string_view word :
         {std::u32string_view(U"决定执行"), std::u32string_view(U"合并执行"), std::u32string_view(U"数罪并罚")}) {
      if (const auto hit = find_label(chars, clause, word); hit && hit->range.begin < split) {
        split = hit->range.begin;
        has_combined = true;
      }
    }
    const Penalty single = read_penalty(sheet, {clause.begin, split});
    const Penalty combined = has_combined ? read_penalty(sheet, {split, clause.end}) : Penalty{};
    const std::vector<std::size_t> who = current.empty() ? std::vector<std::size_t>{nobody} : current;
    for (std::size_t p : who) {
      auto found =
          std::find_if(convictions.begin(), convictions.end(), [p](const Conviction& c) { return c.person == p; });
      if (found == convictions.end()) {
        convictions.push_back({});
        found = convictions.end() - 1;
        found->person = p;
        found->region = {start.begin, clause_end};
      }
      found->region.end = std::max(found->region.end, clause_end);
      found->shared = found->shared || who.size() > 1;
      for (std::size_t k = 0; k < start.charges.size(); ++k) {
        const Range r = start.charges[k];
        ConvictedCharge charge{r, match_charge(sheet.simplified(r)), {}};
        if (k + 1 == start.charges.size() && who.size() == 1) charge.penalty = single;
        found->charges.push_back(std::move(charge));
      }
      if (!combined.empty()) found->combined = combined;
      found->joined = found->joined || has_combined;
    }
  }
  return convictions;
}

std::vector<std::size_t> persons_named_in(const Sheet& sheet, Range within, const std::vector<Person>& persons) {
  std::vector<std::size_t> named;
  for (std::size_t p = 0; p < persons.size(); ++p) {
    const std::u32string name = bare_name(sheet, persons[p].name_range);
    for (std::size_t end = within.begin + 1; end <= within.end; ++end) {
      if (name_ends_at(sheet.chars(), end, name, within.begin) == nobody) continue;
      named.push_back(p);
      break;
    }
  }
  return named;
}

std::vector<Conviction> find_acquittals(const Sheet& sheet, Range within, const std::vector<Person>& persons) {
  std::vector<std::u32string> names;
  for (const Person& p : persons) names.push_back(bare_name(sheet, p.name_range));
  std::vector<Conviction> acquitted;
  const auto chars = sheet.chars();
  for (std::size_t from = within.begin; from < within.end;) {
    const auto hit = find_exact(chars, {from, within.end}, U"无罪");
    if (!hit) break;
    from = hit->end;
    // 无罪 is ordered, not argued: it ends its clause.
    if (hit->end < within.end && !is_clause_mark(chars[hit->end]) && chars[hit->end] != U'.' &&
        !is_open_bracket(chars[hit->end]) && !sheet.folded().ends_line(hit->end))
      continue;
    std::vector<std::size_t> who = persons_before(sheet, hit->begin, within.begin, names).persons;
    if (who.empty() && persons.size() == 1) who = {0};
    for (const std::size_t p : who) {
      Conviction made;
      made.person = p;
      made.region = {hit->begin, hit->end};
      made.combined.sentence = Phrase{*hit, "acquitted", {}, "not guilty"};
      acquitted.push_back(std::move(made));
    }
  }
  return acquitted;
}

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
    document.fields.push_back(std::move(f));
  };
  int sentences = 0;
  const Penalty* only = nullptr;
  for (const ConvictedCharge& charge : conviction.charges) {
    Field f = charge_field(sheet, charge.range, charge.match);
    if (charge.penalty.sentence && (conviction.charges.size() > 1 || !conviction.combined.empty()))
      append_detail(f, "alone " + charge.penalty.sentence->value);
    add(std::move(f));
    if (!charge.penalty.empty()) only = &charge.penalty;
    sentences += charge.penalty.sentence ? 1 : 0;
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
