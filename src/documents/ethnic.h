#pragma once
// Ethnic groups as papers print them (data/ethnic_groups.tsv): 维吾尔 on cards, 维吾尔族 in court papers.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/reasons.h"

namespace kualik::documents {

struct EthnicHit {
  std::size_t end{};    ///< Behind the name, 族 included where it stands.
  std::string value{};  ///< Without 族.
  bool with_zu{false};  ///< 族 stood behind it.
  ReasonSet reasons{};  ///< repaired if a character was misread.
};

/// The group whose name begins at `pos` of folded characters, the longest if several; one misread look-alike is allowed
/// in names of three and more.
std::optional<EthnicHit> match_ethnic(std::u32string_view chars, std::size_t pos);

/// All groups as cards print them, without 族.
std::vector<std::string> card_ethnic_groups();

/// `name` (without 族) is in the table.
bool is_known_ethnic_group(std::string_view name);

/// A group by its Kazakh or Russian name as Kazakhstan's cards print it: the print in capitals is known.
bool is_known_ethnic_group_in_cyrillic(std::string_view name);

}  // namespace kualik::documents
