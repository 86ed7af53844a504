#include "record/ctc_forward.h"

#include <cmath>
#include <utility>

namespace kualik::record {

double forward(const std::vector<int>& candidate, const Steps& steps, double unlisted, std::vector<double>& scratch) {
  const std::size_t n = candidate.size();
  const std::size_t states = 2 * n + 1;
  scratch.assign(2 * states, 0.0);
  double* now = scratch.data();
  double* next = now + states;
  double log_scale = 0;
  const auto emission = [&](const double* row, std::size_t s) {
    if (s % 2 == 0) return row[0];
    const auto id = static_cast<std::size_t>(candidate[s / 2]);
    return id + 1 < steps.width ? row[id + 1] : unlisted;
  };
  now[0] = steps.rows[0];
  if (n > 0) now[1] = emission(steps.rows.data(), 1);
  for (std::size_t t = 1; t < steps.count; ++t) {
    const double* row = steps.rows.data() + t * steps.width;
    double sum = 0;
    for (std::size_t s = 0; s < states; ++s) {
      double p = now[s];
      if (s >= 1) p += now[s - 1];
      if (s >= 3 && s % 2 == 1 && candidate[s / 2] != candidate[s / 2 - 1]) p += now[s - 2];
      next[s] = p * emission(row, s);
      sum += next[s];
    }
    if (sum <= 0) return -1e9;
    if (sum < 1e-60) {
      for (std::size_t s = 0; s < states; ++s) next[s] /= sum;
      log_scale += std::log(sum);
    }
    std::swap(now, next);
  }
  const double end = now[states - 1] + (n > 0 ? now[states - 2] : 0.0);
  return end <= 0 ? -1e9 : std::log(end) + log_scale;
}

}  // namespace kualik::record
