#include "ocr/bracket_pairs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "ocr/ctc_decode.h"

namespace kualik::ocr {
namespace {

struct Pair {
  std::array<std::string_view, 2> open, close;  // In full and half width.
};
constexpr std::array<Pair, 3> pairs{{{{"（", "("}, {"）", ")"}}, {{"〔", ""}, {"〕", ""}}, {{"《", ""}, {"》", ""}}}};

// What a reader gives where it sees the trace of a thin glyph; noise lies below a tenth of that.
constexpr float least_trace = 0.003F;

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

}  // namespace

std::vector<FoundBracket> faint_partners(const LineReading& matrix, const std::vector<int>& labels) {
  std::vector<FoundBracket> found;
  if (matrix.alphabet == nullptr || labels.size() < 3) return found;
  std::vector<AlignedClass> places;
  for (const Pair& pair : pairs) {
    for (const bool opening : {true, false}) {  // Which of the two is looked for.
      if (!holds(matrix, labels, opening ? pair.close : pair.open)) continue;
      const std::vector<int> wanted = classes_of(matrix, opening ? pair.open : pair.close);
      const std::vector<int> seen = classes_of(matrix, opening ? pair.close : pair.open);
      if (wanted.empty()) continue;
      const int from = lone(labels, seen, wanted, opening);
      if (from < 0) continue;
      if (places.empty()) places = align(matrix, labels);
      if (places.size() != labels.size()) return found;
      float best = least_trace;
      FoundBracket bracket{0, 0};
      const int n = static_cast<int>(labels.size());
      for (int i = opening ? 1 : from + 1; i < (opening ? from : n);
           ++i) {  // Before the i-th glyph, one at least between.
        if (i == from || i == from + 1) continue;
        const int begin = places[static_cast<std::size_t>(i - 1)].end;
        const int end = places[static_cast<std::size_t>(i)].begin;
        for (int t = begin; t < end; ++t) {
          float sum = 0;
          int most = wanted.front();
          for (const int k : wanted) {
            sum += std::exp(matrix.at(t, k));
            if (matrix.at(t, k) > matrix.at(t, most)) most = k;
          }
          if (sum > best) {
            best = sum;
            bracket = {static_cast<std::size_t>(i), most};
          }
        }
      }
      if (bracket.label != 0) found.push_back(bracket);
    }
  }
  std::sort(found.begin(), found.end(), [](const FoundBracket& a, const FoundBracket& b) { return a.at < b.at; });
  for (std::size_t i = 0; i < found.size(); ++i) found[i].at += i;
  return found;
}

}  // namespace kualik::ocr
