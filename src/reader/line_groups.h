#pragma once
// Which lines of several readings of a page are the same line, before their text is fused. Internal to the reader.

#include <cstddef>
#include <vector>

#include "kualik/record/fusion.h"
#include "reader/page_reading.h"

namespace kualik::reader {

/// Whether the line's words are parted by spaces: Han print and zones have none of their own.
bool keeps_spaces(const TextLine& line);

/// How much a reading counts: its quality, and more where it is laid together from many sights.
double weight_of(const PageReading& reading);

/// 0..1: how alike two lines are, by the longest common subsequence of their symbols.
double likeness(const TextLine& a, const TextLine& b);

/// Readings of one line. `like` is one of the lines added, which must stay where they are.
struct LineGroup {
  std::vector<record::Reading> readings;
  double sum_of_weights{0};       // of all readings
  const TextLine* like{nullptr};  // the line that lends its place
  double like_score{-1};
  std::size_t like_source{0};
  std::size_t last_source{0};  // of the readings, which come one after the other

  void add(const TextLine& line, double weight, std::size_t source);
};

/// The lines of a page in reading order, each with its readings.
struct LineGroups {
  LineGroups() = default;
  LineGroups(LineGroups&&) = default;  // a copy's groups would show lines of the original
  LineGroups& operator=(LineGroups&&) = default;
  std::vector<PageText> pages;  ///< What the groups' lines lie in: of each reading, lines split over a fold joined.
  std::vector<LineGroup> groups;
  std::size_t backbone{0};  ///< The reading that the order is taken from: the one with the most surely read text.
};

/// At least one reading.
LineGroups group_lines(const std::vector<PageReading>& readings);

}  // namespace kualik::reader
