#pragma once
// A line that begins in Han characters and goes on in Latin letters, as labels and values of passports do: 姓名/Name,
// 中国/CHINESE. Each reader reads its own half and makes nonsense of the other.

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// The line as both readings together have it: the Han reading up to the column where the sum of what both are sure of
/// is greatest, the Latin one from there. `boxes` of both are in the same pixels. A line that is of one script
/// throughout comes back as that reading; `han` tells whether any Han character was taken. Lattices are dropped where
/// both have a part. Pure.
struct MixedLine {
  LineReading reading{};
  bool han{false};
  bool both{false};  ///< Some of it is from either reading.
};
MixedLine mixed_line(const LineReading& han, const LineReading& latin);

}  // namespace kualik::ocr
