#pragma once
// What speaks for a quad being a document, as numbers. The score (score.cpp) was learned over these.

#include <array>
#include <string_view>

#include "page/work_image.h"

namespace kualik::page {

/// Number of features of a quad.
inline constexpr std::size_t feature_count = 24;
using Features = std::array<float, feature_count>;

/// Names in order, for the training table.
inline constexpr std::array<std::string_view, feature_count> feature_names{
    "edge_min", "edge_2nd", "edge_mean", "step_min",    "step_2nd",  "step_mean",  "polarity",   "inner_flat",
    "text_in",  "text_rim", "text_out",  "aspect_card", "aspect_a4", "aspect",     "log_area",   "outside",
    "skew",     "mask_in",  "mask_out",  "mask_iou",    "light",     "saturation", "text_cover", "corner"};

/// Features of a quad in working pixels.
Features quad_features(const WorkImage& work, const Quad& quad);

/// Probability that the quad overlaps a document by an IoU of 0.8 or more.
double quad_score(const Features& features);

}  // namespace kualik::page
