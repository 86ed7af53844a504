#pragma once
// The reading of single characters in names. Internal to the stage.

#include <string>
#include <string_view>
#include <vector>

namespace kualik::text {

/// Toneless pinyin of a Han character, ü kept; empty for what is no Han character.
std::string_view han_reading(char32_t c);
/// The reading as a surname, or empty if the character (or pair) is in no list of surnames.
std::string_view surname_reading(std::u32string_view surname);
/// Whether a character or a pair is in the list of surnames.
bool is_surname(std::u32string_view text);
/// A syllable of Mandarin in pinyin (lower case, ü as ü or v).
bool is_pinyin_syllable(std::string_view syllable);
/// A Han name without a dot of two to four characters that begins with a surname: how many characters the surname has,
/// else 0. A name whose characters all serve to transcribe is not taken for one unless no character of its first two
/// does.
std::size_t surname_length(std::u32string_view name);
/// How many of the characters are met in transcriptions of Kazakh and Uyghur names.
std::size_t count_transcribing(std::u32string_view name);

}  // namespace kualik::text
