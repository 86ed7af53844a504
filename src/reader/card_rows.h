#pragma once
// The rows of a resident card, as lines stand in them whatever they were read as: where print is too small for its
// labels, its number and the places of its lines tell a card.

#include <optional>
#include <string>
#include <vector>

#include "kualik/core/page_text.h"
#include "reader/print_page.h"

namespace kualik::reader {

/// ID-1, in millimetres.
constexpr double card_mm_wide = 85.6;
constexpr double card_mm_high = 54.0;
/// The middles of the number's first and last digit, and its row, in fractions of the card.
constexpr double number_from = 0.355;
constexpr double number_to = 0.865;
constexpr double number_row = 0.840;

/// The middles of a number's first and last digit.
struct NumberEnds {
  Point first{};
  Point last{};
  double height{0};  ///< Of a digit.
};

/// Of the first run of just 18 digits in a line, X among them; empty if it has none with places.
std::optional<NumberEnds> ends_of_number(const TextLine& line);

/// Where portrait sides may lie, in the page's pixels: around each line that has the digits and the form of a number,
/// if the lines above it stand in a card's rows and none runs on beyond it. Nothing is said of what they read; whoever
/// asks reads the number again. Pure; below 1 ms.
std::vector<PrintPage> cards_around_numbers(const PageText& page);

/// The emblem side that its titles alone placed, made as high as its lower rows stand; unchanged where they are not
/// seen.
Quad fitted_to_rows(const Quad& emblem, const PageText& page);

}  // namespace kualik::reader
