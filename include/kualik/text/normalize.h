#pragma once
// Text as parsers want it: widths, glyph variants and Traditional characters folded, white space taken out, and for
// each character the bytes of the original it came from. A parser matches on the folded characters and reports spans of
// the original.
//
//   text::Folded f = text::fold("被　告　人：努爾蘭");
//   f.chars() == U"被告人:努尔兰"; f.span(0, 3) == Span{0, 15}   // bytes in the original, the spaces between included
//
// Values of this type are plain; functions are pure and safe from any thread. Cost: one pass, about 10 bytes a
// character.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/geometry.h"

namespace kualik::text {

/// White space that stood before a character (and was taken out).
enum class Gap : std::uint8_t { none, space, line };

/// How a character differs from the original, as bits of `Folded::change`.
enum Change : std::uint8_t {
  change_none = 0,
  change_width = 1,        ///< Full or half width, compatibility and vertical forms.
  change_variant = 2,      ///< Another glyph of the same character (吿 for 告, a Kangxi radical for the character).
  change_traditional = 4,  ///< Traditional to Simplified.
};

/// One code point folded. Width: to ASCII where ASCII has it (`（` → `(`, `，` → `,`); `。` and `、` stay.
struct FoldedChar {
  char32_t c{};
  std::uint8_t change{change_none};
};
FoldedChar fold_char(char32_t c);

/// The Simplified form of a Traditional character (ICU Traditional-Simplified, always one character for one), or `c`
/// itself.
char32_t to_simplified(char32_t c);
/// Some Traditional character folds to `c`, and `c` itself does not fold: seen more in Simplified text.
bool is_simplified_form(char32_t c);

/// White space in the sense of these parsers: what Unicode calls so, the ideographic space, and invisible format
/// characters.
bool is_space(char32_t c) noexcept;
/// A Han character (Unified Ideographs with extensions A-F, compatibility ideographs, and 〇).
bool is_han(char32_t c) noexcept;
/// One of the dots that stand between the parts of a name: · • ‧ ・ ･ ∙ ⋅ ● ▪ ᛫.
bool is_name_dot(char32_t c) noexcept;

/// Folded characters with their places in the original.
class Folded {
 public:
  const std::u32string& chars() const noexcept { return chars_; }
  std::u32string_view view(std::size_t begin, std::size_t end) const noexcept {
    return std::u32string_view(chars_).substr(begin, end - begin);
  }
  std::size_t size() const noexcept { return chars_.size(); }
  char32_t operator[](std::size_t i) const noexcept { return chars_[i]; }
  /// What stood before character `i`; `line` before the first and behind the last.
  Gap gap(std::size_t i) const noexcept { return i < gaps_.size() ? gaps_[i] : Gap::line; }
  /// Character `i` is the first of its line (true at the end).
  bool starts_line(std::size_t i) const noexcept { return gap(i) == Gap::line; }
  /// Character `i - 1` is the last of its line (true at the end).
  bool ends_line(std::size_t i) const noexcept { return gap(i) == Gap::line; }
  /// Bytes of the original that characters [begin, end) came from, with the white space between them; empty if begin >=
  /// end.
  Span span(std::size_t begin, std::size_t end) const noexcept;
  /// The first character that begins at or after byte `offset` of the original.
  std::size_t index_at(std::size_t offset) const noexcept;
  /// All bits of `Change` met in [begin, end).
  std::uint8_t change(std::size_t begin, std::size_t end) const noexcept;
  /// The code point as it stood in the original.
  char32_t original(std::size_t i) const noexcept { return originals_[i]; }

  void append(char32_t original, std::size_t begin, std::size_t end, Gap gap);
  /// Character `i` is read as the mark `mark` from now on: a misread mark, told by what stands about it. The original
  /// stays.
  void take_as(std::size_t i, char32_t mark) noexcept { chars_[i] = mark; }

 private:
  std::u32string chars_{};
  std::u32string originals_{};
  std::vector<std::uint32_t> begins_{};
  std::vector<std::uint8_t> lengths_{};
  std::vector<std::uint8_t> changes_{};
  std::vector<Gap> gaps_{};
};

/// Folds `text`; bytes of the spans in `skip` (ascending, disjoint) are left out as if they were a line break.
/// Texts beyond 4 GiB are folded up to there.
Folded fold(std::string_view text, const std::vector<Span>& skip = {});

/// `text` folded to UTF-8, white space kept: for comparing words and names of offices.
std::string fold_to_utf8(std::string_view text);

}  // namespace kualik::text
