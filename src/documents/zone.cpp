#include "zone.h"

#include <algorithm>
#include <optional>
#include <string>

#include "kualik/numbers/kz_number.h"

namespace kualik::documents {

namespace {

// A character of a zone, with the ways in which readers give the filler.
char zone_char(char32_t c) noexcept {
  if ((c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || c == U'<') return static_cast<char>(c);
  if (c >= U'a' && c <= U'z') return static_cast<char>(c - 32);
  if (c == U'«' || c == U'‹' || c == U'〈' || c == U'《' || c == U'≪') return '<';
  return 0;
}

struct ZoneLine {
  Range range;
  std::string text;
};

// Lines of 26 to 48 zone characters with at least a filler, or as many digits as a second line has.
std::vector<ZoneLine> zone_lines(const Sheet& sheet, Range within) {
  std::vector<ZoneLine> lines;
  const auto& f = sheet.folded();
  for (std::size_t i = within.begin; i < within.end;) {
    std::size_t end = i + 1;
    while (end < within.end && !f.starts_line(end)) ++end;
    ZoneLine line{{i, end}, {}};
    std::size_t foreign = 0;
    std::size_t fillers = 0;
    std::size_t digits = 0;
    for (std::size_t k = i; k < end; ++k) {
      const char c = zone_char(f[k]);
      if (c == 0) {
        ++foreign;
      } else {
        const bool twice = f[k] == U'«' || f[k] == U'《' || f[k] == U'≪';
        line.text.append(twice ? 2 : 1, c);
      }
      fillers += c == '<' ? 1 : 0;
      digits += c >= '0' && c <= '9' ? 1 : 0;
    }
    if (foreign <= 1 && line.text.size() >= 26 && line.text.size() <= 50 && (fillers >= 1 || digits >= 12))
      lines.push_back(std::move(line));
    i = end;
  }
  return lines;
}

// The figure that a letter is taken for; 0 for other letters.
char figure_of(char c) noexcept {
  switch (c) {
    case 'O':
    case 'Q':
    case 'D':
      return '0';
    case 'I':
    case 'L':
      return '1';
    case 'Z':
      return '2';
    case 'S':
      return '5';
    case 'G':
      return '6';
    case 'B':
      return '8';
    default:
      return 0;
  }
}

// Places of the text of a zone that hold figures, and what they belong to.
struct Figures {
  std::string_view key{};
  std::size_t begin{};
  std::size_t count{};
};

// Dates and check digits are figures everywhere. Kazakhstan numbers its cards with nine of them and its passports, as
// China, with a letter and eight.
std::vector<Figures> figures_of(const numbers::Mrz& mrz) {
  constexpr std::size_t second_td1 = 31;  // behind the line feed
  constexpr std::size_t second_td3 = 45;
  if (mrz.format == numbers::MrzFormat::td1) {
    std::vector<Figures> all{{"birth_date", second_td1, 7}, {"expiry_date", second_td1 + 8, 7}};
    if (mrz.issuing_state == "KAZ") all.push_back({"document_number", 5, 10});
    return all;
  }
  if (mrz.format != numbers::MrzFormat::td3) return {};
  std::vector<Figures> all{{"birth_date", second_td3 + 13, 7}, {"expiry_date", second_td3 + 21, 7}};
  if (mrz.issuing_state == "KAZ" || mrz.issuing_state == "CHN") all.push_back({"document_number", second_td3 + 2, 8});
  return all;
}

// A zone whose check digits do not hold, with figures where letters were read for them; nothing if that does not help.
std::optional<Zone> with_figures(const numbers::Mrz& mrz, Range range, const numbers::Options& options) {
  std::string text = mrz.text;
  Zone zone{range, {}, {}};
  for (const Figures& part : figures_of(mrz)) {
    for (std::size_t i = part.begin; i < part.begin + part.count && i < text.size(); ++i) {
      const char figure = figure_of(text[i]);
      if (figure == 0) continue;
      text[i] = figure;
      if (!zone.is_repaired(part.key)) zone.repaired.push_back(part.key);
    }
  }
  if (zone.repaired.empty()) return std::nullopt;
  zone.mrz = numbers::parse_mrz(text, options);
  if (!zone.mrz.value || zone.mrz.reasons.has_error()) return std::nullopt;
  zone.mrz.reasons.add(Reason::repaired);
  return zone;
}

}  // namespace

bool Zone::is_repaired(std::string_view key) const noexcept {
  return std::find(repaired.begin(), repaired.end(), key) != repaired.end();
}

std::vector<Zone> find_zones(const Sheet& sheet, Range within, const ParseOptions& options) {
  std::vector<Zone> zones;
  within.end = std::min(within.end, sheet.folded().size());
  const auto lines = zone_lines(sheet, within);
  numbers::Options number_options;
  number_options.today = options.today;
  const auto zone_at = [&](std::size_t i, std::size_t count) -> std::optional<Zone> {
    if (i + count > lines.size()) return std::nullopt;
    std::string joined = lines[i].text;
    for (std::size_t k = i + 1; k < i + count; ++k) {
      if (lines[k].range.begin > lines[k - 1].range.end + 4) return std::nullopt;
      joined += '\n' + lines[k].text;
    }
    auto mrz = numbers::parse_mrz(joined, number_options);
    if (!mrz.value) return std::nullopt;
    const Range range{lines[i].range.begin, lines[i + count - 1].range.end};
    if (mrz.reasons.has_error()) {
      if (auto repaired = with_figures(*mrz.value, range, number_options)) return repaired;
    }
    return Zone{range, std::move(mrz), {}};
  };
  // Zones without an error first: a line that was read twice must not hide the zone that it belongs to.
  std::vector<bool> used(lines.size(), false);
  for (const bool sound : {true, false}) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (const std::size_t count : {std::size_t{2}, std::size_t{3}}) {
        bool free = i + count <= lines.size();
        for (std::size_t k = i; free && k < i + count; ++k) free = !used[k];
        if (!free) continue;
        std::optional<Zone> zone = zone_at(i, count);
        if (!zone || (sound && zone->mrz.reasons.has_error())) continue;
        zones.push_back(std::move(*zone));
        for (std::size_t k = i; k < i + count; ++k) used[k] = true;
        break;
      }
    }
  }
  std::stable_sort(zones.begin(), zones.end(), [](const Zone& a, const Zone& b) {
    return !a.mrz.reasons.has_error() && b.mrz.reasons.has_error();
  });
  return zones;
}

