#pragma once
// Where the parts of a person's block begin: a token behind a mark, a line of a form, the statement of a sex.

#include "sheet.h"

namespace kualik::documents {

bool is_sex(char32_t c) noexcept;

/// `i` stands behind a mark, a bracket or white space, or at `begin`.
bool begins_token(const Sheet& sheet, std::size_t i, std::size_t begin);

/// A line of a form begins here: a few characters and a colon.
bool begins_labelled_line(const Sheet& sheet, std::size_t i, std::size_t end);

/// A character of a name as it stands: Han, a dot of any shape, a full stop that was read for one.
bool is_of_name(std::u32string_view chars, std::size_t i) noexcept;

/// What may follow a sex whose comma was not read: 男回族, 女现年, 男1890年.
bool goes_on_behind_sex(std::u32string_view chars, std::size_t i);

/// 男 or 女 as the statement of a sex: not in a name, nor in 女儿, 男子.
bool states_sex(const Sheet& sheet, std::size_t i, std::size_t end);

}  // namespace kualik::documents
