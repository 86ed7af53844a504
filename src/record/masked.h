#pragma once
// Keys by which words that differ in one character find each other. Internal to the stage.

#include <string>
#include <vector>

namespace kualik::record {

using Symbols = std::vector<std::string>;

/// The symbols [from, to), cut off at the end.
inline std::string joined(const Symbols& symbols, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to && i < symbols.size(); ++i) out += symbols[i];
  return out;
}

/// The symbols [from, to) with the one at `at` hidden: the same for all words that differ there alone.
inline std::string with_mask(const Symbols& symbols, std::size_t from, std::size_t to, std::size_t at) {
  return joined(symbols, from, at) + "*" + joined(symbols, at + 1, to);
}

}  // namespace kualik::record
