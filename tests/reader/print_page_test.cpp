// Glyphs laid where a card prints them, moved, turned a little and mixed with other text: the card's corners must come
// back; text of other things must give none.
#include "reader/print_page.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "reader/quads.h"

using namespace kualik;
using namespace kualik::reader;

namespace {

struct Printed {
  const char* text;
  double x, y;  // Middle, fractions of the card.
};

const std::vector<Printed> labels{
    {"姓", 0.084, 0.148}, {"名", 0.131, 0.148}, {"性", 0.084, 0.270}, {"别", 0.131, 0.270}, {"民", 0.304, 0.270},
    {"族", 0.351, 0.270}, {"出", 0.084, 0.385}, {"生", 0.131, 0.385}, {"年", 0.308, 0.385}, {"月", 0.413, 0.385},
    {"日", 0.515, 0.385}, {"住", 0.084, 0.500}, {"址", 0.131, 0.500}, {"公", 0.085, 0.840}, {"民", 0.126, 0.840},
    {"身", 0.167, 0.840}, {"份", 0.208, 0.840}, {"号", 0.249, 0.840}, {"码", 0.290, 0.840}};

/// Where a card of this width lies, turned about its top left corner.
struct Placement {
  double x, y, width, degrees;
  Point at(double fx, double fy) const {
    const double c = std::cos(degrees * 0.0174532925), s = std::sin(degrees * 0.0174532925);
    const double mx = fx * width, my = fy * width * 54 / 85.6;
    return {x + c * mx - s * my, y + s * mx + c * my};
  }
  Quad quad() const { return {{{at(0, 0), at(1, 0), at(1, 1), at(0, 1)}}}; }
};

Symbol symbol(const std::string& text, const Point& middle, double size) {
  Symbol s;
  s.text = text;
  s.box = {middle.x - size / 2, middle.y - size / 2, size, size};
  return s;
}

PageText page_of(const Placement& card, std::size_t first, std::size_t last, double noise_px) {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0, noise_px);
  PageText page;
  TextLine line;
  for (std::size_t i = first; i < last; ++i) {
    const Point p = card.at(labels[i].x, labels[i].y);
    line.symbols.push_back(symbol(labels[i].text, {p.x + noise(random), p.y + noise(random)}, 0.035 * card.width));
  }
  page.lines.push_back(line);
  return page;
}

}  // namespace

TEST(PlaceCard, corners_come_back_from_all_labels) {
  for (const double degrees : {-15.0, 0.0, 8.0}) {
    const Placement card{120, 90, 500, degrees};
    const auto found = place_card(page_of(card, 0, labels.size(), 1.0));
    ASSERT_TRUE(found) << degrees;
    EXPECT_EQ(found->kind, page::PageKind::cn_id_portrait);
    EXPECT_EQ(found->rows, 5);
    EXPECT_LT(farthest(found->quad, card.quad()), 0.02 * card.width) << degrees;
  }
}

TEST(PlaceCard, a_card_cut_below_its_address_is_placed_by_the_rest) {
  const Placement card{300, 200, 600, 4};
  const auto found = place_card(page_of(card, 0, 13, 1.0));
  ASSERT_TRUE(found);
  EXPECT_LT(farthest(found->quad, card.quad()), 0.06 * card.width);
}

TEST(PlaceCard, strange_text_around_it_does_not_move_it) {
  const Placement card{120, 90, 500, 3};
  PageText page = page_of(card, 0, labels.size(), 1.0);
  std::mt19937 random(11);
  std::uniform_real_distribution<double> anywhere(0, 700);
  TextLine poster;
  for (int i = 0; i < 60; ++i)
    poster.symbols.push_back(
        symbol(labels[static_cast<std::size_t>(i) % labels.size()].text, {anywhere(random), anywhere(random)}, 18));
  page.lines.push_back(poster);
  const auto found = place_card(page);
  ASSERT_TRUE(found);
  EXPECT_LT(farthest(found->quad, card.quad()), 0.03 * card.width);
}

TEST(PlaceCard, the_glyphs_in_running_text_make_no_card) {
  PageText page;
  for (int row = 0; row < 8; ++row) {
    TextLine line;
    int column = 0;
    for (const char* text : {"出", "生", "人", "民", "在", "年", "月", "日", "住", "一", "号"})
      line.symbols.push_back(symbol(text, {40.0 + 26 * column++, 40.0 + 34 * row}, 24));
    page.lines.push_back(line);
  }
  EXPECT_FALSE(place_card(page));
  EXPECT_FALSE(place_card({}));
  // Three glyphs of one row are too few, wherever they lie.
  EXPECT_FALSE(place_card(page_of({0, 0, 500, 0}, 8, 11, 0)));
}

TEST(PlaceCards, both_sides_copied_on_one_sheet_are_two_cards) {
  const Placement upper{120, 90, 400, 2}, lower{130, 520, 400, 2};
  PageText page = page_of(upper, 0, labels.size(), 1.0);
  TextLine line;
  const auto print = [&](std::initializer_list<const char*> texts, double from, double to, double y, double size) {
    int i = 0;
    for (const char* text : texts)
      line.symbols.push_back(symbol(
          text, lower.at(from + (i++ + 0.5) * (to - from) / static_cast<double>(texts.size()), y), size * lower.width));
  };
  print({"居", "民", "身", "份", "证"}, 0.270, 0.870, 0.345, 0.06);
  print({"签", "发", "机", "关"}, 0.190, 0.360, 0.752, 0.035);
  print({"有", "效", "期", "限"}, 0.190, 0.360, 0.872, 0.035);
  page.lines.push_back(line);
  const std::vector<PrintPage> found = place_cards(page);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].kind, page::PageKind::cn_id_portrait);
  EXPECT_EQ(found[1].kind, page::PageKind::cn_id_emblem);
  EXPECT_LT(farthest(found[0].quad, upper.quad()), 0.03 * upper.width);
  EXPECT_LT(farthest(found[1].quad, lower.quad()), 0.05 * lower.width);
  EXPECT_EQ(place_cards(page_of(upper, 0, labels.size(), 1.0)).size(), 1U);
  EXPECT_TRUE(place_cards({}).empty());
}
