#pragma once
// A name made ready for comparison, and the comparison. Internal to the stage.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/text/names.h"
#include "name_sounds.h"

namespace kualik::names {

/// One word of a name.
struct PreparedWord {
  std::string text{};    ///< As written.
  std::u32string key{};  ///< Lower case, without suffix.
  WordSounds stem{};
  Sounds full{};            ///< With the suffix; empty if there is none.
  std::string syllables{};  ///< Pinyin of a word of a Han name (王 · 伟), whose syllables all count; else empty.
  std::vector<std::uint16_t> rows{};  ///< Of the tables of parts.
};

struct PreparedName {
  std::vector<PreparedWord> words{};
  bool border_open{false};  ///< One word, or the border was guessed: the words may have to be joined.
};

PreparedName prepare(std::string_view name, const MatchOptions& options);
/// The score of `match`; reasons are written if asked for.
double compare(const PreparedName& a, const PreparedName& b, std::vector<MatchReason>* reasons);
/// Consonant classes of a word, for the index.
std::string coarse_key(const Sounds& sounds);

}  // namespace kualik::names
