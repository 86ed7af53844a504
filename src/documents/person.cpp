#include "person.h"

#include <algorithm>

#include "anchors.h"
#include "ethnic.h"
#include "values.h"

namespace kualik::documents {

namespace {

constexpr std::size_t longest_name = 20;
constexpr std::size_t longest_address = 70;

bool is_sex(char32_t c) noexcept { return c == U'男' || c == U'女'; }

// Words that may follow a name without a mark between, where OCR lost the comma or the paper is a form.
constexpr std::u32string_view after_name[] = {U"性别",   U"曾用名",   U"别名", U"绰号",   U"又名", U"出生", U"民族",
                                              U"身份证", U"公民身份", U"涉嫌", U"因涉嫌", U"犯罪", U"住址", U"户籍",
                                              U"年龄",   U"的家属",   U"家属", U"证件",   U"犯有", U"籍贯", U"另有",
                                              U"现在",   U"正在",     U"已于", U"曾因"};

// A line of a form begins here: a few characters and a colon.
bool begins_labelled_line(const Sheet& sheet, std::size_t i, std::size_t end) {
  if (!sheet.folded().starts_line(i)) return false;
  const auto chars = sheet.chars();
  const std::size_t stop = std::min(end, i + 12);
  for (std::size_t k = i; k < stop; ++k) {
    if (chars[k] == U':') return k >= i + 2;
    if (!text::is_han(chars[k]) || (k > i && sheet.folded().starts_line(k))) return false;
  }
  return false;
}

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
  for (const std::u32string_view word : {std::u32string_view(U"罪"), std::u32string_view(U"涉嫌"),
                                         std::u32string_view(U"被"), std::u32string_view(U"一案")})
    if (find_exact(chars, next, word)) return true;
  return false;
}

// 男 or 女 as the statement of a sex: not in a name, nor in 女儿, 男子.
bool states_sex(const Sheet& sheet, std::size_t i, std::size_t end) {
  const auto chars = sheet.chars();
  if (!is_sex(chars[i])) return false;
  if (i + 1 >= end) return true;
  const char32_t next = chars[i + 1];
  if (is_clause_mark(next) || next == U'、' || next == U'.' || is_close_bracket(next) ||
      sheet.folded().ends_line(i + 1))
    return true;
  if (word_at(chars, i + 1, U"性别") || word_at(chars, i + 1, U"民族") || word_at(chars, i + 1, U"出生") ||
      word_at(chars, i + 1, U"生于"))
    return true;
  if (text::match_date(chars, i + 1, true)) return true;
  const auto ethnic = match_ethnic(chars, i + 1);
  return (ethnic && ethnic->with_zu) || (next == U'性' && i + 2 < end && is_clause_mark(chars[i + 2]));
}

bool begins_token(const Sheet& sheet, std::size_t i, std::size_t begin) {
  if (i == begin || sheet.folded().gap(i) != text::Gap::none) return true;
  const char32_t before = sheet.chars()[i - 1];
  return is_clause_mark(before) || before == U'、' || before == U'.' || is_open_bracket(before) ||
         is_close_bracket(before);
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
    const bool after_sex = i > block.begin && is_sex(chars[i - 1]);
    if (!begins_token(sheet, i, block.begin) && !after_sex) continue;
    const auto hit = match_ethnic(chars.substr(0, block.end), i);
    if (hit && hit->with_zu) return made(i, *hit);
  }
  return std::nullopt;
}

constexpr std::u32string_view address_labels[] = {
    U"常住户口所在地", U"户籍所在地", U"户口所在地", U"户籍地址", U"户籍住址", U"户籍地",     U"户籍",
    U"家庭住址",       U"家庭地址",   U"现住址",     U"现住地",   U"住所地",   U"经常居住地", U"居住地",
    U"住址",           U"住所",       U"捕前住",     U"现住",     U"家住",     U"原住",       U"住"};

// Words that begin the next statement where an address ends without a mark.
constexpr std::u32string_view after_address[] = {
    U"公民身份", U"身份证", U"现住址",   U"现住", U"工作单位", U"职业", U"文化程度", U"联系", U"因涉嫌",   U"因犯",
    U"因本案",   U"户籍",   U"违法经历", U"民族", U"出生",     U"性别", U"姓名",     U"原判", U"罪名",     U"案由",
    U"刑期",     U"单位",   U"涉嫌",     U"电话", U"同户籍",   U"证件", U"刑事拘留", U"依法", U"执行逮捕", U"予以"};

