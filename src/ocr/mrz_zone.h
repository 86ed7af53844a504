#pragma once
// A machine-readable zone cut out of the image: level, flat and at a fixed print height, with the way back.

#include <cstddef>
#include <opencv2/core.hpp>
#include <vector>

#include "kualik/core/geometry.h"
#include "ocr/mrz_finder.h"

namespace kualik::ocr {

/// Height of the print in a zone that was cut out, in pixels.
inline constexpr int zone_glyph = 24;

struct Zone {
  cv::Mat picture{};       ///< Rectified, level, flat; 8-bit, one channel.
  cv::Matx33d to_image{};  ///< Pixels of the picture before it was made flat to image pixels.
  double bend{0};          ///< By how much the lines' ends lay below their middle, in pixels of the picture.
  double spread{0};        ///< How much further apart the lines lay at the right end than in the middle, as a share.

  /// The row in which a point of the picture lay before it was made flat.
  double row_before(double x, double y) const;
  /// A point of the picture in the image.
  Point in_image(double x, double y) const;
};

/// The group's surroundings as a zone. `reach`: how long a piece is cut out, in lengths of its longest stripe.
Zone cut_zone(const cv::Mat& grey, const MrzGroup& group, double reach = 1.14);
/// The lines' rows in a zone's ink: the strongest `count` bands at even spacing.
std::vector<cv::Rect> find_rows(const cv::Mat& ink, std::size_t count);
/// The row from the first to the last column that holds print.
cv::Rect trim(const cv::Mat& ink, cv::Rect row);

}  // namespace kualik::ocr
