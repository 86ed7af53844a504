#include "kualik/desk/name_table.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <stdexcept>

#include "kualik/desk/transcript.h"
#include "kualik/record/csv.h"
#include "kualik/text/names.h"

namespace kualik::desk {

namespace {

using record::CsvContent;

constexpr std::size_t looked_at = 300;  // rows by which columns are judged

enum class Meaning : unsigned char { other, name, surname, given, patronymic };

std::string low_ascii(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '_' && c != ' ' && c != '-') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

Meaning meaning_of(std::string_view column) {
  struct Word {
    std::string_view word;
    Meaning meaning;
  };
  static constexpr std::array<Word, 42> words{{{"name", Meaning::name},
                                               {"names", Meaning::name},
                                               {"fullname", Meaning::name},
                                               {"person", Meaning::name},
                                               {"ФИО", Meaning::name},
                                               {"фио", Meaning::name},
                                               {"Ф.И.О.", Meaning::name},
                                               {"Аты-жөні", Meaning::name},
                                               {"аты-жөні", Meaning::name},
                                               {"Атыжөні", Meaning::name},
                                               {"атыжөні", Meaning::name},
                                               {"АТЫЖӨНІ", Meaning::name},
                                               {"姓名", Meaning::name},
                                               {"名字", Meaning::name},
                                               {"surname", Meaning::surname},
                                               {"lastname", Meaning::surname},
                                               {"familyname", Meaning::surname},
                                               {"Фамилия", Meaning::surname},
                                               {"фамилия", Meaning::surname},
                                               {"ФАМИЛИЯ", Meaning::surname},
                                               {"Тегі", Meaning::surname},
                                               {"тегі", Meaning::surname},
                                               {"ТЕГІ", Meaning::surname},
                                               {"given", Meaning::given},
                                               {"givenname", Meaning::given},
                                               {"givennames", Meaning::given},
                                               {"firstname", Meaning::given},
                                               {"Имя", Meaning::given},
                                               {"имя", Meaning::given},
                                               {"ИМЯ", Meaning::given},
                                               {"Аты", Meaning::given},
                                               {"аты", Meaning::given},
                                               {"АТЫ", Meaning::given},
                                               {"patronymic", Meaning::patronymic},
                                               {"father", Meaning::patronymic},
                                               {"fathername", Meaning::patronymic},
                                               {"Отчество", Meaning::patronymic},
                                               {"отчество", Meaning::patronymic},
                                               {"ОТЧЕСТВО", Meaning::patronymic},
                                               {"Әкесініңаты", Meaning::patronymic},
                                               {"әкесініңаты", Meaning::patronymic},
                                               {"ӘКЕСІНІҢАТЫ", Meaning::patronymic}}};
  const std::string low = low_ascii(column);
  for (const Word& word : words)
    if (word.word == low || word.word == column) return word.meaning;
  return Meaning::other;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Numbers and dates are no names of columns.
bool is_number(std::string_view text) { return has_digit(text) && names::split(text).parts.empty(); }

// One name a line: the first line has no separator, those behind it may have commas (Bakyt, Nurlan).
std::optional<CsvContent> as_lines(std::string_view text) {
  if (text.substr(0, text.find('\n')).find_first_of(",;\t") != text.npos) return std::nullopt;
  if (text.find('"') != text.npos) return std::nullopt;
  CsvContent made;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line(text.substr(begin, end - begin));
    while (!line.empty() && line.back() == '\r') line.pop_back();
    begin = end + 1;
    if (made.columns.empty()) {
      made.columns.push_back(line);
    } else if (!line.empty()) {
      made.rows.push_back({line});
    }
  }
  return made;
}

CsvContent read_any(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  try {
    return record::read_csv(text);
  } catch (const std::runtime_error&) {
    if (auto lines = as_lines(text)) return *lines;
    throw;
  }
}

// How much the cells of a column look like names of many people.
double likeness(const CsvContent& table, std::size_t column) {
  std::size_t filled = 0;
  std::size_t names = 0;
  std::set<std::string_view> distinct;
  for (std::size_t i = 0; i < std::min(looked_at, table.rows.size()); ++i) {
    const std::string& cell = table.rows[i][column];
    if (cell.empty()) continue;
    ++filled;
    distinct.insert(cell);
    const std::size_t parts = has_digit(cell) ? 0 : names::split(cell).parts.size();
    // Names of one word are names, but so are sexes and places.
    names += parts >= 2 && parts <= 4 ? 4 : parts == 1 ? 3 : 0;
  }
  if (filled == 0) return 0;
  return static_cast<double>(names) / static_cast<double>(filled) * static_cast<double>(distinct.size()) /
         static_cast<double>(filled);
}

std::vector<std::size_t> wanted_columns(const CsvContent& table, const std::vector<std::string>& wanted) {
  std::vector<std::size_t> found;
  for (const std::string& name : wanted) {
    auto at = std::find(table.columns.begin(), table.columns.end(), name);
    if (at == table.columns.end()) {
      at = std::find_if(table.columns.begin(), table.columns.end(),
                        [&](const std::string& column) { return low_ascii(column) == low_ascii(name); });
    }
    if (at == table.columns.end()) {
      std::string message = "no column ";
      message += name;
      message += "; the columns are";
      for (const std::string& column : table.columns) message.append(" ").append(column);
      throw std::runtime_error(message);
    }
    found.push_back(static_cast<std::size_t>(at - table.columns.begin()));
  }
  return found;
}

std::vector<std::size_t> columns_of_names(const CsvContent& table) {
  const auto first = [&](Meaning meaning) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (meaning_of(table.columns[i]) == meaning) return std::optional(i);
    return std::optional<std::size_t>{};
  };
  const auto surname = first(Meaning::surname);
  const auto given = first(Meaning::given);
  if (const auto name = first(Meaning::name)) {
    // Beside a surname the column `name` has the given name alone.
    if (!surname) return {*name};
    if (!given) return {*surname, *name};
  }
  if (given || surname) {
    std::vector<std::size_t> found;
    for (const auto& one : {surname, given, first(Meaning::patronymic)})
      if (one) found.push_back(*one);
    return found;
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < table.columns.size(); ++i)
    if (likeness(table, i) > likeness(table, best)) best = i;
  return {best};
}

// "Bakyt, Nurlan": the comma says which is the surname; a third word says it by itself.
std::string join(const std::vector<std::string>& row, const std::vector<std::size_t>& columns, bool surname_first) {
  std::string name;
  std::size_t filled = 0;
  for (const std::size_t i : columns) filled += row[i].empty() ? 0 : 1;
  for (const std::size_t i : columns) {
    if (row[i].empty()) continue;
    if (!name.empty()) name += surname_first && filled == 2 ? ", " : " ";
    name += row[i];
  }
  return name;
}

}  // namespace

