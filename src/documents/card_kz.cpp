// The two sides of Kazakhstan's identity card: labels in Kazakh and Russian with their values on the same or the next
// line, and the zone.

#include <algorithm>

#include "anchors.h"
#include "ethnic.h"
#include "kinds.h"
#include "kualik/numbers/kz_number.h"
#include "letters.h"
#include "values.h"
#include "zone.h"

namespace kualik::documents {

namespace {

// Twelve digits in the range, letters that look like digits read as such.
std::optional<Field> read_iin(const Sheet& sheet, Range r, const ParseOptions& options) {
  std::string value;
  ReasonSet reasons;
  std::size_t begin = r.end;
  std::size_t end = r.begin;
  for (std::size_t i = r.begin; i < r.end && value.size() < 12; ++i) {
    const char32_t c = sheet.folded()[i];
    char digit = 0;
    if (c >= U'0' && c <= U'9') digit = static_cast<char>(c);
    if (c == U'O' || c == U'О' || c == U'o' || c == U'о') digit = '0';
    if (c == U'l' || c == U'I' || c == U'|') digit = '1';
    if (c == U'З') digit = '3';
    if (c == U'*') digit = '*';
    if (digit == 0) {
      if (!value.empty() && value.size() < 12 && !is_clause_mark(c) && c != U'-') value.clear();
      continue;
    }
    if (value.empty()) begin = i;
    if (c > 0x39) reasons.add(Reason::repaired);
    value += digit;
    end = i + 1;
  }
  if (value.size() != 12) return std::nullopt;
  if (end < r.end && sheet.folded()[end] >= U'0' && sheet.folded()[end] <= U'9' &&
      sheet.folded().gap(end) == text::Gap::none)
    return std::nullopt;
  numbers::Options number_options;
  number_options.today = options.today;
  Field f = sheet.field("iin", value, {begin, end});
  f.reasons = reasons | numbers::parse_iin(value, number_options).reasons;
  f.checkable = true;
  return f;
}

std::optional<Field> read_date(const Sheet& sheet, std::string_view key, Range r) {
  const auto found = text::find_date(sheet.chars(), r.begin, r.end);
  if (!found) return std::nullopt;
  return date_field(sheet, key, {found->begin, found->match.end}, found->match);
}

bool has(const Document& d, std::string_view key) { return d.find(key) != nullptr; }

bool mentions(const Sheet& sheet, Range range, std::string_view words) {
  std::u32string letters;
  for (std::size_t i = range.begin; i < range.end; ++i)
    if (const char32_t c = letter_skeleton(sheet.folded()[i])) letters += c;
  return letters.find(letter_skeleton(words)) != std::u32string::npos;
}

}  // namespace

Document read_kz_id_front(const Sheet& sheet, Range range, const ParseOptions& options) {
  Document document = begin_document(sheet, range, Kind::kz_id_front);
  int labels = 0;
  for (const LabelledValue& v : labelled_values(sheet, range, "front")) {
    ++labels;
    if (has(document, v.key) || v.range.empty()) continue;
    if (v.key == "iin") {
      if (auto f = read_iin(sheet, v.range, options)) document.fields.push_back(std::move(*f));
    } else if (v.key == "birth_date") {
      if (auto f = read_date(sheet, v.key, v.range)) document.fields.push_back(std::move(*f));
    } else if (v.key == "sex") {
      if (const auto sex = sex_in_words(sheet, v.range); !sex.empty()) {
        Field f = sheet.field("sex", std::string(sex), v.range);
        f.checkable = true;
        document.fields.push_back(std::move(f));
      }
    } else if (sheet.view(v.range).find_first_of(U"0123456789") == std::u32string_view::npos) {
      document.fields.push_back(sheet.field(v.key, spaced(sheet, v.range), v.range));
    }
  }
  if (labels > 0 && !has(document, "iin")) {
    for (std::size_t i = range.begin; i < range.end && !has(document, "iin");) {
      std::size_t end = i + 1;
      while (end < range.end && !sheet.folded().starts_line(end)) ++end;
      if (auto f = read_iin(sheet, {i, end}, options); f && !f->reasons.has_error())
        document.fields.push_back(std::move(*f));
      i = end;
    }
  }
  double score = 0.15 * std::min(labels, 5);
  if (has(document, "iin")) score += 0.2;
  if (mentions(sheet, range, "ЖЕКЕ КУӘЛІК") || mentions(sheet, range, "УДОСТОВЕРЕНИЕ ЛИЧНОСТИ")) score += 0.2;
  document.score = std::min(1.0, score);
  settle(document, options);
  return document;
}

Document read_kz_id_back(const Sheet& sheet, Range range, const ParseOptions& options) {
  Document document = begin_document(sheet, range, Kind::kz_id_back);
  int labels = 0;
  for (const LabelledValue& v : labelled_values(sheet, range, "back")) {
    ++labels;
    if (v.range.empty()) continue;
    if (v.key == "dates") {
      const auto first = text::find_date(sheet.chars(), v.range.begin, v.range.end);
      if (!first) continue;
      if (!has(document, "issue_date"))
        document.fields.push_back(date_field(sheet, "issue_date", {first->begin, first->match.end}, first->match));
      const auto second = text::find_date(sheet.chars(), first->match.end, v.range.end);
      if (second && !has(document, "expiry_date"))
        document.fields.push_back(date_field(sheet, "expiry_date", {second->begin, second->match.end}, second->match));
    } else if (has(document, v.key) || v.key == "citizenship") {
      continue;
    } else if (v.key == "issue_date" || v.key == "expiry_date") {
      if (auto f = read_date(sheet, v.key, v.range)) document.fields.push_back(std::move(*f));
    } else if (v.key == "document_number") {
      std::string digits;
      for (std::size_t i = v.range.begin; i < v.range.end; ++i)
        if (sheet.folded()[i] >= U'0' && sheet.folded()[i] <= U'9') digits += static_cast<char>(sheet.folded()[i]);
      if (digits.size() == 9) document.fields.push_back(sheet.field("document_number", digits, v.range));
    } else {
      Field f = sheet.field(v.key, spaced(sheet, v.range), v.range);
      if (v.key == "ethnicity") {
        f.checkable = is_known_ethnic_group_in_cyrillic(f.value);
      }
      document.fields.push_back(std::move(f));
    }
  }
  const auto zones = find_zones(sheet, range, options);
  // A zone of another state, or of a foreigner's permit, is another card's.
  const auto of_kazakhstan = [](const numbers::Mrz& mrz) {
    return mrz.format == numbers::MrzFormat::td1 && mrz.issuing_state == "KAZ" && mrz.nationality == "KAZ";
  };
  const bool td1 = !zones.empty() && (of_kazakhstan(*zones.front().mrz.value) ||
                                      (labels >= 2 && zones.front().mrz.value->format == numbers::MrzFormat::td1 &&
                                       zones.front().mrz.reasons.has_error()));
  if (td1) {
    const Zone& zone = zones.front();
    document.fields.push_back(zone_field(sheet, zone));
    const auto from_zone = [&](std::string_view key, const std::string& value) {
      if (has(document, key) || value.empty()) return;
      Field f = sheet.field(key, value, zone.range);
      const auto* part = zone.mrz.value->field(key);
      if (part && part->evidence == numbers::MrzEvidence::contradicted) f.reasons.add(Reason::bad_check_digit);
      f.checkable = true;
      f.detail = "from the machine-readable zone";
      document.fields.push_back(std::move(f));
    };
    from_zone("document_number", zone.mrz.value->document_number);
    from_zone("expiry_date", zone.mrz.value->expiry_date.valid() ? iso(zone.mrz.value->expiry_date) : "");
  }
  if (labels > 0 && !has(document, "document_number")) {
    // The number is printed without a label, nine digits alone on a line.
    for (std::size_t i = range.begin; i < range.end;) {
      std::size_t end = i + 1;
      while (end < range.end && !sheet.folded().starts_line(end)) ++end;
      Range r{i, end};
      if (sheet.folded()[i] == U'№') ++r.begin;
      bool digits = r.size() == 9;
      for (std::size_t k = r.begin; k < r.end && digits; ++k)
        digits = sheet.folded()[k] >= U'0' && sheet.folded()[k] <= U'9';
      if (digits) {
        document.fields.push_back(sheet.field("document_number", sheet.simplified(r), r));
        break;
      }
      i = end;
    }
  }
  double score = 0.15 * std::min(labels, 4);
  if (td1) score += zones.front().mrz.reasons.has_error() ? 0.3 : 0.5;
  document.score = std::min(1.0, score);
  settle(document, options);
  return document;
}

}  // namespace kualik::documents
