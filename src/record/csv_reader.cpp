#include <algorithm>
#include <set>
#include <stdexcept>

#include "kualik/record/csv.h"

namespace kualik::record {
namespace {

// The separator that the first row uses most, outside quotes.
char separator_of(std::string_view text) {
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  std::size_t tabs = 0;
  bool quoted = false;
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    commas += c == ',';
    semicolons += c == ';';
    tabs += c == '\t';
  }
  if (tabs > commas && tabs > semicolons) return '\t';
  return semicolons > commas ? ';' : ',';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text), separator_(separator_of(text)) {}

  bool done() const { return rest_.empty(); }
  std::size_t line() const { return line_; }

  std::vector<std::string> row() {
    started_ = line_;
    std::vector<std::string> cells;
    do cells.push_back(cell());
    while (take(separator_));
    const bool returned = take('\r');  // Alone it ends a row as well, as on old Macs.
    if (take('\n') || returned) ++line_;
    return cells;
  }
  std::size_t started() const { return started_; }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string cell() {
    std::string out;
    if (!take('"')) {
      while (!rest_.empty() && rest_.front() != separator_ && rest_.front() != '\n' && rest_.front() != '\r') {
        out += rest_.front();
        rest_.remove_prefix(1);
      }
      return out;
    }
    const std::size_t opened = line_;
    while (true) {
      if (rest_.empty()) throw std::runtime_error("line " + std::to_string(opened) + ": a quote is never closed");
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '\n') ++line_;
      if (c == '"' && !take('"')) break;
      out += c;
    }
    // Text after a closing quote belongs to no form of CSV; it is kept rather than lost.
    while (!rest_.empty() && rest_.front() != separator_ && rest_.front() != '\n' && rest_.front() != '\r') {
      out += rest_.front();
      rest_.remove_prefix(1);
    }
    return out;
  }

  std::string_view rest_;
  char separator_;
  std::size_t line_ = 1;
  std::size_t started_ = 1;
};

}  // namespace

CsvContent read_csv(std::string_view text) {
  constexpr std::string_view bom = "\xEF\xBB\xBF";
  if (text.substr(0, 3) == bom) text.remove_prefix(3);
  CsvContent out;
  Parser parser(text);
  if (parser.done()) return out;
  std::set<std::string> used;
  for (std::string& column : parser.row()) {
    std::string unique = column;
    for (int i = 2; !used.insert(unique).second; ++i) unique = column + "_" + std::to_string(i);
    out.columns.push_back(std::move(unique));
  }
  while (!parser.done()) {
    std::vector<std::string> row = parser.row();
    if (row.size() == 1 && row.front().empty()) continue;
    if (row.size() > out.columns.size())
      throw std::runtime_error("line " + std::to_string(parser.started()) +
                               ": more cells than the first line has names");
    row.resize(out.columns.size());
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace kualik::record
