#pragma once
// What a procuratorate charges in the end: 应当以X罪追究其刑事责任; 已构成X罪，应当追究其刑事责任.

#include <vector>

#include "kualik/documents/document.h"
#include "person.h"
#include "sheet.h"

namespace kualik::documents {

/// Adds the charges that each person is to be tried for. Where a statement names its persons at its beginning and not
/// beside the charge, its charges are doubted unless every person is named at the beginning of one statement and none
/// in two.
void add_pursued_charges(Document& document, const Sheet& sheet, Range body, const std::vector<Person>& persons);

}  // namespace kualik::documents
