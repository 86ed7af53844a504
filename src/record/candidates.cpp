#include "record/candidates.h"

#include <algorithm>
#include <cmath>

namespace kualik::record {

void CandidatePool::add(const Ids& ids) {
  if (ids.empty() || entries_.size() >= options_.max_candidates || !known_.try_emplace(ids, true).second) return;
  Entry entry{ids, symbols_.text(ids), 0, 0};
  for (const PreparedReading& r : readings_) {
    const double floor = options_.floor * static_cast<double>(std::max<std::size_t>(r.slots.size(), 8));
    const double fit =
        r.steps.count > 0 ? forward(ids, r.steps, options_.unlisted, scratch_) : align(ids, r, options_, scratch_);
    double lp = std::max(fit, floor);
    if (r.best == ids) lp += options_.vote;
    entry.evidence += r.weight * lp;
  }
  // Confidence weights shrink the sum; scaled back, the score stays comparable with one reading's log-probability
  // times their number.
  if (total_weight_ > 0)
    entry.evidence *= std::min(static_cast<double>(readings_.size()), options_.independent) / total_weight_;
  entry.score = entry.evidence + (prior_ ? prior_(entry.text) : 0.0);
  entries_.push_back(std::move(entry));
}

const CandidatePool::Entry* CandidatePool::best() const {
  const Entry* best = nullptr;
  for (const Entry& e : entries_)
    if (best == nullptr || e.score > best->score) best = &e;
  return best;
}

void add_consensus(CandidatePool& pool, const Ids& backbone, const std::vector<PreparedReading>& readings,
                   const FusionOptions& options) {
  constexpr int nothing = -1;
  std::vector<std::map<int, double>> columns(2 * backbone.size() + 1);
  double total = 0;
  for (const PreparedReading& reading : readings) {
    total += reading.weight;
    const std::vector<std::size_t> slot = opposite(backbone, reading, options);
    auto add = [&](std::size_t column, const Slot& s) {
      for (const auto& [id, lp] : s.log_probs) columns[column][id] += reading.weight * std::exp(lp);
    };
    std::size_t next = 0;  // the first slot that no symbol has taken yet
    for (std::size_t i = 0; i <= backbone.size(); ++i) {
      const bool end = i == backbone.size();
      const std::size_t here = end ? reading.slots.size() : slot[i];
      if (here == static_cast<std::size_t>(-1)) {
        columns[2 * i + 1][nothing] += reading.weight;
        continue;
      }
      if (here > next) add(2 * i, reading.slots[next]);
      if (!end) add(2 * i + 1, reading.slots[here]);
      next = here + 1;
    }
  }
  if (total <= 0) return;
  struct Doubt {
    std::size_t column;
    int symbol;
    double share;
  };
  std::vector<Doubt> doubts;
  std::vector<int> winner(columns.size(), nothing);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    double sum = 0;
    for (const auto& [id, s] : columns[c]) sum += s;
    if (c % 2 == 0) columns[c][nothing] += std::max(0.0, total - sum);
    double share = -1;
    for (const auto& [id, s] : columns[c]) {
      if (s > share) {
        share = s;
        winner[c] = id;
      }
    }
    for (const auto& [id, s] : columns[c])
      if (id != winner[c] && s > 0.04 * total) doubts.push_back({c, id, s / std::max(share, 1e-9)});
  }
  auto string_with = [&](std::size_t column, int symbol) {
    Ids out;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const int here = c == column ? symbol : winner[c];
      if (here != nothing) out.push_back(here);
    }
    return out;
  };
  pool.add(string_with(columns.size(), nothing));
  std::stable_sort(doubts.begin(), doubts.end(), [](const Doubt& x, const Doubt& y) { return x.share > y.share; });
  for (const Doubt& d : doubts) {
    if (pool.full()) return;
    pool.add(string_with(d.column, d.symbol));
  }
}

}  // namespace kualik::record
