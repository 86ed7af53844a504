#pragma once
// The single steps that `transliterate` is put together from. All take one word (a run of letters of the source
// script). Internal to the stage.

#include <string>
#include <string_view>
#include <vector>

#include "kualik/text/translit.h"

namespace kualik::text {

/// Kazakh or Russian Cyrillic to kk_latn, bgn, icao, ru_cyrl or ru_latn; case follows the source.
std::u32string from_cyrillic(std::u32string_view word, Spelling to);
/// Kazakh Cyrillic to Töte zhazu, hamza rule applied. `separate_i` writes и as ىي, as older print does.
std::u32string cyrillic_to_arabic(std::u32string_view word, bool separate_i = false);
/// Kazakh in Arabic letters to Cyrillic, lower case, ranked.
std::vector<Reading> arabic_to_cyrillic(std::u32string_view word, std::size_t limit);
/// Kazakh in Latin letters (kk_latn, bgn or icao, the last for every ASCII spelling) to Cyrillic, lower case, ranked.
std::vector<Reading> latin_to_cyrillic(std::u32string_view word, Spelling from, std::size_t limit);
/// A Kazakh name in Russian letters to Kazakh ones, lower case, ranked.
std::vector<Reading> russian_to_kazakh(std::u32string_view word, std::size_t limit);

/// Uyghur Latin and Arabic; lower case in, lower case out.
std::u32string uyghur_to_arabic(std::u32string_view latin);
std::u32string uyghur_to_latin(std::u32string_view arabic);
/// Between Uyghur Latin and Kazakh Cyrillic, sound for sound; the way to Cyrillic is ranked.
std::u32string cyrillic_to_uyghur_latin(std::u32string_view word);
std::vector<Reading> uyghur_latin_to_cyrillic(std::u32string_view latin, std::size_t limit);

}  // namespace kualik::text
