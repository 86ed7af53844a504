#pragma once
// From a quad in the full-resolution image to an upright page, and back: the map that reports every box in source
// pixels.
//
//   Rectified page = rectify(frame, quad, page_size(PageKind::cn_id_portrait, 12.0));
//   Quad in_source = page.page_to_source.map(box);   // box in page pixels -> quad in source pixels
//
// Free functions without state; thread-safe. A 1016 x 640 page takes about 4 ms on one core.

#include "kualik/core/image.h"
#include "kualik/page/geometry.h"
#include "kualik/page/kinds.h"

namespace kualik::page {

/// An upright page and where its pixels came from.
struct Rectified {
  Image image{};                ///< BGR, or grey if the source was.
  Homography page_to_source{};  ///< Page pixel -> source pixel.
  double source_scale{1};       ///< Source pixels for one page pixel, about the centre; below 1 the page is enlarged.
};

/// The size in pixels of a page of this kind at so many pixels per millimetre.
/// A card's number line is 4.3 mm high, its labels 3.2 mm, an A4 paper's text about 5 mm. No side is negative or above
/// a million pixels.
Size page_size(PageKind kind, double pixels_per_mm) noexcept;

/// The resolution, in pixels per millimetre, that the quad's document has in the source if it is of this kind; 0 for
/// one out of reach.
double pixels_per_mm(const Quad& quad, PageKind kind) noexcept;

/// Warps the quad's inside to an upright image of the given size. Corners may lie outside the image: what is not there
/// is filled with the nearest border pixel. Where the page is much smaller than the source, the source is averaged
/// first, so that nothing aliases. `quad[0]` becomes the top left corner: use `reordered` for turned and mirrored
/// documents. Throws std::invalid_argument for an empty image, a size without area or above 64 million pixels, or a
/// quad with less than a pixel of area or out of reach (geometry.h).
Rectified rectify(const ImageView& image, const Quad& quad, const Size& size);

}  // namespace kualik::page
