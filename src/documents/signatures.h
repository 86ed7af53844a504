#pragma once
// The foot of a paper: who signed and when.

#include <optional>
#include <string_view>

#include "kualik/text/dates.h"
#include "sheet.h"

namespace kualik::documents {

struct Signatures {
  std::optional<Field> judge{};  ///< Presiding judge, or the judge who sat alone.
  std::optional<Field> clerk{};
  std::optional<Field> date{};  ///< Under the key asked for.
};

/// Reads the foot in `within`, which should begin behind the operative part.
Signatures read_signatures(const Sheet& sheet, Range within, std::string_view date_key);

/// The date of issue of a paper that nobody signs by name: the last date that stands alone on its line, else the last
/// one that no sentence holds. `taken`: where other fields stand, as a birth or the end of a term is no date of issue.
std::optional<Field> read_issue_date(const Sheet& sheet, Range within, std::string_view date_key, Places taken);

}  // namespace kualik::documents
