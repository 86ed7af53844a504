#pragma once
// From what fusion knows of a reading to a score that can be believed: of the fields reported with 0.9, nine in ten are
// right (benchmarks/accuracy measures it). And from the score and the reasons to the status.
//
// Pure functions, no allocation.

#include <string_view>

#include "kualik/core/checked.h"

namespace kualik::record {

/// What speaks for a fused reading.
struct Support {
  double posterior{0};          ///< FusedReading::score.
  double support{0};            ///< FusedReading::support: mean log-probability a symbol.
  double agree{0};              ///< Share of the frames whose own value is this one.
  int frames{0};                ///< Frames that gave the field.
  int length{0};                ///< Symbols of the value.
  bool check_agrees{false};     ///< A check digit or another field confirms it.
  bool check_disagrees{false};  ///< One of them speaks against it.
};

/// The calibrated score of a field, 0.01 … 0.999.
double calibrated(std::string_view key, const Support& support) noexcept;

/// The status that reasons and score give. `checkable`: a rule or table checks this kind of field. Below `pass_score` a
/// checkable field is doubtful at best, and Reason::low_score is to be added by the caller (`needs_low_score`).
Status status_of(ReasonSet reasons, double confidence, bool checkable) noexcept;

/// Scores that statuses hang on.
inline constexpr double pass_score = 0.9;   ///< A checkable field passes from here on.
inline constexpr double doubt_score = 0.5;  ///< An unchecked field below is doubtful.

}  // namespace kualik::record
