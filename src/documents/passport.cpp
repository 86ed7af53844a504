// The data page of a passport: its zone first, the printed fields beside it as a second witness, or alone where the
// zone is not in sight.

#include <algorithm>
#include <array>

#include "anchors.h"
#include "kinds.h"
#include "kualik/numbers/resident_id.h"
#include "kualik/text/pinyin.h"
#include "letters.h"
#include "values.h"
#include "zone.h"

namespace kualik::documents {

namespace {

// 姓名 and what follows it in Han characters, on its line or the next.
std::optional<Field> read_han_name(const Sheet& sheet, Range range) {
  const auto chars = sheet.chars();
  for (std::size_t from = range.begin; from < range.end;) {
    const auto label = find_exact(chars, {from, range.end}, U"姓名");
    if (!label) return std::nullopt;
    from = label->end;
    std::size_t i = label->end;
    const std::size_t stop = std::min(range.end, label->end + 40);
    // Over the label's English half, and the Latin name that may come first.
    while (i < stop && !text::is_han(chars[i])) ++i;
    std::size_t end = i;
    while (end < stop && (text::is_han(chars[end]) || text::is_name_dot(chars[end])) &&
           (end == i || !sheet.folded().starts_line(end)))
      ++end;
    for (const std::u32string_view other :
         {std::u32string_view(U"性别"), std::u32string_view(U"国籍"), std::u32string_view(U"出生")})
      if (word_at(chars, i, other)) end = i;
    if (end - i >= 2) return name_field(sheet, "name", {i, end});
  }
  return std::nullopt;
}

std::string capitals(std::string_view latin) {
  std::string out;
  for (const char c : latin) {
    if (c >= 'A' && c <= 'Z') out += c;
    if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 32);
  }
  return out;
}

// A line of Han characters alone that is spoken as the zone's name is spelled: 罗芳 of LUO<<FANG. Its small label is
// often lost.
std::optional<Field> han_name_of_zone(const Sheet& sheet, Range range, const numbers::Mrz& mrz) {
  constexpr std::size_t longest = 20;
  const auto chars = sheet.chars();
  const std::string spelled = capitals(mrz.surname + mrz.given_names);
  for (std::size_t from = range.begin; from < range.end && !spelled.empty();) {
    bool name = true;
    std::size_t end = from;
    for (; end < range.end && (end == from || !sheet.folded().starts_line(end)); ++end)
      name = name && (text::is_han(chars[end]) || text::is_name_dot(chars[end]));
    if (name && end - from >= 2 && end - from <= longest &&
        capitals(text::pinyin(sheet.simplified({from, end}))) == spelled)
      return name_field(sheet, "name", {from, end});
    from = end;
  }
  return std::nullopt;
}

struct PrintedDate {
  Range range;
  text::DateMatch match;
};

// The first date within the range that ends on its own line: 1882 with 15 NOV below it is no year of six digits. Else
// one over the end of a line.
std::optional<text::DateFound> date_on_a_line(const Sheet& sheet, Range range) {
  for (std::size_t from = range.begin; from < range.end;) {
    std::size_t end = from + 1;
    while (end < range.end && !sheet.folded().starts_line(end)) ++end;
    if (const auto found = text::find_date(sheet.chars(), from, end)) return found;
    from = end;
  }
  return text::find_date(sheet.chars(), range.begin, range.end);
}

// The first date behind one of the labels within the next two lines.
std::optional<PrintedDate> printed_date(const Sheet& sheet, Range range,
                                        std::initializer_list<std::u32string_view> labels) {
  std::u32string upper(sheet.view(range));
  for (char32_t& c : upper)
    if (c >= U'a' && c <= U'z') c -= 32;
  for (const auto label : labels) {
    const std::size_t found_at = upper.find(label);
    if (found_at == std::u32string::npos) continue;
    const std::size_t at = range.begin + found_at;
    if (const auto found = date_on_a_line(sheet, {at + label.size(), std::min(range.end, at + label.size() + 40)}))
      return PrintedDate{{found->begin, found->match.end}, found->match};
  }
  return std::nullopt;
}

// Letter and eight digits (N, E, G), or E and a letter and seven digits.
std::optional<Range> printed_number(const Sheet& sheet, Range range) {
  const auto chars = sheet.chars();
  const auto digit = [&](std::size_t i) { return i < range.end && chars[i] >= U'0' && chars[i] <= U'9'; };
  for (std::size_t i = range.begin; i + 9 <= range.end; ++i) {
    if (chars[i] < U'A' || chars[i] > U'Z') continue;
    if (i > range.begin && ((chars[i - 1] >= U'A' && chars[i - 1] <= U'Z') || digit(i - 1)) &&
        sheet.folded().gap(i) == text::Gap::none)
      continue;
    std::size_t k = i + 1;
    if (chars[k] >= U'A' && chars[k] <= U'Z') ++k;
    std::size_t digits = 0;
    while (digit(k + digits)) ++digits;
    if (k + digits - i == 9 && digits >= 7) return Range{i, i + 9};
  }
  return std::nullopt;
}

// A zone prints two digits of a year. Where the page prints the same day with all four, that is the date.
ZoneBirth birth_on_page(const Date& in_zone, const Sheet& sheet, Range page) {
  const auto same_day = [&](const Date& d) {
    return d.valid() && d.month == in_zone.month && d.day == in_zone.day && d.year % 100 == in_zone.year % 100;
  };
  for (std::size_t from = page.begin; from < page.end && in_zone.valid();) {
    const auto found = date_on_a_line(sheet, {from, page.end});
    if (!found) break;
    const text::DateReading& reading = found->match.reading;
    if (reading.complete() && !found->match.reasons.has_error() && same_day(reading.date)) return {reading.date, true};
    from = found->match.end;
  }
  return {in_zone, false};
}

}  // namespace

