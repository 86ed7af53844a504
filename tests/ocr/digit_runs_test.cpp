// Numbers in a line of letters, read again by a reader of figures that the test plays.
#include "ocr/digit_runs.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kualik::ocr {
namespace {

constexpr double symbol_width = 20;

LineReading reading(const std::vector<std::string>& symbols, float probability) {
  LineReading out;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    Symbol s;
    s.text = symbols[i];
    s.probability = probability;
    s.box = {symbol_width * static_cast<double>(i), 0, symbol_width, 40};
    s.alternatives = {{s.text, probability}};
    out.line.symbols.push_back(s);
    out.line.text += s.text;
  }
  return out;
}

std::vector<std::string> figures(const std::string& text) {
  std::vector<std::string> out;
  for (const char c : text) out.emplace_back(1, c);
  return out;
}

class Played : public Recognizer {
 public:
  Played(std::string text, float probability) : text_(std::move(text)), probability_(probability) {}
  const std::string& name() const noexcept override { return name_; }
  LineReading read(const ImageView& line) override {
    ++times;
    width = line.width;
    return reading(figures(text_), probability_);
  }
  int times{0};
  int width{0};

 private:
  std::string name_{"played"};
  std::string text_;
  float probability_;
};

LineReading with_label(const std::string& number, float probability) {
  std::vector<std::string> symbols{"И", "И", "Н", " "};
  for (const std::string& f : figures(number)) symbols.push_back(f);
  return reading(symbols, probability);
}

TEST(DigitRuns, TheSurerReaderOfAFigureWinsAndTheOtherStaysAnAlternative) {
  const std::vector<std::uint8_t> pixels(400 * 40, 255);
  const ImageView picture{pixels.data(), 400, 40, 1, 400};
  LineReading line = with_label("501229131155", 0.7F);
  Played digits("591229131155", 0.98F);
  reread_numbers(line, picture, digits);
  EXPECT_EQ(digits.times, 1);
  EXPECT_LT(digits.width, 300);  // The label is not for it.
  EXPECT_EQ(line.line.text, "ИИН 591229131155");
  const Symbol& nine = line.line.symbols[5];
  ASSERT_EQ(nine.alternatives.size(), 2U);
  EXPECT_EQ(nine.alternatives[1].text, "0");
  EXPECT_LT(nine.probability, 0.6F);
  EXPECT_GT(line.line.symbols[6].probability, 0.8F);
  EXPECT_EQ(nine.box.x, 5 * symbol_width);
}

TEST(DigitRuns, WhatTheReaderOfFiguresCountsOtherwiseOrIsTooShortStays) {
  const std::vector<std::uint8_t> pixels(400 * 40, 255);
  const ImageView picture{pixels.data(), 400, 40, 1, 400};
  LineReading line = with_label("501229131155", 0.7F);
  Played shorter("59122913115", 0.98F);
  reread_numbers(line, picture, shorter);
  EXPECT_EQ(line.line.text, "ИИН 501229131155");
  LineReading house = with_label("1234567", 0.7F);
  reread_numbers(house, picture, shorter);
  EXPECT_EQ(shorter.times, 1);
}

}  // namespace
}  // namespace kualik::ocr