bool has_passport_line(const Sheet& sheet, Range within) {
  constexpr std::size_t least_length = 36;  // of 44
  constexpr std::size_t least_fillers = 8;
  within.end = std::min(within.end, sheet.folded().size());
  const auto& f = sheet.folded();
  for (std::size_t i = within.begin; i < within.end;) {
    std::size_t end = i + 1;
    while (end < within.end && !f.starts_line(end)) ++end;
    std::size_t fillers = 0;
    for (std::size_t k = i; k < end; ++k) fillers += zone_char(f[k]) == '<' ? 1 : 0;
    if ((f[i] == U'P' || f[i] == U'Р') && end - i >= least_length && fillers >= least_fillers &&
        zone_char(f[i + 1]) == '<')
      return true;
    i = end;
  }
  return false;
}

Field zone_field(const Sheet& sheet, const Zone& zone) {
  Field f = sheet.field("mrz", zone.mrz.value->text, zone.range);
  f.reasons = zone.mrz.reasons;
  f.checkable = true;
  return f;
}

ZoneBirth birth_in_zone(const numbers::Mrz& mrz) {
  ZoneBirth born{mrz.birth_date, false};
  if (mrz.iin.empty() || !born.date.valid()) return born;
  const auto number = numbers::parse_iin(mrz.iin);
  if (!number.value || !number.value->encoded_date.valid()) return born;
  const Date encoded = number.value->encoded_date;
  // The number's date need not be the holder's; where both name the same day, its century is the better witness.
  if (encoded.month == born.date.month && encoded.day == born.date.day && encoded.year % 100 == born.date.year % 100)
    born = {encoded, true};
  return born;
}

