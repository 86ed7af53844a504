// Lines laid where a card has its rows, read as anything: the card must come back from its number, and running text
// around a number must give none.
#include "reader/card_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "reader/quads.h"

using namespace kualik;
using namespace kualik::reader;

namespace {

constexpr double scale = 2.5;  // Pixels a millimetre.

TextLine line_at(double x, double y, double width, double height, const std::string& text) {
  TextLine line;
  line.text = text;
  line.quad = Quad::from_rect({x, y - 0.5 * height, width, height});
  for (std::size_t i = 0; i < text.size(); ++i) {
    Symbol s;
    s.text = text.substr(i, 1);
    s.box = {x + width * static_cast<double>(i) / static_cast<double>(text.size()), y - 0.5 * height,
             width / static_cast<double>(text.size()), height};
    line.symbols.push_back(s);
  }
  return line;
}

/// A portrait side at (100, 80) whose rows were read as nothing; `height` of it as it is seen, by its own.
PageText card(const std::string& number, double height = 1) {
  PageText page;
  const auto at = [&](double x_mm, double y_mm, double width_mm, const std::string& text) {
    page.lines.push_back(line_at(100 + scale * x_mm, 80 + scale * y_mm * height, scale * width_mm, 3 * scale, text));
  };
  at(7, 8.0, 30, "~");
  at(7, 14.6, 8, "");
  at(25, 14.6, 15, "");
  at(7, 20.8, 36, "?");
  at(7, 27.0, 42, "");
  at(16, 31.3, 20, "");
  at(6, 45.4, 20, "");
  at(60, 22, 18, "");  // The portrait.
  const double pitch = (number_to - number_from) / 17 * card_mm_wide;
  at(number_from * card_mm_wide - 0.5 * pitch, number_row * card_mm_high, 18 * pitch, number);
  return page;
}

}  // namespace

TEST(CardRows, a_number_and_the_rows_above_it_place_the_card) {
  for (const double height : {0.9, 1.0, 1.06}) {
    for (const std::string number : {"653129188603193868", "65312918Q6031938681"}) {
      const std::vector<PrintPage> found = cards_around_numbers(card(number, height));
      ASSERT_EQ(found.size(), 1U) << height << number;
      EXPECT_EQ(found[0].kind, page::PageKind::cn_id_portrait);
      const Quad truth = Quad::from_rect({100, 80, scale * card_mm_wide, scale * card_mm_high * height});
      EXPECT_LT(farthest(found[0].quad, truth), 0.04 * scale * card_mm_wide) << height << number;
    }
  }
}

TEST(CardRows, too_few_digits_or_rows_are_no_card) {
  EXPECT_TRUE(cards_around_numbers(card("6531291~~~~~~~~~~~")).empty());
  EXPECT_TRUE(cards_around_numbers(card("653129188603")).empty());
  PageText bare = card("653129188603193868");
  bare.lines.erase(bare.lines.begin(), bare.lines.begin() + 4);
  EXPECT_TRUE(cards_around_numbers(bare).empty());
  EXPECT_TRUE(cards_around_numbers({}).empty());
}

TEST(CardRows, running_text_above_a_number_is_no_card) {
  PageText page = card("653129188603193868");
  for (int row = 0; row < 5; ++row)
    page.lines.push_back(line_at(60, 85 + 16.0 * row, 420, 3 * scale, "running on beyond the card"));
  EXPECT_TRUE(cards_around_numbers(page).empty());
}

TEST(CardRows, the_emblem_side_becomes_as_high_as_its_rows_stand) {
  // Placed by its titles with the right width, but 8 % too high.
  const double height = 0.92;
  const double title = 0.345 * card_mm_high * scale;
  const Quad placed = Quad::from_rect({100, 80, scale * card_mm_wide, scale * card_mm_high});
  PageText page;
  for (const double row : {0.752, 0.872})
    page.lines.push_back(line_at(100 + 0.19 * scale * card_mm_wide,
                                 80 + title + height * (row - 0.345) * scale * card_mm_high, 120, 3 * scale, ""));
  const Quad fitted = fitted_to_rows(placed, page);
  EXPECT_NEAR(fitted[3].y, 80 + title + height * (1 - 0.345) * scale * card_mm_high, 2);
  EXPECT_NEAR(fitted[0].y, 80 + title - height * title, 2);
  // Without its rows it stays.
  EXPECT_LT(farthest(fitted_to_rows(placed, {}), placed), 1e-9);
}
