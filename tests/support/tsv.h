#pragma once
// Cases of table-driven tests: tab-separated rows, `#` lines and empty lines left out, `\n` and `\t` in a cell
// unescaped.

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "kualik/core/reasons.h"

namespace kualik::test {

using Row = std::vector<std::string>;

inline std::string unescape(const std::string& cell) {
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == '\\' && i + 1 < cell.size() && (cell[i + 1] == 'n' || cell[i + 1] == 't')) {
      out += cell[++i] == 'n' ? '\n' : '\t';
    } else {
      out += cell[i];
    }
  }
  return out;
}

/// `path` is relative to the folder tests/. Throws std::runtime_error if the file cannot be opened.
inline std::vector<Row> read_tsv(const std::string& path) {
  std::ifstream in(std::string(KUALIK_TESTS_DIR) + "/" + path);
  if (!in) throw std::runtime_error("cannot open " + path);
  std::vector<Row> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    Row row;
    for (std::size_t begin = 0; begin <= line.size();) {
      const std::size_t end = line.find('\t', begin);
      row.push_back(unescape(line.substr(begin, end == std::string::npos ? end : end - begin)));
      if (end == std::string::npos) break;
      begin = end + 1;
    }
    rows.push_back(row);
  }
  return rows;
}

/// The names joined by commas, errors first; empty for no reason.
inline std::string reason_names(ReasonSet reasons) {
  std::string out;
  for (Reason r : reasons) {
    if (!out.empty()) out += ',';
    out += name(r);
  }
  return out;
}

}  // namespace kualik::test
