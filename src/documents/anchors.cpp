#include "anchors.h"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "documents/han_lookalikes.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {

// Pairs of look-alikes, both ways. Parsers ask for millions of pairs, nearly all of which are none: a bit for each
// value of a hash answers those, and only the others are looked for.
class Lookalikes {
 public:
  [[gnu::noinline]] Lookalikes() {
    for (const auto& row : tables::han_lookalikes) {
      const char32_t one = text::to_u32(row.char_)[0];
      for (char32_t other : text::to_u32(row.lookalikes)) {
        add(one, other);
        add(other, one);
      }
    }
    std::sort(pairs_.begin(), pairs_.end());
  }

  bool contain(char32_t a, char32_t b) const noexcept { return hashes_[hash(a, b)] && list(a, b); }

 private:
  // 2 kB for some three hundred pairs: one in fifty of the others is looked for in vain.
  static constexpr unsigned bits = 14;

  static std::size_t hash(char32_t a, char32_t b) noexcept {
    return (static_cast<std::uint32_t>(a) * 0x9E3779B1U ^ static_cast<std::uint32_t>(b) * 0x85EBCA77U) >> (32 - bits);
  }

  // Apart, as the making is, so that the test of the bit is all that stands in the callers' loops.
  [[gnu::noinline]] bool list(char32_t a, char32_t b) const noexcept {
    return std::binary_search(pairs_.begin(), pairs_.end(), std::pair(a, b));
  }

  void add(char32_t a, char32_t b) {
    hashes_[hash(a, b)] = true;
    pairs_.emplace_back(a, b);
  }

  std::bitset<std::size_t{1} << bits> hashes_;
  std::vector<std::pair<char32_t, char32_t>> pairs_;
};

// Characters that OCR gives for what it cannot read at all.
bool is_noise(char32_t c) noexcept {
  return c == 0xFFFD || c == U'?' || c == U'□' || c == U'■' || c == U'*' || c == U'_' || c == U'~' || c == U'^';
}

constexpr std::size_t longest_label = 24;

// Cost of `label` against the characters at `pos` for every end; the best end is chosen. Rows of the edit distance on
// the stack.
std::optional<LabelHit> match_with_edits(std::u32string_view chars, std::size_t pos, std::u32string_view label,
                                         int budget) noexcept {
  const std::size_t n = label.size();
  const std::size_t slack = static_cast<std::size_t>(budget / 2);
  const std::size_t m = std::min(chars.size() - pos, n + slack);
  int row[longest_label + 4];
  for (std::size_t j = 0; j <= m; ++j) row[j] = static_cast<int>(2 * j);
  for (std::size_t i = 1; i <= n; ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(2 * i);
    int lowest = row[0];
    for (std::size_t j = 1; j <= m; ++j) {
      const char32_t c = chars[pos + j - 1];
      const int change = c == label[i - 1] ? 0 : is_lookalike(c, label[i - 1]) || is_noise(c) ? 1 : 2;
      const int cost = std::min({diagonal + change, row[j] + 2, row[j - 1] + 2});
      diagonal = row[j];
      row[j] = cost;
      lowest = std::min(lowest, cost);
    }
    if (lowest > budget) return std::nullopt;
  }
  std::size_t best = m + 1;
  int cost = budget + 1;
  for (std::size_t j = n > slack ? n - slack : 1; j <= m; ++j) {
    // Among equals the end that keeps the label's length, so that no character of the value is eaten.
    if (row[j] < cost || (row[j] == cost && j == n)) {
      cost = row[j];
      best = j;
    }
  }
  if (cost > budget) return std::nullopt;
  return LabelHit{{pos, pos + best}, cost};
}

}  // namespace

bool is_lookalike(char32_t a, char32_t b) noexcept {
  static const Lookalikes lookalikes;
  return lookalikes.contain(a, b);
}

int label_budget(std::size_t length) noexcept {
  return length < 2 ? 0 : length == 2 ? 1 : length < 5 ? 2 : length < 7 ? 3 : 4;
}

