#pragma once
// Finding labels and formulas in folded text although OCR bent them. A character may be one of its look-alikes
// (data/han_lookalikes.tsv), and in longer labels a character may be wrong, missing or too many. Short labels are never
// matched loosely: 被害人 must not pass for 被告人.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "sheet.h"

namespace kualik::documents {

/// A label found: its place, and what it took in half steps (0 exact, 1 a look-alike, 2 another character, a missing or
/// an extra one).
struct LabelHit {
  Range range{};
  int cost{};
};

/// Two characters that readers take for one another.
bool is_lookalike(char32_t a, char32_t b) noexcept;

/// What a label of so many characters may cost: 1 for two, 2 for three and four (look-alikes only), 3 from five, 4 from
/// seven on.
int label_budget(std::size_t length) noexcept;

/// `label` at exactly `pos`; nothing if it would cost more than `budget`.
std::optional<LabelHit> label_at(std::u32string_view chars, std::size_t pos, std::u32string_view label,
                                 int budget) noexcept;
/// The first place in `within` where `label` stands; an exact one anywhere in `within` goes before a bent one that
/// comes earlier.
std::optional<LabelHit> find_label(std::u32string_view chars, Range within, std::u32string_view label) noexcept;
/// The last such place.
std::optional<LabelHit> find_last_label(std::u32string_view chars, Range within, std::u32string_view label) noexcept;
/// The first exact place.
std::optional<Range> find_exact(std::u32string_view chars, Range within, std::u32string_view word) noexcept;
/// The word stands exactly at `pos`.
bool word_at(std::u32string_view chars, std::size_t pos, std::u32string_view word) noexcept;

/// Edit distance in half steps (a look-alike costs 1, everything else 2), or `limit + 1` if it is more.
int edit_cost(std::u32string_view a, std::u32string_view b, int limit);

}  // namespace kualik::documents
