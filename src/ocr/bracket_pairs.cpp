#include "ocr/bracket_pairs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "ocr/ctc_decode.h"

namespace kualik::ocr {
namespace {

struct Pair {
  std::array<std::string_view, 2> open, close;  // In full and half width.
};
constexpr std::array<Pair, 3> pairs{{{{"（", "("}, {"）", ")"}}, {{"〔", ""}, {"〕", ""}}, {{"《", ""}, {"》", ""}}}};

// What a reader gives where it sees the trace of a thin glyph; noise lies below a tenth of that.
constexpr float least_trace = 0.003F;

// How many times likelier a bracket is where its partner stands alone in the line than anywhere else.
constexpr float odds_of_partner = 100;

// The classes of an alphabet that are one side of a pair.
std::vector<int> classes_of(const LineReading& matrix, const std::array<std::string_view, 2>& texts) {
  std::vector<int> out;
  for (std::size_t k = 0; k < matrix.alphabet->size(); ++k)
    for (const std::string_view text : texts)
      if (!text.empty() && (*matrix.alphabet)[k] == text) out.push_back(static_cast<int>(k) + 1);
  return out;
}

bool holds(const LineReading& matrix, const std::vector<int>& labels, const std::array<std::string_view, 2>& texts) {
  return std::any_of(labels.begin(), labels.end(), [&](int l) {
    const std::string& text = (*matrix.alphabet)[static_cast<std::size_t>(l - 1)];
    return text == texts[0] || text == texts[1];
  });
}

bool has(const std::vector<int>& classes, int label) {
  return std::find(classes.begin(), classes.end(), label) != classes.end();
}

// Index of the first bracket of `own` without a partner, looking from the side where its partner must stand; -1: none.
int lone(const std::vector<int>& labels, const std::vector<int>& own, const std::vector<int>& partner, bool forward) {
  int open = 0;
  const int n = static_cast<int>(labels.size());
  for (int i = forward ? 0 : n - 1; forward ? i < n : i >= 0; i += forward ? 1 : -1) {
    if (has(partner, labels[static_cast<std::size_t>(i)])) ++open;
    if (has(own, labels[static_cast<std::size_t>(i)]) && --open < 0) return i;
  }
  return -1;
}

// Makes these classes likelier by the odds at one step; the row still adds up to 1.
void raise(LineReading& matrix, int step, const std::vector<int>& classes) {
  float before = 0;
  for (const int k : classes) before += std::exp(matrix.at(step, k));
  const float row = std::log1p(before * (odds_of_partner - 1));
  const std::size_t begin = static_cast<std::size_t>(step) * static_cast<std::size_t>(matrix.classes);
  for (int k = 0; k < matrix.classes; ++k) matrix.log_probs[begin + static_cast<std::size_t>(k)] -= row;
  for (const int k : classes) matrix.log_probs[begin + static_cast<std::size_t>(k)] += std::log(odds_of_partner);
}

}  // namespace

bool raise_partners(LineReading& matrix, const std::vector<int>& labels) {
  if (matrix.alphabet == nullptr || labels.size() < 3) return false;
  bool raised = false;
  std::vector<AlignedClass> places;
  for (const Pair& pair : pairs) {
    for (const bool opening : {true, false}) {  // Which of the two is looked for.
      if (!holds(matrix, labels, opening ? pair.close : pair.open)) continue;
      const std::vector<int> wanted = classes_of(matrix, opening ? pair.open : pair.close);
      const std::vector<int> seen = classes_of(matrix, opening ? pair.close : pair.open);
      const int from = wanted.empty() ? -1 : lone(labels, seen, wanted, opening);
      if (from < 0) continue;
      if (places.empty()) places = align(matrix, labels);
      if (places.size() != labels.size()) return raised;
      float best = least_trace;
      std::pair<int, int> gap{0, 0};
      const int n = static_cast<int>(labels.size());
      for (int i = opening ? 1 : from + 1; i < (opening ? from : n); ++i) {  // Before glyph i, one within the pair.
        if (i == from || i == from + 1) continue;
        const int begin = places[static_cast<std::size_t>(i - 1)].end;
        const int end = places[static_cast<std::size_t>(i)].begin;
        for (int t = begin; t < end; ++t) {
          float sum = 0;
          for (const int k : wanted) sum += std::exp(matrix.at(t, k));
          if (sum > best) {
            best = sum;
            gap = {begin, end};
          }
        }
      }
      for (int t = gap.first; t < gap.second; ++t) raise(matrix, t, wanted);
      raised = raised || gap.second > gap.first;
    }
  }
  return raised;
}

}  // namespace kualik::ocr
