#pragma once
// How signs follow one another in a list of words: counts of up to four in a row, interpolated (Witten-Bell). Serves
// letters of names and the Chinese characters of their spellings alike. Internal to the stage.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace kualik::text {

/// Build it, then share it: `cost` is const and thread-safe. Signs are of the basic plane; others count as one.
class LetterModel {
 public:
  static constexpr std::size_t longest = 4;
  /// `order`: signs in a row that are counted, the last one included, 1 to 4. `alphabet`: how many signs there are, for
  /// those never met.
  LetterModel(std::size_t order, double alphabet) : order_(order), unseen_(1 / alphabet) {}

  void add(std::u32string_view word, double weight);
  /// -log of the probability that `next` follows the word's letters so far; the sign 0 ends the word.
  double cost(std::u32string_view before, char32_t next) const;
  /// The same for a whole word with its end.
  double cost_of(std::u32string_view word) const;

 private:
  struct Context {
    double total{};
    double kinds{};
  };
  std::size_t order_;
  double unseen_;
  std::unordered_map<std::uint64_t, Context> contexts_{};
  std::unordered_map<std::uint64_t, double> counts_{};
};

}  // namespace kualik::text
