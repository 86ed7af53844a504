#include "custody.h"

#include <algorithm>

#include "anchors.h"
#include "convictions.h"
#include "person.h"
#include "statements.h"
#include "values.h"

namespace kualik::documents {

namespace {

// 因涉嫌故意伤害，…: a charge of the table without its 罪.
std::vector<Range> bare_charge_at(const Sheet& sheet, std::size_t begin, std::size_t limit) {
  const auto chars = sheet.chars();
  limit = std::min(limit, begin + 32);
  std::size_t end = begin;
  while (end < limit && (text::is_han(chars[end]) || chars[end] == U'、') && !word_at(chars, end, U"犯罪") &&
         chars[end] != U'案' && !word_at(chars, end, U"一案") && chars[end] != U'被' && chars[end] != U'的')
    ++end;
  if (end < begin + 2) return {};
  const auto known = [&](Range r) {
    const ChargeHow how = match_charge(sheet.simplified(r)).how;
    return how != ChargeHow::none && how != ChargeHow::fuzzy;
  };
  // 宣扬恐怖主义,极端主义物品一案: the mark between two parts of one charge, misread for a comma.
  if (end < limit && chars[end] == U',') {
    std::size_t more = end + 1;
    while (more < limit && text::is_han(chars[more]) && chars[more] != U'案' && !word_at(chars, more, U"一案")) ++more;
    if (known({begin, more})) end = more;
  }
  if (!known({begin, end})) return {};
  return {Range{begin, end}};
}

constexpr std::u32string_view relations[] = {U"丈夫", U"妻子", U"儿子", U"女儿", U"父亲", U"母亲", U"哥哥", U"弟弟",
                                             U"姐姐", U"妹妹", U"亲属", U"家属", U"配偶", U"爱人", U"孙子", U"孙女",
                                             U"亲人", U"子",   U"女",   U"父",   U"母",   U"兄",   U"弟",   U"妻"};

// Behind 的丈夫, 之子 or 儿子 at `at`; 0 if no relation stands there.
std::size_t behind_relation(std::u32string_view chars, std::size_t at) {
  if (at < chars.size() && (chars[at] == U'的' || chars[at] == U'之')) ++at;
  std::size_t relation = 0;
  for (const std::u32string_view word : relations)
    if (word.size() > relation && word_at(chars, at, word)) relation = word.size();
  return relation == 0 ? 0 : at + relation;
}

}  // namespace

Suspect read_suspect(const Sheet& sheet, Range range) {
  Suspect suspect;
  const auto chars = sheet.chars();
  for (const std::u32string_view word :
       {std::u32string_view(U"涉嫌"), std::u32string_view(U"涉及"), std::u32string_view(U"正在侦查")}) {
    for (std::size_t from = range.begin; from < range.end && suspect.charges.empty();) {
      const auto hit = find_label(chars, {from, range.end}, word);
      if (!hit) break;
      from = hit->range.end;
      if (word != U"正在侦查") suspect.charges = charge_ranges_at(sheet, hit->range.end, range.end);
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
  // 对涉嫌X罪的你儿子NAME: the paper speaks to a relative.
  if (word_at(chars, begin, U"你") || word_at(chars, begin, U"您"))
    begin = std::max(begin, behind_relation(chars, begin + 1));
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
      stop =
          stop || (end > begin && (word_at(chars, end, word) || (word.size() == 4 && label_at(chars, end, word, 2)) ||
                                   ((word == U"执行" || word == U"逮捕") && label_at(chars, end, word, 1))));
    if (stop) break;
  }
  if (end == limit) return suspect;
  suspect.name_range = {begin, end};
  suspect.name = name_field(sheet, "name", suspect.name_range);
  return suspect;
}

namespace {

// 对X指定居所监视居住, 对X取保候审: between 对 and what is done.
std::optional<Range> name_before_measure(const Sheet& sheet, Range range) {
  constexpr std::u32string_view nobody = U"其该你您本上此被他她";  // 对其, 对该人, 对本人
  constexpr std::size_t longest = 18;
  const auto chars = sheet.chars();
  for (std::size_t i = range.begin; i + 3 < range.end; ++i) {
    if (chars[i] != U'对') continue;
    const std::size_t begin = behind_person_title(chars, i + 1);
    if (begin >= range.end || nobody.find(chars[begin]) != std::u32string_view::npos) continue;
    for (std::size_t end = begin; end < std::min(range.end, begin + longest); ++end) {
      bool measure = false;
      for (const std::u32string_view word :
           {std::u32string_view(U"指定居所"), std::u32string_view(U"监视居住"), std::u32string_view(U"取保候审"),
            std::u32string_view(U"刑事拘留"), std::u32string_view(U"执行逮捕"), std::u32string_view(U"执行拘留"),
            std::u32string_view(U"采取"), std::u32string_view(U"予以释放")})
        measure = measure || word_at(chars, end, word);
      if (measure && end >= begin + 2) return Range{begin, end};
      if (measure || !is_of_name(chars, end)) break;
    }
  }
  return std::nullopt;
}

}  // namespace

// A name behind one of the words that introduce it, or before 家属 in the line of the recipient.
std::optional<Range> plain_name(const Sheet& sheet, Range range) {
  const auto chars = sheet.chars();
  for (const std::u32string_view word :
       {std::u32string_view(U"姓名"), std::u32string_view(U"兹有"), std::u32string_view(U"兹证明"),
        std::u32string_view(U"罪犯"), std::u32string_view(U"查明"), std::u32string_view(U"犯罪嫌疑人"),
        std::u32string_view(U"违法行为人"), std::u32string_view(U"学员"), std::u32string_view(U"被告人")}) {
    const auto hit = find_label(chars, range, word);
    if (!hit) continue;
    Range r = name_range_at(sheet, hit->range.end, range.end);
    r.begin = behind_person_title(chars, r.begin);
    if (const auto again = label_at(chars, r.begin, U"姓名", 1)) r = name_range_at(sheet, again->range.end, range.end);
    if (name_field(sheet, "name", r) && r.size() >= 2 && r.size() <= 16) return r;
  }
  // 努尔兰·巴合提：你犯…罪: the paper speaks to the convict.
  if (const auto you = find_exact(chars, range, U"你犯"); you && you->begin > range.begin + 2) {
    std::size_t end = you->begin;
    while (end > range.begin && is_clause_mark(chars[end - 1])) --end;
    std::size_t begin = end;
    while (begin > range.begin && is_of_name(chars, begin - 1)) {
      --begin;
      if (sheet.folded().gap(begin) != text::Gap::none) break;
    }
    if (end < you->begin && sheet.folded().gap(begin) != text::Gap::none && name_field(sheet, "name", {begin, end}))
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
    const std::size_t name = behind_relation(chars, you->end);
    if (name == 0) continue;
    const Range r = name_range_at(sheet, name, range.end);
    if (r.size() >= 2 && r.size() <= 16 && name_field(sheet, "name", r)) return r;
  }
  if (const auto family = find_exact(chars, range, U"家属")) {
    std::size_t begin = family->begin;
    if (begin > range.begin && chars[begin - 1] == U'的') --begin;
    const std::size_t end = begin;
    while (begin > range.begin && is_of_name(chars, begin - 1)) {
      --begin;
      if (sheet.folded().starts_line(begin)) break;
    }
    if (end - begin >= 2 && end - begin <= 16 && sheet.folded().starts_line(begin) &&
        name_field(sheet, "name", {begin, end}))
      return Range{begin, end};
  }
  if (const auto name = name_before_sex(sheet, range)) return name;
  return name_before_measure(sheet, range);
}

void add_custody_place(Document& document, const Sheet& sheet, Range range) {
  const auto chars = sheet.chars();
  // Behind a label of a form …
  for (const std::u32string_view label :
       {std::u32string_view(U"戒毒场所名称"), std::u32string_view(U"戒毒所名称"), std::u32string_view(U"戒毒场所"),
        std::u32string_view(U"场所名称"), std::u32string_view(U"羁押场所"), std::u32string_view(U"羁押处所"),
        std::u32string_view(U"羁押地点"), std::u32string_view(U"关押地点"), std::u32string_view(U"执行场所"),
        std::u32string_view(U"服刑监狱")}) {
    const auto hit = find_exact(chars, range, label);
    if (!hit) continue;
    std::size_t begin = hit->end;
    while (begin < range.end && is_clause_mark(chars[begin])) ++begin;
    constexpr std::size_t longest_place = 30;
    std::size_t end = begin;
    std::size_t line_end = range.end;
    for (; end < range.end && end < begin + longest_place && text::is_han(chars[end]); ++end)
      if (end > begin && sheet.folded().starts_line(end)) line_end = std::min(line_end, end);
    // Lines that were run together go on behind the place, and it goes on in the next line.
    std::size_t place_end = 0;
    for (const std::u32string_view ending : {std::u32string_view(U"看守所"), std::u32string_view(U"拘留所"),
                                             std::u32string_view(U"监狱"), std::u32string_view(U"戒毒所")})
      if (const auto place = find_exact(chars, {begin, end}, ending)) place_end = std::max(place_end, place->end);
    end = place_end > 0 ? place_end : std::min(end, line_end);
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

}  // namespace kualik::documents
