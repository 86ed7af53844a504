#include "numbers/table_cells.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "kualik/numbers/fold.h"
#include "numbers/utf8.h"

namespace kualik::numbers::detail {
namespace {

/// Names that say which column is meant, compared without case.
constexpr std::string_view known_columns[] = {
    "id_number",   "id number",   "idnumber",   "id_no",      "id no",        "id_num",
    "idno",        "idcard",      "id_card",    "idcard_no",  "id_card_no",   "resident_id",
    "citizen_id",  "national_id", "身份证号",   "身份证号码", "公民身份号码", "公民身份证号码",
    "身份号码",    "身份证",      "身份证编号", "证件号码",   "证件号",       "iin",
    "иин",         "ИИН",         "жсн",        "ЖСН",        "bin",          "бин",
    "БИН",         "бсн",         "БСН",        "ИИН/БИН",    "mrz",          "case_number",
    "case number", "案号",        "号码",       "номер",      "Номер",        "НОМЕР",
    "number",      "id"};

/// Words that tell the column where no whole name does, the surest first; as `plain_name` gives them.
constexpr std::string_view telling_parts[] = {"身份证号", "身份号码", "身份证件号", "身份证", "证件号",
                                              "idcard",   "idnumber", "idno",       "иин",    "жсн"};

/// A name in small letters without blanks, breaks and what forms put around it: "* 身份证号码\n（必填）" and "ID
/// Number:" are as good as plain ones.
std::string plain_name(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint c = decode(text);
    const bool left_out = c.point <= ' ' || c.point == '*' || c.point == ':' || c.point == '_' || c.point == 0xA0 ||
                          c.point == 0x3000 || c.point == 0xFEFF || c.point == 0xFF1A || c.point == 0xFF0A;
    if (c.point >= 'A' && c.point <= 'Z')
      out += static_cast<char>(c.point - 'A' + 'a');
    else if (c.point >= 0x0410 && c.point <= 0x042F)  // Cyrillic; Kazakh's own letters in the names are listed.
      append_utf8(out, c.point + 0x20);
    else if (!left_out)
      out.append(text, 0, c.size);
    text.remove_prefix(c.size);
  }
  return out;
}

bool same_name(std::string_view a, std::string_view b) { return plain_name(a) == plain_name(b); }

std::size_t digits_in(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

/// Words rather than a number.
bool is_words(std::string_view text) noexcept { return digits_in(text) < 5; }

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const CodePoint c = decode(text);
    if (c.point == 0xFFFD && c.size == 1) return false;
    text.remove_prefix(c.size);
  }
  return true;
}

}  // namespace

void no_column(const std::vector<std::string>& names, const std::string& wanted) {
  std::string message = "no column looks like one of numbers; there are";
  if (!wanted.empty()) message = "no column \"" + wanted + "\"; there are";
  bool foreign = false;
  for (std::size_t i = 0; i < names.size() && i < 32; ++i) {
    message += i == 0 ? " " : ", ";
    message += std::to_string(i + 1);
    if (!is_words(names[i])) continue;  // May be somebody's number.
    if (!is_utf8(names[i])) {
      foreign = true;
      continue;
    }
    message += ' ';
    message += names[i];
  }
  message += foreign ? " (the names are not UTF-8: save the file as UTF-8, or give --column by number)"
                     : " (--column takes a name or a number)";
  throw std::invalid_argument(message);
}

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

bool find_cell(std::string_view record, char delimiter, std::size_t wanted, std::string& unquoted,
               std::string_view& cell) {
  const auto past_blanks = [record](std::size_t at) {
    return std::min(record.find_first_not_of(' ', at), record.size());
  };
  std::size_t at = 0;
  for (std::size_t column = 0;; ++column) {
    const std::size_t quoted = at < record.size() && record[at] == ' ' ? past_blanks(at) : at;
    if (quoted < record.size() && record[quoted] == '"') {
      const std::size_t begin = quoted + 1;
      at = begin;
      bool doubled = false;
      while (true) {
        const std::size_t quote = record.find('"', at);
        if (quote == std::string_view::npos) return false;
        if (doubled) unquoted.append(record, at, quote - at);
        if (quote + 1 >= record.size() || record[quote + 1] != '"') {
          cell = doubled ? std::string_view(unquoted) : record.substr(begin, quote - begin);
          at = past_blanks(quote + 1);
          break;
        }
        if (!doubled) unquoted.assign(record, begin, quote - begin);
        doubled = true;
        unquoted += '"';
        at = quote + 2;
      }
      if (at < record.size() && record[at] != delimiter && record[at] != '\r') return false;
    } else {
      const std::size_t end = std::min(record.find(delimiter, at), record.size());
      cell = record.substr(at, end - at);
      at = end;
    }
    if (column == wanted) return true;
    if (at >= record.size() || record[at] != delimiter) return false;
    ++at;
  }
}

char likely_delimiter(std::string_view line) noexcept {
  const auto count = [line](char c) { return std::count(line.begin(), line.end(), c); };
  char best = ',';
  for (char d : {';', '\t', '|'})
    if (count(d) > count(best) && (d != '|' || count('<') == 0)) best = d;  // Lines of a zone are joined by |.
  return best;
}

bool is_head(std::string_view line) noexcept {
  return std::any_of(std::begin(known_columns), std::end(known_columns),
                     [line](std::string_view known) { return same_name(trim(line), known); });
}

std::optional<Column> choose_column(const std::vector<std::string>& names, const TableOptions& options) {
  const std::string& wanted = options.column;
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  const bool numeric = !wanted.empty() && fault == std::errc{} && end == wanted.data() + wanted.size();
  if (!wanted.empty() && !options.no_header)
    for (std::size_t i = 0; i < names.size(); ++i)
      if (same_name(names[i], wanted)) return Column{i, false};
  if (numeric && number >= 1 && number <= names.size())
    return Column{number - 1, options.no_header || !is_words(names[number - 1])};
  if (!wanted.empty()) no_column(names, wanted);
  if (!options.no_header)
    if (const std::optional<std::size_t> named = named_column(names)) return Column{*named, false};
  // No name tells: the first cell that is a number is meant.
  for (std::size_t i = 0; i < names.size(); ++i)
    if (!is_words(names[i])) return Column{i, true};
  return std::nullopt;
}

std::optional<std::size_t> named_column(const std::vector<std::string>& names) {
  std::vector<std::string> plain;
  plain.reserve(names.size());
  for (const std::string& n : names) plain.push_back(is_words(n) ? plain_name(n) : std::string());
  for (std::string_view known : known_columns)
    for (std::size_t i = 0; i < plain.size(); ++i)
      if (!plain[i].empty() && plain[i] == plain_name(known)) return i;
  for (std::string_view part : telling_parts)
    for (std::size_t i = 0; i < plain.size(); ++i)
      if (plain[i].find(part) != std::string::npos) return i;
  return std::nullopt;
}

std::optional<std::size_t> column_by_content(const std::vector<std::string>& cells, const TableOptions& options) {
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!is_words(cells[i]) && !reasons_against(bare_cell(cells[i]).text, options.kind, options.check).has_error())
      return i;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (digits_in(cells[i]) >= 12) return i;
  return std::nullopt;
}

}  // namespace kualik::numbers::detail
