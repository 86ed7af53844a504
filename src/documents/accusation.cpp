#include "accusation.h"

#include <algorithm>

#include "anchors.h"
#include "convictions.h"
#include "kualik/text/dates.h"
#include "kualik/text/utf8.h"
#include "named.h"

namespace kualik::documents {

namespace {

constexpr std::size_t longest_statement = 400;

// What is said of whom: 被告人甲、乙…，应当以X罪追究其刑事责任.
struct Statement {
  std::vector<std::size_t> who{};  // empty: of the only person, or of nobody by name
  std::vector<Range> charges{};
  bool named_where_begun{false};  // and not beside the charge
  bool doubted{false};
};

// Letters that name nobody: those of 上述二被告人的, 其.
bool is_filler(char32_t c) noexcept {
  return std::u32string_view(U"上述以各均二两三四五六七八九十名人其的被告分别等及和与").find(c) !=
         std::u32string_view::npos;
}

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
  const auto telling = [](std::u32string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char32_t c) { return text::is_han(c) && !is_filler(c); }));
  };
  std::size_t known = 0;
  const auto bare = bare_names(sheet, persons);
  for (const std::size_t p : found.persons) known += telling(bare[p]);
  found.others = telling(sheet.view(names)) > known;
  return found;
}

// 被告人甲…，其行为触犯…，应当以X罪追究其刑事责任: named where the statement begins.
std::size_t statement_begin(const Sheet& sheet, std::size_t from, std::size_t lowest) {
  const auto chars = sheet.chars();
  std::size_t begin = from;
  while (begin > lowest && !(word_at(chars, begin, U"被告人") && begin > 0 && chars[begin - 1] != U'、' &&
                             chars[begin - 1] != U'和' && chars[begin - 1] != U'及'))
    --begin;
  return begin;
}

// Behind a full stop, a semicolon or 本院认为: a 被告人 elsewhere may be within somebody else's statement.
bool begins_statement(const Sheet& sheet, std::size_t begin) {
  const auto chars = sheet.chars();
  if (begin == 0 || sheet.folded().starts_line(begin)) return true;
  const char32_t before = chars[begin - 1];
  if (before == U'。' || before == U';' || before == U':') return true;
  const std::size_t word = before == U',' ? begin - 1 : begin;
  return word >= 2 && word_at(chars, word - 2, U"认为");
}

// Where the name without its dots ends if it stands at `pos`; `pos` if it does not.
std::size_t behind_name(std::u32string_view chars, std::size_t pos, std::u32string_view name) {
  std::size_t i = pos;
  for (const char32_t c : name) {
    while (i < chars.size() && i > pos && text::is_name_dot(chars[i])) ++i;
    if (i >= chars.size() || chars[i] != c) return pos;
    ++i;
  }
  return i;
}

// The persons of the list that a statement begins with: 被告人甲、乙和被告人丙.
std::vector<std::size_t> listed_at(const Sheet& sheet, std::size_t begin, const std::vector<Person>& persons) {
  const auto chars = sheet.chars();
  const auto names = bare_names(sheet, persons);
  std::vector<std::size_t> listed;
  for (std::size_t i = begin; i < chars.size();) {
    if (word_at(chars, i, U"被告人")) i += 3;
    std::size_t end = i;
    std::size_t who = nobody;
    for (std::size_t p = 0; p < names.size(); ++p) {
      const std::size_t behind = names[p].size() < 2 ? i : behind_name(chars, i, names[p]);
      if (behind <= end) continue;
      end = behind;
      who = p;
    }
    if (who == nobody) break;
    listed.push_back(who);
    if (end >= chars.size() || std::u32string_view(U"、和及与").find(chars[end]) == std::u32string_view::npos) break;
    i = end + 1;
  }
  std::sort(listed.begin(), listed.end());
  return listed;
}

void name_who(const Sheet& sheet, Range body, std::size_t at, const std::vector<Person>& persons,
              Statement& statement) {
  if (!statement.who.empty() || persons.empty()) return;
  const std::size_t lowest = std::max(body.begin, at > longest_statement ? at - longest_statement : 0);
  const std::size_t begin = statement_begin(sheet, at, lowest);
  if (persons.size() == 1) {
    // Of somebody else, whose own paragraph was not read.
    const bool named = word_at(sheet.chars(), begin, U"被告人") && text::is_han(sheet.chars()[begin + 3]);
    statement.doubted = statement.doubted || (named && listed_at(sheet, begin, persons).empty());
    return;
  }
  statement.who = persons_named_in(sheet, {begin, at}, persons);
  statement.named_where_begun = true;
  // Who else is spoken of within it may be one to whom something was done.
  if (!begins_statement(sheet, begin) || listed_at(sheet, begin, persons) != statement.who) statement.doubted = true;
}

