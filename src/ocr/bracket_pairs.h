#pragma once
// Brackets come in pairs: where a line has one of a pair, the other one may have been taken for white.

#include <vector>

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// Raises the probabilities of a bracket in the steps where the reader saw a trace of it, between two glyphs, if its
/// partner stands alone in `labels` (the classes of the line, from the left); true if any were raised. Nothing where
/// the picture shows no trace: a pair may also end on another line. Both widths of ( ) count as one. What the trace is
/// worth then is for the search to say. Cost: a few microseconds for a line without brackets, below a millisecond for
/// others.
bool raise_partners(LineReading& matrix, const std::vector<int>& labels);

}  // namespace kualik::ocr
