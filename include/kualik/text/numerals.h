#pragma once
// Chinese numerals in every form that papers use: 二〇一八 (digit by digit, zero written 〇 ○ ◯ O Ο О 0 零), 一百二十三
// (ranked), 廿三, 卅, 壹佰贰拾叁 (the forms of bank drafts), 2万, 1２, mixed.
//
//   text::parse_numeral("二百零三").value == 203;
//   text::parse_numeral("二○一八").value == 2018;
//   auto m = text::match_numeral(folded.chars(), 4);   // the longest numeral that begins at character 4
//
// Matchers work on folded characters (normalize.h). Pure functions, no allocation in the matchers; at most 24
// characters are looked at.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kualik/core/checked.h"

namespace kualik::text {

/// How a numeral is written.
enum class NumeralForm : std::uint8_t {
  arabic,      ///< 2018
  positional,  ///< 二〇一八, also mixed with Arabic digits
  ranked,      ///< 二千零一十八, 廿一, 3万
};

/// One numeral found at a place.
struct NumeralMatch {
  std::size_t end{};  ///< First character behind it.
  std::int64_t value{};
  NumeralForm form{NumeralForm::arabic};
  int digits{};         ///< How many digits an Arabic or positional numeral has.
  ReasonSet reasons{};  ///< `repaired` if a letter or dash was read as a digit; `ambiguous` for 三百五 (350).
};

/// The longest numeral at `pos`; nothing if there is none. 两 counts as two before a rank only.
std::optional<NumeralMatch> match_numeral(std::u32string_view chars, std::size_t pos) noexcept;

/// A text that is one numeral and nothing else (spaces apart). Errors: bad_character, bad_structure.
Checked<std::int64_t> parse_numeral(std::string_view text);

/// How `to_han` writes.
enum class HanStyle : std::uint8_t {
  ranked,      ///< 二百零三; 10-19 as 十, 十一, …
  formal,      ///< 贰佰零叁; 10 as 壹拾
  positional,  ///< 二〇三
};
/// A numeral for `value` (0 … 10^12 - 1); empty outside.
std::string to_han(std::int64_t value, HanStyle style = HanStyle::ranked);

/// The value of one digit character, 0 … 9, or -1: Arabic, Han, formal, and every look-alike of zero that typefaces
/// offer.
int digit_value(char32_t c) noexcept;
/// As digit_value, and for characters that OCR puts for a digit (l, I, |, a dash for 一, D and Q for zero): -1 if none.
int lookalike_digit_value(char32_t c) noexcept;

}  // namespace kualik::text
