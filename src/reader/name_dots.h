#pragma once
// The middle dot of names read from a page of running text: readers lose one that touches the glyph before it, and take
// a comma in the middle of its square, or a speck, for one.

#include "kualik/record/record.h"

namespace kualik::reader {

/// Looks at a name (`name`, `defendant`, `judge`, `clerk`) that was read from pixels. One too long for the Han, without
/// a dot, is doubted (`ambiguous`) and the likeliest place of the dot is among its alternatives; in a Han name of two
/// or three characters a dot is left out (`repaired`; `raw` keeps it, and it is among the alternatives). Other fields
/// stay as they are. Pure; some 20 µs.
void settle_name_dots(record::Field& field);

}  // namespace kualik::reader
