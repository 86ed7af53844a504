#pragma once
// Brackets come in pairs: where a line has one of a pair, the other one may have been taken for white.

#include <vector>

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// How many times likelier a bracket is where its partner stands alone in the line than anywhere else.
inline constexpr float odds_of_partner = 100;

/// Where a bracket is put into `labels` (the classes of a line, from the left).
struct FoundBracket {
  std::size_t at{};  ///< Its index in the labels with it.
  int label{};
};

/// The brackets that the reader saw faintly, between two glyphs, on the side of a bracket without its partner; from the
/// left. Nothing where the picture shows none: a pair may also end on another line. Both widths of ( ) count as one.
/// Pure; cost: a few microseconds for a line without a lone bracket.
std::vector<FoundBracket> faint_partners(const LineReading& matrix, const std::vector<int>& labels);

}  // namespace kualik::ocr
