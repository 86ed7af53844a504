// The two sides of Kazakhstan's identity card: labels in Kazakh and Russian with their values on the same or the next
// line, and the zone.

#include <algorithm>
#include <array>

#include "anchors.h"
#include "ethnic.h"
#include "kinds.h"
#include "kualik/numbers/kz_number.h"
#include "letters.h"
#include "permit.h"
#include "values.h"
#include "zone.h"

namespace kualik::documents {

namespace {

constexpr double sure_line = 0.85;
constexpr int labels_that_tell = 3;  // so many and a number are the card's front without its title
constexpr double by_place = 0.85;    // what a value is believed whose label was not read

std::optional<Field> read_date(const Sheet& sheet, std::string_view key, Range r) {
  if (const auto found = text::find_date(sheet.chars(), r.begin, r.end))
    return date_field(sheet, key, {found->begin, found->match.end}, found->match);
  // Behind its label a date may have lost its points: 17 09 1882.
  std::string digits;
  std::string groups;
  for (std::size_t i = r.begin; i < r.end; ++i) {
    const char32_t c = sheet.folded()[i];
    if (c < U'0' || c > U'9') return std::nullopt;
    if (i > r.begin && sheet.folded().gap(i) != text::Gap::none) groups += static_cast<char>('0' + i - r.begin);
    digits += static_cast<char>(c);
  }
  if (digits.size() != 8 || groups != "24") return std::nullopt;
  const auto date = text::parse_date(digits.substr(0, 2) + "." + digits.substr(2, 2) + "." + digits.substr(4));
  if (!date.value) return std::nullopt;
  Field f = sheet.field(key, date.value->iso(), r);
  f.reasons = date.reasons;
  return f;
}

void place_alone(Field& f) {
  f.confidence *= by_place;
  f.detail = "by its place; its label was not read";
}

bool has(const Document& d, std::string_view key) { return d.find(key) != nullptr; }

// A piece of a label whose beginning was not read (ЧЕСТВО).
bool is_piece_of_label(const Sheet& sheet, Range line) {
  static constexpr std::array<std::string_view, 5> labels{"ФАМИЛИЯ", "ОТЧЕСТВО", "ӘКЕСІНІҢ АТЫ", "ДАТА РОЖДЕНИЯ",
                                                          "ТУҒАН КҮНІ"};
  std::u32string letters;
  for (std::size_t i = line.begin; i < line.end; ++i)
    if (const char32_t c = letter_skeleton(sheet.folded()[i])) letters += c;
  if (letters.size() < 4) return false;
  return std::any_of(labels.begin(), labels.end(), [&](std::string_view label) {
    return letter_skeleton(label).find(letters) != std::u32string::npos;
  });
}

// The line behind one in Latin capitals, if it is the same in Cyrillic: a frame that read МАҚСАТЕВ as MAKCATEB.
Range same_in_cyrillic(const Sheet& sheet, Range range, Range line);

// The lines of the range, each with whether it is a label or the card's title.
struct CardLine {
  Range range{};
  bool label{false};
};
std::vector<CardLine> card_lines(const Sheet& sheet, Range range, std::string_view side) {
  std::vector<CardLine> lines;
  for (std::size_t i = range.begin; i < range.end;) {
    std::size_t end = i + 1;
    while (end < range.end && !sheet.folded().starts_line(end)) ++end;
    const Range line{i, end};
    const bool title = mentions(sheet, line, "РЕСПУБЛИКА") || mentions(sheet, line, "КУӘЛІК") ||
                       mentions(sheet, line, "УДОСТОВЕРЕНИЕ") || mentions(sheet, line, "ЛИЧНОСТИ");
    lines.push_back({line, title || is_piece_of_label(sheet, line) || label_of_line(sheet, line, side).has_value()});
    i = end;
  }
  return lines;
}

// A word without a capital is a piece of the ground or of a label, not a name.
bool has_capital(const Sheet& sheet, Range range) {
  const std::u32string_view text = sheet.view(range);
  return std::any_of(text.begin(), text.end(),
                     [](char32_t c) { return is_cyrillic_capital(c) || (c >= U'A' && c <= U'Z'); });
}

// Capital Cyrillic letters, with hyphens and spaces between them, surely read.
bool is_name_line(const Sheet& sheet, Range line) {
  if (line.size() < 3) return false;
  for (std::size_t i = line.begin; i < line.end; ++i) {
    const char32_t c = sheet.folded()[i];
    if (!is_cyrillic_capital(c) && c != U'-') return false;
  }
  return sheet.field("name", {}, line).confidence > sure_line;
}

Range same_in_cyrillic(const Sheet& sheet, Range range, Range line) {
  std::u32string letters;
  for (std::size_t i = line.begin; i < line.end; ++i) {
    const char32_t c = sheet.folded()[i];
    if (c < U'A' || c > U'Z') return line;
    letters += letter_skeleton(c);
  }
  std::size_t end = line.end;
  while (end < range.end && (end == line.end || !sheet.folded().starts_line(end))) ++end;
  const Range next{line.end, end};
  if (next.size() != line.size() || !is_name_line(sheet, next)) return line;
  for (std::size_t i = 0; i < next.size(); ++i)
    if (letter_skeleton(sheet.folded()[next.begin + i]) != letters[i]) return line;
  return next;
}

bool is_patronymic(std::u32string_view name) {
  static constexpr std::array<std::u32string_view, 9> ends{U"ҰЛЫ",  U"УЛЫ",  U"ҚЫЗЫ", U"КЫЗЫ", U"ОВИЧ",
                                                           U"ЕВИЧ", U"ОВНА", U"ЕВНА", U"ИЧНА"};
  return std::any_of(ends.begin(), ends.end(), [&](std::u32string_view end) {
    return name.size() > end.size() + 1 && name.substr(name.size() - end.size()) == end;
  });
}

// A label that is covered or too small to be read leaves its value without a name; the card prints surname, given names
// and patronymic in this order. Nothing is given where the lines leave a choice.
void add_names_by_place(const Sheet& sheet, Range range, Document& document) {
  static constexpr std::array<std::string_view, 3> order{"surname", "given_names", "patronymic"};
  std::vector<Range> names;
  const auto has_label = [&](Range line) {
    const Span span = sheet.folded().span(line.begin, line.end);
    return std::any_of(order.begin(), order.end(), [&](std::string_view key) {
      const Field* f = document.find(key);
      return f != nullptr && span.begin < f->span.end && f->span.begin < span.end;
    });
  };
  for (const CardLine& line : card_lines(sheet, range, "front"))
    if (!line.label && (has_label(line.range) || is_name_line(sheet, line.range))) names.push_back(line.range);
  // A line that was found twice would move all behind it.
  for (std::size_t i = 0; i + 1 < names.size();) {
    if (sheet.view(names[i]) == sheet.view(names[i + 1]))
      names.erase(names.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    else
      ++i;
  }
  const auto place_of = [&](std::string_view key) -> std::optional<std::size_t> {
    const Field* f = document.find(key);
    if (f == nullptr) return std::nullopt;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Span span = sheet.folded().span(names[i].begin, names[i].end);
      if (span.begin < f->span.end && f->span.begin < span.end) return i;
    }
    return std::nullopt;
  };
  const bool patronymic = document.find("patronymic") != nullptr;
  if (names.size() != 3 && (names.size() != 2 || patronymic)) return;
  // One by its ending stands third, or the lines above it were not all read.
  for (std::size_t i = 0; i < std::min<std::size_t>(2, names.size()); ++i)
    if (is_patronymic(sheet.view(names[i]))) return;
  // What labels named must stand where the order has it.
  for (std::size_t k = 0; k < order.size(); ++k)
    if (document.find(order[k]) != nullptr && place_of(order[k]) != std::optional(k)) return;
  for (std::size_t k = 0; k < names.size(); ++k) {
    if (document.find(order[k]) != nullptr) continue;
    Field f = sheet.field(order[k], spaced(sheet, names[k]), names[k]);
    place_alone(f);
    document.fields.push_back(std::move(f));
  }
}

// The only date on the front side is the birth date.
void add_birth_by_place(const Sheet& sheet, Range range, Document& document) {
  std::optional<Field> only;
  // Line by line: the number below would run on from the year.
  for (const CardLine& line : card_lines(sheet, range, "front")) {
    const auto found = text::find_date(sheet.chars(), line.range.begin, line.range.end);
    if (!found) continue;
    if (only || !found->match.reading.complete()) return;
    only = date_field(sheet, "birth_date", {found->begin, found->match.end}, found->match);
  }
  if (!only) return;
  place_alone(*only);
  document.fields.push_back(std::move(*only));
}

// The sex in Kazakh and Russian, parted by a stroke, is like nothing else on the card.
void add_sex_by_place(const Sheet& sheet, Range range, Document& document) {
  static constexpr std::array<std::pair<std::u32string_view, std::string_view>, 4> printed{
      {{U"Е/М", "M"}, {U"ЕР/МУЖ", "M"}, {U"Ә/Ж", "F"}, {U"ӘЙЕЛ/ЖЕН", "F"}}};
  // Letters that are alike in both cases are read as either, and ә as э.
  const auto capitals = [](std::u32string_view text) {
    std::u32string out(text);
    for (char32_t& c : out) {
      if (c >= U'а' && c <= U'я') c -= U'а' - U'А';
      if (c == U'ә' || c == U'Э') c = U'Ә';
    }
    return out;
  };
  for (const CardLine& line : card_lines(sheet, range, "front")) {
    for (const auto& [words, sex] : printed) {
      if (capitals(sheet.view(line.range)) != words) continue;
      Field f = sheet.field("sex", std::string(sex), line.range);
      f.checkable = true;
      place_alone(f);
      document.fields.push_back(std::move(f));
      return;
    }
  }
}

// The title of a passport, which has the card's labels and number as well. A card that says what it is stays one: both
// may lie on one picture.
bool is_passport(const Sheet& sheet, Range range) {
  return mentions(sheet, range, "ПАСПОРТ") || mentions(sheet, range, "PASSPORT") || has_passport_line(sheet, range);
}

}  // namespace

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

int add_front_labels(const Sheet& sheet, Range range, const ParseOptions& options, Document& document) {
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
    } else if (sheet.view(v.range).find_first_of(U"0123456789") == std::u32string_view::npos &&
               has_capital(sheet, v.range)) {
      const Range name = same_in_cyrillic(sheet, range, v.range);
      document.fields.push_back(sheet.field(v.key, spaced(sheet, name), name));
    }
  }
  return labels;
}

