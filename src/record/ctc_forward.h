#pragma once
// Strings weighed by the steps of a CTC reader (the forward algorithm of Graves et al. 2006). Internal to the stage.

#include <cstddef>
#include <vector>

namespace kualik::record {

/// What a CTC reader saw, with a row of probabilities for each step: of the blank, then of the symbols by their ids.
struct Steps {
  std::vector<double> rows;
  std::size_t width{0};  ///< Of a row: ids below width - 1 stand in it, others were never seen.
  std::size_t count{0};
};

/// Log-probability of a string under a lattice: the sum over all ways to lay it along the steps. `candidate` holds ids
/// of symbols, `unlisted` is the probability of one that stands in no row; `scratch` is working space. Cost: steps x
/// length.
double forward(const std::vector<int>& candidate, const Steps& steps, double unlisted, std::vector<double>& scratch);

}  // namespace kualik::record
