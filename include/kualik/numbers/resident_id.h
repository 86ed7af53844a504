#pragma once
// Chinese resident numbers: 18 digits (GB 11643-1999), 15 digits (GB 11643-1989), residence permits, foreigners'
// residence cards.
//
//   Checked<ResidentId> id = parse_resident_id("440524188001010014");       // an example printed in GB 11643-1999
//   id->birth;                                                               // 1880-01-01
//   for (Reason r : check_resident_id("440524188001010015")) puts(name(r));  // bad_check_digit
//
//   18 digits   rrrrrr yyyymmdd sss c     region of first registration, birth, sequence (odd: male), ISO 7064 MOD 11-2
//   15 digits   rrrrrr yymmdd sss         no check digit; sequences 996-999 were kept for those born in the 1800s
//   9 …         9pp nnn yyyymmdd sss c    foreigner's card since 2023: province, nationality (ISO 3166 numeric)
//   AAA …       AAApppp yymmdd s c        foreigner's card of 2017: nationality, province and city, ICAO 7-3-1 digit
//
// MOD 11-2 detects every single wrong character and every swap of two; it has no blind spot among those. A random
// misread still passes one time in eleven, so a pass is no proof. A table never refuses a number: unknown or ended
// regions are doubts. All functions are pure and safe from any thread; those marked noexcept allocate nothing. One
// number takes less than 100 ns; for many, see bulk.h.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kualik/core/checked.h"
#include "kualik/core/date.h"
#include "kualik/numbers/options.h"

namespace kualik::numbers {

enum class ResidentForm : std::uint8_t {
  citizen18,
  permit18,  ///< Residence permit of residents of Hong Kong (810000), Macau (820000), Taiwan (830000).
  citizen15,
  foreigner18,
  foreigner15,
};
std::string_view name(ResidentForm form) noexcept;

/// A number taken apart. Parts that are hidden (`*`) or broken are 0, -1 or unknown.
struct ResidentId {
  ResidentForm form{ResidentForm::citizen18};
  FixedText<18> number{};  ///< Canonical: ASCII, capital X, `*` where hidden.
  int region_code{0};      ///< Six digits; of a foreigner's card the province (pp0000) or province and city (pppp00).
  Date birth{};  ///< Of 15 digits with the century by rule: see `upgrade_candidates`. Not valid if `bad_date` stands.
  int sequence{-1};
  Sex sex{Sex::unknown};
  char check{0};               ///< 0 if the form has none or it is hidden.
  FixedText<3> nationality{};  ///< Alpha-3 of a foreigner's card; empty if the code is in no table.
  int nationality_numeric{0};

  std::string_view text() const noexcept { return number.view(); }
};

/// The check digit of 17 body digits: '0' … '9' or 'X'; '\0' if the body is not 17 digits.
constexpr char resident_check_char(std::string_view body) noexcept {
  if (body.size() != 17) return '\0';
  // ISO 7064 MOD 11-2 as a recurrence: p = 2 (p + d) mod 11.
  int p = 0;
  for (char c : body) {
    if (c < '0' || c > '9') return '\0';
    p = (p + (c - '0')) * 2 % 11;
  }
  const int digit = (12 - p) % 11;
  return digit == 10 ? 'X' : static_cast<char>('0' + digit);
}

/// The ICAO 7-3-1 digit over digits, A-Z (10-35) and '<' (0); '\0' if another character is there.
constexpr char icao_check_digit(std::string_view text) noexcept {
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    int value = 0;
    if (c >= '0' && c <= '9')
      value = c - '0';
    else if (c >= 'A' && c <= 'Z')
      value = c - 'A' + 10;
    else if (c != '<')
      return '\0';
    constexpr int weights[] = {7, 3, 1};
    sum += value * weights[i % 3];
  }
  return static_cast<char>('0' + sum % 10);
}

/// Takes a number apart and gives every reason against it at once. Folds what `fold.h` folds (reported as `normalised`)
/// unless told otherwise; hidden digits (`*`) stay hidden, and what they do not touch is checked. Empty only if the
/// length or the characters fit no form.
Checked<ResidentId> parse_resident_id(std::string_view text, const Options& options = {}) noexcept;

/// The reasons alone, of the text as it stands (a lower-case x is reported as `normalised`; a space is an error). The
/// bulk check gives the same bits.
ReasonSet check_resident_id(std::string_view text, const Options& options = {}) noexcept;

/// What 15 digits may have become: with 19 before the year, and for sequences 996-999 with 18 first (secondary sources;
/// the rule was not found in the text of the standard). The number really issued can differ from every candidate. Dates
/// that no calendar has are left out.
struct Upgrade {
  std::array<ResidentId, 2> candidates{};
  std::size_t size{0};
  const ResidentId* begin() const noexcept { return candidates.data(); }
  const ResidentId* end() const noexcept { return candidates.data() + size; }
};
/// Empty unless the number has 15 digits, all of them known.
Upgrade upgrade_candidates(const ResidentId& id) noexcept;

/// The number as it is printed (all characters together), or grouped for reading: 440524 18800101 0014.
std::string format_resident_id(const ResidentId& id, bool grouped = false);

/// Hides a number for publication. Keeps the region's six digits at most: fewer hidden digits could be found again with
/// the check digit and the calendar (`count_completions` in repair.h says how many completions are left). Irreversible,
/// as nothing of the rest is kept. Text that is no number is hidden wholly, one `*` for each character.
std::string mask_resident_id(std::string_view text, std::size_t keep = 6);

}  // namespace kualik::numbers
