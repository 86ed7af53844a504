#pragma once
// Finds documents in one image: quads that several kinds of proposals make and one learned score ranks.
//
//   Finder finder;                                   // loads the face cascade and the small nets once
//   for (const Candidate& c : finder.find(frame)) use(c.quad, c.score);
//
// Proposals compete: closed contours, regions of one colour, line segments, blocks of text, the portrait's face, and a
// small segmentation net. None is needed for the others to work, and a poor candidate never ends the search. Fingers
// over an edge, sides outside the image, tilt, perspective and clutter that touches the document are expected. A Finder
// may be used by one thread at a time; several run side by side. About 40-80 ms an image on one core, whatever its
// size; 10 ms where nothing is and `thorough` is off.

#include <memory>
#include <string>
#include <vector>

#include "kualik/core/image.h"
#include "kualik/page/geometry.h"
#include "kualik/page/kinds.h"

namespace kualik::page {

/// What the outline's proportions look like.
enum class Shape : unsigned char {
  unknown,
  card,           ///< ID-1, 85.6 x 54 mm.
  passport_page,  ///< ID-3, 125 x 88 mm; A4 on its side has the same proportions.
  sheet,          ///< Paper of any size near A4.
};

/// Which proposal made a candidate (for tests, drawings and the curious).
enum class Proposal : unsigned char { contour, region, lines, text, face, net, hint, whole_frame };

/// A place where a document may lie.
struct Candidate {
  Quad quad{};  ///< Source pixels, clockwise as seen, the long side of a card first; corners may lie outside the image.
  double score{0};  ///< 0..1: how likely the quad overlaps a document by 0.8 and more.
  Shape shape{Shape::unknown};
  Proposal proposal{Proposal::contour};
  bool whole_frame{false};  ///< No outline was found: the image itself is taken as the page.
};

/// What to look for. Every member has a default.
struct FinderOptions {
  int working_size{640};   ///< The image is reduced to this longer side (default: 640).
  int max_candidates{6};   ///< At most so many, best first (default: 6).
  int max_refined{16};     ///< So many of the best proposals are refined before the last ranking (default: 16).
  double min_score{0.15};  ///< Candidates below are dropped (default: 0.15).
  double min_area{0.012};  ///< Smallest share of the image's area (default: 0.012).
  bool quick{false};    ///< Straight edges, contours and print alone, unrefined, to tell whether a closer look is worth
                        ///< it (default: false).
  bool faces{true};     ///< Ask the face cascade where outlines say little; 0.1 s slower then (default: true).
  bool net{true};       ///< Use the segmentation net (default: true).
  bool thorough{true};  ///< Ask all proposals always. If false, the others are asked only where the net sees something
                        ///< and its outline is doubtful; several times faster where nothing is (default: true).
  bool whole_frame{false};     ///< Always add the image itself as a last candidate, for still images (default: false).
  bool refine{true};           ///< Move corners to sub-pixel places in the full-resolution image (default: true).
  std::string cascade_path{};  ///< Haar cascade for faces; empty: `face_cascade_path()` (default: empty).
};

/// The document finder.
class Finder {
 public:
  explicit Finder(FinderOptions options = {});
  ~Finder();
  Finder(Finder&&) noexcept;
  Finder& operator=(Finder&&) noexcept;
  Finder(const Finder&) = delete;  ///< Nets hold buffers; make another Finder.
  Finder& operator=(const Finder&) = delete;

  /// Documents in the image (BGR, BGRA or grey), best first, overlapping ones weeded out. An empty image gives none.
  /// `hints`: outlines that a tracker expects (source pixels); they compete like any other proposal.
  std::vector<Candidate> find(const ImageView& image, const std::vector<Quad>& hints = {});
  /// The score of one quad in the image, by the same measure as `find`.
  double score(const ImageView& image, const Quad& quad);
  const FinderOptions& options() const noexcept;
  /// Sets `FinderOptions::thorough` for the searches that follow.
  void thorough(bool on) noexcept;
  /// Whether the segmentation net saw the faintest sign of a document in the last image that `find` was given. True
  /// without the net and before the first image.
  bool suspects() const noexcept;
  /// The box around all that the net took for parts of documents in that image, in its pixels; empty if nothing.
  Rect suspected() const noexcept;

  struct Impl;  ///< Not part of the interface.

 private:
  std::unique_ptr<Impl> impl_;
};

/// Documents in one image; loads what it needs anew, so keep a Finder for many.
std::vector<Candidate> find_documents(const ImageView& image, const FinderOptions& options = {});

/// Moves the corners to where lines fitted to the edge points of each side meet. `reach` is how far, in source pixels,
/// a side may move (0: 2 % of the quad's size). Sides with too few edge points (covered, outside the image) stay.
/// Robust line fits by RANSAC.
Quad refine_quad(const ImageView& image, const Quad& quad, double reach = 0);

/// Where the face cascade was found: $KUALIK_HAARCASCADES, then the folders of Debian's opencv-data and of a plain
/// install. Empty if nowhere: then the face proposal is skipped.
std::string face_cascade_path();

}  // namespace kualik::page
