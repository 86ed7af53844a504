#pragma once
// What every parser of kualik::numbers takes and gives besides its own kind of number.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "kualik/core/date.h"

namespace kualik::numbers {

/// Which forms of a resident number are accepted; a set of bits.
struct Forms {
  static constexpr unsigned citizen18 = 1;    ///< GB 11643-1999, residence permits (81, 82, 83 0000) included.
  static constexpr unsigned citizen15 = 2;    ///< GB 11643-1989.
  static constexpr unsigned foreigner18 = 4;  ///< GA 2102-2023, begins with 9.
  static constexpr unsigned foreigner15 = 8;  ///< The card of 2017, begins with three letters.
  static constexpr unsigned all = 15;
};

struct Options {
  /// The clock. Without it nothing is said of future dates and ages. (default: none)
  Date today{};
  /// Forms of resident numbers that are accepted; another form is `bad_structure`. (default: all)
  unsigned forms{Forms::all};
  /// Ask the region and nationality tables, which raise doubts only. (default: true)
  bool check_region{true};
  /// Fold full-width digits, Cyrillic Х, spaces and hyphens before parsing and report `normalised`.
  /// (default: parse_* folds, check_* takes the text as it stands)
  std::optional<bool> fold{};
};

enum class Sex : std::uint8_t { unknown, male, female };
/// "M", "F" or "".
constexpr std::string_view name(Sex sex) noexcept { return sex == Sex::male ? "M" : sex == Sex::female ? "F" : ""; }

/// A short text held in place, so that values need no allocation.
template <std::size_t N>
class FixedText {
 public:
  constexpr FixedText() noexcept = default;
  /// Takes the first N bytes.
  constexpr explicit FixedText(std::string_view text) noexcept {
    for (char c : text.substr(0, N)) push_back(c);
  }
  constexpr void push_back(char c) noexcept {
    if (size_ < N) bytes_[size_++] = c;
  }
  constexpr void clear() noexcept { size_ = 0; }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  constexpr char& operator[](std::size_t i) noexcept { return bytes_[i]; }
  constexpr char operator[](std::size_t i) const noexcept { return bytes_[i]; }
  constexpr std::string_view view() const noexcept { return {bytes_.data(), size_}; }
  constexpr operator std::string_view() const noexcept { return view(); }
  friend constexpr bool operator==(const FixedText& a, const FixedText& b) noexcept { return a.view() == b.view(); }

 private:
  std::array<char, N> bytes_{};
  std::uint8_t size_{0};
  static_assert(N < 256);
};

}  // namespace kualik::numbers
