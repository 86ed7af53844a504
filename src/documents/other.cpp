// Text that fits no known paper: kept as it is, with the numbers found in it.

#include <algorithm>

#include "anchors.h"
#include "kinds.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/text/find_numbers.h"
#include "permit.h"
#include "values.h"
#include "zone.h"

namespace kualik::documents {

namespace {

// Twelve digits that pass as an IIN, alone between other characters.
void add_iins(const Sheet& sheet, Range range, const ParseOptions& options, Document& document) {
  const auto chars = sheet.chars();
  const auto digit = [&](std::size_t i) { return i < range.end && chars[i] >= U'0' && chars[i] <= U'9'; };
  for (std::size_t i = range.begin; i < range.end;) {
    if (!digit(i)) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (digit(end) && (end == i || sheet.folded().gap(end) != text::Gap::line)) ++end;
    if (end - i == 12) {
      numbers::Options number_options;
      number_options.today = options.today;
      const std::string value = sheet.simplified({i, end});
      const auto iin = numbers::parse_iin(value, number_options);
      if (iin.value && !iin.reasons.has_error() && !numbers::is_bin(value)) {
        Field f = sheet.field("iin", value, {i, end});
        f.reasons = iin.reasons;
        f.checkable = true;
        document.fields.push_back(std::move(f));
      }
    }
    i = end;
  }
}

// An eighteen-digit stretch of a longer row, or of another kind of number: neither its date nor its check digit holds.
bool is_chance(const Field& f) {
  return f.reasons.has(Reason::bad_date) && (f.reasons.has(Reason::bad_check_digit) || f.value.size() != 18);
}

// What running text holds besides: numbers of organisations, foreigners' cards, numbers hidden with X.
void add_found(const Sheet& sheet, Range range, const ParseOptions& options, Document& document) {
  numbers::Options number_options;
  number_options.today = options.today;
  const Span within = sheet.folded().span(range.begin, range.end);
  Places places(document.fields);
  for (const text::FoundNumber& n :
       text::find_numbers(std::string_view(sheet.text()).substr(within.begin, within.size()), number_options)) {
    if (n.kind != text::NumberKind::resident_id && n.kind != text::NumberKind::bin) continue;
    const Span span{within.begin + n.span.begin, within.begin + n.span.end};
    if (places.taken(span)) continue;
    const Range at{sheet.folded().index_at(span.begin), sheet.folded().index_at(span.end)};
    Field f = sheet.field(n.kind == text::NumberKind::bin ? "bin" : "id_number", n.value, at);
    f.reasons = n.reasons;
    f.checkable = true;
    document.fields.push_back(std::move(f));
  }
}

}  // namespace

Document read_other_document(const Sheet& sheet, Range range, const ParseOptions& options) {
  Document document = begin_document(sheet, range, Kind::other_document);
  if (!range.empty()) {
    Field text = sheet.field("text", document.text, range);
    document.fields.push_back(std::move(text));
  }
  for (Field& f : find_resident_numbers(sheet, range, options))
    if (!is_chance(f)) document.fields.push_back(std::move(f));
  add_iins(sheet, range, options, document);
  for (const DocumentNumber& n : find_document_numbers(sheet, range, options)) {
    const auto kind = n.number.value->kind;
    const bool court = kind == numbers::CaseNumberKind::court || kind == numbers::CaseNumberKind::court_pre2016;
    Field f = document_number_field(sheet, court ? "case_number" : "document_number", n);
    f.reasons = without_width_folds(f.reasons, sheet, n.range);
    document.fields.push_back(std::move(f));
  }
  add_found(sheet, range, options, document);
  const std::vector<Zone> zones = find_zones(sheet, range, options);
  for (const Zone& zone : zones) document.fields.push_back(zone_field(sheet, zone));
  // What a permit prints comes before what its zone says, so that the two are compared.
  const bool one_zone = zones.size() == 1;
  if (const auto title = whole_permit(sheet, range, options))
    add_permit(sheet, range, *title, options, document);
  else if (one_zone && zones.front().mrz.value->format == numbers::MrzFormat::td1 &&
           zones.front().mrz.value->issuing_state == "KAZ")
    add_back_labels(sheet, range, document);
  // Other states' cards, visas and permits: the zone says who holds them. Two zones on one page would mix persons.
  if (one_zone) add_zone_parts(document, sheet, range, zones.front(), options);
  document.score = range.empty() ? 0.0 : 0.2;
  settle(document, options);
  return document;
}

}  // namespace kualik::documents
