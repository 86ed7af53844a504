#pragma once
// The bodies that a court paper names: the court over its title and the procuratorate.

#include <optional>

#include "titles.h"
#include "values.h"

namespace kualik::documents {

/// Adds `court`. A name that is in no table, and is the one that the case number's code means but for a character or
/// two, is decided by the code (`repaired`, the reading among the alternatives).
void add_court(Document& document, const Sheet& sheet, Range range, const std::optional<TitleHit>& title,
               const std::optional<DocumentNumber>& number);

/// Adds `prosecutor`; one that nearly has the court's place is doubted. `header_end`: where the persons are introduced.
void add_prosecutor(Document& document, const Sheet& sheet, Range range, std::size_t header_end);

}  // namespace kualik::documents
