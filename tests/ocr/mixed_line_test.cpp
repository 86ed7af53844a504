// A line in two scripts from the readings of two readers, each of which makes nonsense of the other's half.

#include "ocr/mixed_line.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace {

using namespace kualik;

struct Glyph {
  const char* text;
  double x, width;
  float probability;
};

ocr::LineReading reading(const std::vector<Glyph>& glyphs) {
  ocr::LineReading out;
  for (const Glyph& g : glyphs) {
    Symbol s;
    s.text = g.text;
    s.probability = g.probability;
    s.box = {g.x, 0, g.width, 10};
    out.line.symbols.push_back(s);
    out.line.text += g.text;
  }
  return out;
}

struct Case {
  const char* about;
  std::vector<Glyph> han, latin;
  const char* text;
  bool is_han, both;
};

TEST(MixedLine, TakesEachReadersOwnHalf) {
  const Case cases[] = {
      {"Han, then letters",
       {{"姓", 0, 10, 0.99F}, {"名", 10, 10, 0.98F}, {"川", 21, 8, 0.4F}, {"口", 30, 8, 0.3F}},
       {{"H", 0, 6, 0.4F}, {"g", 8, 6, 0.3F}, {"/", 21, 3, 0.9F}, {"N", 25, 5, 0.97F}, {"a", 30, 5, 0.97F}},
       "姓名/Na",
       true,
       true},
      {"Han alone",
       {{"罗", 0, 10, 0.99F}, {"芳", 10, 10, 0.98F}},
       {{"B", 0, 8, 0.5F}, {"H", 10, 8, 0.4F}},
       "罗芳",
       true,
       false},
      {"letters alone",
       {{"凹", 0, 8, 0.4F}, {"乂", 10, 8, 0.3F}},
       {{"L", 0, 5, 0.99F}, {"U", 6, 5, 0.99F}, {"O", 12, 5, 0.99F}},
       "LUO",
       false,
       false},
      {"nothing by the Han reader", {}, {{"F", 0, 5, 0.9F}}, "F", false, false},
      {"nothing by the other", {{"女", 0, 10, 0.9F}}, {}, "女", true, false},
  };
  for (const Case& c : cases) {
    const ocr::MixedLine found = ocr::mixed_line(reading(c.han), reading(c.latin));
    EXPECT_EQ(found.reading.line.text, c.text) << c.about;
    EXPECT_EQ(found.han, c.is_han) << c.about;
    EXPECT_EQ(found.both, c.both) << c.about;
  }
}

}  // namespace
