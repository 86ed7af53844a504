#pragma once
// The proposals that compete for a document's outline. Each adds quads in working pixels, clockwise from any corner;
// none ranks its own.

#include <opencv2/core.hpp>
#include <vector>

#include "kualik/page/finder.h"
#include "page/work_image.h"

namespace kualik::page {

/// A quad that one proposal made.
struct Proposed {
  Quad quad{};
  Proposal by{Proposal::contour};
};
using Proposals = std::vector<Proposed>;

/// A straight edge: end points in working pixels, its strength, and how much of it was seen.
struct EdgeLine {
  Point a{};
  Point b{};
  double length{0};  ///< Of the pieces seen, in pixels.
  double weight{0};  ///< Length times mean gradient.
};

/// A face in working pixels. `turns` quarter turns clockwise bring it upright … from how it lies in the image.
struct Face {
  cv::Rect box{};
  int turns{0};  ///< The face lies turned clockwise by so many quarter turns.
};

void propose_contours(const WorkImage& work, Proposals& out);
void propose_regions(const WorkImage& work, Proposals& out);
void propose_lines(const WorkImage& work, const std::vector<EdgeLine>& lines, Proposals& out);
void propose_text_blocks(const WorkImage& work, Proposals& out);
void propose_from_faces(const WorkImage& work, const std::vector<Face>& faces, Proposals& out);
void propose_from_mask(const WorkImage& work, Proposals& out);

/// Straight edges by the line segment detector, pieces of one edge joined, strongest first, at most `limit`.
/// `hue`: edges of hue as well as of lightness.
std::vector<EdgeLine> edge_lines(const WorkImage& work, std::size_t limit, bool hue);

/// Where the lines a-b and c-d meet; false if the sine of the angle between them is below `least_sine`.
bool meet(const cv::Point2d& a, const cv::Point2d& b, const cv::Point2d& c, const cv::Point2d& d, cv::Point2d& p,
          double least_sine = 1e-6);

/// The best four-cornered hull of a set of points: the convex hull with its least significant sides taken away,
/// neighbours extended until they meet. False if there is none of sensible shape.
bool quad_around(const std::vector<cv::Point>& points, Quad& quad);

/// Puts corners clockwise as seen, beginning so that the longer pair of sides comes first, top side first.
Quad canonical(const Quad& q) noexcept;

/// Large enough, convex, no sharp corner, not too long: worth a closer look.
bool plausible(const Quad& q, const Size& image, double min_area) noexcept;

}  // namespace kualik::page
