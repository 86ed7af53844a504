#pragma once
// Words of an address below the county, for readings with a wrong character: knowledge for fusion, never a correction
// by itself.

#include <string>
#include <string_view>
#include <vector>

namespace kualik::record {

/// How likely the part of an address is that follows its regions, as a log-probability up to a constant: numbers and
/// the common parts (村, 号, 单元) count nothing, each character of a word of data/place_words.tsv counts for it, each
/// other one against it, less if names of places have it, since villages are without number. The last characters may
/// begin a word that the next row goes on with. Thread-safe; the first call builds an index.
double address_tail(std::string_view tail);

/// `text` with one stretch from `from` symbols on replaced by a word that differs from it in one character; at most
/// `limit`, the likeliest first.
std::vector<std::string> similar_address_words(std::string_view text, std::size_t from, std::size_t limit);

}  // namespace kualik::record
