#pragma once
// Small helpers on readings that the card, page and zone readers share.

#include <opencv2/core.hpp>

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// Moves a reading's boxes and quad from pixels of a crop into those of the picture it was cut from: p * scale +
/// offset.
void place(LineReading& reading, double scale_x, double scale_y, double offset_x, double offset_y);

/// `text`, `confidence` (geometric mean, spaces left out) of a line from its symbols.
void join_symbols(TextLine& line);

}  // namespace kualik::ocr
