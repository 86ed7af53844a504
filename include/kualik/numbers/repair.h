#pragma once
// What a damaged resident number may have been: candidates for which every part holds, ranked. Never applied silently;
// the caller shows them.
//
//   for (const Repair& r : repair_resident_id("44O524188001010014"))   // a letter O was read
//     show(r.number.view(), r.score, name(r.kind));                    // 440524188001010014 0.99 confusion
//
// Scores weigh how likely the damage is (confusion of the two characters, swap, lost character) by how plausible the
// result is (region known and in force, class of the region's code, age) and by how it agrees with what is known of the
// holder; they add up to 1 over all candidates found, those beyond `limit` included. The check digit alone leaves a
// candidate for almost every position (those of the sequence and the check character always fit), so a score is a rank,
// not a proof. The date and the sex beside the number settle most cases. Pure functions, safe from any thread. Cost:
// tens of microseconds; with masked positions up to a few milliseconds.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "kualik/core/reasons.h"
#include "kualik/numbers/options.h"

namespace kualik::numbers {

enum class RepairKind : std::uint8_t {
  none,           ///< Nothing was changed: the number passes as it is.
  confusion,      ///< Letters that look like digits were read as such (O 0, l 1, B 8 …).
  substitution,   ///< One character replaced.
  transposition,  ///< Two characters swapped.
  insertion,      ///< One lost character put back.
  deletion,       ///< One character too many taken out.
  completion,     ///< Masked positions filled.
  lattice,        ///< Chosen among a reader's alternatives.
};
std::string_view name(RepairKind kind) noexcept;

struct Repair {
  FixedText<18> number{};
  double score{0};
  RepairKind kind{RepairKind::none};
  int position{-1};     ///< Of the change in the repaired number; -1 if there is none or more than one.
  ReasonSet reasons{};  ///< Doubts that stand against the candidate; never an error.
};

/// What is known of the holder from elsewhere, as what is printed beside the number on a card or in a judgment. It
/// weighs and does not exclude: it may be misread as well, and an address need not be the place of the first
/// registration.
struct KnownHolder {
  /// Parts that are 0 are unknown. (default: unknown)
  Date birth{};
  Sex sex{Sex::unknown};
  /// Six digits; 650000 if only the province is known, 654000 for a prefecture. (default: 0, unknown)
  int region_code{0};
};

struct RepairOptions {
  Options check{};
  KnownHolder known{};
  /// Candidates given, best first. (default: 10)
  std::size_t limit{10};
  /// Candidates below this score are not given. (default: 0)
  double least_score{0};
};

/// Candidates for 14-19 characters: letters that look like digits, one wrong character, two swapped, one lost or too
/// many, and at most four masked positions. Combines one edit with any number of look-alike letters. A number that has
/// no error gives itself alone. Folds first (fold.h).
std::vector<Repair> repair_resident_id(std::string_view damaged, const RepairOptions& options = {});

/// How likely a reader takes `truth` for `read`, relative to a plain hit (1): 0.1 for the closest pairs, 0.01 for any
/// two digits. Both are ASCII; read may be a letter.
double confusion_weight(char read, char truth) noexcept;

/// How plausible a number without errors is before anything was read, in (0, 1]; 0 if it has an error. Region, its
/// class, in force at birth; age. For readers that choose among alternatives. About 40 ns.
double resident_plausibility(std::string_view number, const Options& options = {}) noexcept;

/// How many numbers a masked one (18 characters, `*` where hidden) can stand for: every part holds and the age is at
/// most 120 (with a clock).
struct Completions {
  std::uint64_t known_region{0};  ///< With a region code of the table.
  std::uint64_t any_region{0};    ///< With any first six digits.
};
/// Both 0 if the form does not fit or a known part is wrong. About a millisecond. Foreigners' cards count as
/// any_region.
Completions count_completions(std::string_view masked, const Options& options = {});

/// One position of a reader's lattice.
struct LatticeSymbol {
  char symbol{0};
  float probability{0};
};

/// The best numbers of 18 characters through a lattice: positions in order, each with its alternatives (digits, X).
/// Probability of the path times plausibility; scores add up to 1 over what was found. Only numbers without errors are
/// given; empty if no path has none. Keeps the best paths for each remainder of the check sum, so that a number is not
/// lost because its digits were each second best.
std::vector<Repair> decode_resident_lattice(std::span<const std::vector<LatticeSymbol>> lattice,
                                            const RepairOptions& options = {});

}  // namespace kualik::numbers
