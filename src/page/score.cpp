// The score of a quad: a small net over its features, trained from drawn scenes (data/models/finder/README.md). It
// weighs edges, steps of colour, print, flatness, proportions and neighbourhood together; no single one can rule a quad
// in or out.
#include <array>
#include <cmath>

#include "page/features.h"
#include "score_net.h"

namespace kualik::page {
namespace {

template <std::size_t In, std::size_t Out>
std::array<float, Out> layer(const std::array<float, In>& in, const float* weight, const float* bias, bool bend) {
  std::array<float, Out> out{};
  for (std::size_t u = 0; u < Out; ++u) {
    float sum = bias[u];
    for (std::size_t i = 0; i < In; ++i) sum += weight[u * In + i] * in[i];
    out[u] = bend ? std::tanh(sum) : sum;
  }
  return out;
}

}  // namespace

double quad_score(const Features& features) {
  namespace net = score_net;
  static_assert(net::inputs == static_cast<int>(feature_count),
                "score.tsv was trained on other features: train it anew");
  Features standard{};
  for (std::size_t i = 0; i < feature_count; ++i) standard[i] = (features[i] - net::mean[i]) / net::scale[i];
  const auto first = layer<feature_count, net::units1>(standard, net::weight1, net::bias1, true);
  const auto second = layer<net::units1, net::units2>(first, net::weight2, net::bias2, true);
  const auto last = layer<net::units2, 1>(second, net::weight3, net::bias3, false);
  return 1 / (1 + std::exp(-static_cast<double>(last[0])));
}

}  // namespace kualik::page