Document read_kz_id_front(const Sheet& sheet, Range range, const ParseOptions& options) {
  Document document = begin_document(sheet, range, Kind::kz_id_front);
  const int labels = add_front_labels(sheet, range, options, document);
  const bool titled = mentions(sheet, range, "ЖЕКЕ КУӘЛІК") || mentions(sheet, range, "УДОСТОВЕРЕНИЕ ЛИЧНОСТИ");
  if (!titled && (is_passport(sheet, range) || whole_permit(sheet, range, options)))
    return begin_document(sheet, range, Kind::kz_id_front);
  const bool of_kazakhstan =
      mentions(sheet, range, "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ") || mentions(sheet, range, "РЕСПУБЛИКА КАЗАХСТАН");
  // The title is printed twice as large as the labels, and is read where they are not.
  const bool told = titled && (labels >= 2 || of_kazakhstan);
  if ((labels > 0 || told) && !has(document, "iin")) {
    for (std::size_t i = range.begin; i < range.end && !has(document, "iin");) {
      std::size_t end = i + 1;
      while (end < range.end && !sheet.folded().starts_line(end)) ++end;
      if (auto f = read_iin(sheet, {i, end}, options); f && !f->reasons.has_error())
        document.fields.push_back(std::move(*f));
      i = end;
    }
  }
  if (told) add_names_by_place(sheet, range, document);
  if (told || (labels >= labels_that_tell && has(document, "iin"))) {
    if (!has(document, "birth_date")) add_birth_by_place(sheet, range, document);
    if (!has(document, "sex")) add_sex_by_place(sheet, range, document);
  }
  double score = 0.15 * std::min(labels, 5);
  if (has(document, "iin")) score += 0.2;
  if (titled) score += 0.2;
  if (told && of_kazakhstan && has(document, "iin")) score += 0.2;
  document.score = std::min(1.0, score);
  settle(document, options);
  return document;
}

