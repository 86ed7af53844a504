#pragma once
// Where each kind of page has print, red and a picture, as small maps that measured pages are compared with.

#include <opencv2/core.hpp>
#include <vector>

#include "kualik/page/kinds.h"

namespace kualik::page {

/// What stands in a box of the layout.
enum class Ink : unsigned char { print, label, number, red, picture };

/// A box in shares of the page's width and height.
struct LayoutBox {
  PageKind kind{};
  Ink ink{};
  float x{}, y{}, w{}, h{};
};

/// All boxes (layout.cpp; from the proportions of data/layouts and ICAO Doc 9303 parts 4 and 5).
const std::vector<LayoutBox>& layout_boxes();

/// Map of one kind, 32F 0..1, for one evidence plane.
enum class Plane : unsigned char { print, red, picture, blue };
cv::Mat layout_map(PageKind kind, Plane plane, const cv::Size& size);

}  // namespace kualik::page
