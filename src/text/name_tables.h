#pragma once
// The tables of name parts as look-ups. Internal to the stage.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kualik/text/transcription.h"

namespace kualik::names {

/// One part of a name in a table.
struct TablePart {
  std::u32string cyrl{};  ///< Kazakh Cyrillic, lower case; for Uyghur parts the likeliest Cyrillic.
  std::string shown{};    ///< As the table writes it: Нұрлан, memet.
  std::vector<std::pair<std::u32string, Series>> hans{};  ///< Best first.
  bool uyghur{false};
  bool given{true};    ///< A name of its own, not only an element of compounds.
  bool suffix{false};  ///< Stands at the end of compounds only (хан, бай) or is a suffix of a patronymic.
};

/// By characters that only one of the spellings has for its sounds: 麦麦 阿卜 荪 of 2002, 买买 阿不 吐尔逊 before.
Series series_of(std::u32string_view han);

/// All parts, Kazakh ones first.
const std::vector<TablePart>& table_parts();
/// Rows of `table_parts` that a Han spelling, or a lower-case Cyrillic word, stands for.
const std::vector<std::uint16_t>& parts_of_han(const std::u32string& han);
/// Characters of the longest Han spelling: no longer piece need be looked up.
std::size_t longest_han_part();
const std::vector<std::uint16_t>& parts_of_cyrillic(const std::u32string& lower);
/// What one or several characters write in Kazakh (海, 哈力, 托合), with ranks (1 best) and whether it closes a
/// syllable. `longest_syllable`: the most characters in a row of the table.
struct HanSyllable {
  std::u32string cyrl{};
  int rank{};
  bool coda{false};
};
constexpr std::size_t longest_syllable = 4;
const std::vector<HanSyllable>& syllables_of_han(const std::u32string& han);

/// A suffix of patronymics and surnames at the end of a lower-case word in Cyrillic or Latin (ASCII or with
/// diacritics): its length in code points, 0 if there is none or the stem would be shorter than three letters.
std::size_t name_suffix_length(std::u32string_view lower);

}  // namespace kualik::names
