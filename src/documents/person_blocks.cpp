// The blocks that introduce persons: 被告人X，男，… to the next such label, the defence counsel or the end of the
// header.

#include <algorithm>

#include "address.h"
#include "anchors.h"
#include "named.h"
#include "person.h"

namespace kualik::documents {

namespace {

struct PersonLabel {
  std::u32string_view word;
  bool accused;  // the name's key is `defendant`
};
constexpr PersonLabel labels[] = {{U"原审被告人", true},
                                  {U"上诉人", true},
                                  {U"被告人", true},
                                  {U"罪犯", false},
                                  {U"申诉人", false},
                                  {U"被申请人", false},
                                  {U"犯罪嫌疑人", false},
                                  {U"嫌疑人", false},
                                  {U"违法行为人", false},
                                  {U"被处罚人", false},
                                  {U"被不起诉人", false},
                                  {U"被拘留人", false},
                                  {U"被行政处罚人", false},
                                  {U"被强制隔离戒毒人员", false},
                                  {U"被强制隔离戒毒人", false},
                                  {U"被决定人", false},
                                  {U"被执行人", false},
                                  {U"被逮捕人", false},
                                  {U"被释放人", false},
                                  {U"被取保候审人", false},
                                  {U"被监视居住人", false},
                                  {U"被收容教育人员", false},
                                  {U"受处罚人", false},
                                  {U"服刑人员", false},
                                  {U"社区矫正对象", false},
                                  {U"被劳动教养人员", false},
                                  {U"被劳动教养人", false}};
constexpr std::u32string_view block_ends[] = {U"辩护人",     U"指定辩护人", U"委托辩护人",   U"翻译人员", U"翻译人",
                                              U"诉讼代理人", U"法定代理人", U"附带民事诉讼", U"被害人",   U"原公诉机关",
                                              U"公诉机关",   U"现查明",     U"经查明",       U"本案由",   U"以上事实"};

// Lines that were run together have a blank left where they were parted.
bool begins_statement(const Sheet& sheet, std::size_t i, std::size_t begin) {
  if (i == begin || sheet.folded().gap(i) != text::Gap::none) return true;
  const char32_t before = sheet.chars()[i - 1];
  return before == U'。' || before == U';' || is_close_bracket(before) || before == U'.';
}

struct Anchor {
  std::size_t begin;  // of the label
  std::size_t name;   // of the name
  bool accused;
};

// 被告人（自报姓名）X, 上诉人（原审被告人）X, 被告人：X
std::size_t skip_to_name(const Sheet& sheet, std::size_t name, std::size_t end) {
  const auto chars = sheet.chars();
  while (name < end) {
    if (is_open_bracket(chars[name]) && word_at(chars, name + 1, U"原审被告人")) {
      name += 6;
      if (name < end && is_close_bracket(chars[name])) ++name;
    } else if (is_open_bracket(chars[name])) {
      std::size_t close = name;
      const std::size_t stop = std::min(end, name + 14);
      while (close < stop && !is_close_bracket(chars[close])) ++close;
      if (close >= stop) break;
      name = close + 1;
    } else if (is_clause_mark(chars[name])) {
      ++name;
    } else if (const auto again = label_at(chars.substr(0, end), name, U"原审被告人", 2)) {
      name = again->range.end;
      if (name < end && is_close_bracket(chars[name])) ++name;
    } else if (word_at(chars, name, U"自报")) {
      name += 2;  // its brackets were not read, or one of them
      if (name < end && is_close_bracket(chars[name])) ++name;
    } else if (label_at(chars, name, U"姓名", 1)) {
      name += 2;
      // 违法行为人姓名或者单位名称: of the printed form.
      for (const std::u32string_view other : {std::u32string_view(U"或者单位名称"), std::u32string_view(U"或单位名称"),
                                              std::u32string_view(U"或者名称"), std::u32string_view(U"或名称")})
        if (word_at(chars, name, other)) name += other.size();
    } else {
      break;
    }
  }
  return name;
}

// 第一被告人: behind the count.
std::size_t behind_ordinal(std::u32string_view chars, std::size_t i) {
  if (chars[i] != U'第') return i;
  std::size_t end = i + 1;
  while (end < chars.size() && end < i + 4 &&
         std::u32string_view(U"一二三四五六七八九十").find(chars[end]) != std::u32string_view::npos)
    ++end;
  return end > i + 1 && word_at(chars, end, U"被告人") ? end : i;
}

std::vector<Anchor> find_anchors(const Sheet& sheet, Range header) {
  std::vector<Anchor> anchors;
  const auto chars = sheet.chars();
  for (std::size_t i = header.begin; i < header.end; ++i) {
    if (!begins_statement(sheet, i, header.begin)) continue;
    const std::size_t at = behind_ordinal(chars, i);
    std::optional<LabelHit> best;
    bool accused = false;
    for (const PersonLabel& label : labels) {
      const auto hit =
          label_at(chars.substr(0, header.end), at, label.word, std::min(2, label_budget(label.word.size())));
      if (hit &&
          (!best || hit->cost < best->cost || (hit->cost == best->cost && hit->range.size() > best->range.size()))) {
        best = hit;
        accused = label.accused;
      }
    }
    if (!best) continue;
    const std::size_t name = skip_to_name(sheet, best->range.end, header.end);
    if (name >= header.end) continue;
    anchors.push_back({i, name, accused});
    i = name;
  }
  return anchors;
}

std::size_t block_end(const Sheet& sheet, std::size_t from, std::size_t limit) {
  const auto chars = sheet.chars();
  limit = std::min(limit, from + 700);
  for (std::size_t i = from; i < limit; ++i) {
    if (!begins_statement(sheet, i, from)) continue;
    for (const auto word : block_ends)
      if (word_at(chars, i, word)) return i;
  }
  return limit;
}

// 住址同上: the address of the person above, or of the one who is named there. It does not stand in this block, and a
// block between the two may be lost, so that it is doubted.
std::optional<Field> address_elsewhere(const Sheet& sheet, Range block, const std::vector<Person>& persons,
                                       std::size_t above) {
  const auto said = read_address_elsewhere(sheet, block);
  if (!said) return std::nullopt;
  if (!said->above) {
    const auto named = persons_named_in(sheet, said->words, persons);
    above = named.size() == 1 ? named.front() : nobody;
  }
  if (above == nobody) return std::nullopt;
  auto there = read_address(sheet, persons[above].block, said->which);
  if (!there) there = persons[above].address;
  if (!there) return std::nullopt;
  Field f = sheet.field("address", there->value, said->words);
  f.reasons = there->reasons;
  f.reasons.add(Reason::ambiguous);
  f.detail = "said to be that of another person in the paper";
  return f;
}

}  // namespace

std::size_t behind_person_title(std::u32string_view chars, std::size_t pos) noexcept {
  std::size_t from = pos;
  for (const std::u32string_view here :
       {std::u32string_view(U"我狱"), std::u32string_view(U"我监"), std::u32string_view(U"我所"),
        std::u32string_view(U"本狱"), std::u32string_view(U"本监"), std::u32string_view(U"本所")})
    if (word_at(chars, from, here)) {
      from += here.size();
      break;
    }
  std::size_t longest = 0;
  for (const PersonLabel& label : labels)
    if (label.word.size() > longest && word_at(chars, from, label.word)) longest = label.word.size();
  return longest > 0 ? from + longest : pos;
}

std::vector<Person> read_person_blocks(const Sheet& sheet, Range header, const ParseOptions& options,
                                       std::string_view other_key) {
  std::vector<Person> persons;
  const auto anchors = find_anchors(sheet, header);
  std::size_t above = nobody;  // whose block is the one before
  for (std::size_t k = 0; k < anchors.size() && persons.size() < 40; ++k) {
    const std::size_t limit = k + 1 < anchors.size() ? anchors[k + 1].begin : header.end;
    const Range block{anchors[k].name, block_end(sheet, anchors[k].name, limit)};
    Person person = read_person(sheet, block, anchors[k].name, anchors[k].accused ? "defendant" : other_key, options);
    if (!person.address) person.address = address_elsewhere(sheet, block, persons, above);
    above = nobody;
    if (!person.name || person.parts() < 2) continue;
    const bool again = std::any_of(persons.begin(), persons.end(),
                                   [&](const Person& p) { return p.name->value == person.name->value; });
    if (again) continue;
    above = persons.size();
    persons.push_back(std::move(person));
  }
  return persons;
}

}  // namespace kualik::documents
