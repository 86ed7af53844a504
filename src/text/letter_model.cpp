#include "letter_model.h"

#include <cmath>

namespace kualik::text {

namespace {

constexpr std::uint64_t border = 1;  // Before the word and behind it.

std::uint64_t sign(char32_t c) noexcept { return c == 0 ? border : c > 0xFFFF ? 2 : c; }

/// The `size` signs before the place, borders where the word has not begun, 16 bits each.
std::uint64_t packed(std::u32string_view before, std::size_t size) noexcept {
  std::uint64_t key = 0;
  for (std::size_t back = size; back > 0; --back)
    key = (key << 16U) | (back > before.size() ? border : sign(before[before.size() - back]));
  return key;
}

}  // namespace

void LetterModel::add(std::u32string_view word, double weight) {
  for (std::size_t i = 0; i <= word.size(); ++i) {
    const std::u32string_view before = word.substr(0, i);
    const std::uint64_t next = sign(i < word.size() ? word[i] : 0);
    for (std::size_t size = 0; size < order_; ++size) {
      const std::uint64_t context = packed(before, size);
      double& count = counts_[(context << 16U) | next];
      Context& there = contexts_[context];
      if (count == 0) there.kinds += 1;
      count += weight;
      there.total += weight;
    }
  }
}

double LetterModel::cost(std::u32string_view before, char32_t next) const {
  double p = unseen_;
  for (std::size_t size = 0; size < order_; ++size) {
    const std::uint64_t context = packed(before, size);
    const auto there = contexts_.find(context);
    if (there == contexts_.end()) break;
    const auto count = counts_.find((context << 16U) | sign(next));
    p = ((count == counts_.end() ? 0 : count->second) + there->second.kinds * p) /
        (there->second.total + there->second.kinds);
  }
  return -std::log(p);
}

double LetterModel::cost_of(std::u32string_view word) const {
  double sum = 0;
  for (std::size_t i = 0; i <= word.size(); ++i) sum += cost(word.substr(0, i), i < word.size() ? word[i] : 0);
  return sum;
}

}  // namespace kualik::text
