#pragma once
// Cards of Kazakhstan that are no identity cards but print its labels, number and zone: residence permits of foreigners
// (ықтиярхат) and certificates of stateless persons. The record has no kind of its own for them.

#include <optional>

#include "kualik/documents/parse.h"
#include "kualik/numbers/mrz.h"
#include "sheet.h"

namespace kualik::documents {

/// The line that says, in capitals, that the card is such a permit or certificate.
std::optional<Range> permit_title(const Sheet& sheet, Range range);
/// Whether a zone is that of such a card: of Kazakhstan, for somebody who is no citizen.
bool is_permit(const numbers::Mrz& mrz, bool sound);
/// The title where more than the front is in sight: labels of the back, or the zone. The front alone has the keys of
/// the identity card's, and is read as that.
std::optional<Range> whole_permit(const Sheet& sheet, Range range, const ParseOptions& options);
/// The title and what stands behind the labels of both sides, as fields that the document lacks.
void add_permit(const Sheet& sheet, Range range, Range title, const ParseOptions& options, Document& document);

}  // namespace kualik::documents
