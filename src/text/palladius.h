#pragma once
// Mandarin in Russian letters after Palladius, as Russian writes the names of Han and Hui. Internal to the stage.

#include <string>
#include <string_view>

namespace kualik::text {

/// A syllable of pinyin (lower case, ü as ü) in Russian letters: zhi → чжи, xue → сюэ. Empty for what is no syllable.
std::u32string palladius(std::string_view syllable);

}  // namespace kualik::text