std::optional<LabelHit> label_at(std::u32string_view chars, std::size_t pos, std::u32string_view label,
                                 int budget) noexcept {
  if (pos >= chars.size() || label.empty() || label.size() > longest_label) return std::nullopt;
  const std::size_t n = label.size();
  if (pos + n <= chars.size()) {
    int cost = 0;
    for (std::size_t i = 0; i < n && cost <= budget; ++i) {
      const char32_t c = chars[pos + i];
      if (c == label[i]) continue;
      const bool soft = is_lookalike(c, label[i]) || is_noise(c);
      if (!soft && n < 5) return std::nullopt;  // a short label is told by look-alikes alone
      cost += soft ? 1 : 2;
    }
    if (cost <= budget) return LabelHit{{pos, pos + n}, cost};
  }
  if (n < 5 || budget < 2) return std::nullopt;
  // A bent label still begins like itself: with its first or its second character.
  const char32_t first = chars[pos];
  if (first != label[0] && first != label[1] && !is_lookalike(first, label[0])) return std::nullopt;
  return match_with_edits(chars, pos, label, budget);
}

bool word_at(std::u32string_view chars, std::size_t pos, std::u32string_view word) noexcept {
  return pos <= chars.size() && chars.substr(pos, word.size()) == word;
}

std::optional<Range> find_exact(std::u32string_view chars, Range within, std::u32string_view word) noexcept {
  within.end = std::min(within.end, chars.size());
  if (within.empty()) return std::nullopt;
  const std::size_t at = chars.substr(0, within.end).find(word, within.begin);
  if (at == std::u32string_view::npos) return std::nullopt;
  return Range{at, at + word.size()};
}

std::optional<LabelHit> find_label(std::u32string_view chars, Range within, std::u32string_view label) noexcept {
  if (const auto exact = find_exact(chars, within, label)) return LabelHit{*exact, 0};
  within.end = std::min(within.end, chars.size());
  const int budget = label_budget(label.size());
  std::optional<LabelHit> best;
  for (std::size_t i = within.begin; i < within.end; ++i) {
    auto hit = label_at(chars.substr(0, within.end), i, label, best ? best->cost - 1 : budget);
    if (hit) best = hit;
    if (best && best->cost <= 1) break;
  }
  return best;
}

std::optional<LabelHit> find_last_label(std::u32string_view chars, Range within, std::u32string_view label) noexcept {
  within.end = std::min(within.end, chars.size());
  if (within.empty()) return std::nullopt;
  // Within the range alone: the text before it may be long, and is asked for each of its parts.
  const std::size_t at = chars.substr(within.begin, within.size()).rfind(label);
  if (at != std::u32string_view::npos) return LabelHit{{within.begin + at, within.begin + at + label.size()}, 0};
  const int budget = label_budget(label.size());
  for (std::size_t i = within.end; i-- > within.begin;) {
    if (auto hit = label_at(chars.substr(0, within.end), i, label, budget)) return hit;
  }
  return std::nullopt;
}

int edit_cost(std::u32string_view a, std::u32string_view b, int limit) {
  const std::size_t m = b.size();
  if (2 * static_cast<int>(std::max(a.size(), m) - std::min(a.size(), m)) > limit) return limit + 1;
  std::vector<int> row(m + 1);
  for (std::size_t j = 0; j <= m; ++j) row[j] = static_cast<int>(2 * j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(2 * i);
    int lowest = row[0];
    for (std::size_t j = 1; j <= m; ++j) {
      const int change = a[i - 1] == b[j - 1] ? 0 : is_lookalike(a[i - 1], b[j - 1]) || is_noise(a[i - 1]) ? 1 : 2;
      const int cost = std::min({diagonal + change, row[j] + 2, row[j - 1] + 2});
      diagonal = row[j];
      row[j] = cost;
      lowest = std::min(lowest, cost);
    }
    if (lowest > limit) return limit + 1;
  }
  return std::min(row[m], limit + 1);
}

}  // namespace kualik::documents
