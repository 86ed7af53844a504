#include "ocr/ctc_decode.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "ocr/bracket_pairs.h"
#include "ocr/reading.h"

namespace kualik::ocr {
namespace {

constexpr float never = -1e30F;
constexpr std::ptrdiff_t most_likely = 12;  // Classes tried at a step.
constexpr float prune = -9.0F;              // Classes less likely than e^-9 at a step do not extend a prefix.

float log_add(float a, float b) {
  if (a < b) std::swap(a, b);
  return b <= never ? a : a + std::log1p(std::exp(b - a));
}

struct Mass {
  float blank{never};   // Ends in a blank.
  float symbol{never};  // Ends in its last symbol.
  float total() const { return log_add(blank, symbol); }
};

}  // namespace

std::vector<int> beam_search(const LineReading& m, int beam) {
  std::vector<std::pair<std::vector<int>, Mass>> kept{{{}, {0.0F, never}}};
  std::vector<int> likely;
  for (int t = 0; t < m.steps; ++t) {
    likely.clear();
    for (int k = 1; k < m.classes; ++k)
      if (m.at(t, k) > prune) likely.push_back(k);
    // Of thousands of characters dozens pass where the picture is blurred; the best few are all that a beam can keep.
    if (likely.size() > static_cast<std::size_t>(most_likely)) {
      std::nth_element(likely.begin(), likely.begin() + most_likely, likely.end(),
                       [&](int a, int b) { return m.at(t, a) > m.at(t, b); });
      likely.resize(static_cast<std::size_t>(most_likely));
    }
    std::map<std::vector<int>, Mass> next;
    for (const auto& [prefix, mass] : kept) {
      Mass& same = next[prefix];
      same.blank = log_add(same.blank, mass.total() + m.at(t, 0));
      if (!prefix.empty()) same.symbol = log_add(same.symbol, mass.symbol + m.at(t, prefix.back()));
      for (const int k : likely) {
        const bool repeat = !prefix.empty() && prefix.back() == k;
        const float from = repeat ? mass.blank : mass.total();
        if (from <= never) continue;
        std::vector<int> longer = prefix;
        longer.push_back(k);
        Mass& grown = next[std::move(longer)];
        grown.symbol = log_add(grown.symbol, from + m.at(t, k));
      }
    }
    kept.assign(next.begin(), next.end());
    const auto better = [](const auto& a, const auto& b) { return a.second.total() > b.second.total(); };
    if (kept.size() > static_cast<std::size_t>(beam)) {
      std::partial_sort(kept.begin(), kept.begin() + beam, kept.end(), better);
      kept.resize(static_cast<std::size_t>(beam));
    }
  }
  const auto best = std::max_element(kept.begin(), kept.end(),
                                     [](const auto& a, const auto& b) { return a.second.total() < b.second.total(); });
  return best == kept.end() ? std::vector<int>{} : best->first;
}

std::vector<AlignedClass> align(const LineReading& m, const std::vector<int>& labels) {
  const int n = static_cast<int>(labels.size());
  if (n == 0 || m.steps == 0) return {};
  const int states = 2 * n + 1;  // Blanks between and around the labels.
  const auto label = [&](int s) { return s % 2 == 0 ? 0 : labels[static_cast<std::size_t>(s / 2)]; };
  std::vector<float> now(static_cast<std::size_t>(states), never), next(now);
  std::vector<signed char> back(static_cast<std::size_t>(m.steps) * static_cast<std::size_t>(states), 0);
  now[0] = m.at(0, 0);
  now[1] = m.at(0, label(1));
  for (int t = 1; t < m.steps; ++t) {
    for (int s = 0; s < states; ++s) {
      float best = now[static_cast<std::size_t>(s)];
      signed char move = 0;
      if (s >= 1 && now[static_cast<std::size_t>(s - 1)] > best) {
        best = now[static_cast<std::size_t>(s - 1)];
        move = 1;
      }
      if (s >= 3 && s % 2 == 1 && label(s) != label(s - 2) && now[static_cast<std::size_t>(s - 2)] > best) {
        best = now[static_cast<std::size_t>(s - 2)];
        move = 2;
      }
      next[static_cast<std::size_t>(s)] = best <= never ? never : best + m.at(t, label(s));
      back[static_cast<std::size_t>(t) * static_cast<std::size_t>(states) + static_cast<std::size_t>(s)] = move;
    }
    std::swap(now, next);
  }
  int s =
      now[static_cast<std::size_t>(states - 1)] >= now[static_cast<std::size_t>(states - 2)] ? states - 1 : states - 2;
  if (now[static_cast<std::size_t>(s)] <= never) return {};
  std::vector<AlignedClass> places(static_cast<std::size_t>(n));
  for (int t = m.steps - 1; t >= 0; --t) {
    if (s % 2 == 1) {
      AlignedClass& place = places[static_cast<std::size_t>(s / 2)];
      if (place.end == 0) place.end = t + 1;
      place.begin = t;
      place.label = label(s);
    }
    if (t > 0) s -= back[static_cast<std::size_t>(t) * static_cast<std::size_t>(states) + static_cast<std::size_t>(s)];
  }
  return places;
}

void decode(LineReading& reading, int width, int height) {
  TextLine& line = reading.line;
  line.symbols.clear();
  std::vector<int> labels = beam_search(reading);
  if (raise_partners(reading, labels)) labels = beam_search(reading);
  const std::vector<AlignedClass> places = align(reading, labels);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const AlignedClass& place = places[i];
    // The symbol's window reaches half-way to its neighbours: an alternative may peak a step beside it.
    const int from = i == 0 ? std::max(0, place.begin - 2) : (places[i - 1].end + place.begin + 1) / 2;
    const int to =
        i + 1 == places.size() ? std::min(reading.steps, place.end + 2) : (place.end + places[i + 1].begin + 1) / 2;
    Symbol symbol;
    symbol.text = (*reading.alphabet)[static_cast<std::size_t>(place.label - 1)];
    float least_blank = 0;  // How sure it is that something stands here at all.
    std::map<int, float> most;
    for (int t = from; t < std::max(to, from + 1) && t < reading.steps; ++t) {
      least_blank = std::min(least_blank, reading.at(t, 0));
      for (int k = 1; k < reading.classes; ++k) {
        const float p = reading.at(t, k);
        if (p < prune) continue;
        const auto [at, fresh] = most.emplace(k, p);
        if (!fresh) at->second = std::max(at->second, p);
      }
    }
    const float nothing = std::exp(least_blank);
    float sum = nothing;
    for (const auto& [k, p] : most) sum += std::exp(p);
    symbol.alternatives.push_back({"", nothing / sum});
    for (const auto& [k, p] : most) {
      const float share = std::exp(p) / sum;
      if (k == place.label) symbol.probability = share;
      symbol.alternatives.push_back({(*reading.alphabet)[static_cast<std::size_t>(k - 1)], share});
    }
    std::stable_sort(symbol.alternatives.begin(), symbol.alternatives.end(),
                     [](const auto& a, const auto& b) { return a.probability > b.probability; });
    if (symbol.alternatives.size() > 8) symbol.alternatives.resize(8);
    // Boxes end half-way between neighbours' places, because a CTC peak is narrower than its glyph.
    const double step = reading.step_width;
    const double middle = 0.5 * (place.begin + place.end) * step;
    const double before = i == 0 ? -1 : 0.5 * (places[i - 1].begin + places[i - 1].end) * step;
    const double after = i + 1 == places.size() ? -1 : 0.5 * (places[i + 1].begin + places[i + 1].end) * step;
    double left = before < 0 ? -1 : 0.5 * (before + middle);
    double right = after < 0 ? -1 : 0.5 * (after + middle);
    const double half = left >= 0 && right >= 0 ? 0
                        : left >= 0             ? middle - left
                        : right >= 0            ? right - middle
                                                : 0.4 * height;
    if (left < 0) left = middle - half;
    if (right < 0) right = middle + half;
    left = std::clamp(left, 0.0, static_cast<double>(width));
    right = std::clamp(right, left, static_cast<double>(width));
    symbol.box = {left, 0, right - left, static_cast<double>(height)};
    line.symbols.push_back(std::move(symbol));
  }
  join_symbols(line);
}

std::shared_ptr<const Lattice> lattice_of(const LineReading& reading) {
  auto lattice = std::make_shared<Lattice>();
  lattice->text = reading.line.text;
  lattice->steps.resize(static_cast<std::size_t>(reading.steps));
  std::vector<int> likely;
  for (int t = 0; t < reading.steps; ++t) {
    likely.clear();
    for (int k = 1; k < reading.classes; ++k)
      if (reading.at(t, k) > prune) likely.push_back(k);
    const auto kept = static_cast<std::ptrdiff_t>(std::min(likely.size(), static_cast<std::size_t>(most_likely)));
    std::partial_sort(likely.begin(), likely.begin() + kept, likely.end(),
                      [&](int a, int b) { return reading.at(t, a) > reading.at(t, b); });
    likely.resize(static_cast<std::size_t>(kept));
    Lattice::Step& step = lattice->steps[static_cast<std::size_t>(t)];
    step.blank = std::exp(reading.at(t, 0));
    for (const int k : likely)
      step.symbols.push_back({(*reading.alphabet)[static_cast<std::size_t>(k - 1)], std::exp(reading.at(t, k))});
  }
  return lattice;
}

}  // namespace kualik::ocr
