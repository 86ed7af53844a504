#pragma once
// A name made ready for comparison, and the comparison. Internal to the stage.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/text/names.h"
#include "name_sounds.h"

namespace kualik::names {

/// What a word of a name is, as far as that can be told (name_order.h).
enum class Place : std::uint8_t { open, given, father, surname };

/// One word of a name.
struct PreparedWord {
  std::string text{};      ///< As written.
  std::u32string key{};    ///< Lower case, without suffix.
  std::u32string whole{};  ///< The same with it.
  WordSounds stem{};
  Sounds full{};            ///< With the suffix; empty if there is none.
  std::string syllables{};  ///< Pinyin of a word of a Han name (王 · 伟), whose syllables all count; else empty.
  std::vector<std::uint16_t> rows{};  ///< Of the tables of parts.
  std::u32string russian{};           ///< Pinyin in Russian letters after Palladius; empty if the word is not pinyin.
  bool initial{false};                ///< One letter for the word: Н., Zh.
  Place place{Place::open};
};

struct PreparedName {
  std::vector<PreparedWord> words{};
  std::string
      syllables{};  ///< Pinyin of the whole name without borders, ü as yu; empty if it is not pinyin throughout.
  std::u32string russian{};  ///< The same after Palladius, or the Cyrillic of the whole name.
  bool han{false};           ///< In Chinese characters.
  bool border_open{false};   ///< One word, or the border was guessed: the words may have to be joined.
  bool han_name{false};      ///< 王伟: surname and given name of the Han.
  double order{0};           ///< How sure the places of the words are, 0..1.
  char sex{0};               ///< M or F by a patronymic's suffix, m or f by a surname's, else 0.
  std::string sex_word{};    ///< The word that tells it.
};

PreparedName prepare(std::string_view name, const MatchOptions& options);
/// The score of `match`; reasons are written if asked for.
double compare(const PreparedName& a, const PreparedName& b, std::vector<MatchReason>* reasons);
/// Consonant classes of a word, for the index.
std::string coarse_key(const Sounds& sounds);

}  // namespace kualik::names
