#pragma once
// Words of an address below the county, for readings with a wrong character: knowledge for fusion, never a correction
// by itself.

#include <string>
#include <string_view>
#include <vector>

namespace kualik::record {

/// Log-probability of the part of an address that follows its regions, 0 where all of it is numbers, the common parts
/// (村, 号, 单元) and words of data/place_words.tsv; each character that none of them covers counts against it a
/// little, since names of villages are without number. Thread-safe; the first call builds an index.
double address_tail(std::string_view tail);

/// `text` with one stretch from `from` symbols on replaced by a word that differs from it in one character; at most
/// `limit`, the likeliest first.
std::vector<std::string> similar_address_words(std::string_view text, std::size_t from, std::size_t limit);

}  // namespace kualik::record
