#pragma once
// A short copy of the characters at a place in which a dash that stands where 一 belongs is read as 一, and a letter
// among Arabic digits (l2月3O日) as the digit that it looks like: OCR takes one for the other, and only its neighbours
// tell. Used by dates and durations; the caller says `repaired` if the match covers such a place.

#include <array>
#include <cstddef>
#include <string_view>

#include "kualik/text/numerals.h"

namespace kualik::text {

class HanWindow {
 public:
  static constexpr std::size_t capacity = 28;

  HanWindow(std::u32string_view chars, std::size_t pos) noexcept {
    for (; size_ < capacity && pos + size_ < chars.size(); ++size_) chars_[size_] = chars[pos + size_];
    for (std::size_t i = 0; i < size_; ++i) {
      if (const char32_t digit = letter_digit(chars_[i]); digit != 0 && among_digits(i)) {
        chars_[i] = digit;
        if (first_replaced_ == capacity) first_replaced_ = i;
        continue;
      }
      if (!is_dash(chars_[i]) || i + 1 >= size_) continue;
      const bool before = i == 0 || is_numeral_part(chars_[i - 1]);
      if (before && is_numeral_part(chars_[i + 1]) && (i > 0 || !is_digit(chars_[i + 1]))) {
        chars_[i] = U'一';
        if (first_replaced_ == capacity) first_replaced_ = i;
      }
    }
  }

  std::u32string_view view() const noexcept { return {chars_.data(), size_}; }
  /// A place in [0, end) was replaced.
  bool replaced(std::size_t end) const noexcept { return first_replaced_ < end; }

 private:
  static char32_t letter_digit(char32_t c) noexcept {
    switch (c) {
      case U'l':
      case U'I':
      case U'|':
      case U'丨':
        return U'1';
      case U'O':
      case U'o':
      case U'О':
      case U'о':
        return U'0';
      default:
        return 0;
    }
  }
  static bool is_arabic(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }
  // Beside an Arabic digit; a one may stand alone between two units (2018年l月).
  bool among_digits(std::size_t i) const noexcept {
    // Where a number begins with a letter, its place is not asked about, but for a year: l882年.
    if (i == 0)
      return size_ > 4 && is_arabic(chars_[1]) && is_arabic(chars_[2]) && is_arabic(chars_[3]) && chars_[4] == U'年';
    if (is_arabic(chars_[i - 1])) return true;
    if (i + 1 >= size_) return false;
    if (letter_digit(chars_[i + 1]) == 0 && !is_arabic(chars_[i + 1]))
      return letter_digit(chars_[i]) == U'1' && (chars_[i - 1] == U'年' || chars_[i - 1] == U'月') &&
             (chars_[i + 1] == U'月' || chars_[i + 1] == U'日');
    const bool unit = chars_[i - 1] == U'年' || chars_[i - 1] == U'月';
    return is_arabic(chars_[i + 1]) || (unit && letter_digit(chars_[i]) == U'1');
  }
  static bool is_dash(char32_t c) noexcept {
    return c == U'—' || c == U'―' || c == U'–' || c == U'ー' || c == U'─' || c == U'-' || c == U'_';
  }
  static bool is_digit(char32_t c) noexcept { return digit_value(c) >= 0; }
  static bool is_numeral_part(char32_t c) noexcept {
    if (c >= U'0' && c <= U'9') return false;
    return is_digit(c) || c == U'十' || c == U'百' || c == U'千' || c == U'万' || c == U'年' || c == U'月' ||
           c == U'日' || c == U'个' || c == U'廿' || c == U'卅';
  }

  std::array<char32_t, capacity> chars_{};
  std::size_t size_{0};
  std::size_t first_replaced_{capacity};
};

}  // namespace kualik::text
