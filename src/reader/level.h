#pragma once
// Print that runs uphill, or fans out, because the page's outline was guessed: how its lines lie, and the outline that
// sets them level.

#include <optional>

#include "kualik/core/image.h"
#include "kualik/page/kinds.h"
#include "kualik/page/rectify.h"

namespace kualik::reader {

/// How the lines of a page run: `middle` is their slope at half the page's height (pixels down for each pixel to the
/// right), `change` what it grows by from the top edge to the bottom edge. Both 0 for a page that is level, or shows no
/// lines. Cost: about 30 ms.
struct Slope {
  double middle{};
  double change{};
};
Slope slope_of(const ImageView& page);

/// An outline, in pixels of `page`, within which lines of this slope are level, and the size to rectify it to at the
/// same scale; no less of the page lies within it. Empty for lines as level as readers want them.
struct LevelOutline {
  Quad quad;
  page::Size size;
};
std::optional<LevelOutline> level_outline(const page::Size& page, const Slope& slope);

}  // namespace kualik::reader
