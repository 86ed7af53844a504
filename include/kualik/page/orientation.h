#pragma once
// Which kind of page a quad holds, how it is turned, and whether it is mirrored: all hypotheses with their scores, for
// readers to try the best few.
//
//   Orienter orienter;
//   for (const OrientationHypothesis& h : orienter.judge(frame, candidate.quad)) try_reading(rectify(frame, h.quad,
//   page_size(h.kind, 11)));
//
// The evidence is where print, red (emblem, seals, titles), blue label ink, the portrait and a face lie, compared with
// the layout of each kind. An Orienter may be used by one thread at a time. About 10 ms a page.

#include <memory>
#include <string>
#include <vector>

#include "kualik/core/image.h"
#include "kualik/page/geometry.h"
#include "kualik/page/kinds.h"

namespace kualik::page {

/// One way of looking at the page.
struct OrientationHypothesis {
  PageKind kind{PageKind::unknown};
  int rotation{0};  ///< 0, 90, 180 or 270: by how much the document is turned clockwise in the image.
  bool mirrored{false};
  double score{0};     ///< 0..1; the scores of all hypotheses of a page sum to 1.
  double evidence{0};  ///< The layout's agreement before normalising, about -1..2; comparable between frames.
  Quad quad{};         ///< Source pixels from the document's own top left: what `rectify` needs.
};

/// Judges kind and orientation.
class Orienter {
 public:
  /// `cascade_path`: the face cascade; empty: `face_cascade_path()`, and without one faces give no evidence.
  explicit Orienter(const std::string& cascade_path = {});
  ~Orienter();
  Orienter(Orienter&&) noexcept;
  Orienter& operator=(Orienter&&) noexcept;
  Orienter(const Orienter&) = delete;  ///< The cascade holds buffers; make another Orienter.
  Orienter& operator=(const Orienter&) = delete;

  /// All kinds and orientations whose proportions the quad allows, best first. The corners may begin anywhere and run
  /// either way round. Empty for an empty image or a quad that is not convex.
  std::vector<OrientationHypothesis> judge(const ImageView& image, const Quad& quad);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kualik::page
