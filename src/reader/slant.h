#pragma once
// Print that leans because the page's outline was only half seen: how much it leans, and the outline that sets it
// upright.

#include <optional>
#include <vector>

#include "kualik/core/image.h"
#include "kualik/page/geometry.h"

namespace kualik::reader {

/// How far print in a line's picture leans: pixels to the right for each pixel down, -0.8 … 0.8; 0 for a picture
/// without print. The lean at which the columns of ink are most uneven, as strokes then stand over each other. Cost:
/// about 1 ms.
double slant_of(const ImageView& line);

/// The picture of a line with its print set upright about its middle row.
Image upright_line(const ImageView& line, double slant);

/// An outline, in pixels of `page`, within which print stands upright, from the lean of its lines (linear across the
/// page); empty if they do not lean, or are too few to tell.
std::optional<Quad> upright_outline(const ImageView& page, const std::vector<Quad>& lines);

}  // namespace kualik::reader
