#pragma once
// Labels and values in Cyrillic and Latin letters: matched on a skeleton in which Kazakh letters, their Russian
// look-alikes and Latin ones are one.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sheet.h"

namespace kualik::documents {

/// Russian and Kazakh capitals.
bool is_cyrillic_capital(char32_t c) noexcept;
/// The letter of the skeleton for `c` (capital, Cyrillic where both scripts have the shape), or 0 for what is no
/// letter.
char32_t letter_skeleton(char32_t c) noexcept;
/// The skeleton's letters of a text, everything else left out.
std::u32string letter_skeleton(std::string_view text);

/// Whether the range has these words, spaces and marks aside; of nine letters one may be another.
bool mentions(const Sheet& sheet, Range range, std::string_view words);

/// A label of data/kz_labels.tsv on a line.
struct LetterLabel {
  std::string_view side{};
  std::string_view key{};
  std::size_t end{};  ///< Behind the label and its other languages (ТЕГІ / ФАМИЛИЯ).
};
/// The label that the line begins with, in one language or several; `side` limits it (empty: any).
std::optional<LetterLabel> label_of_line(const Sheet& sheet, Range line, std::string_view side);

/// The range as printed, with one space where white space stood.
std::string spaced(const Sheet& sheet, Range r);

/// Values behind labels, line by line: on the label's line, or on the next line that is no label (nor, on a side of
/// Kazakhstan's card, a scrap of its ground).
struct LabelledValue {
  std::string_view key{};
  Range range{};
};
std::vector<LabelledValue> labelled_values(const Sheet& sheet, Range within, std::string_view side);

/// M or F in Kazakh, Russian, English or Chinese words; empty for something else.
std::string_view sex_in_words(const Sheet& sheet, Range r);

}  // namespace kualik::documents
