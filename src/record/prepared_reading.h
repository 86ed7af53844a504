#pragma once
// A reading made ready for comparison with strings: its symbols as integers with log-probabilities, and its alignment
// with a string. Internal to the stage.

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "kualik/record/fusion.h"
#include "record/ctc_forward.h"

namespace kualik::record {

using Ids = std::vector<int>;

/// Symbols as small integers, so that alignment compares integers.
class SymbolIds {
 public:
  int id(std::string_view symbol) {
    const auto [it, fresh] = ids_.try_emplace(std::string(symbol), static_cast<int>(names_.size()));
    if (fresh) names_.emplace_back(symbol);
    return it->second;
  }
  Ids ids(std::string_view text) {
    Ids out;
    for (const std::string& s : symbols_of(text)) out.push_back(id(s));
    return out;
  }
  std::size_t size() const { return names_.size(); }
  bool is_space(int id) const { return names_[static_cast<std::size_t>(id)] == " "; }
  std::string text(const Ids& ids) const {
    std::string out;
    for (int i : ids) out += names_[static_cast<std::size_t>(i)];
    return out;
  }

 private:
  std::unordered_map<std::string, int> ids_;
  std::vector<std::string> names_;
};

/// One position of a reading: log-probabilities of the symbols listed there, and of none.
struct Slot {
  std::vector<std::pair<int, double>> log_probs;  // best first
  double skip{};                                  // log-probability that nothing stands here
  double unlisted{};                              // log-probability of any one symbol that is not listed
  double of(int symbol) const {
    for (const auto& [id, lp] : log_probs)
      if (id == symbol) return lp;
    return unlisted;
  }
};

/// A reading as it is compared with strings.
struct PreparedReading {
  std::vector<Slot> slots;
  std::shared_ptr<const Lattice> lattice;
  Steps steps;
  Ids best;
  double whole{};  // log-probability of `best` as the reader sees it
  double weight{};
};

/// Symbols that the symbols lacks are added to it, those of the lattice too.
PreparedReading prepare(const Reading& reading, SymbolIds& symbols, const FusionOptions& options);

/// The lattice as rows, once the symbols holds the symbols of all readings.
void lay_out(PreparedReading& reading, SymbolIds& symbols, const FusionOptions& options);

/// Readings count by the probability of their whole string, next to that of the surest one, but never for less than a
/// share: a confident misreading must not silence many that agree. In a long line hardly any frame is right throughout,
/// so that the few that may be have to count for more.
void weigh(std::vector<PreparedReading>& readings, const FusionOptions& options);

/// Log-probability of the best alignment of `candidate` with a reading. `rows` is scratch space.
double align(const Ids& candidate, const PreparedReading& reading, const FusionOptions& options,
             std::vector<double>& rows);

/// For each reading the slot that stands opposite each symbol of `candidate` (npos where none does).
std::vector<std::size_t> opposite(const Ids& candidate, const PreparedReading& reading, const FusionOptions& options);

}  // namespace kualik::record