Document read_passport(const Sheet& sheet, Range range, const ParseOptions& options) {
  Document document = begin_document(sheet, range, Kind::passport);
  const auto chars = sheet.chars();
  double score = 0;
  std::optional<Zone> zone;
  for (Zone& z : find_zones(sheet, range, options)) {
    if (z.mrz.value->format != numbers::MrzFormat::td3) continue;
    zone = std::move(z);
    break;
  }
  const Range page{range.begin, zone && zone->range.begin > range.begin ? zone->range.begin : range.end};
  const bool titled =
      find_exact(chars, page, U"护照").has_value() || find_exact(chars, page, U"PASSPORT").has_value() ||
      find_exact(chars, page, U"Passport").has_value() || find_exact(chars, page, U"ПАСПОРТ").has_value();
  const auto birth = printed_date(sheet, page, {U"DATEOFBIRTH", U"出生日期", U"ТУҒАНКҮНІ", U"ДАТАРОЖДЕНИЯ"});
  const auto expiry = printed_date(sheet, page, {U"DATEOFEXPIRY", U"有效期至", U"ҚОЛДАНЫЛУМЕРЗІМІ", U"СРОКДЕЙСТВИЯ"});
  const auto number = printed_number(sheet, page);
  const auto values = labelled_values(sheet, page, {});

  if (zone) {
    const numbers::Mrz& mrz = *zone->mrz.value;
    document.fields.push_back(zone_field(sheet, *zone));
    score += zone->mrz.reasons.has_error() ? 0.6 : 0.85;
    // A field of the zone; what its own check digit says of it, and what the page prints.
    const auto add = [&](std::string_view key, std::string_view zone_key, const std::string& value,
                         std::optional<std::string> printed) {
      if (value.empty()) return;
      Field f = sheet.field(key, value, zone->range);
      if (const auto* part = mrz.field(zone_key)) {
        if (part->evidence == numbers::MrzEvidence::contradicted) f.reasons.add(Reason::bad_check_digit);
        f.checkable = part->evidence != numbers::MrzEvidence::none;
      }
      if (zone->is_repaired(key)) f.reasons.add(Reason::repaired);
      if (key == "personal_number") doubt_number(f, mrz, options);
      f.detail = "from the machine-readable zone";
      f.repeats_zone = !printed || *printed != value;
      if (printed && !printed->empty()) {
        if (*printed == value) {
          f.checkable = true;
          f.detail += "; the page agrees";
        } else {
          f.reasons.add(Reason::cross_check);
          f.detail += "; the page reads otherwise";
          f.alternatives.push_back({*printed, 0.5});
          // No check digit says which of them was misread.
          if (!f.checkable) document.fields.front().reasons.add(Reason::cross_check);
        }
      }
      document.fields.push_back(std::move(f));
    };
    const auto date_of = [](const std::optional<PrintedDate>& d) -> std::optional<std::string> {
      return d && d->match.reading.complete() && !d->match.reasons.has_error() ? std::optional(d->match.reading.iso())
                                                                               : std::nullopt;
    };
    const auto text_of = [&](std::string_view key) -> std::optional<std::string> {
      for (const LabelledValue& v : values) {
        if (v.key != key || v.range.empty()) continue;
        std::string latin;
        for (char c : spaced(sheet, v.range)) {
          if (static_cast<unsigned char>(c) >= 0x80) return std::nullopt;  // the page prints it in another script
          latin += c == '-' ? ' ' : c;
        }
        return latin;
      }
      return std::nullopt;
    };
    // A zone whose number breaks its own check digit, beside print that keeps it: the print was read better.
    const auto* in_zone = mrz.field("document_number");
    if (number && in_zone != nullptr && in_zone->check != in_zone->expected && in_zone->check != 0 &&
        mrz.document_number.size() == in_zone->raw.size() &&
        numbers::icao_check_digit(sheet.simplified(*number)) == in_zone->check) {
      Field f = sheet.field("document_number", sheet.simplified(*number), *number);
      f.reasons.add(Reason::cross_check);
      f.detail = "from the page; the zone reads otherwise; the check digit of the zone is that of the page";
      f.alternatives.push_back({mrz.document_number, 0.2});
      document.fields.push_back(std::move(f));
    } else {
      add("document_number", "document_number", mrz.document_number,
          number ? std::optional(sheet.simplified(*number)) : std::nullopt);
    }
    add("surname", "surname", mrz.surname, text_of("surname"));
    add("given_names", "given_names", mrz.given_names, text_of("given_names"));
    add("sex", "sex", std::string(numbers::name(mrz.sex)), std::nullopt);
    ZoneBirth born = birth_on_page(mrz.birth_date, sheet, page);
    const bool on_page = born.century_known;
    if (!born.century_known) born = birth_in_zone(mrz);
    add("birth_date", "birth_date", born.date.valid() ? iso(born.date) : "", date_of(birth));
    if (!document.fields.empty() && document.fields.back().key == "birth_date") {
      if (!born.century_known)
        note_century_by_rule(document.fields.back(), mrz,
                             titled || !values.empty() || print_beside(sheet, range, *zone));
      if (on_page) document.fields.back().repeats_zone = false;
    }
    add("expiry_date", "expiry_date", mrz.expiry_date.valid() ? iso(mrz.expiry_date) : "", date_of(expiry));
    add("issuing_state", "issuing_state", mrz.issuing_state, std::nullopt);
    add("nationality", "nationality", mrz.nationality, std::nullopt);
    add("personal_number", "optional_data", !mrz.iin.empty() ? mrz.iin : mrz.optional_data, std::nullopt);
  } else if (titled || has_passport_line(sheet, page)) {
    if (has_passport_line(sheet, page)) score += 0.2;
    const auto add_date = [&](std::string_view key, const std::optional<PrintedDate>& d) {
      if (!d) return;
      document.fields.push_back(date_field(sheet, key, d->range, d->match));
      score += 0.1;
    };
    if (number) {
      document.fields.push_back(sheet.field("document_number", sheet.simplified(*number), *number));
      score += 0.2;
    }
    for (const LabelledValue& v : values) {
      if (v.range.empty() || document.find(v.key)) continue;
      if (v.key == "surname" || v.key == "given_names") {
        document.fields.push_back(sheet.field(v.key, spaced(sheet, v.range), v.range));
        score += 0.1;
      } else if (v.key == "sex") {
        if (const auto sex = sex_in_words(sheet, v.range); !sex.empty())
          document.fields.push_back(sheet.field("sex", std::string(sex), v.range));
      }
    }
    // A number of Kazakhstan that breaks no rule needs no label.
    for (std::size_t i = page.begin; i < page.end && !document.find("personal_number");) {
      std::size_t end = i + 1;
      while (end < page.end && !sheet.folded().starts_line(end)) ++end;
      if (auto f = read_iin(sheet, {i, end}, options); f && !f->reasons.has_error()) {
        f->key = "personal_number";
        document.fields.push_back(std::move(*f));
        score += 0.1;
      }
      i = end;
    }
    add_date("birth_date", birth);
    add_date("expiry_date", expiry);
    score += 0.2;
  }
  if (zone || titled) {
    std::optional<Field> name = read_han_name(sheet, page);
    if (!name && zone) name = han_name_of_zone(sheet, page, *zone->mrz.value);
    if (name) {
      document.fields.push_back(std::move(*name));
      score += 0.1;
    }
  }
  if (titled && zone) score += 0.1;
  document.score = std::min(1.0, score);
  settle(document, options);
  return document;
}

}  // namespace kualik::documents
