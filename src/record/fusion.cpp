#include "kualik/record/fusion.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "record/ctc_forward.h"

namespace kualik::record {
namespace {

using Ids = std::vector<int>;

/// Strings that knowledge is asked about further ones for.
constexpr std::size_t proposers = 12;
/// A string with two faults is mended in two.
constexpr int rounds = 2;
/// A reader that is sure of a symbol is wrong now and then: a step may be passed over at this price.
constexpr double least_blank = 0.01;

/// Symbols as small integers, so that alignment compares integers.
class Alphabet {
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

struct Prepared {
  std::vector<Slot> slots;
  std::shared_ptr<const Lattice> lattice;
  Steps steps;
  Ids best;
  double whole{};  // log-probability of `best` as the reader sees it
  double weight{};
};

double safe_log(double p) { return std::log(std::clamp(p, 1e-9, 1.0)); }

Prepared prepare(const Reading& reading, Alphabet& alphabet, const FusionOptions& options) {
  Prepared out;
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
        merged[alphabet.id(text)] += p;
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
      for (const SymbolAlternative& s : step.symbols) (void)alphabet.id(s.text);
  }
  return out;
}

void lay_out(Prepared& reading, Alphabet& alphabet, const FusionOptions& options) {
  if (!reading.lattice) return;
  Steps& steps = reading.steps;
  steps.width = alphabet.size() + 1;
  steps.count = reading.lattice->steps.size();
  steps.rows.assign(steps.width * steps.count, options.unlisted);
  const bool spaced =
      std::any_of(reading.best.begin(), reading.best.end(), [&](int id) { return alphabet.is_space(id); });
  for (std::size_t t = 0; t < steps.count; ++t) {
    const Lattice::Step& step = reading.lattice->steps[t];
    double* row = steps.rows.data() + t * steps.width;
    double blank = static_cast<double>(step.blank);
    for (const SymbolAlternative& s : step.symbols) {
      if (s.text == " " && !spaced)
        blank += static_cast<double>(s.probability);
      else
        row[1 + static_cast<std::size_t>(alphabet.id(s.text))] =
            std::max(static_cast<double>(s.probability), options.unlisted);
    }
    row[0] = std::max(blank, least_blank);
  }
}

/// Readings count by the probability of their whole string, next to that of the surest one, but never for less than a
/// share: a confident misreading must not silence many that agree. In a long line hardly any frame is right throughout,
/// so that the few that may be have to count for more.
void weigh(std::vector<Prepared>& readings, const FusionOptions& options) {
  double surest = -1e9;
  for (const Prepared& r : readings) surest = std::max(surest, r.whole);
  for (Prepared& r : readings) {
    const double length = static_cast<double>(r.slots.size()) / options.usual_length;
    const double least = length > 2 ? 0.0 : options.least_weight;
    r.weight *= least + (1 - least) * std::exp(options.confidence_power * std::max(1.0, length) * (r.whole - surest));
  }
}

/// Log-probability of the best alignment of `candidate` with a reading. `rows` is scratch space.
double align(const Ids& candidate, const Prepared& reading, const FusionOptions& options, std::vector<double>& rows) {
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

/// For each reading the slot that stands opposite each symbol of `candidate` (npos where none does).
std::vector<std::size_t> opposite(const Ids& candidate, const Prepared& reading, const FusionOptions& options) {
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

/// Candidates with their scores; each string is scored once.
class Pool {
 public:
  Pool(const std::vector<Prepared>& readings, const Alphabet& alphabet, const FusionOptions& options,
       const Prior& prior)
      : readings_(readings), alphabet_(alphabet), options_(options), prior_(prior) {
    for (const Prepared& r : readings) total_weight_ += r.weight;
  }

  struct Entry {
    Ids ids;
    std::string text;
    double evidence{};  // without the prior
    double score{};
  };

  void add(const Ids& ids) {
    if (ids.empty() || entries_.size() >= options_.max_candidates || !known_.try_emplace(ids, true).second) return;
    Entry entry{ids, alphabet_.text(ids), 0, 0};
    for (const Prepared& r : readings_) {
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
  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<Entry>& entries() { return entries_; }
  const Entry* best() const {
    const Entry* best = nullptr;
    for (const Entry& e : entries_)
      if (best == nullptr || e.score > best->score) best = &e;
    return best;
  }
  bool full() const { return entries_.size() >= options_.max_candidates; }

 private:
  const std::vector<Prepared>& readings_;
  const Alphabet& alphabet_;
  const FusionOptions& options_;
  const Prior& prior_;
  double total_weight_{0};
  std::map<Ids, bool> known_;
  std::vector<Entry> entries_;
  std::vector<double> scratch_;
};

/// Column-wise consensus over a backbone, and its one-symbol variations, most doubtful columns first. Column 2i stands
/// for what is left out between the symbols i-1 and i of the backbone, column 2i+1 for the symbol i.
void add_consensus(Pool& pool, const Ids& backbone, const std::vector<Prepared>& readings,
                   const FusionOptions& options) {
  constexpr int nothing = -1;
  std::vector<std::map<int, double>> columns(2 * backbone.size() + 1);
  double total = 0;
  for (const Prepared& reading : readings) {
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

}  // namespace

std::vector<std::string> symbols_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    for (std::size_t k = 1; k < length; ++k)
      if (i + k >= text.size() || (static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) {
        length = 1;
        break;
      }
    out.emplace_back(text.substr(i, length));
    i += length;
  }
  return out;
}

std::string best_text(const Reading& reading) {
  Alphabet alphabet;
  return alphabet.text(prepare(reading, alphabet, FusionOptions{}).best);
}

FusedReading fuse(std::span<const Reading> readings, const FusionOptions& options, const Prior& prior,
                  const Propose& propose) {
  FusedReading out;
  Alphabet alphabet;
  std::vector<Prepared> prepared;
  for (const Reading& reading : readings) {
    Prepared p = prepare(reading, alphabet, options);
    if (!p.slots.empty()) prepared.push_back(std::move(p));
  }
  for (Prepared& p : prepared) lay_out(p, alphabet, options);
  weigh(prepared, options);
  out.seen = static_cast<int>(prepared.size());
  if (prepared.empty()) return out;

  // The readings' own strings, most trusted first; ties keep the order of the frames, so that results repeat.
  std::map<Ids, double> votes;
  for (const Prepared& p : prepared) votes[p.best] += p.weight;
  std::vector<std::pair<Ids, double>> order(votes.begin(), votes.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });

  Pool pool(prepared, alphabet, options, prior);
  const std::size_t own = options.max_candidates * 5 / 8;
  for (std::size_t i = 0; i < order.size() && i < own; ++i) pool.add(order[i].first);
  // A better string makes a better backbone; a few turns settle it.
  Ids backbone;
  for (int turn = 0; turn < 4 && pool.best() != nullptr && pool.best()->ids != backbone; ++turn) {
    backbone = pool.best()->ids;
    add_consensus(pool, backbone, prepared, options);
  }
  for (int round = 0; propose && round < rounds; ++round) {
    // The likeliest strings are enough to start from.
    std::vector<const Pool::Entry*> likely;
    for (const Pool::Entry& e : pool.entries()) likely.push_back(&e);
    std::stable_sort(likely.begin(), likely.end(),
                     [](const Pool::Entry* a, const Pool::Entry* b) { return a->score > b->score; });
    if (likely.size() > proposers) likely.resize(proposers);
    std::vector<std::string> texts;
    for (const Pool::Entry* e : likely) texts.push_back(e->text);
    FusionOptions wider = options;
    wider.max_candidates = options.max_candidates * 8;
    // Ids are made before a pool that reads the alphabet is used again.
    std::vector<Ids> proposals;
    for (const std::string& text : texts)
      for (const std::string& proposal : propose(text)) proposals.push_back(alphabet.ids(proposal));
    Pool second(prepared, alphabet, wider, prior);
    for (const Pool::Entry& e : pool.entries()) second.add(e.ids);
    for (const Ids& ids : proposals) second.add(ids);
    pool.entries() = std::move(second.entries());
  }

  std::vector<Pool::Entry>& entries = pool.entries();
  if (entries.empty()) return out;
  const Pool::Entry* unaided = &entries.front();
  for (const Pool::Entry& e : entries)
    if (e.evidence > unaided->evidence) unaided = &e;
  const std::string unaided_text = unaided->text;
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Pool::Entry& a, const Pool::Entry& b) { return a.score > b.score; });
  double sum = 0;
  for (const Pool::Entry& e : entries) sum += std::exp(e.score - entries.front().score);
  out.text = entries.front().text;
  out.score = 1.0 / sum;
  out.changed_by_prior = out.text != unaided_text;
  std::vector<double> scratch;
  double weight = 0;
  for (const Prepared& p : prepared) {
    if (p.best == entries.front().ids) ++out.agree;
    out.support += p.weight * align(entries.front().ids, p, options, scratch);
    weight += p.weight;
  }
  out.support /= std::max(weight, 1e-9) * static_cast<double>(entries.front().ids.size());
  for (std::size_t i = 1; i < entries.size() && i <= options.max_alternatives; ++i) {
    const double share = std::exp(entries[i].score - entries.front().score) / sum;
    if (share < 1e-4 && entries[i].text != unaided_text) break;
    out.alternatives.push_back({entries[i].text, share});
  }
  return out;
}

}  // namespace kualik::record
