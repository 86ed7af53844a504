#pragma once
// Print of one frame found again in another one: by phase correlation, then by ECC (Evangelidis and Psarakis 2008).

#include <opencv2/core.hpp>
#include <optional>

#include "kualik/core/geometry.h"
#include "kualik/core/image.h"

namespace kualik::reader {

/// The longer side of pictures that are aligned.
constexpr int alignment_width = 512;

/// A page as it is aligned: grey, 32F, at most `alignment_width` wide, without the ground, since light differs from
/// frame to frame and print does not.
cv::Mat alignment_picture(const cv::Mat& page);

/// The affine map (2 x 3, 32F) from pixels of `reference` to those of `picture`, both alignment pictures of one size,
/// that makes `before` better; empty where they show different things (correlation up to 0.8 by default).
cv::Mat aligned(const cv::Mat& reference, const cv::Mat& picture, const cv::Mat& before,
                double least_correlation = 0.80);

/// The quad in `second` of what lies at `quad` in `first`, looked for around `expected`, whose corners are named as
/// those of `quad`; empty where it is not there. Cost: some 60 ms. Pure.
std::optional<Quad> found_again(const ImageView& first, const Quad& quad, const ImageView& second,
                                const Quad& expected);

}  // namespace kualik::reader
