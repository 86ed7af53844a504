#include "record/prepared_reading.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace kualik::record {
namespace {

/// A reader that is sure of a symbol is wrong now and then: a step may be passed over at this price.
constexpr double least_blank = 0.01;

double safe_log(double p) { return std::log(std::clamp(p, 1e-9, 1.0)); }

}  // namespace

PreparedReading prepare(const Reading& reading, SymbolIds& symbols, const FusionOptions& options) {
  PreparedReading out;
  double whole = 0;  // log-probability that every symbol's best reading is right
  for (const Symbol& symbol : reading.symbols) {
    Slot slot;
    slot.skip = safe_log(options.miss);
    std::map<int, double> merged;
    double none = 0;
    auto add = [&](const std::string& text, double p) {
      if (text.empty())
        none += p;
      else
        merged[symbols.id(text)] += p;
    };
    if (symbol.alternatives.empty()) add(symbol.text, symbol.probability);
    for (const SymbolAlternative& a : symbol.alternatives) add(a.text, a.probability);
    for (const auto& [id, p] : merged) slot.log_probs.emplace_back(id, safe_log(p));
    std::stable_sort(slot.log_probs.begin(), slot.log_probs.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    // What the listed symbols leave over is shared by some ten that are not.
    double listed = none;
    for (const auto& [id, p] : merged) listed += p;
    slot.unlisted = safe_log(std::max(options.unlisted, (1.0 - listed) / 10.0));
    if (none > 0) slot.skip = std::max(slot.skip, safe_log(none));
    if (slot.log_probs.empty()) continue;
    whole += slot.log_probs.front().second;
    if (slot.skip <= slot.log_probs.front().second) out.best.push_back(slot.log_probs.front().first);
    out.slots.push_back(std::move(slot));
  }
  out.whole = whole;
  out.weight = reading.weight;
  out.lattice = reading.lattice;
  if (out.lattice) {
    for (const Lattice::Step& step : out.lattice->steps)
      for (const SymbolAlternative& s : step.symbols) (void)symbols.id(s.text);
  }
  return out;
}

void lay_out(PreparedReading& reading, SymbolIds& symbols, const FusionOptions& options) {
  if (!reading.lattice) return;
  Steps& steps = reading.steps;
  steps.width = symbols.size() + 1;
  steps.count = reading.lattice->steps.size();
  steps.rows.assign(steps.width * steps.count, options.unlisted);
  const bool spaced =
      std::any_of(reading.best.begin(), reading.best.end(), [&](int id) { return symbols.is_space(id); });
  for (std::size_t t = 0; t < steps.count; ++t) {
    const Lattice::Step& step = reading.lattice->steps[t];
    double* row = steps.rows.data() + t * steps.width;
    double blank = static_cast<double>(step.blank);
    for (const SymbolAlternative& s : step.symbols) {
      if (s.text == " " && !spaced)
        blank += static_cast<double>(s.probability);
      else
        row[1 + static_cast<std::size_t>(symbols.id(s.text))] =
            std::max(static_cast<double>(s.probability), options.unlisted);
    }
    row[0] = std::max(blank, least_blank);
  }
}

void weigh(std::vector<PreparedReading>& readings, const FusionOptions& options) {
  double surest = -1e9;
  for (const PreparedReading& r : readings) surest = std::max(surest, r.whole);
  for (PreparedReading& r : readings) {
    const double length = static_cast<double>(r.slots.size()) / options.usual_length;
    const double least = length > 2 ? 0.0 : options.least_weight;
    r.weight *= least + (1 - least) * std::exp(options.confidence_power * std::max(1.0, length) * (r.whole - surest));
  }
}

double align(const Ids& candidate, const PreparedReading& reading, const FusionOptions& options,
             std::vector<double>& rows) {
  const std::size_t m = reading.slots.size();
  const double miss = safe_log(options.miss);
  rows.assign(2 * (m + 1), 0.0);
  double* prev = rows.data();
  double* cur = prev + m + 1;
  for (std::size_t j = 0; j < m; ++j) prev[j + 1] = prev[j] + reading.slots[j].skip;
  for (const int symbol : candidate) {
    cur[0] = prev[0] + miss;
    for (std::size_t j = 1; j <= m; ++j) {
      const Slot& slot = reading.slots[j - 1];
      cur[j] = std::max({prev[j - 1] + slot.of(symbol), prev[j] + miss, cur[j - 1] + slot.skip});
    }
    std::swap(prev, cur);
  }
  return prev[m];
}

std::vector<std::size_t> opposite(const Ids& candidate, const PreparedReading& reading, const FusionOptions& options) {
  const std::size_t n = candidate.size();
  const std::size_t m = reading.slots.size();
  const double miss = safe_log(options.miss);
  std::vector<double> score((n + 1) * (m + 1), 0.0);
  std::vector<char> move((n + 1) * (m + 1), 0);
  auto at = [m](std::size_t i, std::size_t j) { return i * (m + 1) + j; };
  for (std::size_t j = 1; j <= m; ++j) {
    score[at(0, j)] = score[at(0, j - 1)] + reading.slots[j - 1].skip;
    move[at(0, j)] = 2;
  }
  for (std::size_t i = 1; i <= n; ++i) {
    score[at(i, 0)] = score[at(i - 1, 0)] + miss;
    move[at(i, 0)] = 1;
    for (std::size_t j = 1; j <= m; ++j) {
      const double match = score[at(i - 1, j - 1)] + reading.slots[j - 1].of(candidate[i - 1]);
      const double left_out = score[at(i - 1, j)] + miss;
      const double added = score[at(i, j - 1)] + reading.slots[j - 1].skip;
      if (match >= left_out && match >= added) {
        score[at(i, j)] = match;
        move[at(i, j)] = 0;
      } else if (left_out >= added) {
        score[at(i, j)] = left_out;
        move[at(i, j)] = 1;
      } else {
        score[at(i, j)] = added;
        move[at(i, j)] = 2;
      }
    }
  }
  std::vector<std::size_t> out(n, static_cast<std::size_t>(-1));
  for (std::size_t i = n, j = m; i > 0 || j > 0;) {
    const char step = move[at(i, j)];
    if (step == 0) {
      out[i - 1] = j - 1;
      --i;
      --j;
    } else if (step == 1) {
      --i;
    } else {
      --j;
    }
  }
  return out;
}

}  // namespace kualik::record
