#pragma once
// What a procuratorate charges in the end: 应当以X罪追究其刑事责任.

#include <vector>

#include "kualik/documents/document.h"
#include "person.h"
#include "sheet.h"

namespace kualik::documents {

/// Adds the charges that each person is to be tried for. A charge whose person is not named beside it, but where its
/// statement begins, is doubted, as one is where several persons' statements can't be told apart.
void add_pursued_charges(Document& document, const Sheet& sheet, Range body, const std::vector<Person>& persons);

}  // namespace kualik::documents
