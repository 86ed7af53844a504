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

/// Every plausible proposal. `forget`, when not 0, is the seed of a part of the picture in which the net's mask forgets
/// most of what it saw: so the score is trained to believe edges and print where the mask fails.
std::vector<ProbedQuad> probe(const FinderOptions& options, const ImageView& image, unsigned forget = 0);

}  // namespace kualik::page
