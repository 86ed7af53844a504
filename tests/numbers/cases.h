#pragma once
// What the tests of numbers share: the clock, tables without their line of names, reasons as in the tables, and made-up
// numbers.

#include <random>
#include <string>
#include <vector>

#include "kualik/numbers/resident_id.h"
#include "support/tsv.h"

namespace kualik::numbers::test {

inline Options on_the_day() {
  Options options;
  options.today = {2026, 11, 23};
  return options;
}

inline std::vector<kualik::test::Row> cases(const std::string& file, std::size_t columns) {
  std::vector<kualik::test::Row> rows = kualik::test::read_tsv("numbers/" + file);
  rows.erase(rows.begin());
  for (kualik::test::Row& row : rows) row.resize(columns);
  return rows;
}

/// As in the tables: names joined by spaces, "-" for none.
inline std::string words(ReasonSet reasons) {
  std::string out;
  for (Reason r : reasons) {
    if (!out.empty()) out += ' ';
    out += name(r);
  }
  return out.empty() ? "-" : out;
}

/// A number without errors whose holder was born in 1850-1899, so that nobody living can hold it.
inline std::string made_up(std::mt19937& random) {
  constexpr const char* codes[] = {"110101", "440524", "654101", "654023", "320219", "650502", "510502", "810000"};
  const auto below = [&random](unsigned n) { return static_cast<int>(random() % n); };
  std::string id = codes[below(8)];
  const Date birth{1850 + below(50), 1 + below(12), 1 + below(28)};
  for (char c : iso(birth))
    if (c != '-') id += c;
  const std::string sequence = std::to_string(1000 + below(1000));
  id += sequence.substr(1);
  id += resident_check_char(id);
  return id;
}

}  // namespace kualik::numbers::test
