#pragma once
// Names as sequences of sounds, the same for all scripts, and the weighted distance between two of them. Internal to
// the stage.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kualik::names {

/// Sounds as letters: b p d t g k q G(ғ) h(х һ) j(ж) c(ч) S(ш) s z m n N(ң) l r f v w y, vowels a A(ә) e i I(ы) o O(ө)
/// u U(ү). Sounds of pinyin that stand for several of these have letters of their own: J(j) Z(zh) Q(q) X(x) $(sh) C(c)
/// L(l) H(h) R(尔) E(e). `weak` marks what may fall: the vowel of a character that closes a syllable.
struct Sound {
  char kind{};
  bool weak{false};
  friend bool operator==(const Sound&, const Sound&) = default;
};
using Sounds = std::vector<Sound>;

/// Of one word; case and script are found out here. Latin that splits into pinyin throughout gives `pinyin` too.
struct WordSounds {
  Sounds plain{};
  Sounds pinyin{};  ///< Empty unless the word is Latin and pinyin.
  bool han{false};
};
WordSounds sounds_of(std::u32string_view word);
/// Of a pinyin syllable.
void append_pinyin_sounds(std::string_view syllable, Sounds& out);

/// Weighted edit distance; 0 for the same sounds.
double distance(const Sounds& a, const Sounds& b);
/// The greatest distance that a name of these sounds can have from nothing: what the distance is measured against.
double weight(const Sounds& sounds);
/// 1 for the same sounds, 0 for nothing in common.
double similarity(const Sounds& a, const Sounds& b);

/// Coarse class of a consonant for the index, or 0 for vowels, glides and weak sounds.
char coarse(Sound sound) noexcept;

}  // namespace kualik::names
