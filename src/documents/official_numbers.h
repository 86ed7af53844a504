#pragma once
// Numbers of official papers that the grammar of numbers/case_number.h does not know.

#include <optional>

#include "kualik/documents/document.h"
#include "sheet.h"

namespace kualik::documents {

/// What ends in 号 within the range, on one line, with a year in it. A bracket that was lost is put back (`repaired`),
/// or the number is doubted.
std::optional<Field> read_plain_number(const Sheet& sheet, Range range);

/// 编号：2019-0447: behind a label, to the end of its line; figures, letters and hyphens alone.
std::optional<Field> read_labelled_number(const Sheet& sheet, Range range);

}  // namespace kualik::documents
