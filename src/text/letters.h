#pragma once
// The letters of Kazakh as a table of code points, and what vowels and consonants do to harmony. Internal to the stage.

#include <string>
#include <string_view>
#include <vector>

namespace kualik::text {

/// What a letter says about the harmony of its word.
enum class Harmony : unsigned char { none, back, front, soft, hard };

/// One letter of Kazakh Cyrillic (lower case) in the other spellings; see data/scripts/kazakh_letters.tsv.
struct KazakhLetter {
  char32_t cyrl{};
  std::u32string arab{};
  std::u32string latin{};
  std::u32string bgn{};
  std::u32string icao{};
  char32_t russian{};
  Harmony harmony{Harmony::none};
};

/// All 42, in alphabetic order.
const std::vector<KazakhLetter>& kazakh_letters();
/// The letter of that lower-case code point, or nullptr.
const KazakhLetter* find_kazakh_letter(char32_t lower) noexcept;

bool is_cyrillic(char32_t c) noexcept;
bool is_arabic_letter(char32_t c) noexcept;
bool is_latin_letter(char32_t c) noexcept;
/// A vowel of Kazakh or Russian Cyrillic, lower case (у, ю, я, ё, э and и included).
bool is_cyrillic_vowel(char32_t lower) noexcept;

/// The letter without its marks (ġ: g, ž: z), or itself.
char32_t base_letter(char32_t c);
/// Marks joined to their letters (и and a breve: й), as file names of some systems have them apart.
std::u32string composed(std::u32string_view text);

/// Case by code point; İ and ı are kept apart as in the Latin alphabet of 2021 (İ is the capital of i only there).
char32_t to_lower(char32_t c) noexcept;
char32_t to_upper(char32_t c) noexcept;
std::u32string lower(std::u32string_view text);
/// Each word (run of letters) with a capital first.
std::u32string capitalised(std::u32string_view text, bool latin_2021 = false);

/// Canonical Arabic letters: compatibility forms opened, tatweel and vowel signs dropped, ه and ى and ك in the forms
/// Kazakh uses, every form of the free hamza as U+0674. With `uyghur`, ه stays and hamza on ya is kept.
std::u32string fold_arabic(std::u32string_view text, bool uyghur);

}  // namespace kualik::text
