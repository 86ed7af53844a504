#pragma once
// The strings that may be what a field says, each scored by how well it explains all readings. Internal to the stage.

#include <map>
#include <string>
#include <vector>

#include "record/prepared_reading.h"

namespace kualik::record {

/// Candidates with their scores; each string is scored once.
class CandidatePool {
 public:
  CandidatePool(const std::vector<PreparedReading>& readings, const SymbolIds& symbols, const FusionOptions& options,
                const Prior& prior)
      : readings_(readings), symbols_(symbols), options_(options), prior_(prior) {
    for (const PreparedReading& r : readings) total_weight_ += r.weight;
  }

  struct Entry {
    Ids ids;
    std::string text;
    double evidence{};  // without the prior
    double score{};
  };

  /// Scores a string, unless it is empty, known or one too many.
  void add(const Ids& ids);
  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<Entry>& entries() { return entries_; }
  const Entry* best() const;  ///< None: nullptr.
  bool full() const { return entries_.size() >= options_.max_candidates; }

 private:
  const std::vector<PreparedReading>& readings_;
  const SymbolIds& symbols_;
  const FusionOptions& options_;
  const Prior& prior_;
  double total_weight_{0};
  std::map<Ids, bool> known_;
  std::vector<Entry> entries_;
  std::vector<double> scratch_;
};

/// Column-wise consensus over a backbone, and its one-symbol variations, most doubtful columns first. Column 2i stands
/// for what is left out between the symbols i-1 and i of the backbone, column 2i+1 for the symbol i.
void add_consensus(CandidatePool& pool, const Ids& backbone, const std::vector<PreparedReading>& readings,
                   const FusionOptions& options);

}  // namespace kualik::record
