#pragma once
// Numbers in running text: Chinese, Kazakh or Russian, typed or read by OCR.
//
//   const char* line = "身份证号：４４０５２４ 18800101 0014，案号（2018）新40刑初12号";
//   for (const text::FoundNumber& n : text::find_numbers(line))
//     show(n.kind, n.value, n.span);     // resident_id 440524188001010014 …, case_number （2018）新40刑初12号 …
//
// Reads through full-width digits, Cyrillic Х, spaces, hyphens and one line break inside a number. Each number carries
// the bytes of the original it came from and what was folded. Digits that merely happen to have the right length are
// left out: see `find_numbers`. Pure, safe from any thread. Time and memory are linear in the text, whatever it holds
// (RE2; everything else looks at a bounded stretch).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/geometry.h"
#include "kualik/core/reasons.h"
#include "kualik/numbers/options.h"

namespace kualik::text {

enum class NumberKind : std::uint8_t { resident_id, iin, bin, mrz, case_number };
/// "cn_id", "iin", "bin", "mrz", "case_number": as in `kualik check`.
std::string_view name(NumberKind kind) noexcept;

/// What was folded inside a number, as bits.
enum FoldedIn : std::uint8_t {
  folded_none = 0,
  folded_width = 1,  ///< Full-width or other digits and letters that are not ASCII.
  folded_space = 2,
  folded_hyphen = 4,
  folded_line_break = 8,
  folded_case = 16,  ///< Lower-case letters.
};

struct FoundNumber {
  NumberKind kind{NumberKind::resident_id};
  Span span{};          ///< Bytes of the text.
  std::string value{};  ///< Canonical; given even if an error stands, for then the raw digits matter most.
  ReasonSet reasons{};
  std::uint8_t folded{folded_none};
};

/// All numbers, in order, not overlapping. Found are:
///   18 characters   if the check digit or the date holds (an 18-digit number of another kind mostly has neither);
///                   masked ones with 6 digits known
///   15 characters   if the date holds
///   12 digits       an IIN or BIN if nothing speaks against it, or if ИИН, ЖСН, БИН, БСН, IIN or BIN stands before it
///   parts           joined over spaces, hyphens or a line break only if no error stands
///   MRZ             consecutive lines of one of its forms
///   case numbers    of every form that `parse_case_number` knows
std::vector<FoundNumber> find_numbers(std::string_view text, const numbers::Options& options = {});

}  // namespace kualik::text