// Known charges behind the last of `words` in `within`: 以X罪, 已构成X罪. Not behind a word that denies them.
std::vector<Range> charges_behind(const Sheet& sheet, Range within, std::u32string_view word, bool last) {
  const auto chars = sheet.chars();
  std::vector<Range> found;
  for (std::size_t at = within.begin; at < within.end;) {
    const auto by = find_exact(chars, {at, within.end}, word);
    if (!by) break;
    at = by->end;
    const char32_t before = by->begin > within.begin ? chars[by->begin - 1] : U'\0';
    if (before == U'不' || before == U'未' || before == U'非') continue;
    auto ranges = charge_ranges_at(sheet, by->end, within.end);
    if (ranges.empty() || match_charge(sheet.simplified(ranges.front())).how == ChargeHow::none) continue;
    found = std::move(ranges);
    if (!last) break;
  }
  return found;
}

// The sentence, or the part of it between semicolons, that `at` lies in.
Range sentence_around(const Sheet& sheet, Range body, std::size_t at) {
  const auto chars = sheet.chars();
  const auto ends = [&](std::size_t i) { return chars[i] == U'。' || chars[i] == U';'; };
  Range sentence{at, at};
  while (sentence.begin > body.begin && at - sentence.begin < longest_statement && !ends(sentence.begin - 1))
    --sentence.begin;
  while (sentence.end < body.end && sentence.end - at < longest_statement && !ends(sentence.end)) ++sentence.end;
  return sentence;
}

// 应当以X罪追究其刑事责任; 已构成X罪，应当追究其刑事责任.
std::vector<Statement> pursued(const Sheet& sheet, Range body, const std::vector<Person>& persons) {
  constexpr std::size_t nearest = 80;  // from 以 to 追究
  const auto chars = sheet.chars();
  std::vector<Statement> statements;
  for (std::size_t from = body.begin; from < body.end;) {
    const auto pursue = find_exact(chars, {from, body.end}, U"追究");
    if (!pursue) break;
    const std::size_t floor = std::max(from, pursue->begin > nearest ? pursue->begin - nearest : 0);
    const std::size_t before = from;
    from = pursue->end;
    const auto behind = pursued_behind(sheet, {pursue->end, std::min(body.end, pursue->end + 120)}, persons);
    if (!behind) continue;
    Statement made{behind->persons, charges_behind(sheet, {floor, pursue->begin}, U"以", false), false, behind->others};
    if (made.charges.empty()) {
      const std::size_t begin = std::max(before, sentence_around(sheet, body, pursue->begin).begin);
      made.charges = charges_behind(sheet, {begin, pursue->begin}, U"构成", true);
    }
    if (made.charges.empty()) continue;
    name_who(sheet, body, pursue->begin, persons, made);
    statements.push_back(std::move(made));
  }
  return statements;
}

// 其行为已触犯《刑法》第…条之规定，涉嫌X罪 of the police, 应当以X罪定罪处罚: without the word 追究.
std::vector<Statement> offended(const Sheet& sheet, Range body, const std::vector<Person>& persons) {
  const auto chars = sheet.chars();
  std::vector<Statement> statements;
  for (std::size_t from = body.begin; from < body.end;) {
    const auto offence = find_exact(chars, {from, body.end}, U"触犯");
    if (!offence) break;
    const Range behind{offence->end, sentence_around(sheet, body, offence->end).end};
    from = std::max(behind.end, offence->end);
    Statement made;
    for (const std::u32string_view word :
         {std::u32string_view(U"构成"), std::u32string_view(U"涉嫌"), std::u32string_view(U"以")})
      if (made.charges.empty()) made.charges = charges_behind(sheet, behind, word, true);
    if (made.charges.empty()) continue;
    name_who(sheet, body, offence->begin, persons, made);
    statements.push_back(std::move(made));
  }
  return statements;
}

// Each person has a statement, and nobody two. If a line between two of them was lost, somebody has none.
bool share_out(const std::vector<Statement>& statements, std::size_t persons) {
  std::vector<int> times(persons);
  for (const Statement& s : statements)
    for (const std::size_t p : s.who)
      if (p < persons) ++times[p];
  return std::all_of(times.begin(), times.end(), [](int n) { return n == 1; });
}

}  // namespace

void add_pursued_charges(Document& document, const Sheet& sheet, Range body, const std::vector<Person>& persons) {
  std::vector<Statement> statements = pursued(sheet, body, persons);
  if (statements.empty()) statements = offended(sheet, body, persons);
  const bool sure = share_out(statements, persons.size());
  for (Statement& s : statements) {
    if (s.who.empty()) s.who.push_back(persons.size());
    for (const std::size_t p : s.who) {
      const int subject = persons.size() > 1 && p < persons.size() ? static_cast<int>(p) + 1 : 0;
      for (const Range& r : s.charges) {
        Field f = charge_field(sheet, r, match_charge(sheet.simplified(r)));
        f.subject = subject;
        if (s.doubted || (s.named_where_begun && !sure)) f.reasons.add(Reason::ambiguous);
        const bool known = std::any_of(document.fields.begin(), document.fields.end(), [&](const Field& k) {
          return k.key == "charge" && k.value == f.value && k.subject == subject;
        });
        if (!known) document.fields.push_back(std::move(f));
      }
    }
  }
}

}  // namespace kualik::documents
