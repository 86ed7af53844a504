#include "kualik/numbers/resident_id.h"

#include "kualik/numbers/fold.h"
#include "kualik/numbers/region.h"
#include "numbers/region_index.h"
#include "numbers/resident_check.h"

namespace kualik::numbers {
namespace {

using detail::date_doubts;
using detail::is_digit;

constexpr bool is_letter(char c) noexcept { return c >= 'A' && c <= 'Z'; }

/// The value of text[first, first + size) if all are digits, else -1.
int value_of(std::string_view text, std::size_t first, std::size_t size) noexcept {
  int value = 0;
  for (std::size_t i = first; i < first + size; ++i) {
    if (!is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

void set_sequence(ResidentId& id, std::string_view text, std::size_t first, std::size_t size) noexcept {
  id.sequence = value_of(text, first, size);
  const char last = text[first + size - 1];
  if (is_digit(last)) id.sex = (last - '0') % 2 == 1 ? Sex::male : Sex::female;
}

void set_birth(ResidentId& id, int year, std::string_view text, std::size_t first, ReasonSet& reasons) noexcept {
  const int month = value_of(text, first, 2);
  const int day = value_of(text, first + 2, 2);
  id.birth = {year < 0 ? 0 : year, month < 0 ? 0 : month, day < 0 ? 0 : day};
  // Hidden parts are given the benefit: any month, any day, a leap year.
  const int asked_month = month < 0 ? 1 : month;
  const int longest = days_in_month(year < 0 ? 2000 : year, asked_month);
  const bool wrong = (year >= 0 && (year < detail::oldest_year || year > detail::newest_year)) || longest == 0 ||
                     day == 0 || (day > 0 && day > (month < 0 ? 31 : longest));
  if (wrong) reasons.add(Reason::bad_date);
}

void judge_age(const ResidentId& id, const Options& options, ReasonSet& reasons) noexcept {
  if (id.birth.valid() && !reasons.has(Reason::bad_date))
    reasons |= ReasonSet::from_bits(date_doubts(id.birth.packed(), options.today.packed()));
}

/// Without a date the period cannot be judged, only whether the code is known.
ReasonSet region_reasons(int code, int year, ReasonSet so_far) noexcept {
  const bool dated = year >= 0 && !so_far.has(Reason::bad_date);
  const std::uint32_t doubts = region_doubts(region_index().at(code), dated ? year : first_issue_year);
  return ReasonSet::from_bits(dated ? doubts : doubts & ~(detail::region_ended_bit | detail::region_newer_bit));
}

/// `number` has 18 characters: digits, `*`, and X at the end alone.
void take_18(ResidentId& id, const Options& options, ReasonSet& reasons) noexcept {
  const std::string_view text = id.number.view();
  const bool foreigner = text[0] == '9';
  const int year = value_of(text, 6, 4);
  set_birth(id, year, text, 10, reasons);
  judge_age(id, options, reasons);
  set_sequence(id, text, 14, 3);
  const bool hidden = text[17] == '*';
  if (!hidden) id.check = text[17];
  const char check = detail::check_char_of(text.data());
  if (check != '\0' && !hidden && check != id.check) reasons.add(Reason::bad_check_digit);

  const int code = value_of(text, 0, 6);
  if (foreigner) {
    id.form = ResidentForm::foreigner18;
    const int province = value_of(text, 1, 2);
    id.region_code = province < 0 ? 0 : province * 10000;
    const int numeric = value_of(text, 3, 3);
    id.nationality_numeric = numeric < 0 ? 0 : numeric;
    Country country;
    if (find_country(id.nationality_numeric, country)) id.nationality = FixedText<3>(country.alpha3);
  } else {
    id.region_code = code < 0 ? 0 : code;
    const bool permit = code == 810000 || code == 820000 || code == 830000;
    id.form = permit ? ResidentForm::permit18 : ResidentForm::citizen18;
  }
  if (options.check_region && code >= 0) {
    reasons |= region_reasons(code, year, reasons);
  }
  const unsigned form = foreigner ? Forms::foreigner18 : Forms::citizen18;
  if ((options.forms & form) == 0) reasons.add(Reason::bad_structure);
}

/// 15 digits or `*`.
void take_15(ResidentId& id, const Options& options, ReasonSet& reasons) noexcept {
  const std::string_view text = id.number.view();
  id.form = ResidentForm::citizen15;
  set_sequence(id, text, 12, 3);
  const int yy = value_of(text, 6, 2);
  // No 15-digit number was given to anyone born after 1999: the 18-digit form came first.
  const bool old = id.sequence >= 996;
  set_birth(id, yy < 0 ? -1 : (old ? 1800 : 1900) + yy, text, 8, reasons);
  judge_age(id, options, reasons);
  if (old) reasons.add(Reason::ambiguous);
  const int code = value_of(text, 0, 6);
  id.region_code = code < 0 ? 0 : code;
  if (options.check_region && code >= 0) {
    reasons |= region_reasons(code, yy < 0 ? -1 : id.birth.year, reasons);
    reasons.remove(Reason::unknown_type);  // The foreigners' range of 18 digits has no meaning here.
    if (text[0] == '9') reasons.add(Reason::unknown_region);
  }
  if ((options.forms & Forms::citizen15) == 0) reasons.add(Reason::bad_structure);
}

/// AAA and 12 digits or `*`.
void take_foreigner15(ResidentId& id, const Options& options, ReasonSet& reasons) noexcept {
  const std::string_view text = id.number.view();
  id.form = ResidentForm::foreigner15;
  id.nationality = FixedText<3>(text.substr(0, 3));
  Country country;
  const bool known = find_country(text.substr(0, 3), country);
  if (known) id.nationality_numeric = country.numeric;
  const int place = value_of(text, 3, 4);
  id.region_code = place < 0 ? 0 : place * 100;
  // The card does not print the century. Cards were given from 2004 on; a holder is taken to be born in the hundred
  // years before today.
  const int yy = value_of(text, 7, 2);
  const int this_year = options.today.empty() ? 2023 : options.today.year;
  int year = yy < 0 ? -1 : this_year / 100 * 100 + yy;
  if (year > this_year) year -= 100;
  set_birth(id, year, text, 9, reasons);
  judge_age(id, options, reasons);
  set_sequence(id, text, 13, 1);
  id.sex = Sex::unknown;  // The one serial digit carries no sex.
  const bool hidden = text[14] == '*';
  if (!hidden) id.check = text[14];
  const char check = icao_check_digit(text.substr(0, 14));
  if (check != '\0' && !hidden && check != id.check) reasons.add(Reason::bad_check_digit);
  if (options.check_region) {
    if (!known) reasons.add(Reason::unknown_type);
    RegionRecord province;
    if (place >= 0 && !find_region(place / 100 * 10000, 2017, province)) reasons.add(Reason::unknown_region);
  }
  if ((options.forms & Forms::foreigner15) == 0) reasons.add(Reason::bad_structure);
}

/// `text` is ASCII, folded or to be taken as it stands.
Checked<ResidentId> take(std::string_view text, const Options& options, ReasonSet reasons) noexcept {
  Checked<ResidentId> result;
  if (text.size() != 18 && text.size() != 15) {
    reasons.add(Reason::bad_length);
    for (char c : text)
      if (!is_digit(c) && !is_letter(c) && c != '*') reasons.add(Reason::bad_character);
    result.reasons = reasons;
    return result;
  }
  const bool letters = text.size() == 15 && (is_letter(text[0]) || is_letter(text[1]) || is_letter(text[2]));
  ResidentId id;
  bool masked = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (i == 17 && c == 'x') {
      c = 'X';
      reasons.add(Reason::normalised);
    }
    const bool fits = letters && i < 3
                          ? is_letter(c)
                          : is_digit(c) || (i == 17 && c == 'X') || c == '*' || (letters && i < 3 && c == '*');
    if (!fits) reasons.add(Reason::bad_character);
    masked |= c == '*';
    id.number.push_back(c);
  }
  if (masked) reasons.add(Reason::masked);
  if (letters)
    take_foreigner15(id, options, reasons);
  else if (text.size() == 15)
    take_15(id, options, reasons);
  else
    take_18(id, options, reasons);
  result.reasons = reasons;
  // With a character at the wrong place there is no number to speak of, though its other parts were judged.
  if (!reasons.has(Reason::bad_character)) result.value = id;
  return result;
}

Checked<ResidentId> parse(std::string_view text, const Options& options, bool fold) noexcept {
  if (!fold) return take(text, options, {});
  Folded<40> folded;
  fold_number(text, folded);
  ReasonSet reasons;
  if (folded.changed) reasons.add(Reason::normalised);
  // X is a mask too wherever it cannot be a check character, as newspapers print it.
  if (folded.text.size() == 18 || folded.text.size() == 15) {
    const bool letters = folded.text.size() == 15 && !is_digit(folded.text[0]) && folded.text[0] != '*';
    for (std::size_t i = letters ? 3 : 0; i < folded.text.size(); ++i) {
      if (folded.text[i] != 'X') continue;
      std::size_t end = i;
      while (end < folded.text.size() && folded.text[end] == 'X') ++end;
      // A single X inside is a misread rather than a mask, and one at the end is a check character.
      const bool beside_mask = i > 0 && folded.text[i - 1] == '*' && end < folded.text.size();
      if (end - i > 1 || beside_mask) {
        for (std::size_t k = i; k < end; ++k) folded.text[k] = '*';
        reasons.add(Reason::normalised);
      }
      i = end;
    }
  }
  return take(folded.text.view(), options, reasons);
}

}  // namespace

std::string_view name(ResidentForm form) noexcept {
  constexpr std::string_view names[] = {"citizen18", "permit18", "citizen15", "foreigner18", "foreigner15"};
  return names[static_cast<std::size_t>(form)];
}

Checked<ResidentId> parse_resident_id(std::string_view text, const Options& options) noexcept {
  return parse(text, options, options.fold.value_or(true));
}

ReasonSet check_resident_id(std::string_view text, const Options& options) noexcept {
  return parse(text, options, options.fold.value_or(false)).reasons;
}

Upgrade upgrade_candidates(const ResidentId& id) noexcept {
  Upgrade result;
  if (id.form != ResidentForm::citizen15 || id.number.size() != 15) return result;
  const std::string_view old = id.number.view();
  for (char c : old)
    if (!is_digit(c)) return result;
  const bool centenarian = id.sequence >= 996;
  for (int century : {18, 19}) {
    if (century == 18 && !centenarian) continue;
    FixedText<18> number(old.substr(0, 6));
    number.push_back('1');
    number.push_back(static_cast<char>('0' + century - 10));
    for (char c : old.substr(6)) number.push_back(c);
    number.push_back(resident_check_char(number.view()));
    Options plain;
    plain.fold = false;
    const Checked<ResidentId> made = parse_resident_id(number.view(), plain);
    if (made.value && !made.reasons.has_error()) result.candidates[result.size++] = *made.value;
  }
  return result;
}

std::string format_resident_id(const ResidentId& id, bool grouped) {
  std::string text(id.text());
  if (!grouped) return text;
  if (text.size() == 18) {
    text.insert(14, 1, ' ');
    text.insert(6, 1, ' ');
  } else if (text.size() == 15) {
    const bool letters = id.form == ResidentForm::foreigner15;
    text.insert(letters ? 13 : 12, 1, ' ');
    text.insert(letters ? 7 : 6, 1, ' ');
  }
  return text;
}

std::string mask_resident_id(std::string_view text, std::size_t keep) {
  const Checked<ResidentId> id = parse_resident_id(text);
  std::string masked;
  if (!id.value) {
    while (!text.empty()) {
      const FoldedChar c = fold_char(text);
      text.remove_prefix(c.size);
      masked += '*';
    }
    return masked;
  }
  masked = std::string(id.value->text());
  for (std::size_t i = keep < 6 ? keep : 6; i < masked.size(); ++i) masked[i] = '*';
  return masked;
}

}  // namespace kualik::numbers
