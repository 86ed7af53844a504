#include "kualik/numbers/kz_number.h"

#include "kualik/numbers/fold.h"
#include "numbers/resident_check.h"

namespace kualik::numbers {
namespace {

using detail::is_digit;

int sum_mod_11(std::string_view body, int first_weight) noexcept {
  int sum = 0;
  for (int i = 0; i < 11; ++i) {
    const int weight = (first_weight + i - 1) % 11 + 1;
    sum += weight * (body[static_cast<std::size_t>(i)] - '0');
  }
  return sum % 11;
}

int value_of(std::string_view text, std::size_t first, std::size_t size) noexcept {
  int value = 0;
  for (char c : text.substr(first, size)) {
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// What IIN and BIN share: the characters and the check digit. False if there is no number to take apart.
bool take_digits(std::string_view text, bool fold, FixedText<12>& number, bool& second_pass,
                 ReasonSet& reasons) noexcept {
  Folded<24> folded;
  if (fold) {
    fold_number(text, folded);
    if (folded.changed) reasons.add(Reason::normalised);
    text = folded.text.view();
  }
  bool masked = false;
  for (char c : text) {
    if (c == '*')
      masked = true;
    else if (!is_digit(c))
      reasons.add(Reason::bad_character);
  }
  if (text.size() != 12) reasons.add(Reason::bad_length);
  if (reasons.has_error()) return false;
  number = FixedText<12>(text);
  if (masked) {
    reasons.add(Reason::masked);
    const bool body_known = text.substr(0, 11).find('*') == std::string_view::npos;
    if (body_known && kz_check_digit(text.substr(0, 11)) == 'U') reasons.add(Reason::unusable_number);
    return true;
  }
  const char check = kz_check_digit(text.substr(0, 11));
  second_pass = sum_mod_11(text, 1) == 10;
  if (check == 'U')
    reasons.add(Reason::unusable_number);
  else if (check != text[11])
    reasons.add(Reason::bad_check_digit);
  return true;
}

}  // namespace

std::string_view name(BinType type) noexcept {
  switch (type) {
    case BinType::resident:
      return "resident";
    case BinType::non_resident:
      return "non_resident";
    case BinType::entrepreneur:
      return "entrepreneur";
    case BinType::unknown:
      break;
  }
  return "unknown";
}

std::string_view name(BinDivision division) noexcept {
  switch (division) {
    case BinDivision::head:
      return "head";
    case BinDivision::branch:
      return "branch";
    case BinDivision::representation:
      return "representation";
    case BinDivision::farm:
      return "farm";
    case BinDivision::unknown:
      break;
  }
  return "unknown";
}

char kz_check_digit(std::string_view body) noexcept {
  if (body.size() != 11) return '\0';
  for (char c : body)
    if (!is_digit(c)) return '\0';
  int check = sum_mod_11(body, 1);
  if (check == 10) check = sum_mod_11(body, 3);
  return check == 10 ? 'U' : static_cast<char>('0' + check);
}

bool is_bin(std::string_view number) noexcept { return number.size() == 12 && number[4] >= '4' && number[4] <= '9'; }

Checked<Iin> parse_iin(std::string_view text, const Options& options) noexcept {
  Checked<Iin> result;
  Iin iin;
  ReasonSet& reasons = result.reasons;
  if (!take_digits(text, options.fold.value_or(true), iin.number, iin.second_pass, reasons)) return result;
  const std::string_view digits = iin.number.view();
  const int yy = value_of(digits, 0, 2);
  const int month = value_of(digits, 2, 2);
  const int day = value_of(digits, 4, 2);
  iin.century_digit = value_of(digits, 6, 1);
  iin.serial = value_of(digits, 7, 4);
  int year = 0;
  if (iin.century_digit >= 1 && iin.century_digit <= 6) {
    iin.sex = iin.century_digit % 2 == 1 ? Sex::male : Sex::female;
    if (yy >= 0) year = 1800 + (iin.century_digit - 1) / 2 * 100 + yy;
  } else if (iin.century_digit >= 0) {
    reasons.add(Reason::unknown_value);  // No legal text for 0 and 7-9 is known.
  }
  iin.encoded_date = {year, month < 0 ? 0 : month, day < 0 ? 0 : day};
  // Hidden parts and an unknown century are given the benefit: any month, a leap year if there can be one.
  const int leap = yy < 0 || yy % 4 == 0 ? 2000 : 2001;
  const int longest = days_in_month(year != 0 ? year : leap, month < 0 ? 1 : month);
  if (longest == 0 || day == 0 || (day > 0 && day > longest)) reasons.add(Reason::bad_date);
  if (iin.encoded_date.valid())
    reasons |= ReasonSet::from_bits(detail::date_doubts(iin.encoded_date.packed(), options.today.packed()));
  result.value = iin;
  return result;
}

ReasonSet check_iin(std::string_view text, const Options& options) noexcept {
  Options strict = options;
  strict.fold = options.fold.value_or(false);
  return parse_iin(text, strict).reasons;
}

Checked<Bin> parse_bin(std::string_view text, const Options& options) noexcept {
  Checked<Bin> result;
  Bin bin;
  ReasonSet& reasons = result.reasons;
  if (!take_digits(text, options.fold.value_or(true), bin.number, bin.second_pass, reasons)) return result;
  const std::string_view digits = bin.number.view();
  bin.year = value_of(digits, 0, 2) < 0 ? 0 : value_of(digits, 0, 2);
  const int month = value_of(digits, 2, 2);
  bin.month = month < 0 ? 0 : month;
  if (month == 0 || month > 12) reasons.add(Reason::bad_date);
  const int type = value_of(digits, 4, 1);
  if (type >= 4 && type <= 6)
    bin.type = static_cast<BinType>(type);
  else if (type >= 0)
    reasons.add(Reason::bad_structure);
  const int division = value_of(digits, 5, 1);
  if (division >= 0 && division <= 3)
    bin.division = static_cast<BinDivision>(division);
  else if (division >= 0)
    reasons.add(Reason::unknown_value);
  bin.serial = value_of(digits, 6, 5);
  result.value = bin;
  return result;
}

ReasonSet check_bin(std::string_view text, const Options& options) noexcept {
  Options strict = options;
  strict.fold = options.fold.value_or(false);
  return parse_bin(text, strict).reasons;
}

}  // namespace kualik::numbers
