// Marks drawn low and at half height, read as each other.
#include "ocr/marks.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <string>
#include <utility>
#include <vector>

namespace kualik::ocr {
namespace {

constexpr double margin = 0.16;
constexpr int rows = 52;
constexpr int cell = 40;
constexpr double glyph = rows / (1 + 2 * margin);

/// 人 mark 人, the mark a blob `size` px wide at a height given as a share of the glyph's.
cv::Mat picture(double height, int size) {
  cv::Mat ink(rows, 3 * cell, CV_8U, cv::Scalar(0));
  for (const int x : {4, 2 * cell + 4}) cv::rectangle(ink, {x, 10}, {x + 30, 40}, cv::Scalar(220), 4);
  const int y = static_cast<int>(glyph * (margin + height));
  cv::circle(ink, {cell + cell / 2, y}, size / 2, cv::Scalar(220), cv::FILLED);
  return ink;
}

LineReading reading(const std::string& mark, const std::vector<SymbolAlternative>& others = {}) {
  LineReading out;
  out.step_width = 8;
  int i = 0;
  for (const std::string& text : {std::string("艾"), mark, std::string("山")}) {
    Symbol s;
    s.text = text;
    s.probability = 0.8F;
    s.box = {static_cast<double>(cell * i++), 0, cell, rows};
    s.alternatives = {{text, 0.8F}};
    if (text == mark) s.alternatives.insert(s.alternatives.end(), others.begin(), others.end());
    out.line.symbols.push_back(s);
    out.line.text += text;
  }
  auto lattice = std::make_shared<Lattice>();
  lattice->text = out.line.text;
  for (int t = 0; t < 15; ++t) lattice->steps.push_back({0.2F, {{t / 5 == 1 ? mark : out.line.symbols[0].text, 0.8F}}});
  out.line.lattice = lattice;
  return out;
}

std::string settled(const std::string& mark, double height, int size,
                    const std::vector<SymbolAlternative>& others = {}) {
  LineReading line = reading(mark, others);
  settle_marks(line, picture(height, size), margin);
  EXPECT_EQ(line.line.lattice->text, line.line.text);
  return line.line.symbols[1].text;
}

TEST(Marks, HeightTellsADotFromAStop) {
  EXPECT_EQ(settled("·", 0.86, 10), "。");
  EXPECT_EQ(settled("·", 0.86, 5), "，");
  EXPECT_EQ(settled("·", 0.86, 5, {{"、", 0.1F}}), "、");
  EXPECT_EQ(settled("·", 0.5, 7), "·");
  EXPECT_EQ(settled("。", 0.5, 7), "·");
  EXPECT_EQ(settled("，", 0.86, 5), "，");
  EXPECT_EQ(settled("·", 0.66, 7), "·");  // Between: as it was read.
  EXPECT_EQ(settled("口", 0.5, 7), "口");
}

TEST(Marks, WhatWasReadIntoWhiteIsLeftOut) {
  LineReading line = reading("、");
  settle_marks(line, picture(0.86, 7), margin);
  EXPECT_EQ(line.line.text, "艾、山");
  cv::Mat white = picture(0.5, 7);
  white.colRange(cell - 2, 2 * cell + 2).setTo(0);
  settle_marks(line, white, margin);
  EXPECT_EQ(line.line.text, "艾山");
  EXPECT_EQ(line.line.symbols.size(), 2U);
}

TEST(Marks, TheLatticeIsChangedWithTheText) {
  LineReading line = reading("。");
  settle_marks(line, picture(0.5, 7), margin);
  EXPECT_EQ(line.line.text, "艾·山");
  EXPECT_EQ(line.line.lattice->steps[7].symbols[0].text, "·");
  EXPECT_EQ(line.line.lattice->steps[1].symbols[0].text, "艾");
  ASSERT_EQ(line.line.symbols[1].alternatives.size(), 2U);
  EXPECT_EQ(line.line.symbols[1].alternatives[1].text, "。");
}

}  // namespace
}  // namespace kualik::ocr
