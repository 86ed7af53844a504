#pragma once
// From many readings of one field to one: the readings of all frames (and of several readers) are judged together
// before anything is decided.
//
//   std::vector<Reading> readings = …;            // one per frame and reader
//   FusedReading fused = fuse(readings);
//   fused.text, fused.score, fused.alternatives   // best string, its share of the evidence, the runners-up
//
// Method: candidate strings (every string that a frame read, a column-wise consensus in the manner of ROVER (1997), and
// their one-symbol variations) are scored by how well each explains every reading: a noisy-channel alignment of the
// string with the reading's symbol alternatives, pooled in the log domain with a floor, so that one bad frame cannot
// veto. This is string voting mixed with log-probability pooling of aligned readings; it neither accumulates
// per-character results under frame weights nor estimates when to stop.
//
// Pure functions, safe from any thread. Cost: readings x candidates x length^2, about 1 ms for 12 readings of 18
// symbols.

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/page_text.h"
#include "kualik/documents/document.h"

namespace kualik::record {

/// One reading of a field: its symbols with alternatives, and how far to trust the frame (1: as any other).
struct Reading {
  std::vector<Symbol> symbols{};
  double weight{1.0};
  std::shared_ptr<const Lattice> lattice{};  ///< Of these symbols, if the reader gives one: strings are weighed by it.
};

/// How a field is fused. The defaults were tuned on halves of public per-frame readings (benchmarks/fusion).
struct FusionOptions {
  double miss{0.003};       ///< Probability of a symbol that the reader left out or added (default: 0.003).
  double unlisted{0.0005};  ///< Probability of a symbol that is not among a reading's alternatives (default: 0.0005).
  double floor{
      -0.6};  ///< No reading speaks against a candidate with less than this log-probability a symbol (default: -0.6).
  double confidence_power{1};  ///< A reading counts by the probability of its best string to this power (default: 1) …
  double usual_length{11};     ///< … which grows in proportion for strings longer than this (default: 11).
  double least_weight{0.3};    ///< … and never for less than this share of the surest, but for lines above twice that
                               ///< length (default: 0.3).
  double vote{0.5};  ///< Log-probability added for each reading that gives exactly the candidate (default: 0.5).
  /// Readings that the evidence counts for at most against the prior: frames of one clip share their faults (default:
  /// 4).
  double independent{4};
  std::size_t max_candidates{64};   ///< Strings scored at most (default: 64).
  std::size_t max_alternatives{5};  ///< Runners-up reported at most (default: 5).
};

/// The result of fusion.
struct FusedReading {
  std::string text{};
  double score{};    ///< Share of the evidence for `text` among all candidates, 0..1; not yet calibrated.
  double support{};  ///< Mean log-probability of the readings under `text`, per symbol; near 0 is good.
  int agree{};       ///< Readings whose own best string is `text`.
  int seen{};        ///< Readings that gave anything.
  std::vector<documents::Alternative> alternatives{};  ///< Best first, without `text` itself.
  bool changed_by_prior{false};  ///< Without the prior another string would have won (it is among the alternatives).
  std::string unaided{};         ///< That string; empty if the prior changed nothing.
};

/// Log-probability that knowledge gives a string (0: nothing against it). Called once for each candidate.
using Prior = std::function<double(std::string_view)>;
/// Further candidates that knowledge proposes for a string, e.g. one-digit corrections that make a check digit right.
using Propose = std::function<std::vector<std::string>(std::string_view)>;

/// Fuses readings. No readings, or only empty ones, give an empty text with score 0.
FusedReading fuse(std::span<const Reading> readings, const FusionOptions& options = {}, const Prior& prior = {},
                  const Propose& propose = {});

/// The string a reading itself prefers.
std::string best_text(const Reading& reading);

/// Splits UTF-8 into one symbol a code point; invalid bytes become symbols of one byte.
std::vector<std::string> symbols_of(std::string_view text);

}  // namespace kualik::record