// Where an address stops that runs into the name of a procuratorate or court, its full stop lost: behind the last part
// of an address before that name; `end` where none is named.
std::size_t before_authority(std::u32string_view chars, Range address) {
  constexpr std::u32string_view authorities[] = {U"人民检察院", U"人民法院"};
  constexpr std::u32string_view last_parts = U"号室户组队栋村社路街镇乡";
  for (std::size_t at = address.begin + 1; at < address.end; ++at) {
    for (const std::u32string_view authority : authorities) {
      if (!word_at(chars, at, authority)) continue;
      for (std::size_t k = at; k > address.begin + 2; --k)
        if (last_parts.find(chars[k - 1]) != std::u32string_view::npos) return k;
      return address.end;
    }
  }
  return address.end;
}

// 户籍地、住所地均为…, 户籍所在地及住址：…: behind the labels that share an address.
std::size_t behind_joined_labels(std::u32string_view chars, std::size_t i, std::size_t end) {
  while (i + 1 < end && (chars[i] == U'、' || chars[i] == U'及' || chars[i] == U'和' || chars[i] == U'与')) {
    std::size_t longest = 0;
    for (const std::u32string_view label : address_labels)
      if (label.size() > longest && word_at(chars, i + 1, label)) longest = label.size();
    if (longest == 0) break;
    i += 1 + longest;
  }
  return i;
}

std::optional<Field> read_address(const Sheet& sheet, Range block) {
  const auto chars = sheet.chars();
  for (const std::u32string_view label : address_labels) {
    for (std::size_t from = block.begin; from < block.end;) {
      std::optional<Range> hit = find_exact(chars, {from, block.end}, label);
      if (!hit && label.size() >= 5 && from == block.begin)
        if (const auto bent = find_label(chars, block, label)) hit = bent->range;
      if (!hit) break;
      from = hit->end;
      if (label.size() <= 2 && !begins_token(sheet, hit->begin, block.begin)) continue;
      if (label == U"住" && (word_at(chars, hit->end, U"址") || word_at(chars, hit->end, U"所"))) continue;
      std::size_t i = behind_joined_labels(chars, hit->end, block.end);
      while (i < block.end && (is_clause_mark(chars[i]) || chars[i] == U'均' || chars[i] == U'为' ||
                               chars[i] == U'是' || chars[i] == U'系' || is_close_bracket(chars[i])))
        ++i;
      if (i < block.end && (chars[i] == U'于' || chars[i] == U'在')) ++i;
      std::size_t end = i;
      const std::size_t limit = std::min(block.end, i + longest_address);
      for (; end < limit; ++end) {
        const char32_t c = chars[end];
        if (is_clause_mark(c) || is_open_bracket(c) || is_close_bracket(c) ||
            (c == U'.' && end > i && text::is_han(chars[end - 1])))
          break;
        bool stop = false;
        for (const auto word : after_address) stop = stop || (end > i && word_at(chars, end, word));
        stop = stop || (end > i && begins_labelled_line(sheet, end, block.end));
        if (stop) break;
      }
      Range r = trim(sheet, {i, before_authority(chars, {i, end})});
      // 同上, 不详, 无 say that there is none, and so does another label (住户籍地).
      const bool label_again =
          std::find(std::begin(address_labels), std::end(address_labels), sheet.view(r)) != std::end(address_labels);
      if (r.size() < 3 || label_again || word_at(chars, r.begin, U"同上") || word_at(chars, r.begin, U"同户籍") ||
          word_at(chars, r.begin, U"不详") || find_exact(chars, {r.begin, std::min(r.end, r.begin + 5)}, U"在地"))
        continue;
      // A full stop in the middle of its square is read as a dot.
      while (r.size() > 1 && text::is_name_dot(chars[r.end - 1])) --r.end;
      return sheet.field("address", sheet.printed(r), r);
    }
  }
  return std::nullopt;
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
  return person;
}

std::optional<Range> name_before_sex(const Sheet& sheet, Range range) noexcept {
  const auto chars = sheet.chars();
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (!sheet.folded().starts_line(i) || !text::is_han(chars[i])) continue;
    std::size_t end = i;
    while (end < range.end && end < i + longest_name && (text::is_han(chars[end]) || text::is_name_dot(chars[end])))
      ++end;
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
