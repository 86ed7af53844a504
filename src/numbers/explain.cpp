#include "kualik/numbers/explain.h"

#include "kualik/numbers/fold.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/resident_id.h"
#include "numbers/region_index.h"
#include "numbers/resident_check.h"
#include "numbers/utf8.h"

namespace kualik::numbers {
namespace {

using detail::is_digit;

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(detail::decode(text).size);
  return count;
}

std::string bad_length(std::string_view text, TableKind kind) {
  const std::string_view wanted = kind == TableKind::cn_id                           ? "18 (or 15 of the old form)"
                                  : kind == TableKind::iin || kind == TableKind::bin ? "12"
                                                                                     : std::string_view();
  if (wanted.empty()) return std::string(in_words(Reason::bad_length));
  const std::size_t count = characters(text);
  if (count != text.size() && (count == 12 || count == 15 || count == 18))
    return "wide or foreign characters instead of plain digits";
  std::string out = std::to_string(count) + " characters, " + std::string(wanted) + " are wanted";
  if (text.find("E+") != std::string_view::npos)
    out += " (a spreadsheet has rounded the number: its last digits are lost)";
  return out;
}

/// The first character that is no digit (nor X at the eighteenth place).
std::string bad_character(std::string_view text, TableKind kind) {
  if (kind != TableKind::cn_id && kind != TableKind::iin && kind != TableKind::bin)
    return std::string(in_words(Reason::bad_character));
  std::string_view rest = text;
  for (std::size_t place = 1; !rest.empty(); ++place) {
    const detail::CodePoint c = detail::decode(rest);
    const bool x = place == 18 && kind == TableKind::cn_id && (c.point == 'X' || c.point == 'x');
    if (!(c.point < 0x80 && is_digit(static_cast<char>(c.point))) && c.point != '*' && !x) {
      const FoldedChar folded = fold_char(rest);
      const bool foldable = folded.ascii == 0 || (folded.ascii != '\1' && is_digit(folded.ascii));
      return "character " + std::to_string(place) + " is no digit" +
             (foldable ? " (a blank, hyphen or wide digit: folding accepts it)" : "");
    }
    rest.remove_prefix(c.size);
  }
  return std::string(in_words(Reason::bad_character));
}

std::string bad_check_digit(std::string_view text, TableKind kind) {
  char wanted = 0;
  if (kind == TableKind::cn_id && text.size() == 18) wanted = resident_check_char(text.substr(0, 17));
  if ((kind == TableKind::iin || kind == TableKind::bin) && text.size() == 12)
    wanted = kz_check_digit(text.substr(0, 11));
  if (!is_digit(wanted) && wanted != 'X') return std::string(in_words(Reason::bad_check_digit));
  return std::string("the last character does not follow from the others (they would give ") + wanted +
         "): one of them is wrong";
}

std::string bad_date(std::string_view text, TableKind kind) {
  const std::size_t at = 6;
  const std::size_t size = text.size() == 18 ? 8 : text.size() == 15 ? 6 : 0;
  if (kind != TableKind::cn_id || size == 0) return std::string(in_words(Reason::bad_date));
  return std::string(text.substr(at, size)) + " is no date of birth";
}

/// Of the first six digits; 0 if they are none.
int region_code(std::string_view text) {
  int code = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    if (i >= text.size() || !is_digit(text[i])) return 0;
    code = code * 10 + (text[i] - '0');
  }
  return code;
}

std::string region(std::string_view text, Reason reason) {
  const int code = region_code(text);
  if (code == 0) return std::string(in_words(reason));
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

}  // namespace

std::string_view in_words(Reason reason) noexcept {
  switch (reason) {
    case Reason::bad_length:
      return "a length that this kind of number does not have";
    case Reason::bad_character:
      return "a character that cannot stand at its place";
    case Reason::bad_check_digit:
      return "a check digit does not follow from the rest";
    case Reason::bad_date:
      return "a date that no calendar has";
    case Reason::bad_structure:
      return "the parts do not stand as this form prescribes";
    case Reason::bad_composite_check:
      return "the zone's last check digit does not follow from its fields";
    case Reason::unusable_number:
      return "digits for which no check digit exists, so that they are never given out";
    case Reason::out_of_range:
      return "a quantity beyond what the form knows";
    case Reason::not_found:
      return "nothing is there";
    case Reason::unknown_region:
      return "the region is in no table";
    case Reason::region_ended:
      return "the region had ended before such a number could be issued";
    case Reason::region_newer:
      return "the region began more than 18 years after the birth";
    case Reason::future_date:
      return "a date after today";
    case Reason::implausible_age:
      return "an age beyond 120 years";
    case Reason::unknown_court:
      return "the court is in no table";
    case Reason::unknown_type:
      return "the state or type is in no table";
    case Reason::normalised:
      return "typed in another way (wide digits, blanks, small x), read all the same";
    case Reason::repaired:
      return "a character was changed";
    case Reason::low_score:
      return "the reading is not sure";
    case Reason::frames_disagree:
      return "the frames disagree";
    case Reason::masked:
      return "hidden places could not be checked";
    case Reason::cross_check:
      return "two of its parts disagree";
    case Reason::unknown_value:
      return "a part that no table holds";
    case Reason::ambiguous:
      return "more than one reading is possible";
    case Reason::period_mismatch:
      return "not in use at that time";
  }
  return "reserved";
}

std::vector<std::string> explain(std::string_view text, TableKind kind, ReasonSet reasons) {
  if (kind == TableKind::automatic) kind = kind_of(text);
  std::vector<std::string> out;
  for (Reason r : reasons) {
    switch (r) {
      case Reason::bad_length:
        out.push_back(bad_length(text, kind));
        break;
      case Reason::bad_character:
        out.push_back(bad_character(text, kind));
        break;
      case Reason::bad_check_digit:
        out.push_back(bad_check_digit(text, kind));
        break;
      case Reason::bad_date:
        out.push_back(bad_date(text, kind));
        break;
      case Reason::unknown_region:
      case Reason::region_ended:
      case Reason::region_newer:
        out.push_back(kind == TableKind::cn_id ? region(text, r) : std::string(in_words(r)));
        break;
      default:
        out.emplace_back(in_words(r));
        break;
    }
  }
  return out;
}

}  // namespace kualik::numbers
