// Reasons against the numbers of persons and organisations, in words.

#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/resident_id.h"
#include "numbers/explain_parts.h"
#include "numbers/resident_check.h"

namespace kualik::numbers::detail {
namespace {

bool is_letter(char c) noexcept { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// The foreigner's card of 2017: letters, then digits.
bool begins_with_letters(std::string_view text) noexcept {
  return text.size() == 15 && (is_letter(text[0]) || is_letter(text[1]) || is_letter(text[2]));
}

/// The first six digits; -1 if they are none.
int region_code(std::string_view text) noexcept {
  int code = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    if (i >= text.size() || !is_digit(text[i])) return -1;
    code = code * 10 + (text[i] - '0');
  }
  return code;
}

std::string region(std::string_view text, Reason reason) {
  if (begins_with_letters(text)) return "the place " + std::string(text.substr(3, 4)) + " is in no table of regions";
  const int code = region_code(text);
  if (code < 0) return {};
  if (text.size() == 18 && text[0] == '9')
    return "the province " + std::string(text.substr(1, 2)) + " is in no table of regions";
  const std::string shown(text.substr(0, 6));
  if (reason == Reason::unknown_region) {
    const int near = nearest_known_region(code);
    return shown + " is in no table of regions" + (near == 0 ? "" : " (above it: " + region_path(near, 2020) + ")");
  }
  int first = 0;
  int last = 0;
  for (const RegionRecord& r : region_records(code)) {
    if (first == 0 || r.year_from < first) first = r.year_from;
    if (r.year_to > last) last = r.year_to;
  }
  if (reason == Reason::region_ended)
    return "region " + shown + " ended in " + std::to_string(last) + ", before such a number could be issued";
  return "region " + shown + " began in " + std::to_string(first) + ", more than 18 years after the birth";
}

std::string birth(std::string_view text) {
  if (text.size() == 18) return std::string(text.substr(6, 8)) + " is no date of birth (year, month, day)";
  if (begins_with_letters(text)) return std::string(text.substr(7, 6)) + " is no date of birth (year, month, day)";
  return text.size() == 15 ? std::string(text.substr(6, 6)) + " is no date of birth (year, month, day)" : std::string();
}

std::string state(std::string_view text) {
  const bool letters = begins_with_letters(text);
  if (!letters && text.size() != 18) return {};
  return "the state " + std::string(letters ? text.substr(0, 3) : text.substr(3, 3)) + " is in no table";
}

/// What IIN and BIN share.
std::string why_twelve(std::string_view text, Reason reason) {
  switch (reason) {
    case Reason::bad_length:
      return length_sentence(text, "12");
    case Reason::bad_character:
      return character_sentence(text, 0, 0);
    case Reason::bad_check_digit:
      return text.size() == 12 ? check_sentence(kz_check_digit(text.substr(0, 11))) : std::string();
    default:
      return {};
  }
}

}  // namespace

std::string why_resident(std::string_view text, Reason reason, ReasonSet reasons) {
  const std::string checked = as_checked(text, reasons);
  const bool letters = begins_with_letters(checked);
  switch (reason) {
    case Reason::bad_length:
      return length_sentence(text, "18 (or 15 of the old form)");
    case Reason::bad_character:
      return character_sentence(checked, letters ? 3 : 0, letters ? 0 : 18);
    case Reason::bad_check_digit:
      if (letters) return check_sentence(icao_check_digit(std::string_view(checked).substr(0, 14)));
      return checked.size() == 18 ? check_sentence(resident_check_char(std::string_view(checked).substr(0, 17)))
                                  : std::string();
    case Reason::bad_date:
      return birth(checked);
    case Reason::bad_structure:
      return "a form of number that was not asked for";
    case Reason::unknown_region:
    case Reason::region_ended:
    case Reason::region_newer:
      return region(checked, reason);
    case Reason::unknown_type:
      return state(checked);
    default:
      break;
  }
  const Checked<ResidentId> id = parse_resident_id(text);
  if (!id.value) return {};
  if (reason == Reason::ambiguous && id.value->birth.year != 0)
    return "sequences of 996 and more were given to people born in the 1800s: the birth may be of " +
           std::to_string(id.value->birth.year) + " or of " + std::to_string(id.value->birth.year + 100);
  return age_sentence(reason, id.value->birth);
}

std::string why_iin(std::string_view text, Reason reason, ReasonSet reasons) {
  const std::string checked = as_checked(text, reasons);
  if (reason == Reason::bad_date && checked.size() == 12)
    return checked.substr(0, 6) + " is no date (year, month, day)";
  if (reason == Reason::unknown_value && checked.size() == 12)
    return std::string("the seventh digit is ") + checked[6] + ": 1 to 6 tell century and sex, no other is known";
  if (std::string shared = why_twelve(checked, reason); !shared.empty()) return shared;
  const Checked<Iin> iin = parse_iin(text);
  return iin.value ? age_sentence(reason, iin.value->encoded_date) : std::string();
}

std::string why_bin(std::string_view text, Reason reason, ReasonSet reasons) {
  const std::string checked = as_checked(text, reasons);
  if (checked.size() == 12) {
    if (reason == Reason::bad_date) return checked.substr(2, 2) + " is no month of registration";
    if (reason == Reason::bad_structure)
      return std::string("the fifth digit is ") + checked[4] + ": 4, 5 and 6 are the types of organisations";
    if (reason == Reason::unknown_value)
      return std::string("the sixth digit is ") + checked[5] +
             ": 0 to 3 are known (head, branch, representation, farm)";
  }
  return why_twelve(checked, reason);
}

}  // namespace kualik::numbers::detail
