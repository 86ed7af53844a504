#pragma once
// Records of a table cut into cells, and which column holds the numbers.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/numbers/table_check.h"

namespace kualik::numbers::detail {

/// Without blanks, tabs and CR around.
std::string_view trim(std::string_view text) noexcept;

/// One cell of a record; blanks outside of its quotes are none of it. False if the record has no such column or a quote
/// is broken. The cell lies in the record, or in `unquoted` if it holds doubled quotes.
bool find_cell(std::string_view record, char delimiter, std::size_t wanted, std::string& unquoted,
               std::string_view& cell);

/// The delimiter that a line holds most: comma, semicolon, tab or bar.
char likely_delimiter(std::string_view line) noexcept;

/// A line that is the name of a column of numbers and nothing else: the head of a table of one column.
bool is_head(std::string_view line) noexcept;

struct Column {
  std::size_t index{0};
  bool first_line_is_data{false};
};
/// Which column is meant, by the cells of the first line and the options. Empty if nothing is asked for and the line
/// holds names that tell nothing: then the records below decide. Throws std::invalid_argument, naming the
/// columns there are, if the one asked for is not there.
std::optional<Column> choose_column(const std::vector<std::string>& names, const TableOptions& options);

/// The column whose name is a usual one for numbers, or says so among other words.
std::optional<std::size_t> named_column(const std::vector<std::string>& names);

/// The column that holds a number in a record of data, by the cells: one that has no error, else one that is as long as
/// a number.
std::optional<std::size_t> column_by_content(const std::vector<std::string>& cells, const TableOptions& options);

/// Throws std::invalid_argument: `wanted`, or a column of numbers if that is empty, is not among the columns.
[[noreturn]] void no_column(const std::vector<std::string>& names, const std::string& wanted);

}  // namespace kualik::numbers::detail
