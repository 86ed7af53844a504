#pragma once
// Kazakh and Uyghur names in Chinese characters and back. Neither way is a function: every syllable has several usual
// characters, the spellings of before and after 2002 stand side by side, and a character stands for several syllables.
// So both give ranked candidates.
//
//   to_han("Нұрлан Бақытұлы");          // 努尔兰·巴合提, …
//   to_han("Abdureshit");               // 阿不都热西提 (older), 阿卜杜热西提 (2002)
//   from_han("努尔兰·巴合提");           // Нұрлан Бақыт, …
//
// The tables behind it (data/names) are evidence without a norm's authority: a candidate ranks or hints, it proves
// nothing. Thread-safe; they only read constant tables.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/text/translit.h"

namespace kualik::names {

/// The two series of spellings for one sound: 买买提 阿不都 肉孜 before 2002, 麦麦提 阿卜杜 若孜 after it.
enum class Series : std::uint8_t { either, older, y2002 };

/// Where a candidate comes from.
enum class Basis : std::uint8_t {
  table,      ///< The whole part stands in a table of names.
  elements,   ///< Put together from parts of the table: Нұр + бақыт.
  syllables,  ///< Put together from syllables.
};

struct Candidate {
  std::string text{};
  double score{};  ///< 0..1, relative to the other candidates; 1 is never reached by syllables alone.
  Series series{Series::either};
  Basis basis{Basis::syllables};
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// Chinese characters for a Kazakh or Uyghur name in any script but Han, best first; several words are joined by `·`.
/// Suffixes of the father's name (-ұлы, -қызы, -ов …) are left out, as documents of the PRC do. Empty if there is
/// nothing to write. A word in plain Latin may be Kazakh or Uyghur; `from` settles it (`ug_latn`, or any spelling of
/// Kazakh). For Uyghur both series stand side by side. Cost: some 500 µs a word.
std::vector<Candidate> to_han(std::string_view name, std::size_t limit = 8,
                              text::Spelling from = text::Spelling::automatic);

/// Cyrillic Kazakh for a name in Chinese characters, best first, parts separated by a space. Characters of no table are
/// read as pinyin. A name without a dot is parted where `split` (names.h) parts it. Empty if the text has no Han
/// character. Cost: some 500 µs a part.
std::vector<Candidate> from_han(std::string_view han, std::size_t limit = 8);

/// Uyghur Latin for a name in Chinese characters, best first; empty if a character stands in no Uyghur name of the
/// tables. Cost: some 500 µs a part.
std::vector<Candidate> from_han_uyghur(std::string_view han, std::size_t limit = 8);

}  // namespace kualik::names
