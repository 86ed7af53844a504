#pragma once
// The text of a case number as its forms see it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "numbers/utf8.h"

namespace kualik::numbers::detail::case_numbers {

inline constexpr std::size_t longest = 64;  // Code points of a number; the longest known has 35.
inline constexpr std::size_t longest_bytes = 200;

/// The text as the forms see it: brackets of one shape, ASCII digits, no spaces; each symbol with its bytes in the
/// source.
struct Symbols {
  struct One {
    char32_t c;
    std::uint16_t begin, end;
    bool folded;  ///< Itself, or a space before it.
  };
  std::array<One, longest> at{};
  std::size_t size{0};
  bool cut{false};  ///< The text goes on beyond what was looked at.
};

inline char32_t fold(char32_t c) noexcept {
  switch (c) {
    case U'（':
    case U'〔':
    case U'[':
    case U'【':
    case U'﹝':
    case U'［':
    case U'﹙':
    case U'⟮':
      return U'(';
    case U'）':
    case U'〕':
    case U']':
    case U'】':
    case U'﹞':
    case U'］':
    case U'﹚':
    case U'⟯':
      return U')';
    default:
      return c;
  }
}

inline bool is_space(char32_t c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000 || c == 0xA0 || c == 0xFEFF ||
         (c >= 0x2000 && c <= 0x200F);
}

inline Symbols read(std::string_view text) noexcept {
  Symbols s;
  std::size_t at = 0;
  bool folded = false;
  while (at < text.size()) {
    if (at >= longest_bytes || s.size == longest) {
      s.cut = true;
      break;
    }
    const CodePoint p = decode(text.substr(at));
    const auto begin = static_cast<std::uint16_t>(at);
    at += p.size;
    if (is_space(p.point)) {
      folded = true;
      continue;
    }
    char32_t c = fold(p.point);
    if (c >= 0xFF10 && c <= 0xFF19) {
      c = U'0' + (c - 0xFF10);
      folded = true;
    } else if (c == U'Ｚ') {
      c = U'Z';
      folded = true;
    }
    s.at[s.size++] = {c, begin, static_cast<std::uint16_t>(at), folded};
    folded = false;
  }
  return s;
}

bool is_han(char32_t c) noexcept { return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007; }

}  // namespace kualik::numbers::detail::case_numbers
