#pragma once
// Where a card lies, told by its own print: glyphs of a resident card's labels, and its number, among the lines of a
// page.

#include <optional>
#include <vector>

#include "kualik/core/page_text.h"
#include "kualik/page/geometry.h"
#include "kualik/page/kinds.h"

namespace kualik::reader {

/// Narrower than this in a picture a card shows no glyph that could be read, in pixels.
constexpr double narrowest_card = 100;

/// A card laid around its print.
struct PrintPage {
  page::PageKind kind{page::PageKind::unknown};  ///< cn_id_portrait or cn_id_emblem.
  Quad quad{};   ///< In image pixels, from the card's own top left; counter-clockwise for mirrored cards.
  int turns{0};  ///< Quarter turns, clockwise, by which the card lies turned in the picture.
  bool mirrored{false};
  int glyphs{0};         ///< Printed glyphs that agree with the layout.
  int rows{0};           ///< Rows of the layout that they stand in.
  bool on_sheet{false};  ///< It is the copy of a card on a sheet that has the outline of its sight.
};

/// The card that the lines of a page belong to, its quad in the page's pixels; empty if too few glyphs agree on one
/// place (five in two rows, or four in three).
/// The place is a similarity found by RANSAC over all glyphs that occur in labels (Fischler and Bolles 1981), then an
/// affine map, then a homography where the glyphs span the card. Pure; below 1 ms.
std::optional<PrintPage> place_card(const PageText& page);

/// Whether the middle of the symbol's box lies in `area`.
bool lies_in(const Symbol& symbol, const Rect& area);

/// All cards that the lines of a page belong to, each placed by glyphs that no other one has, the one with most glyphs
/// first: a copy of a card has both its sides on one sheet. At most four.
std::vector<PrintPage> place_cards(const PageText& page);

}  // namespace kualik::reader
