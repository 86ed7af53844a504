#pragma once
// Names of regions as they stand at the head of an address or of a police authority's name, for readings with a wrong
// or a lost character: knowledge for fusion, never a correction by itself.

#include <string>
#include <string_view>
#include <vector>

namespace kualik::record {

/// What is known of the regions at the head of a text.
struct PlaceHead {
  int names{0};           ///< Names in a row: 浙江省 · 西湖区 are two.
  std::size_t symbols{};  ///< Characters that they take.
  bool nested{true};      ///< Each lies in the one before it.
  bool county{false};     ///< The last is a county or what stands for one (a district, a city without districts).
};

/// The names of regions (any year of data/regions.tsv) that `text` begins with. Thread-safe; the first call builds an
/// index (some 20 ms), each further one takes microseconds.
PlaceHead place_head(std::string_view text);

/// `text` with its head replaced by names of regions that differ from it in one character, or lack or add one; at most
/// `limit`, those with more of their head known first. What reads as it should is not among them.
std::vector<std::string> similar_places(std::string_view text, std::size_t limit);

/// Whether some region's name has this character (a code point in UTF-8). Thread-safe, as `place_head`.
bool in_place_names(const std::string& symbol);

}  // namespace kualik::record
