#pragma once
// One word of a name into Chinese characters and out of them; transcription.cpp puts words together. Internal to the
// stage.

#include <string>
#include <string_view>
#include <vector>

#include "han_sounds.h"
#include "kualik/text/transcription.h"

namespace kualik::names {

/// Sorts, drops what stands twice, keeps `limit`.
void rank(std::vector<Candidate>& all, std::size_t limit);

/// Spellings of a word by its sounds alone, best first, scores below 0.6 times `share`. Kazakh Cyrillic in lower case,
/// or Uyghur Latin with one letter a sound.
std::vector<Candidate> spell_in_han(std::u32string_view word, Sounding which, double share, std::size_t limit);

/// A word in Chinese characters, read.
struct ReadWord {
  std::vector<Candidate> candidates{};
  double cost{};  ///< Of the best, in nats: what parts a run into one word or two.
};
/// Kazakh Cyrillic. Characters of no table are read as pinyin.
ReadWord read_kazakh(std::u32string_view han, std::size_t limit);
/// Uyghur Latin; no candidates if a character writes nothing in Uyghur names.
ReadWord read_uyghur(std::u32string_view han, std::size_t limit);

}  // namespace kualik::names
