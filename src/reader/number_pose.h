#pragma once
// The way a resident card lies, told by its own number or term of validity: they stand at a known place in glyphs that
// the digit reader reads in milliseconds, and read right one way round only.

#include <optional>

#include "reader/page_reading.h"

namespace kualik::reader {

/// The pose in which a number that breaks no rule, or a term of validity that is one, stands where a resident card has
/// it; empty where none is found. Only quads of a card's proportions are tried. Cost: some 40 ms for each of eight
/// poses, less where an early one fits.
std::optional<Pose> pose_by_number(ocr::Recognizers& readers, const Sight& sight);

/// Whether a number that breaks no rule stands where the portrait side has it; `quad` in image pixels, from the card's
/// own top left. Cost: some 20 ms.
bool shows_number(ocr::Recognizers& readers, const ImageView& image, const Quad& quad);

}  // namespace kualik::reader
