#pragma once
// How readable a page is in a frame: what frame choice weighs.
//
//   Quality q = measure_quality(frame, quad, PageKind::cn_id_portrait);
//   if (q.score > best.score) best = q;
//
// Free functions; thread-safe. About 1 ms.

#include <array>

#include "kualik/core/image.h"
#include "kualik/page/geometry.h"
#include "kualik/page/kinds.h"

namespace kualik::page {

/// Measures of one sight of a page. All shares are 0..1.
struct Quality {
  double sharpness{0};      ///< Fine detail against coarse contrast, 0 (blurred) to about 1.
  double glare{0};          ///< Share of the page that is burnt out or glossy white.
  double motion_blur{0};    ///< How much more detail one direction has than the other, 0 (even) to 1 (smeared).
  double pixels_per_mm{0};  ///< Resolution in the source.
  double contrast{0};       ///< Spread of lightness, 0..1.
  double visible{1};        ///< Share of the page that lies inside the image.
  double score{0};          ///< All of it in one number, 0..1: higher reads better.
  std::array<float, 24> glare_map{};  ///< Glare in 6 columns by 4 rows, from the quad's first corner.
};

/// Measures the page inside `quad` (source pixels). An empty image or a quad without area gives zeros.
Quality measure_quality(const ImageView& image, const Quad& quad, PageKind kind = PageKind::unknown);

/// Share of burnt-out or glossy pixels in a region of a rectified page.
double glare_share(const ImageView& page, const Rect& region);

}  // namespace kualik::page
