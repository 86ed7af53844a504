#pragma once
// Quads compared, for the tests of this folder.

#include <algorithm>
#include <cmath>

#include "kualik/core/geometry.h"

namespace kualik {

/// How far the corner lies that lies farthest from its like.
inline double farthest(const Quad& a, const Quad& b) {
  double most = 0;
  for (std::size_t i = 0; i < 4; ++i) most = std::max(most, std::hypot(a[i].x - b[i].x, a[i].y - b[i].y));
  return most;
}

}  // namespace kualik
