#pragma once
// Machine-readable zones of ICAO Doc 9303 (TD1, TD2, TD3, visas A and B) and of China's exit-entry permits.
//
//   Checked<Mrz> mrz = parse_mrz("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6");
//   mrz.value->surname;                     // ERIKSSON
//   mrz.value->field("birth_date")->evidence;   // MrzEvidence::check_and_composite
//
// Lines are joined by '\n', '|' or '/'; one string of 90, 88 or 72 characters is cut. Check digits: weights 7 3 1 over
// 0-9, A-Z = 10-35, '<' = 0. Blind spots: two characters whose values are equal mod 10 look alike to every check digit
// (`mrz_blind`: K and <, I and S, B and L, A and U …), and the names, the sex, states and the document code have no
// check digit at all in TD2 and TD3 (TD1: the document code and names). Each field says what stands behind it. Visas
// have no composite. The century of a date is no part of the zone: see `Mrz::birth_date`. Pure functions, safe from any
// thread; they allocate the strings of the value. Cost: about a microsecond.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/checked.h"
#include "kualik/core/date.h"
#include "kualik/numbers/options.h"

namespace kualik::numbers {

enum class MrzFormat : std::uint8_t { td1, td2, td3, mrv_a, mrv_b, cn_permit };
/// "TD1", "TD2", "TD3", "MRV-A", "MRV-B", "CN-permit".
std::string_view name(MrzFormat format) noexcept;

/// What stands behind a field.
enum class MrzEvidence : std::uint8_t {
  none,                 ///< No check digit covers it.
  check,                ///< Its own check digit agrees.
  composite,            ///< The composite check digit agrees, it has none of its own.
  check_and_composite,  ///< Both agree.
  contradicted,         ///< A check digit that covers it disagrees.
};
std::string_view name(MrzEvidence evidence) noexcept;

struct MrzField {
  std::string_view key{};  ///< As in the record format: document_number, birth_date, … Static text.
  std::string raw{};       ///< As it stands, fillers included.
  std::string value{};     ///< Without fillers; dates ISO 8601; sex M, F or empty.
  int line{0};
  int begin{0};  ///< Columns [begin, end) of that line.
  int end{0};
  MrzEvidence evidence{MrzEvidence::none};
  char check{0};     ///< The digit printed, 0 if the field has none.
  char expected{0};  ///< What it should be.
};

/// How a document number too long for its field (TD1, TD2: '<' in the check place, the rest in the optional data) was
/// read.
enum class MrzLongNumber : std::uint8_t {
  none,            ///< Not long.
  filler_skipped,  ///< The digit fits if the filler is left out.
  filler_counted,  ///< It fits if the filler counts as a position.
  both_fit,
  neither_fits,
};
std::string_view name(MrzLongNumber reading) noexcept;

struct Mrz {
  MrzFormat format{MrzFormat::td3};
  std::string text{};  ///< Canonical lines joined by '\n'.
  std::vector<MrzField> fields{};

  std::string document_code{};  ///< P, PO, I, ID, V …
  std::string issuing_state{};
  std::string nationality{};
  std::string document_number{};
  std::string surname{};
  std::string given_names{};
  bool names_truncated{false};  ///< The names fill their field to the end and may have been cut.
  /// Years by rule: the expiry lies in 2000-2099, unless that is more than 50 years after `today` (then 19xx); the
  /// birth is the latest one after neither `today` nor the expiry. Parts printed as '<' are 0.
  Date birth_date{};
  Date expiry_date{};
  Sex sex{Sex::unknown};
  std::string optional_data{};   ///< Without fillers at the end; TD3: the personal number.
  std::string optional_data2{};  ///< TD1: of the second line.
  std::string iin{};             ///< The IIN of a document of Kazakhstan, if the optional data is one.
  MrzLongNumber long_number{MrzLongNumber::none};

  const MrzField* field(std::string_view key) const noexcept {
    for (const MrzField& f : fields)
      if (f.key == key) return &f;
    return nullptr;
  }
};

/// Reads a whole zone. Folds lower case, full-width and Cyrillic look-alikes, « and spaces, and fillers missing or in
/// excess at the end of the line of names, reporting `normalised`, unless told otherwise. Errors: bad_length,
/// bad_structure, bad_character, bad_check_digit, bad_composite_check, bad_date. Doubts: unknown_type (state),
/// cross_check (IIN against the zone's date and sex), masked. By the rule of the century a birth is neither in the
/// future nor older than a hundred years.
Checked<Mrz> parse_mrz(std::string_view text, const Options& options = {});
ReasonSet check_mrz(std::string_view text, const Options& options = {});

/// 0-9, A-Z = 10-35, '<' = 0; -1 for any other character.
constexpr int mrz_value(char c) noexcept {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : c == '<' ? 0 : -1;
}
/// True if no check digit can tell the two apart at any position.
constexpr bool mrz_blind(char a, char b) noexcept {
  return mrz_value(a) >= 0 && mrz_value(b) >= 0 && mrz_value(a) % 10 == mrz_value(b) % 10;
}

}  // namespace kualik::numbers
