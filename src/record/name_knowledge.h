#pragma once
// Names in Chinese characters as cards print them, for readings with a wrong character or a lost dot: knowledge for
// fusion, never a correction by itself.

#include <string>
#include <string_view>
#include <vector>

namespace kualik::record {

/// Log-probability of a name by its form: parts that the tables of names know (data/names) are likelier, a long name
/// without a dot is less likely, and so is what is not Chinese. 0 at best. Thread-safe; the first call builds an index.
double han_name_likelihood(std::string_view name);

/// The name with one character of a known part set right, or with a dot where it may have been lost; at most `limit`.
std::vector<std::string> similar_names(std::string_view name, std::size_t limit);

}  // namespace kualik::record