bool print_beside(const Sheet& sheet, Range within, const Zone& zone) {
  constexpr std::size_t least = 12;  // Specks of the ground read as a few signs.
  const std::u32string_view f = sheet.chars();
  std::size_t seen = 0;
  for (std::size_t i = within.begin; i < within.end;) {
    std::size_t end = i + 1;
    while (end < within.end && !sheet.folded().starts_line(end)) ++end;
    // A line of the zone may have been read twice.
    const bool of_zone =
        (i < zone.range.end && zone.range.begin < end) ||
        std::any_of(f.begin() + static_cast<std::ptrdiff_t>(i), f.begin() + static_cast<std::ptrdiff_t>(end),
                    [](char32_t c) { return zone_char(c) == '<'; });
    if (!of_zone && sheet.field("text", {}, {i, end}).quad != Quad{}) seen += end - i;
    i = end;
  }
  return seen >= least;
}

void note_century_by_rule(Field& birth, const numbers::Mrz& mrz, bool page_seen) {
  birth.detail += "; the zone prints two digits of the year; the century is by rule";
  constexpr int oldest_age = 120;
  // Without an expiry that its check digit bears out nothing says how old the holder can be.
  const auto* until = mrz.field("expiry_date");
  const bool until_known =
      mrz.expiry_date.valid() && until != nullptr && until->evidence != numbers::MrzEvidence::contradicted;
  const bool older = !until_known || mrz.expiry_date.year - (mrz.birth_date.year - 100) <= oldest_age;
  if (page_seen || older) birth.reasons.add(Reason::ambiguous);
}

void doubt_number(Field& number, const numbers::Mrz& mrz, const ParseOptions& options) {
  if (mrz.iin.empty() || number.value != mrz.iin) return;
  numbers::Options number_options;
  number_options.today = options.today;
  number.reasons |= numbers::parse_iin(mrz.iin, number_options).reasons;
}

void add_zone_parts(Document& document, const Sheet& sheet, Range within, const Zone& zone,
                    const ParseOptions& options) {
  const numbers::Mrz& mrz = *zone.mrz.value;
  const ZoneBirth born = birth_in_zone(mrz);
  const auto add = [&](std::string_view key, std::string_view zone_key, const std::string& value) {
    if (value.empty() || document.find(key) != nullptr) return;
    Field f = sheet.field(key, value, zone.range);
    if (const auto* part = mrz.field(zone_key)) {
      if (part->evidence == numbers::MrzEvidence::contradicted) f.reasons.add(Reason::bad_check_digit);
      f.checkable = part->evidence != numbers::MrzEvidence::none;
    }
    if (zone.is_repaired(key)) f.reasons.add(Reason::repaired);
    f.detail = "from the machine-readable zone";
    f.repeats_zone = true;
    if (key == "personal_number") doubt_number(f, mrz, options);
    if (key == "birth_date" && !born.century_known) {
      // Cards of TD1 size print the date on their other side.
      const bool on_page = mrz.format != numbers::MrzFormat::td1 && print_beside(sheet, within, zone);
      note_century_by_rule(f, mrz, on_page);
    }
    document.fields.push_back(std::move(f));
  };
  add("document_number", "document_number", mrz.document_number);
  add("surname", "surname", mrz.surname);
  add("given_names", "given_names", mrz.given_names);
  add("sex", "sex", std::string(numbers::name(mrz.sex)));
  add("birth_date", "birth_date", born.date.valid() ? iso(born.date) : "");
  add("expiry_date", "expiry_date", mrz.expiry_date.valid() ? iso(mrz.expiry_date) : "");
  add("issuing_state", "issuing_state", mrz.issuing_state);
  add("nationality", "nationality", mrz.nationality);
  add("personal_number", "optional_data", !mrz.iin.empty() ? mrz.iin : mrz.optional_data);
}

}  // namespace kualik::documents
