#pragma once
// What Chinese characters write in Kazakh and Uyghur names, as learned from the tables of names
// (data/names/han_sounds), and how the characters and the letters of names follow one another. Internal to the stage.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "letter_model.h"

namespace kualik::names {

enum class Sounding : unsigned char { kazakh, uyghur, uyghur_older, uyghur_2002 };

/// One to four letters that one character writes (古丽 counts as one), with the costs in nats of either way.
struct SoundUnit {
  std::u32string letters{};  ///< Kazakh Cyrillic, or Uyghur Latin with one letter a sound.
  std::u32string hans{};
  double reading{};   ///< Of these letters, given the character.
  double writing{};   ///< Of this character for the letters.
  char32_t number{};  ///< Among the units, from 1.
};

class HanSounds {
 public:
  explicit HanSounds(Sounding which);
  /// Empty if there are none.
  const std::vector<SoundUnit>& of_hans(const std::u32string& hans) const;
  const std::vector<SoundUnit>& of_letters(const std::u32string& letters) const;
  /// How the characters of spellings follow one another: 买买提 or 麦麦提, but not 买麦提.
  const text::LetterModel& spellings() const noexcept { return spellings_; }
  /// How units follow one another, by their numbers: 力 is л before a consonant and ли before й.
  const text::LetterModel& units() const noexcept { return units_; }

 private:
  using Units = std::unordered_map<std::u32string, std::vector<SoundUnit>>;
  void add_units(std::u32string_view letters, std::u32string_view hans, double weight);
  static const std::vector<SoundUnit>& find(const Units& units, const std::u32string& key);
  Units by_hans_{};
  Units by_letters_{};
  text::LetterModel spellings_{2, 400};
  text::LetterModel units_{2, 1000};
};

/// Built at the first call; thread-safe.
const HanSounds& han_sounds(Sounding which);

/// Most letters and characters of a unit.
constexpr std::size_t longest_unit = 4;
constexpr std::size_t longest_unit_in_hans = 2;

/// Uyghur Latin with one letter for each sound (ğ gh, š sh, č ch, ŋ ng, ž zh), lower case, and back.
std::u32string one_letter_a_sound(std::u32string_view uly);
std::u32string as_uyghur_latin(std::u32string_view sounds);
/// How sounds follow one another in Uyghur names.
const text::LetterModel& uyghur_letters();

}  // namespace kualik::names
