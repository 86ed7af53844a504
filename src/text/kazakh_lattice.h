#pragma once
// Words whose letters are not settled: for every position some ways to write it, with a cost each. The best words are
// found by beam search with a letter model of Kazakh names and words, vowel harmony, and the names and words that are
// known. Internal to the stage.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kualik/text/translit.h"

namespace kualik::text {

/// One way to write a position, or several in one: Cyrillic, lower case, possibly empty; cost in nats, 0 for what the
/// source says plainly.
struct LetterOption {
  std::u32string text{};
  double cost{};
  std::size_t positions{1};  ///< From this one on; at least 1.
};
using WordLattice = std::vector<std::vector<LetterOption>>;

/// The `limit` best words, best first, with their shares among all that were kept. An empty lattice gives nothing.
/// Thread-safe; the model is built at the first call (a few milliseconds). Cost: some 50 µs a word.
std::vector<Reading> decode_kazakh(const WordLattice& lattice, std::size_t limit);

/// The words that were kept with their costs in nats, best first.
using CostedWord = std::pair<double, std::u32string>;
std::vector<CostedWord> decode_kazakh_costs(const WordLattice& lattice);

/// -log of the probability of a word, lower case, by the letter model of Kazakh names and words.
double cost_of_kazakh(std::u32string_view word);

/// A part of a name or a word of the word list, lower case; or such a part with a suffix of names (ұлы, қызы, ов …), or
/// two parts joined.
enum class Known : unsigned char { no, joined, suffixed, word, part };
Known known_kazakh_word(std::u32string_view word);

}  // namespace kualik::text
