#include "ocr/mrz_columns.h"

#include <gtest/gtest.h>

#include <string>

#include "ocr/reading.h"

namespace kualik::ocr {
namespace {

struct Case {
  const char* about;
  const char* read;
  double before;  // Columns between the first two symbols,
  double behind;  // and between the last two.
  const char* kept;
};

const Case cases[] = {
    {"the edge of the page before the line", "1P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", 2.4, 1,
     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"},
    {"behind it", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<I", 1, 1.8,
     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"},
    {"on both sides", "1P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<I", 2.4, 3,
     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"},
    {"a filler too many stands among columns", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<", 1, 1,
     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<"},
    {"no symbol to spare", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", 1.9, 1,
     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"},
};

TEST(MrzColumns, StraysBesideALineAreLeftOut) {
  for (const Case& c : cases) {
    TextLine line;
    const std::string read = c.read;
    double x = 0;
    for (std::size_t i = 0; i < read.size(); ++i) {
      Symbol s;
      s.text = read.substr(i, 1);
      s.box = {x, 0, 10, 20};
      line.symbols.push_back(s);
      x += 12 * (i == 0 ? c.before : i + 2 == read.size() ? c.behind : 1);
    }
    drop_strays(line, 44);
    join_symbols(line);
    EXPECT_EQ(line.text, c.kept) << c.about;
  }
}

}  // namespace
}  // namespace kualik::ocr
