#pragma once
// A table or a plain list that holds names, as archives have them: CSV with any separator, one name a line, names in
// one column or in several (surname, given name, patronymic).
//
//   const desk::NameTable table = desk::read_name_table(text);
//   names::Index index(table.names);

#include <string>
#include <string_view>
#include <vector>

namespace kualik::desk {

struct NameTable {
  std::vector<std::string> columns{};
  std::vector<std::vector<std::string>> rows{};  ///< Each as long as `columns`.
  std::vector<std::string> names{};              ///< Of each row.
  std::vector<std::string> used{};  ///< The columns that the names come from, in the order they are joined.
  bool header{true};                ///< False: the first line was taken for a row, as it names no column.
};

/// Reads a table. The columns of the name are those of `wanted`; without it a column that is called name, ФИО, 姓名 and
/// the like, or surname, given name and patronymic together, or else the one whose cells look most like names. A list
/// of one column needs no header. Throws std::runtime_error for text that is not UTF-8 (the message says how to convert
/// it), an empty table, a column that is not there, and broken CSV (with the line). Cost: linear.
NameTable read_name_table(std::string_view text, const std::vector<std::string>& wanted = {});

}  // namespace kualik::desk
