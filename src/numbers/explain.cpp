#include "kualik/numbers/explain.h"

#include "kualik/numbers/fold.h"
#include "numbers/explain_parts.h"
#include "numbers/resident_check.h"
#include "numbers/utf8.h"

namespace kualik::numbers {
namespace detail {
namespace {

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(decode(text).size);
  return count;
}

bool is_capital(char32_t c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_small(char32_t c) noexcept { return c >= 'a' && c <= 'z'; }

/// What stands at a place that wants a digit (or an X).
std::string found_instead(std::string_view rest, char32_t point, bool x_fits) {
  const FoldedChar folded = fold_char(rest);
  if (point == 'X' && rest.starts_with("XX") && !x_fits)
    return "the letter X, no digit (X for hidden digits: folding accepts it)";
  if (is_capital(point) || is_small(point)) return std::string("the letter ") + static_cast<char>(point) + ", no digit";
  if (point == '\'') return "no digit (a spreadsheet's mark of text: folding accepts it)";
  const bool foldable = folded.ascii == 0 || (folded.ascii != '\1' && is_digit(folded.ascii));
  if (foldable) return "no digit (a blank, hyphen or wide digit: folding accepts it)";
  if (x_fits && folded.ascii == 'X') return "no plain X (another alphabet's letter: folding accepts it)";
  if (folded.ascii == '*') return "no digit (a mask: folding accepts it)";
  if (point == '.') return "no digit (a program took the number for a quantity)";
  return "no digit";
}

}  // namespace

std::string as_checked(std::string_view text, ReasonSet reasons) {
  if (!reasons.has(Reason::normalised)) return std::string(text);
  Folded<40> folded;
  fold_number(text, folded);
  return std::string(folded.text.view());
}

std::string length_sentence(std::string_view text, std::string_view wanted) {
  const std::size_t count = characters(text);
  if (count != text.size() && (count == 12 || count == 15 || count == 18))
    return "wide or foreign characters instead of plain digits";
  std::string out =
      std::to_string(count) + (count == 1 ? " character, " : " characters, ") + std::string(wanted) + " are wanted";
  if (text.find("E+") != std::string_view::npos)
    out += " (a spreadsheet has rounded the number: its last digits are lost)";
  return out;
}

std::string character_sentence(std::string_view text, std::size_t letters, std::size_t x_at) {
  std::string_view rest = text;
  for (std::size_t place = 1; !rest.empty(); ++place) {
    const CodePoint c = decode(rest);
    const std::string at = "character " + std::to_string(place) + " is ";
    if (place <= letters) {
      if (is_small(c.point)) return at + "a small letter (folding accepts it)";
      if (!is_capital(c.point)) return at + "no letter: a number that begins with letters has three of them";
    } else {
      const bool x_fits = place == x_at;
      const bool digit = c.point < 0x80 && is_digit(static_cast<char>(c.point));
      if (!digit && c.point != '*' && !(x_fits && (c.point == 'X' || c.point == 'x')))
        return at + found_instead(rest, c.point, x_fits);
    }
    rest.remove_prefix(c.size);
  }
  return {};
}

std::string check_sentence(char wanted) {
  if (!is_digit(wanted) && wanted != 'X') return {};
  return std::string("the last character does not follow from the others (they would give ") + wanted +
         "): one of them is wrong";
}

std::string age_sentence(Reason reason, const Date& date) {
  if (!date.valid()) return {};
  if (reason == Reason::future_date) return iso(date) + " is after today";
  if (reason == Reason::implausible_age) return "born " + iso(date) + ", which makes an age beyond 120 years";
  return {};
}

}  // namespace detail

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
      return "typed in another way (wide digits, blanks, small x, a spreadsheet's mark of text), read all the same";
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
    std::vector<std::string> said;
    switch (kind) {
      case TableKind::iin:
        said.push_back(detail::why_iin(text, r, reasons));
        break;
      case TableKind::bin:
        said.push_back(detail::why_bin(text, r, reasons));
        break;
      case TableKind::mrz:
        said = detail::why_zone(text, r, reasons);
        break;
      case TableKind::case_number:
        said.push_back(detail::why_case_number(text, r));
        break;
      default:
        said.push_back(detail::why_resident(text, r, reasons));
        break;
    }
    if (said.empty()) said.emplace_back();
    for (std::string& sentence : said) out.push_back(sentence.empty() ? std::string(in_words(r)) : std::move(sentence));
  }
  return out;
}

}  // namespace kualik::numbers