NameTable read_name_table(std::string_view text, const std::vector<std::string>& wanted) {
  if (std::string fault = encoding_fault(text); !fault.empty()) throw std::runtime_error(fault);
  CsvContent table = read_any(text);
  NameTable made;
  if (table.columns.empty()) throw std::runtime_error("the table is empty");
  const bool named = std::any_of(table.columns.begin(), table.columns.end(),
                                 [](const std::string& c) { return meaning_of(c) != Meaning::other; });
  if (wanted.empty() && !named &&
      (table.columns.size() == 1 || std::any_of(table.columns.begin(), table.columns.end(), is_number))) {
    made.header = false;
    table.rows.insert(table.rows.begin(), table.columns);
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      table.columns[i] = table.columns.size() == 1 ? "name" : std::to_string(i + 1);
  }
  const std::vector<std::size_t> columns = wanted.empty() ? columns_of_names(table) : wanted_columns(table, wanted);
  const bool surname_first = columns.size() == 2 && meaning_of(table.columns[columns[0]]) == Meaning::surname;
  made.names.reserve(table.rows.size());
  for (const auto& row : table.rows) made.names.push_back(join(row, columns, surname_first));
  for (const std::size_t i : columns) made.used.push_back(table.columns[i]);
  made.columns = std::move(table.columns);
  made.rows = std::move(table.rows);
  return made;
}

}  // namespace kualik::desk
