#pragma once
// JSON Lines, the lossless form of a record (schema kualik.record/1, docs/record.md): one document sighted, one line.
//
//   std::cout << to_json(entry) << '\n';
//   Entry back = from_json(line);
//
// The same entry gives the same bytes: keys in a fixed order, numbers rounded to fixed decimals (times and scores 4,
// pixels 2), UTF-8 as it is. Thread-safe; cost linear in the line.

#include <string>
#include <string_view>

#include "kualik/record/entry.h"

namespace kualik::record {

/// The value of "schema".
inline constexpr std::string_view schema = "kualik.record/1";

/// One line without its '\n'. Bytes that are no UTF-8 become U+FFFD.
std::string to_json(const Entry& entry);

/// Reads what `to_json` gave; keys that it does not know are skipped. Throws std::runtime_error naming the place of the
/// fault (never a value) if the line is no JSON, not of this schema, or has a value of the wrong type.
Entry from_json(std::string_view line);

}  // namespace kualik::record
