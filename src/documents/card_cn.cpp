// The two sides of the PRC resident card, from lines in any order: labels are looked for in each line, values stand
// behind them.

#include <algorithm>
#include <array>
#include <optional>

#include "anchors.h"
#include "ethnic.h"
#include "kinds.h"
#include "kualik/text/numerals.h"
#include "values.h"

namespace kualik::documents {

namespace {

enum Label : std::size_t { name_label, sex_label, ethnic_label, birth_label, address_label, number_label, label_count };

constexpr std::size_t printed_date_length = 10;  // 2006.09.26
constexpr std::array<std::u32string_view, label_count> labels = {U"姓名", U"性别", U"民族",
                                                                 U"出生", U"住址", U"公民身份号码"};
// What else the number is called on copies and older cards.
constexpr std::u32string_view number_names[] = {U"公民身份证号码", U"居民身份证号码", U"身份证号码", U"身份号码",
                                                U"编号"};

struct Anchors {
  std::array<std::optional<LabelHit>, label_count> hits{};
  int count() const noexcept {
    int n = 0;
    for (const auto& h : hits) n += h.has_value() ? 1 : 0;
    return n;
  }
};

Anchors find_anchors(const Sheet& sheet, Range range) {
  Anchors found;
  const auto chars = sheet.chars();
  for (std::size_t l = 0; l < label_count; ++l) {
    found.hits[l] = find_label(chars, range, labels[l]);
    // A bent label of two characters is believed at the beginning of a line or behind a gap only.
    auto& hit = found.hits[l];
    if (hit && hit->cost > 0 && labels[l].size() == 2 && sheet.folded().gap(hit->range.begin) == text::Gap::none) {
      const bool behind_sex = l == ethnic_label && hit->range.begin > range.begin &&
                              (chars[hit->range.begin - 1] == U'男' || chars[hit->range.begin - 1] == U'女');
      if (!behind_sex) hit.reset();
    }
  }
  if (!found.hits[number_label]) {
    for (const auto other : number_names) {
      if (const auto exact = find_exact(chars, range, other)) {
        found.hits[number_label] = LabelHit{*exact, 0};
        break;
      }
    }
  }
  return found;
}

// From behind the label to the next label, the end of the line, or (with `lines`) over lines that hold no label.
Range value_behind(const Sheet& sheet, Range range, const Anchors& anchors, Label label, bool lines) {
  const std::size_t begin = anchors.hits[label]->range.end;
  std::size_t end = range.end;
  for (const auto& h : anchors.hits)
    if (h && h->range.begin >= begin) end = std::min(end, h->range.begin);
  if (!lines) {
    // The first line that has anything: the value may stand below its label.
    std::size_t stop = begin;
    while (stop < end && (stop == begin || !sheet.folded().starts_line(stop))) ++stop;
    end = stop;
  }
  return trim(sheet, {begin, end});
}

bool has_arabic_script(const Sheet& sheet, std::size_t i) {
  const char32_t c = sheet.folded()[i];
  return (c >= 0x0600 && c <= 0x06FF) || (c >= 0xFB50 && c <= 0xFEFF && !(c >= 0xFE10 && c <= 0xFE6F));
}

// 1890年6月5日, or the three numbers alone where the blue units were lost.
std::optional<Field> read_birth(const Sheet& sheet, Range value) {
  const auto chars = sheet.chars();
  if (const auto found = text::find_date(chars, value.begin, value.end)) {
    return date_field(sheet, "birth_date", {found->begin, found->match.end}, found->match);
  }
  int parts[3] = {0, 0, 0};
  std::size_t n = 0;
  std::size_t begin = value.begin;
  std::size_t end = value.begin;
  for (std::size_t i = value.begin; i < value.end && n < 3;) {
    if (chars[i] < U'0' || chars[i] > U'9') {
      ++i;
      continue;
    }
    std::size_t stop = i;
    int number = 0;
    while (stop < value.end && chars[stop] >= U'0' && chars[stop] <= U'9' &&
           (stop == i || sheet.folded().gap(stop) == text::Gap::none) && stop - i < 4) {
      number = number * 10 + static_cast<int>(chars[stop++] - U'0');
    }
    if (n == 0) begin = i;
    if (n == 0 && stop - i != 4) return std::nullopt;
    parts[n++] = number;
    end = stop;
    i = stop;
  }
  if (n != 3 || parts[1] > 12 || parts[1] == 0 || parts[2] == 0 || parts[2] > 31) return std::nullopt;
  text::DateMatch match;
  match.reading.date = {parts[0], parts[1], parts[2]};
  match.reasons.add(Reason::repaired);
  if (!match.reading.date.valid()) match.reasons.add(Reason::bad_date);
  Field f = date_field(sheet, "birth_date", {begin, end}, match);
  f.detail = "year, month and day told apart by the gaps between them";
  return f;
}

std::optional<Field> read_address(const Sheet& sheet, Range value) {
  // Lines of a minority script between the Chinese ones are not part of the Chinese address.
  std::string text;
  std::size_t end = value.begin;
  std::size_t begin = value.end;
  for (std::size_t i = value.begin; i < value.end; ++i) {
    if (has_arabic_script(sheet, i)) continue;
    text += sheet.printed({i, i + 1});
    begin = std::min(begin, i);
    end = i + 1;
  }
  if (text.empty()) return std::nullopt;
  return sheet.field("address", text, {begin, end});
}

}  // namespace

Document read_cn_id_portrait(const Sheet& sheet, Range range, const ParseOptions& options) {
  Document document = begin_document(sheet, range, Kind::cn_id_portrait);
  const auto chars = sheet.chars();
  Anchors anchors = find_anchors(sheet, range);
  std::optional<Field> number = find_resident_number(sheet, range, options);
  // The number's own place ends a value as its label would.
  if (number && !anchors.hits[number_label]) {
    const std::size_t at = sheet.folded().index_at(number->span.begin);
    anchors.hits[number_label] = LabelHit{{at, at}, 2};
  }
  int values = 0;
  const auto add = [&](std::optional<Field> f) {
    if (!f) return;
    document.fields.push_back(std::move(*f));
    ++values;
  };
  if (anchors.hits[name_label]) {
    Range value = value_behind(sheet, range, anchors, name_label, false);
    // A dot at the end of the line: the father's name stands on the next.
    const Range all = value_behind(sheet, range, anchors, name_label, true);
    if (!value.empty() && value.end < all.end && text::is_name_dot(chars[value.end - 1])) value = all;
    std::size_t begin = value.begin;
    while (begin < value.end && has_arabic_script(sheet, begin)) ++begin;
    add(name_field(sheet, "name", {begin, value.end}));
  }
  if (anchors.hits[sex_label] || anchors.hits[ethnic_label]) {
    const std::size_t from = anchors.hits[sex_label]
                                 ? anchors.hits[sex_label]->range.end
                                 : anchors.hits[ethnic_label]->range.begin -
                                       std::min<std::size_t>(2, anchors.hits[ethnic_label]->range.begin - range.begin);
    for (std::size_t i = from; i < std::min(range.end, from + 4); ++i) {
      if (chars[i] != U'男' && chars[i] != U'女') continue;
      Field f = sheet.field("sex", chars[i] == U'男' ? "M" : "F", {i, i + 1});
      f.checkable = true;
      add(std::move(f));
      break;
    }
  }
  if (anchors.hits[ethnic_label]) {
    const Range value = value_behind(sheet, range, anchors, ethnic_label, false);
    if (!value.empty()) {
      const auto hit = match_ethnic(chars.substr(0, value.end), value.begin);
      const bool whole = hit && hit->end == value.end;
      const std::size_t end = whole && hit->with_zu ? hit->end - 1 : value.end;
      Field f = sheet.field("ethnicity", whole ? hit->value : sheet.simplified(value), {value.begin, end});
      f.checkable = true;
      if (whole) f.reasons |= hit->reasons;
      if (!whole) f.reasons.add(Reason::unknown_value);
      add(std::move(f));
    }
  }
  if (anchors.hits[birth_label]) add(read_birth(sheet, value_behind(sheet, range, anchors, birth_label, true)));
  if (anchors.hits[address_label]) add(read_address(sheet, value_behind(sheet, range, anchors, address_label, true)));
  add(std::move(number));
  int labels_found = 0;
  for (const auto& h : anchors.hits) labels_found += h && !h->range.empty() ? 1 : 0;
  document.score = labels_found == 0 && values < 1 ? 0.0 : std::min(1.0, 0.1 * labels_found + 0.07 * values);
  settle(document, options);
  return document;
}

Document read_cn_id_emblem(const Sheet& sheet, Range range, const ParseOptions& options) {
  Document document = begin_document(sheet, range, Kind::cn_id_emblem);
  const auto chars = sheet.chars();
  const auto authority = find_label(chars, range, U"签发机关");
  const auto validity = find_label(chars, range, U"有效期限");
  double score = 0;
  if (authority) {
    score += 0.35;
    Range value{authority->range.end, range.end};
    if (validity && validity->range.begin > value.begin) value.end = validity->range.begin;
    // To the end of the line that names the body; a long name runs on to the next.
    std::size_t end = value.begin;
    while (end < value.end && !(chars[end] >= U'0' && chars[end] <= U'9') && !has_arabic_script(sheet, end)) {
      ++end;
      const bool closed = chars[end - 1] == U'局' || chars[end - 1] == U'处' || chars[end - 1] == U'所';
      if (closed && sheet.folded().ends_line(end)) break;
    }
    value = trim(sheet, {value.begin, end});
    if (!value.empty()) document.fields.push_back(sheet.field("issuing_authority", sheet.printed(value), value));
  }
  if (validity) {
    score += 0.35;
    const std::size_t stop = std::min(range.end, validity->range.end + 40);
    auto from = text::find_date(chars, validity->range.end, stop);
    if (!from) {  // The stroke between the dates is the first to be lost: 2006.09.262016.09.26.
      std::size_t first = validity->range.end;
      while (first < stop && !(chars[first] >= U'0' && chars[first] <= U'9')) ++first;
      from = text::find_date(chars, first, std::min(stop, first + printed_date_length));
    }
    if (from) {
      document.fields.push_back(date_field(sheet, "valid_from", {from->begin, from->match.end}, from->match));
      const std::size_t behind = from->match.end;
      if (const auto open = find_label(chars, {behind, std::min(stop, behind + 6)}, U"长期")) {
        Field f = sheet.field("valid_to", "long_term", open->range);
        f.checkable = true;
        if (open->cost > 0) f.reasons.add(Reason::repaired);
        document.fields.push_back(std::move(f));
      } else if (const auto to = text::find_date(chars, behind, stop)) {
        document.fields.push_back(date_field(sheet, "valid_to", {to->begin, to->match.end}, to->match));
      }
    }
  }
  if (find_label(chars, range, U"居民身份证")) score += 0.2;
  if (find_label(chars, range, U"中华人民共和国")) score += 0.1;
  document.score = authority || validity ? score : std::min(score, 0.3);
  settle(document, options);
  return document;
}

}  // namespace kualik::documents
