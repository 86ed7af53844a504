#pragma once
// The middle dot of names read from pixels: readers lose one that touches the glyph before it or is smaller than a
// pixel, and on pages take a comma in the middle of its square, or a speck, for one.

#include "kualik/record/record.h"

namespace kualik::reader {

/// Doubts a name (`name`, `defendant`, `judge`, `clerk`) that is too long for the Han, is no single name of the
/// tables and has no dot: `ambiguous`, a confidence of no more than one in two, and the likeliest place of the dot
/// among its alternatives. Nothing is put into the value. Other fields stay as they are. Pure; some 20 µs.
void doubt_missing_dot(record::Field& field);

/// The same for a name on a page of running text, and in a Han name of two or three characters a dot is left out
/// (`repaired`; `raw` keeps it, and it is among the alternatives). Cards have names on a line of their own, where a dot
/// that was read is one. Pure; some 20 µs.
void settle_name_dots(record::Field& field);

}  // namespace kualik::reader
