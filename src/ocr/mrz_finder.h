#pragma once
// Where machine-readable zones may be: groups of two or three long parallel lines of even, dark print.

#include <opencv2/core.hpp>
#include <vector>

namespace kualik::ocr {

/// One line that may belong to a zone, in image pixels: middle, angle (radians, -pi/2..pi/2), length and height of its
/// print.
struct MrzStripe {
  cv::Point2d middle{};
  double angle{0};
  double length{0};
  double height{0};
};

/// A group of stripes, top to bottom in the stripes' own frame.
struct MrzGroup {
  std::vector<MrzStripe> stripes{};
  double score{0};  ///< For order only: long, even, equally spaced.
};

/// Groups in any orientation, best first. `grey`: 8-bit, one channel. Method: blackhat, gradient across the stripe's
/// direction and closing at base rotations 30 degrees apart, contours' boxes, grouping by parallelism and spacing.
/// The picture is looked at reduced to `side` pixels.
std::vector<MrzGroup> find_mrz_groups(const cv::Mat& grey, bool any_rotation, int side = 900);

}  // namespace kualik::ocr
