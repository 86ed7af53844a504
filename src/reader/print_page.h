#pragma once
// Cards told by their own print: the labels of a resident card are looked for in a picture, turned any way, and the
// card is laid around them. It needs no outline, so that a card cut by the frame, or one whose edges are lost against
// what is behind it, is read all the same.

#include <optional>

#include "kualik/core/image.h"
#include "kualik/core/page_text.h"
#include "kualik/ocr/recognizers.h"
#include "kualik/page/geometry.h"
#include "kualik/page/kinds.h"

namespace kualik::reader {

/// A card laid around its print.
struct PrintPage {
  page::PageKind kind{page::PageKind::unknown};  ///< cn_id_portrait or cn_id_emblem.
  Quad quad{};   ///< In image pixels, from the card's own top left; counter-clockwise for mirrored cards.
  int turns{0};  ///< Quarter turns, clockwise, by which the card lies turned in the picture.
  bool mirrored{false};
  int glyphs{0};  ///< Printed glyphs that agree with the layout.
  int rows{0};    ///< Rows of the layout that they stand in.
};

/// The card that the lines of a page belong to, its quad in the page's pixels; empty if too few glyphs agree on one
/// place (five in two rows, or four in three). The place is a similarity found by RANSAC over all glyphs that occur in
/// labels (Fischler and Bolles 1981), then an affine map, then a homography where the glyphs span the card. Pure; below
/// 1 ms.
std::optional<PrintPage> place_card(const PageText& page);

/// Which of the eight ways round to look.
struct PrintLook {
  bool any{true};  ///< All of them, until one gives a card.
  int turns{0};    ///< Otherwise this one.
  bool mirrored{false};
};

/// Looks for a card's print in `where` (image pixels, clipped). `legible`, if given, says whether anything read as
/// Chinese print at all, in whichever way round was looked at. Cost: some 0.15 s for each way round in which nothing
/// reads as print, 0.4 s for others.
std::optional<PrintPage> find_print_page(const ImageView& image, const Rect& where, ocr::Recognizers& readers,
                                         const PrintLook& look = {}, bool* legible = nullptr);

}  // namespace kualik::reader
