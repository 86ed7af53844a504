#pragma once
// The text of a machine-readable zone cut into its lines and folded, before anything is known of its format.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kualik::numbers::detail {

struct MrzLines {
  std::vector<std::string> lines;
  bool folded{false};
};

/// Lines are joined by '\n', '|' or '/'; one string of 90, 88 or 72 characters is cut. With `fold`, look-alikes become
/// Latin and blanks vanish.
MrzLines split_zone(std::string_view text, bool fold);

/// Brings a line of names that lost or gained fillers at its end to `width`; false if that is not what is wrong with
/// it.
bool fit_names(std::string& line, std::size_t width);

}  // namespace kualik::numbers::detail
