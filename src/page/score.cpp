// The score of a quad: a logistic function of its features. Weights below are set by hand until a trained table
// replaces them.
#include <algorithm>
#include <cmath>

#include "page/features.h"

namespace kualik::page {

double quad_score(const Features& f, bool with_mask) {
  double z = -6.2;
  z += 3.0 * static_cast<double>(f[0]) + 1.5 * static_cast<double>(f[1]) + 2.0 * static_cast<double>(f[2]);
  z += 1.5 * static_cast<double>(std::min(f[3], 0.4F)) + 1.5 * static_cast<double>(std::min(f[5], 0.5F));
  z += 1.0 * static_cast<double>(f[7]);
  z += 2.5 * static_cast<double>(std::min(0.6F, f[8])) - 1.0 * static_cast<double>(f[9]);
  z -= 2.0 * static_cast<double>(std::min(f[11], f[12]));
  z -= 2.0 * static_cast<double>(f[23]);
  z -= 1.0 * static_cast<double>(f[15]) + 1.0 * static_cast<double>(f[16]);
  if (with_mask) z += 4.0 * (static_cast<double>(f[19]) - 0.4);
  return 1 / (1 + std::exp(-z));
}

}  // namespace kualik::page
