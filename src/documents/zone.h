#pragma once
// Machine-readable zones among the lines of a page.

#include <vector>

#include "kualik/documents/parse.h"
#include "kualik/numbers/mrz.h"
#include "sheet.h"

namespace kualik::documents {

struct Zone {
  Range range{};
  Checked<numbers::Mrz> mrz{};
};

/// Zones in `within`: two or three lines right below each other that parse as one. Those without an error come first.
std::vector<Zone> find_zones(const Sheet& sheet, Range within, const ParseOptions& options);
/// The zone as the field `mrz`, its lines joined by a line feed.
Field zone_field(const Sheet& sheet, const Zone& zone);
/// What the zone says, as fields of a document that prints nothing else we know: numbers, names, dates, states, sex.
void add_zone_parts(Document& document, const Sheet& sheet, const Zone& zone);

}  // namespace kualik::documents
