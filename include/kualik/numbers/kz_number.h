#pragma once
// Numbers of Kazakhstan: IIN (ЖСН/ИИН, persons) and BIN (БСН/БИН, organisations).
//
//   Checked<Iin> iin = parse_iin("850615100126");   // encoded date 1885-06-15, male
//
//   IIN  yymmdd c ssss k    c: 1/2 born 18xx m/f, 3/4 19xx, 5/6 20xx
//   BIN  yymm t d sssss k   t: 4 resident, 5 non-resident, 6 joint entrepreneur;
//                           d: 0 head, 1 branch, 2 representation, 3 farm
//
// Check digit k: sum of digit x position (1-11) mod 11; if 10, again with weights 3 4 … 11 1 2; if 10 again, the body
// is not given out (`unusable_number`, 0.84 % of bodies).
// Blind spot: position 11 weighs 11, which is 0 mod 11, so unless the second pass was needed (9 %) an error in digit 11
// is not seen. The date is an ENCODED date: since resolution 853 of 2013-08-26 the digits need not match the person's
// data; never take it for a birth date. Numbers with a wrong check digit were issued in the past and replaced later
// (law 223 of 2007-01-12, art. 9): `bad_check_digit` on an old paper is no proof of a misreading. All functions are
// pure, noexcept, allocate nothing, and are safe from any thread.

#include <string_view>

#include "kualik/core/checked.h"
#include "kualik/core/date.h"
#include "kualik/numbers/options.h"

namespace kualik::numbers {

struct Iin {
  FixedText<12> number{};
  Date encoded_date{};  ///< Year 0 if the century digit is unknown.
  Sex sex{Sex::unknown};
  int century_digit{-1};
  int serial{-1};
  bool second_pass{false};  ///< The check digit came from the second weights, so that digit 11 is covered.
  std::string_view text() const noexcept { return number.view(); }
};

enum class BinType : std::uint8_t { unknown = 0, resident = 4, non_resident = 5, entrepreneur = 6 };
enum class BinDivision : std::uint8_t { head = 0, branch = 1, representation = 2, farm = 3, unknown = 9 };
std::string_view name(BinType type) noexcept;
std::string_view name(BinDivision division) noexcept;

struct Bin {
  FixedText<12> number{};
  int year{0};   ///< Two digits: the century is not encoded.
  int month{0};  ///< Of registration.
  BinType type{BinType::unknown};
  BinDivision division{BinDivision::unknown};
  int serial{-1};
  bool second_pass{false};
  std::string_view text() const noexcept { return number.view(); }
};

/// The check digit of 11 body digits; 'U' if both passes give 10 (no number is issued), '\0' if the body is not 11
/// digits.
char kz_check_digit(std::string_view body) noexcept;

/// True if twelve digits can only be a BIN: digit 5 is 4 or more, which no day of a month has.
bool is_bin(std::string_view number) noexcept;

/// Reasons: bad_length, bad_character, bad_check_digit, unusable_number, bad_date; doubts: unknown_value (century digit
/// 0, 7, 8, 9), future_date, implausible_age, masked, normalised.
Checked<Iin> parse_iin(std::string_view text, const Options& options = {}) noexcept;
ReasonSet check_iin(std::string_view text, const Options& options = {}) noexcept;

/// Reasons: as above; bad_structure if digit 5 is none of 4, 5, 6; doubt unknown_value for digit 6 above 3.
Checked<Bin> parse_bin(std::string_view text, const Options& options = {}) noexcept;
ReasonSet check_bin(std::string_view text, const Options& options = {}) noexcept;

}  // namespace kualik::numbers
