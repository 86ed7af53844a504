#pragma once
// Several sights of one card laid over each other: noise, compression and the rows between pixels differ from frame to
// frame, the print does not.

#include <vector>

#include "kualik/page/rectify.h"
#include "reader/page_reading.h"

namespace kualik::reader {

/// A stacked page.
struct Stack {
  Image image{};                      ///< As large as asked for; empty if fewer than three sights fit each other.
  int sights{0};                      ///< How many were laid over each other.
  std::size_t reference{0};           ///< The sight that the others were aligned to: the page lies as it does there.
  page::Homography page_to_source{};  ///< Of the reference.
};

/// Rectifies the sights in one pose, aligns each to the best one by its texture (ECC, Evangelidis and Psarakis 2008; an
/// affine map takes up what the outlines left over) and averages them by quality; a pixel that differs much from the
/// others there (a finger, glare) counts little. Cost: some 40 ms a sight at 1027 x 648. Pure.
Stack stack(const std::vector<Sight>& sights, const Pose& pose, const page::Size& size);

}  // namespace kualik::reader
