#pragma once
// Values that several kinds of document share, found in a range of a sheet and made into fields: resident numbers,
// dates, names of persons, case numbers.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/documents/parse.h"
#include "kualik/numbers/case_number.h"
#include "kualik/text/dates.h"
#include "sheet.h"

namespace kualik::documents {

/// A resident number in `within`: 18 or 15 characters, letters that look like digits read as such (`repaired`), X in
/// any script. With several, one that has no error goes first, then the earlier.
std::optional<Field> find_resident_number(const Sheet& sheet, Range within, const ParseOptions& options);
/// All of them.
std::vector<Field> find_resident_numbers(const Sheet& sheet, Range within, const ParseOptions& options);

/// A field from a date found. Every day of the calendar is a date, so it becomes checkable by the rules that bear it
/// out only (settle).
Field date_field(const Sheet& sheet, std::string_view key, Range r, const text::DateMatch& match);

/// A person's name: Han or other letters, dots of any shape as `·`. `r` is trimmed. Nothing if no name can be (empty,
/// digits, too long).
std::optional<Field> name_field(const Sheet& sheet, std::string_view key, Range r);

/// A case, procuratorate or police number with its place.
struct DocumentNumber {
  Range range{};
  Checked<numbers::CaseNumber> number{};
};
/// All numbers of these kinds in `within`, in order, at most `most`.
std::vector<DocumentNumber> find_document_numbers(const Sheet& sheet, Range within, const ParseOptions& options,
                                                  std::size_t most = 32);
/// The number that ends at `end` is said of another paper: 作出（2016）新3125刑初402号刑事判决, 以…号起诉书.
bool is_of_another_paper(const Sheet& sheet, std::size_t end) noexcept;
Field document_number_field(const Sheet& sheet, std::string_view key, const DocumentNumber& found);

/// Reasons that mark a change of width or shape only: they do not make a typed value doubtful.
ReasonSet without_width_folds(ReasonSet reasons, const Sheet& sheet, Range r);

}  // namespace kualik::documents
