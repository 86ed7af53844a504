#include "kualik/record/calibration.h"

#include <algorithm>
#include <cmath>

namespace kualik::record {

double calibrated(std::string_view key, const Support& s) noexcept {
  // Logistic in what was measured to matter: the share of the evidence, how well the symbols are supported, whether the
  // frames agree, and whether a check confirms it. The weights were fitted on scenes of the tuning seeds
  // (benchmarks/accuracy).
  const double posterior = std::clamp(s.posterior, 1e-4, 1 - 1e-4);
  double z = -1.2 + 0.35 * std::log(posterior / (1 - posterior)) + 1.8 * s.agree + 2.2 * std::max(s.support, -1.5) +
             0.25 * std::log(static_cast<double>(std::max(s.frames, 1)));
  if (s.check_agrees) z += 2.4;
  if (s.check_disagrees) z -= 2.4;
  const bool free_text = key == "address" || key == "name" || key == "issuing_authority" || key == "text";
  if (free_text) z -= 0.03 * static_cast<double>(s.length);
  // Values of short lists, and dates, are right far more often than their symbols are read surely. Numbers are left
  // out: of them a wrong one does most.
  const bool closed =
      key == "birth_date" || key == "ethnicity" || key == "sex" || key == "valid_from" || key == "valid_to";
  if (closed) z = 1.2 + 0.65 * z;
  if (free_text) z = 0.3 + 0.95 * z;
  return std::clamp(1.0 / (1.0 + std::exp(-z)), 0.01, 0.999);
}

Status status_of(ReasonSet reasons, double confidence, bool checkable) noexcept {
  if (reasons.has_error()) return Status::fails;
  // Folding a full-width digit is noted, but it casts no doubt on what was printed.
  ReasonSet doubts = reasons;
  doubts.remove(Reason::normalised);
  if (doubts.has_doubt()) return Status::doubtful;
  if (!checkable) return confidence < doubt_score ? Status::doubtful : Status::unchecked;
  return confidence < pass_score ? Status::doubtful : Status::passes;
}

}  // namespace kualik::record
