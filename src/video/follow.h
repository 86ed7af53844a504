#pragma once
// Follows one quad from a small frame to the next by its texture, and tells whether it still shows the same thing.

#include <opencv2/core.hpp>
#include <vector>

#include "kualik/core/geometry.h"

namespace kualik::video {

/// A quad moved to the next frame.
struct Followed {
  Quad quad{};
  bool ok{false};
  double share{0};  ///< Of the points that moved together, 0..1.
};

/// Moves the quad (pixels of the small frames) by pyramidal Lucas-Kanade on corners inside it and a homography by
/// RANSAC.
Followed follow(const std::vector<cv::Mat>& before, const std::vector<cv::Mat>& now, const cv::Mat& grey_before,
                const Quad& quad);

/// The pyramid that `follow` needs of each frame.
std::vector<cv::Mat> pyramid(const cv::Mat& grey);

/// The inside of the quad as a small normalised picture (32F, zero mean, unit length).
cv::Mat appearance(const cv::Mat& grey, const Quad& quad);

/// How alike two appearances are, -1..1.
double likeness(const cv::Mat& a, const cv::Mat& b);

}  // namespace kualik::video
