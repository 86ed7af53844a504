#pragma once
// Folding of the ways in which digits and letters of numbers are typed: what parse_* does before it parses.
//
//   Folded<24> f;
//   fold_number("６５0102 18850615 013х", f);   // f.text "65010218850615013X", f.changed true

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "kualik/numbers/options.h"

namespace kualik::numbers {

/// What one character of a typed number stands for.
struct FoldedChar {
  char ascii{
      0};  ///< The character; 0: it stands for nothing (space, hyphen) and is dropped; '\1': it cannot be folded.
  std::uint8_t size{1};  ///< Bytes of UTF-8 taken, at least 1.
  bool changed{false};
};

/// Folds the character at the start of `text` (not empty): full-width forms, Arabic-Indic digits, Cyrillic, Greek and
/// Roman Х Χ Ⅹ × to X, lower case to capitals; spaces, hyphens and joiners are dropped; `*` and what is used like it
/// (＊ ■ ● ? ？ □ ○ ＿) becomes `*`. Letters that merely look alike (O for 0, l for 1) are no fold but a repair: see
/// repair.h. Pure, noexcept.
FoldedChar fold_char(std::string_view text) noexcept;

struct BareCell {
  std::string_view text{};
  bool changed{false};
};
/// A cell of a table as a person means it: without blanks around, of any kind and width, and without what keeps a
/// number a text in spreadsheets: ="440524188001010014", or an apostrophe before it (' ‘ ’ `). Pure, noexcept, a view
/// into `cell`.
BareCell bare_cell(std::string_view cell) noexcept;

template <std::size_t N>
struct Folded {
  FixedText<N> text{};
  bool changed{false};
  bool foreign{false};   ///< A character stands there that cannot be folded.
  bool too_long{false};  ///< More than N characters; the rest was dropped.
};

/// Folds the whole text, taken out of a spreadsheet's marks (`bare_cell`), keeping the first N characters. Linear,
/// noexcept, allocates nothing.
template <std::size_t N>
void fold_number(std::string_view text, Folded<N>& out) noexcept {
  out = {};
  const BareCell bare = bare_cell(text);
  out.changed = bare.changed;
  text = bare.text;
  while (!text.empty()) {
    const FoldedChar c = fold_char(text);
    text.remove_prefix(c.size);
    out.changed |= c.changed;
    if (c.ascii == 0) continue;
    if (c.ascii == '\1') out.foreign = true;
    if (out.text.size() == N) {
      out.too_long = true;
      return;
    }
    out.text.push_back(c.ascii);
  }
}

}  // namespace kualik::numbers
