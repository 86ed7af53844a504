#include "kualik/record/fusion.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "record/candidates.h"
#include "record/prepared_reading.h"

namespace kualik::record {
namespace {

/// Strings that knowledge is asked about further ones for.
constexpr std::size_t proposers = 12;
/// A string with two faults is mended in two.
constexpr int rounds = 2;

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
  SymbolIds symbols;
  return symbols.text(prepare(reading, symbols, FusionOptions{}).best);
}

FusedReading fuse(std::span<const Reading> readings, const FusionOptions& options, const Prior& prior,
                  const Propose& propose) {
  FusedReading out;
  SymbolIds symbols;
  std::vector<PreparedReading> prepared;
  for (const Reading& reading : readings) {
    PreparedReading p = prepare(reading, symbols, options);
    if (!p.slots.empty()) prepared.push_back(std::move(p));
  }
  for (PreparedReading& p : prepared) lay_out(p, symbols, options);
  weigh(prepared, options);
  out.seen = static_cast<int>(prepared.size());
  if (prepared.empty()) return out;

  // The readings' own strings, most trusted first; ties keep the order of the frames, so that results repeat.
  std::map<Ids, double> votes;
  for (const PreparedReading& p : prepared) votes[p.best] += p.weight;
  std::vector<std::pair<Ids, double>> order(votes.begin(), votes.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });

  CandidatePool pool(prepared, symbols, options, prior);
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
    std::vector<const CandidatePool::Entry*> likely;
    likely.reserve(pool.entries().size());
    for (const CandidatePool::Entry& e : pool.entries()) likely.push_back(&e);
    std::stable_sort(likely.begin(), likely.end(),
                     [](const CandidatePool::Entry* a, const CandidatePool::Entry* b) { return a->score > b->score; });
    if (likely.size() > proposers) likely.resize(proposers);
    std::vector<std::string> texts;
    texts.reserve(likely.size());
    for (const CandidatePool::Entry* e : likely) texts.push_back(e->text);
    FusionOptions wider = options;
    wider.max_candidates = options.max_candidates * 8;
    // Ids are made before a pool that reads the symbols is used again.
    std::vector<Ids> proposals;
    for (const std::string& text : texts)
      for (const std::string& proposal : propose(text)) proposals.push_back(symbols.ids(proposal));
    CandidatePool second(prepared, symbols, wider, prior);
    for (const CandidatePool::Entry& e : pool.entries()) second.add(e.ids);
    for (const Ids& ids : proposals) second.add(ids);
    pool.entries() = std::move(second.entries());
  }

  std::vector<CandidatePool::Entry>& entries = pool.entries();
  if (entries.empty()) return out;
  const CandidatePool::Entry* unaided = &entries.front();
  for (const CandidatePool::Entry& e : entries)
    if (e.evidence > unaided->evidence) unaided = &e;
  const std::string unaided_text = unaided->text;
  std::stable_sort(entries.begin(), entries.end(),
                   [](const CandidatePool::Entry& a, const CandidatePool::Entry& b) { return a.score > b.score; });
  double sum = 0;
  for (const CandidatePool::Entry& e : entries) sum += std::exp(e.score - entries.front().score);
  out.text = entries.front().text;
  out.score = 1.0 / sum;
  out.changed_by_prior = out.text != unaided_text;
  if (out.changed_by_prior) out.unaided = unaided_text;
  std::vector<double> scratch;
  double weight = 0;
  for (const PreparedReading& p : prepared) {
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
