#pragma once
// Sums of money: 人民币二千元, 63,500元, 3万元, 壹万伍仟元整, 12.50元, 人民币1,000元.
//
//   text::parse_money("人民币壹万伍仟元整").value->to_string() == "15000"
//
// Pure functions; the matcher allocates nothing.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kualik/core/checked.h"

namespace kualik::text {

/// An amount of yuan, in fen (hundredths).
struct Money {
  std::int64_t fen{0};
  /// In yuan: "2000", or "12.50" where there are fen.
  std::string to_string() const;
  friend constexpr bool operator==(const Money&, const Money&) = default;
};

/// One sum found at a place.
struct MoneyMatch {
  std::size_t begin{};  ///< Of the amount, behind 人民币.
  std::size_t end{};
  Money money{};
  ReasonSet reasons{};
};

/// The sum at `pos` of folded characters, with or without 人民币 before it; 元 (圆, 块) must follow the number.
std::optional<MoneyMatch> match_money(std::u32string_view chars, std::size_t pos) noexcept;

/// A text that is one sum and nothing else. Errors: not_found, bad_structure.
Checked<Money> parse_money(std::string_view text);

}  // namespace kualik::text
