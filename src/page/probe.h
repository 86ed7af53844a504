#pragma once
// All proposals of an image with their features, before any ranking: for training the score and for measuring what the
// proposals reach.

#include <vector>

#include "kualik/page/finder.h"
#include "page/features.h"

namespace kualik::page {

/// One proposal with what the score sees of it.
struct ProbedQuad {
  Quad quad{};  ///< Source pixels.
  Proposal by{};
  Features features{};
};

/// Every plausible proposal.
std::vector<ProbedQuad> probe(const FinderOptions& options, const ImageView& image);

}  // namespace kualik::page
