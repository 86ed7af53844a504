#include "convictions.h"

#include <algorithm>

#include "anchors.h"
#include "kualik/text/utf8.h"
#include "named.h"

namespace kualik::documents {

namespace {

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

namespace {

// A clause that says who is guilty of what.
struct Start {
  std::size_t at{};     // Of 犯, or of 以.
  std::size_t begin{};  // Of the clause.
  Named named{};
  std::vector<Range> charges{};
  bool of_unit{false};  // 被告单位某公司犯…: of no person
};

// Whether it is a company that is guilty: 被告单位 is the last word for a party before 犯 in its clause.
bool is_of_unit(const Sheet& sheet, std::size_t at, std::size_t floor) {
  constexpr std::size_t longest_name = 60;
  const auto chars = sheet.chars();
  for (std::size_t i = at; i-- > floor && at - i < longest_name;) {
    if (chars[i] == U'。' || chars[i] == U';' || word_at(chars, i, U"被告人") || word_at(chars, i, U"上诉人"))
      return false;
    if (word_at(chars, i, U"被告单位") || word_at(chars, i, U"上诉单位")) return true;
  }
  return false;
}

// 撤销…刑事判决的第二项，即被告人X犯…: what is taken back is no conviction.
bool is_taken_back(const Sheet& sheet, std::size_t begin, std::size_t floor) {
  const auto chars = sheet.chars();
  if (begin == floor || (chars[begin - 1] != U'即' && chars[begin - 1] != U'对')) return false;
  std::size_t statement = begin;
  while (statement > floor && begin - statement < 120 && chars[statement - 1] != U'。' && chars[statement - 1] != U';')
    --statement;
  return find_exact(chars, {statement, begin}, U"撤销").has_value();
}

std::vector<Start> find_starts(const Sheet& sheet, Range within, const std::vector<Person>& persons) {
  const auto names = bare_names(sheet, persons);
  const auto chars = sheet.chars();
  std::vector<Start> starts;
  for (std::size_t i = within.begin; i < within.end; ++i) {
    if (auto judged = judged_for(sheet, i, within)) {
      Named who = named_before(sheet, i, within.begin, names);
      if (who.empty() && persons.size() > 1)
        who.persons =
            persons_named_in(sheet, {judged->back().end, std::min(within.end, judged->back().end + 24)}, persons);
      starts.push_back({i, i, std::move(who), std::move(*judged), false});
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
    Named named = named_before(sheet, i, within.begin, names);
    const std::size_t begin = named.begin == nobody ? i : named.begin;
    const bool of_unit = named.persons.empty() && is_of_unit(sheet, i, within.begin);
    starts.push_back({i, begin, std::move(named), charges, of_unit});
    i = charges.back().end - 1;
  }
  return starts;
}

// One of those whom a clause names.
struct Who {
  std::size_t person{nobody};
  Range name{};  // of nobody among the persons
};

Conviction& conviction_of(const Sheet& sheet, std::vector<Conviction>& all, const Who& who, Range region) {
  constexpr std::size_t most = 60;  // strangers beyond are the last one
  const auto same = std::find_if(all.begin(), all.end(), [&](const Conviction& c) {
    return c.person == who.person &&
           (who.person != nobody || all.size() >= most || c.named.size() == who.name.size()) &&
           (who.person != nobody || all.size() >= most || sheet.view(c.named) == sheet.view(who.name));
  });
  if (same != all.end()) return *same;
  all.push_back({});
  all.back().person = who.person;
  all.back().named = who.name;
  all.back().region = region;
  return all.back();
}

void doubt(Penalty& penalty) {
  for (std::optional<Phrase>* p : {&penalty.sentence, &penalty.deprivation})
    if (*p) (*p)->reasons.add(Reason::ambiguous);
  for (Phrase& fine : penalty.fines) fine.reasons.add(Reason::ambiguous);
}

// 犯A罪，分别判处…，…: one penalty for each, in the order of the names; 各判处…, 均判处…: the same for each. Empty if
// they can't be told apart.
std::vector<Penalty> shared_out(const Sheet& sheet, Range clause, std::size_t people) {
  const auto chars = sheet.chars();
  const auto orders = [&](std::u32string_view word) {
    const auto hit = find_exact(chars, {clause.begin, std::min(clause.end, clause.begin + 12)}, word);
    return hit && !find_exact(chars, {clause.begin, hit->begin}, U"。");
  };
  if (orders(U"各判处") || orders(U"均判处")) {
    const auto each = penalties_in_turn(sheet, clause);
    return each.size() == 1 ? std::vector<Penalty>(people, each.front()) : std::vector<Penalty>{};
  }
  if (!orders(U"分别判处")) return {};
  auto each = penalties_in_turn(sheet, clause);
  return each.size() == people ? each : std::vector<Penalty>{};
}

// 与前罪没有执行完毕的刑罚…决定执行, 撤销缓刑…决定执行: joined with the sentence of an earlier judgment.
bool names_earlier_sentence(const Sheet& sheet, Range clause) {
  for (const std::u32string_view word :
       {std::u32string_view(U"前罪"), std::u32string_view(U"原判"), std::u32string_view(U"撤销"),
        std::u32string_view(U"执行完毕"), std::u32string_view(U"尚未执行"), std::u32string_view(U"余刑"),
        std::u32string_view(U"判决书"), std::u32string_view(U"刑事判决")})
    if (find_exact(sheet.chars(), clause, word)) return true;
  return false;
}

// A statement on somebody that orders a penalty for a charge which was not read.
void add_unread(const Sheet& sheet, const NextPerson& next, std::size_t end, const std::vector<std::u32string>& names,
                std::vector<Conviction>& convictions) {
  const auto chars = sheet.chars();
  const auto orders = find_exact(chars, {next.name.begin, std::min(end, next.name.begin + 80)}, U"判处");
  if (!orders) return;
  Penalty penalty = read_penalty(sheet, {orders->end, end});
  if (!penalty.sentence) return;
  // The name runs on into what is said: it ends where a person's does.
  for (std::size_t k = next.name.end; k > next.name.begin + 1; --k) {
    const Named named = named_before(sheet, k, next.name.begin, names);
    if (named.persons.size() != 1) continue;
    Conviction& c = conviction_of(sheet, convictions, {named.persons.front(), {}}, {next.begin, end});
    if (!c.charges.empty() || !c.combined.empty()) return;
    c.combined = std::move(penalty);
    c.unread = true;
    return;
  }
}

}  // namespace

std::vector<Conviction> find_convictions(const Sheet& sheet, Range within, const std::vector<Person>& persons) {
  const auto names = bare_names(sheet, persons);
  const auto chars = sheet.chars();
  within.end = std::min(within.end, chars.size());
  const std::vector<Start> starts = find_starts(sheet, within, persons);

  std::vector<Conviction> convictions;
  std::vector<Who> current;
  bool alike = false;
  bool of_unit = false;  // nobody was named since 被告单位
  if (persons.size() == 1) current = {{0, {}}};
  for (std::size_t s = 0; s < starts.size(); ++s) {
    const Start& start = starts[s];
    of_unit = start.of_unit || (of_unit && start.named.empty());
    if (of_unit) continue;
    if (!start.named.empty()) {
      current.clear();
      for (const std::size_t p : start.named.persons) current.push_back({p, {}});
      for (const Range& other : start.named.others) current.push_back({nobody, other});
      alike = start.named.far || (start.named.alike && persons.size() > 1);
    }
    if (is_taken_back(sheet, start.begin, within.begin)) continue;
    const std::size_t next_start = s + 1 < starts.size() ? starts[s + 1].begin : within.end;
    std::vector<std::u32string> own;
    for (const Who& w : current)
      if (w.person != nobody) own.push_back(names[w.person]);
    const NextPerson next =
        own.empty() ? NextPerson{next_start, {}} : next_person(sheet, {start.charges.back().end, next_start}, own);
    const std::size_t clause_end = next.begin;
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
    const bool joins_earlier =
        has_combined && names_earlier_sentence(
                            sheet, {start.begin - std::min<std::size_t>(start.begin - within.begin, 400), clause.end});
    Penalty single = read_penalty(sheet, {clause.begin, split});
    const Penalty combined = has_combined ? read_penalty(sheet, {split, clause.end}) : Penalty{};
    const std::vector<Who> who = current.empty() ? std::vector<Who>{{}} : current;
    // 分别判处 of one person and one charge: somebody else, or another charge, was not read.
    if (who.size() == 1 && start.charges.size() == 1 && word_at(chars, clause.begin + 1, U"分别判处")) doubt(single);
    const auto shares = who.size() > 1 ? shared_out(sheet, clause, who.size()) : std::vector<Penalty>{};
    for (std::size_t w = 0; w < who.size(); ++w) {
      Conviction& made = conviction_of(sheet, convictions, who[w], {start.begin, clause_end});
      made.region.end = std::max(made.region.end, clause_end);
      made.shared = made.shared || who.size() > 1;
      made.alike = made.alike || alike;
      for (std::size_t k = 0; k < start.charges.size(); ++k) {
        const Range r = start.charges[k];
        ConvictedCharge charge{r, match_charge(sheet.simplified(r)), {}};
        if (k + 1 == start.charges.size() && who.size() == 1) charge.penalty = single;
        if (k + 1 == start.charges.size() && !shares.empty()) charge.penalty = shares[w];
        made.charges.push_back(std::move(charge));
      }
      if (!combined.empty()) made.combined = combined;
      made.joined = made.joined || has_combined;
      made.earlier = made.earlier || joins_earlier;
    }
    if (next.begin < next_start) add_unread(sheet, next, next_start, names, convictions);
  }
  return convictions;
}

std::vector<Conviction> find_acquittals(const Sheet& sheet, Range within, const std::vector<Person>& persons) {
  const auto names = bare_names(sheet, persons);
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
    const Named named = named_before(sheet, hit->begin, within.begin, names);
    std::vector<std::size_t> who = named.persons;
    if (named.empty() && persons.size() == 1) who = {0};
    for (const std::size_t p : who) {
      Conviction made;
      made.person = p;
      made.alike = named.far || (named.alike && persons.size() > 1);
      made.region = {hit->begin, hit->end};
      made.combined.sentence = Phrase{*hit, "acquitted", {}, "not guilty"};
      acquitted.push_back(std::move(made));
    }
  }
  return acquitted;
}

}  // namespace kualik::documents
