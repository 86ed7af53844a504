#include "person.h"

#include <algorithm>

#include "address.h"
#include "anchors.h"
#include "ethnic.h"
#include "statements.h"
#include "values.h"

namespace kualik::documents {

namespace {

constexpr std::size_t longest_name = 20;

// Words that may follow a name without a mark between, where OCR lost the comma or the paper is a form.
constexpr std::u32string_view after_name[] = {
    U"性别",     U"曾用名", U"别名",     U"绰号",     U"又名",   U"出生",   U"民族", U"身份证",
    U"公民身份", U"涉嫌",   U"因涉嫌",   U"犯罪",     U"住址",   U"户籍",   U"年龄", U"的家属",
    U"家属",     U"证件",   U"犯有",     U"籍贯",     U"另有",   U"现在",   U"正在", U"已于",
    U"曾因",     U"经本院", U"系被告人", U"系被害人", U"系本案", U"经审查", U"现年"};

// Labels that follow a name in forms; within a line their characters may be a name's.
constexpr std::u32string_view next_label[] = {U"罪名", U"刑期", U"原判", U"案由", U"性别", U"年龄", U"刑种"};

bool begins_next_label(const Sheet& sheet, std::size_t i, std::size_t end) {
  if (sheet.folded().gap(i) == text::Gap::none || text::is_name_dot(sheet.chars()[i - 1])) return false;
  if (begins_labelled_line(sheet, i, end)) return true;
  return std::any_of(std::begin(next_label), std::end(next_label),
                     [&](std::u32string_view word) { return word_at(sheet.chars(), i, word); });
}

// 因犯X罪, 因涉嫌…, 因…被…: why something was done to the person named before it; names may hold the character.
bool states_reason(std::u32string_view chars, std::size_t i) {
  if (chars[i] != U'因') return false;
  const Range next{i + 1, std::min(chars.size(), i + 26)};
  for (const std::u32string_view word :
       {std::u32string_view(U"罪"), std::u32string_view(U"涉嫌"), std::u32string_view(U"被"),
        std::u32string_view(U"一案"), std::u32string_view(U"根据"), std::u32string_view(U"违反")})
    if (find_exact(chars, next, word)) return true;
  return false;
}

std::optional<Range> find_sex(const Sheet& sheet, Range block) {
  const auto chars = sheet.chars();
  for (std::size_t i = block.begin; i < block.end; ++i) {
    if (!is_sex(chars[i])) continue;
    const bool labelled = i >= block.begin + 2 &&
                          (word_at(chars, i - 2, U"性别") || (i >= block.begin + 3 && word_at(chars, i - 3, U"性别")));
    if (labelled || (begins_token(sheet, i, block.begin) && states_sex(sheet, i, block.end))) return Range{i, i + 1};
  }
  // The comma before it may be lost.
  for (std::size_t i = block.begin; i < std::min(block.end, block.begin + 40); ++i)
    if (is_sex(chars[i]) && states_sex(sheet, i, block.end)) return Range{i, i + 1};
  return std::nullopt;
}

std::optional<Field> read_birth(const Sheet& sheet, Range block, std::optional<Range> sex) {
  const auto chars = sheet.chars();
  // Behind a label …
  for (const std::u32string_view label :
       {std::u32string_view(U"出生日期"), std::u32string_view(U"出生年月日"), std::u32string_view(U"出生年月"),
        std::u32string_view(U"出生时间"), std::u32string_view(U"出生于"), std::u32string_view(U"生于"),
        std::u32string_view(U"生日"), std::u32string_view(U"出生")}) {
    const auto hit = find_exact(chars, block, label);
    if (!hit) continue;
    for (std::size_t i = hit->end; i < std::min(block.end, hit->end + 3); ++i) {
      if (const auto date = text::match_date(chars.substr(0, block.end), i, true))
        return date_field(sheet, "birth_date", {i, date->end}, *date);
      if (!is_clause_mark(chars[i])) break;
    }
  }
  // … or before the word.
  for (std::size_t from = block.begin; from < block.end;) {
    const auto found = text::find_date(chars, from, block.end);
    if (!found) break;
    const std::size_t end = found->match.end;
    const char32_t next = end < block.end ? chars[end] : U'\0';
    const char32_t second = end + 1 < block.end ? chars[end + 1] : U'\0';
    const bool born = next == U'生' || ((next == U'出' || is_lookalike(next, U'出')) &&
                                        (second == U'生' || is_lookalike(second, U'生')));
    if (born) return date_field(sheet, "birth_date", {found->begin, end}, found->match);
    // 男，1890年6月5日，汉族: the first date right behind the sex, alone between two commas.
    if (sex && found->begin > sex->end - 1 && found->begin <= sex->end + 1 && is_clause_mark(next)) {
      return date_field(sheet, "birth_date", {found->begin, end}, found->match);
    }
    from = end;
  }
  return std::nullopt;
}

std::optional<Field> read_ethnicity(const Sheet& sheet, Range block) {
  const auto chars = sheet.chars();
  const auto made = [&](std::size_t begin, const EthnicHit& hit) {
    const std::size_t end = hit.with_zu ? hit.end - 1 : hit.end;
    Field f = sheet.field("ethnicity", hit.value, {begin, end});
    f.reasons = hit.reasons;
    f.checkable = true;
    return f;
  };
  if (const auto label = find_exact(chars, block, U"民族")) {
    std::size_t i = label->end;
    while (i < block.end && is_clause_mark(chars[i])) ++i;
    if (const auto hit = match_ethnic(chars.substr(0, block.end), i)) return made(i, *hit);
  }
  for (std::size_t i = block.begin; i < block.end; ++i) {
    // No comma was read: 男回族, 1890年1月2日生回族, 654…0134回族.
    const char32_t before = i > block.begin ? chars[i - 1] : U'\0';
    const bool behind = is_sex(before) || before == U'生' || before == U'X' || (before >= U'0' && before <= U'9');
    if (!begins_token(sheet, i, block.begin) && !behind) continue;
    const auto hit = match_ethnic(chars.substr(0, block.end), i);
    if (hit && hit->with_zu) return made(i, *hit);
  }
  return std::nullopt;
}

// A second sex in a block is another person's, whose label was not read: what stands behind it may be his.
void doubt_run_together(const Sheet& sheet, Range block, std::optional<Range> sex, Person& person) {
  const auto chars = sheet.chars();
  std::size_t second = block.end;
  for (std::size_t i = sex ? sex->end : block.end; i < block.end && second == block.end; ++i)
    if (begins_token(sheet, i, block.begin) && states_sex(sheet, i, block.end)) second = i;
  // So is a second birth; before the sex was read, the first of them may be.
  bool born = false;
  for (std::size_t from = block.begin; from < second;) {
    const auto found = text::find_date(chars, from, second);
    if (!found) break;
    from = found->match.end;
    if (from >= block.end || (chars[from] != U'生' && !word_at(chars, from, U"出生"))) continue;
    if (born) second = found->begin;
    born = true;
  }
  if (second == block.end) return;
  // His paragraph begins before his sex: with his name.
  while (second > block.begin && chars[second - 1] != U'。') --second;
  for (std::optional<Field>* f : {&person.birth_date, &person.ethnicity, &person.id_number, &person.address}) {
    if (!*f || sheet.folded().index_at((*f)->span.begin) < second) continue;
    (*f)->reasons.add(Reason::ambiguous);
    if (!(*f)->detail.empty()) (*f)->detail += "; ";
    (*f)->detail += "two persons' paragraphs run together";
  }
}

}  // namespace

Range name_range_at(const Sheet& sheet, std::size_t begin, std::size_t limit) noexcept {
  const auto chars = sheet.chars();
  limit = std::min({limit, chars.size(), begin + longest_name + 4});
  while (begin < limit && (is_clause_mark(chars[begin]) || chars[begin] == U'.')) ++begin;
  const auto ends = [&](std::size_t i) {
    const char32_t c = chars[i];
    if (is_clause_mark(c) || c == U'、' || is_open_bracket(c) || is_close_bracket(c) || (c >= U'0' && c <= U'9'))
      return true;
    if (i == begin) return false;
    for (const auto word : after_name)
      if (word_at(chars, i, word)) return true;
    if (i < begin + 2) return false;
    if (c == U'犯') return true;  // 罪犯甲犯X罪一案: no name has it
    if (word_at(chars, i, U"一案") || word_at(chars, i, U"等人")) return true;
    if (begins_next_label(sheet, i, chars.size())) return true;
    // 于2019年1月15日 behind the name.
    return states_reason(chars, i) || (c == U'于' && text::match_date(chars, i + 1, true).has_value());
  };
  std::size_t end = begin;
  while (end < limit && !ends(end)) ++end;
  // A dot read as a colon or a comma parts no name from what follows if two halves of a name stand around it:
  // 努尔兰:巴合提，男.
  if (end + 2 < limit && end > begin + 1 && (chars[end] == U':' || chars[end] == U'\'' || chars[end] == U'`') &&
      text::is_han(chars[end + 1]) && !states_sex(sheet, end + 1, limit)) {
    std::size_t next = end + 1;
    while (next < limit && !ends(next)) ++next;
    if (next < limit && next > end + 2 && chars[next] == U',') return {begin, next};
  }
  // The comma between name and sex may be lost: 努尔兰·巴合提男，1890年….
  if (end == limit || end - begin > 6) {
    for (std::size_t i = begin + 2; i < end; ++i)
      if (states_sex(sheet, i, limit) && i + 1 < limit && i + 1 < end + 1) return {begin, i};
  }
  // 马学明男回族1883年: no comma was read at all.
  for (std::size_t i = begin + 2; i < end; ++i)
    if (is_sex(chars[i]) && goes_on_behind_sex(chars, i + 1)) return {begin, i};
  // 马新静·，女: a speck before the comma, or a second part that was not read.
  while (end > begin + 1 && text::is_name_dot(chars[end - 1])) --end;
  return {begin, end};
}

Person read_person(const Sheet& sheet, Range block, std::size_t name_begin, std::string_view name_key,
                   const ParseOptions& options) {
  Person person;
  person.block = block;
  person.name_range = name_range_at(sheet, name_begin, block.end);
  const auto chars = sheet.chars();
  // A colon within the name: the dot as OCR gives it.
  person.name = name_field(sheet, name_key, person.name_range);
  if (person.name) {
    if (person.name_range.end < block.end && text::is_name_dot(chars[person.name_range.end])) {
      person.name->reasons.add(Reason::ambiguous);
      if (!person.name->detail.empty()) person.name->detail += "; ";
      person.name->detail += "a dot behind it";
    }
    for (std::size_t i = person.name_range.begin; i < person.name_range.end; ++i) {
      if (chars[i] == U':' || chars[i] == U'\'' || chars[i] == U'`') {
        std::string left = sheet.printed({person.name_range.begin, i});
        person.name->value = left + "·" + sheet.printed({i + 1, person.name_range.end});
        person.name->reasons.remove(Reason::normalised);
        person.name->reasons.add(Reason::repaired);
      }
    }
  }
  const Range rest{std::min(person.name_range.end, block.end), block.end};
  const auto sex = find_sex(sheet, rest);
  // 马正林男，回族: no comma was read before the sex. A name may end in 男 or 女, so that it is doubted.
  if (!sex && person.name && person.name_range.size() >= 3 && is_sex(chars[person.name_range.end - 1]) &&
      person.name_range.end < block.end) {
    person.name_range.end -= 1;
    person.name = name_field(sheet, name_key, person.name_range);
    if (person.name) person.name->reasons.add(Reason::ambiguous);
    person.sex = sheet.field("sex", chars[person.name_range.end] == U'男' ? "M" : "F",
                             {person.name_range.end, person.name_range.end + 1});
    person.sex->reasons.add(Reason::ambiguous);
    person.sex->checkable = true;
    person.birth_date = read_birth(sheet, rest, std::nullopt);
  } else if (sex) {
    person.sex = sheet.field("sex", chars[sex->begin] == U'男' ? "M" : "F", *sex);
    person.sex->checkable = true;
    person.birth_date = read_birth(sheet, rest, sex);
  } else {
    person.birth_date = read_birth(sheet, rest, std::nullopt);
  }
  person.ethnicity = read_ethnicity(sheet, rest);
  person.id_number = find_resident_number(sheet, rest, options);
  person.address = read_address(sheet, rest);
  doubt_run_together(sheet, rest, sex, person);
  return person;
}

std::optional<Range> name_before_sex(const Sheet& sheet, Range range) noexcept {
  const auto chars = sheet.chars();
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (sheet.folded().gap(i) == text::Gap::none || !text::is_han(chars[i])) continue;
    std::size_t end = i;
    while (end < range.end && end < i + longest_name && is_of_name(chars, end)) ++end;
    if (end - i >= 2 && end + 1 < range.end && chars[end] == U',' && states_sex(sheet, end + 1, range.end))
      return Range{i, end};
  }
  return std::nullopt;
}

void add_person(Document& document, Person person, int subject) {
  for (std::optional<Field>* f :
       {&person.name, &person.sex, &person.birth_date, &person.ethnicity, &person.id_number, &person.address}) {
    if (!*f) continue;
    (*f)->subject = subject;
    document.fields.push_back(std::move(**f));
  }
}

}  // namespace kualik::documents
