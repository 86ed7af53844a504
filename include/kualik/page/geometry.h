#pragma once
// Geometry of pages in images: homographies between a page's own pixels and the source image, areas, overlaps, corner
// orders.
//
//   Homography h = Homography::between(page_quad, source_quad);
//   Point p = h.map({10, 20});                  // page pixel -> source pixel
//   double overlap = iou(found, truth);         // Jaccard index, 0..1
//
// Pure functions on small values: safe from any thread, no allocation, none of OpenCV.

#include <array>

#include "kualik/core/geometry.h"

namespace kualik::page {

/// Width and height in pixels.
struct Size {
  int width{};
  int height{};
  friend constexpr bool operator==(const Size&, const Size&) = default;
};

/// A projective map of the plane, row-major 3x3, applied to column vectors (x, y, 1).
struct Homography {
  std::array<double, 9> m{1, 0, 0, 0, 1, 0, 0, 0, 1};

  /// The map that takes the corners of `from` to those of `to`, in order. Degenerate quads give the identity.
  static Homography between(const Quad& from, const Quad& to) noexcept;
  /// The point that `p` is taken to.
  Point map(const Point& p) const noexcept;
  Quad map(const Quad& q) const noexcept;
  /// The outline that a box is taken to, from its top left corner clockwise.
  Quad map(const Rect& r) const noexcept { return map(Quad::from_rect(r)); }
  /// The inverse map; the identity if there is none.
  Homography inverse() const noexcept;
  /// First `other`, then this.
  Homography after(const Homography& other) const noexcept;
};

/// Signed area: positive if the corners run clockwise as seen on screen (y down), negative for a mirrored document.
double signed_area(const Quad& q) noexcept;
/// Every corner is a number and lies within a million pixels of the origin: farther out there is no image to look at,
/// and a map near its horizon takes points anywhere.
bool in_reach(const Quad& q) noexcept;
/// Every inner angle below 180 degrees and no side without length; false where a corner is no number.
bool is_convex(const Quad& q) noexcept;
/// The Jaccard index of two convex quads (either winding), 0..1.
double iou(const Quad& a, const Quad& b) noexcept;
/// The share of `a` that lies inside `b`, 0..1, both convex.
double coverage(const Quad& a, const Quad& b) noexcept;
/// The corners' mean.
Point centre(const Quad& q) noexcept;
/// The upright box around the corners.
Rect bounds(const Quad& q) noexcept;
/// The quad with every coordinate multiplied (for going between a reduced image and its source).
Quad scaled(const Quad& q, double factor) noexcept;
/// The quad about its centre, larger by `factor`.
Quad grown(const Quad& q, double factor) noexcept;

/// Names the corners anew for a document that lies turned in the image: `q` is clockwise from any corner; `turns`
/// quarter turns are skipped; `mirrored` reverses the order, so that a warp from the result shows a mirrored document
/// the right way round. With turns 0 and not mirrored the quad is unchanged.
Quad reordered(const Quad& q, int turns, bool mirrored) noexcept;

/// By how many degrees (0, 90, 180, 270) a document with these corners is turned clockwise in the image, judged by its
/// top side.
int rotation_of(const Quad& q) noexcept;

/// Width over height of the rectangle whose perspective image the quad is (Zhang and He 2007, whiteboard
/// rectification), with the principal point at `image`'s centre and a focal length estimated from the quad, or
/// assumed 0.9 image widths (a phone's) where it cannot be. 0 for a quad that is out of reach.
double aspect_ratio(const Quad& q, const Size& image) noexcept;

}  // namespace kualik::page
