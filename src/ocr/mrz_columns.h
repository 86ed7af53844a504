#pragma once
// The columns of a zone's lines: how many there are, and lines that were read with some too many or too few set right
// by their places.

#include <cstddef>
#include <vector>

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// Columns of the form that lines of this mean length belong to: 30, 36 or 44.
int nearest_form(double mean_length, std::size_t lines);
/// Whether lines of some form of zone have so many columns, one more or less.
bool has_form(std::size_t symbols);

/// Middles of the first and the last column.
struct Ends {
  double left{0}, right{0};
  bool known() const { return right > left; }
};
/// From the line of the right number of symbols with the fewest fillers: a run of them may hide that one was lost and
/// the page's edge read as another.
Ends ends_of(const std::vector<LineReading>& lines, int columns);

/// Takes off what the edge of a page beside a line reads as (1, I): a symbol at an end that stands further from its
/// neighbour than columns do, while the line has symbols to spare.
void drop_strays(TextLine& line, int columns);
/// Gives a line its number of columns where it can: a run of fillers that lost or gained some in reading is set right
/// by its pitch. Returns how many symbols were put in or taken out; what else is missing or too much stays.
int fit_columns(TextLine& line, int columns, const Ends& ends);

}  // namespace kualik::ocr
