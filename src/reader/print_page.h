#pragma once
// Cards told by their own print: the labels of a resident card are looked for in a picture, turned any way, and the
// card is laid around them. It needs no outline, so that a card cut by the frame, or one whose edges are lost against
// what is behind it, is read all the same.

#include <optional>
#include <vector>

#include "kualik/core/image.h"
#include "kualik/ocr/recognizers.h"
#include "kualik/page/geometry.h"
#include "reader/print_place.h"

namespace kualik::reader {

/// Which of the eight ways round to look.
struct PrintLook {
  bool any{true};  ///< All of them, until one gives a card.
  int turns{0};    ///< Otherwise this one.
  bool mirrored{false};
  /// What is looked over is a sheet with copies of cards on it, whose print is small; its own size is not known.
  bool on_sheet{false};
};

/// Looks for a card's print in `where` (image pixels, clipped). `legible`, if given, says whether anything read as
/// Chinese print at all, in whichever way round was looked at. Cost: some 0.15 s for each way round in which nothing
/// reads as print, 0.4 s for others.
std::optional<PrintPage> find_print_page(const ImageView& image, const Rect& where, ocr::Recognizers& readers,
                                         const PrintLook& look = {}, bool* legible = nullptr);

/// All cards that lie the same way round in `where`: those placed by their labels, most glyphs first, then those placed
/// by their numbers; cost as above. `where` may be a quad as well, and is made upright then; the ways round are counted
/// from its first corner.
std::vector<PrintPage> find_print_pages(const ImageView& image, const Rect& where, ocr::Recognizers& readers,
                                        const PrintLook& look = {}, bool* legible = nullptr);
std::vector<PrintPage> find_print_pages(const ImageView& image, const Quad& where, ocr::Recognizers& readers,
                                        const PrintLook& look = {}, bool* legible = nullptr);

}  // namespace kualik::reader