int add_back_labels(const Sheet& sheet, Range range, Document& document) {
  int labels = 0;
  for (const LabelledValue& v : labelled_values(sheet, range, "back")) {
    ++labels;
    if (v.range.empty()) continue;
    // Issue and expiry are printed on one line, and half of its label may be covered.
    const auto dates = [&] {
      const auto one = text::find_date(sheet.chars(), v.range.begin, v.range.end);
      return one && text::find_date(sheet.chars(), one->match.end, v.range.end);
    };
    if (v.key == "dates" || ((v.key == "issue_date" || v.key == "expiry_date") && dates())) {
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
  return labels;
}

void add_card_number(const Sheet& sheet, Range range, Document& document) {
  for (std::size_t i = range.begin; i < range.end && !has(document, "document_number");) {
    std::size_t end = i + 1;
    while (end < range.end && !sheet.folded().starts_line(end)) ++end;
    Range r{i, end};
    if (sheet.folded()[i] == U'№') ++r.begin;
    bool digits = r.size() == 9;
    for (std::size_t k = r.begin; k < r.end && digits; ++k)
      digits = sheet.folded()[k] >= U'0' && sheet.folded()[k] <= U'9';
    if (digits) document.fields.push_back(sheet.field("document_number", sheet.simplified(r), r));
    i = end;
  }
}

Document read_kz_id_back(const Sheet& sheet, Range range, const ParseOptions& options) {
  Document document = begin_document(sheet, range, Kind::kz_id_back);
  const int labels = add_back_labels(sheet, range, document);
  const auto zones = find_zones(sheet, range, options);
  const bool permit = !zones.empty() && is_permit(*zones.front().mrz.value, !zones.front().mrz.reasons.has_error());
  if (permit || permit_title(sheet, range)) return begin_document(sheet, range, Kind::kz_id_back);
  // A zone of another state is another card's.
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
      if (zone.is_repaired(key)) f.reasons.add(Reason::repaired);
      f.checkable = true;
      f.detail = "from the machine-readable zone";
      f.repeats_zone = true;
      document.fields.push_back(std::move(f));
    };
    from_zone("document_number", zone.mrz.value->document_number);
    from_zone("expiry_date", zone.mrz.value->expiry_date.valid() ? iso(zone.mrz.value->expiry_date) : "");
  }
  if (labels > 0) add_card_number(sheet, range, document);
  double score = 0.15 * std::min(labels, 4);
  if (td1) score += zones.front().mrz.reasons.has_error() ? 0.3 : 0.5;
  document.score = std::min(1.0, score);
  settle(document, options);
  return document;
}

}  // namespace kualik::documents
