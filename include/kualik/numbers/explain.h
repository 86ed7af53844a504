#pragma once
// Reasons in words, for people who want to know why a row of their table failed.
//
//   for (const std::string& s : explain("440524188001010015", TableKind::cn_id, reasons)) puts(s.c_str());
//   // the last character does not follow from the others (they would give 4)
//
// Pure functions, safe from any thread.

#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/reasons.h"
#include "kualik/numbers/table_check.h"

namespace kualik::numbers {

/// What a reason means, in a few words. Static text.
std::string_view in_words(Reason reason) noexcept;

/// One sentence for each reason, errors first, with what the text itself shows: the place of a wrong character, the
/// date that no calendar has, the years of a region. The sentences may quote parts of the text; they belong beside it
/// and not into a log.
std::vector<std::string> explain(std::string_view text, TableKind kind, ReasonSet reasons);

}  // namespace kualik::numbers
