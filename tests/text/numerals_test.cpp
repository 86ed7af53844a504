#include "kualik/text/numerals.h"

#include <gtest/gtest.h>

#include "kualik/text/normalize.h"
#include "support/tsv.h"

namespace {

using namespace kualik;

TEST(Numerals, TableOfForms) {
  const auto rows = test::read_tsv("text/numerals.tsv");
  ASSERT_GE(rows.size(), 40U);
  for (const auto& row : rows) {
    const auto read = text::parse_numeral(row.at(0));
    if (row.at(1) == "-") {
      EXPECT_FALSE(read.value) << row.at(0);
      continue;
    }
    ASSERT_TRUE(read.value) << row.at(0);
    EXPECT_EQ(*read.value, std::stoll(row.at(1))) << row.at(0);
    EXPECT_EQ(test::reason_names(read.reasons), row.size() > 2 ? row.at(2) : "") << row.at(0);
  }
}

// parse(to_han(x)) == x in every style; positional only where no leading zero is lost, which holds for every number.
TEST(Numerals, RoundTrip) {
  std::int64_t step = 1;
  for (std::int64_t n = 0; n < 999'999'999'999; n += step) {
    for (const auto style : {text::HanStyle::ranked, text::HanStyle::formal, text::HanStyle::positional}) {
      const std::string written = text::to_han(n, style);
      const auto read = text::parse_numeral(written);
      ASSERT_TRUE(read.value) << written;
      ASSERT_EQ(*read.value, n) << written;
      ASSERT_TRUE(read.reasons.empty()) << written;
    }
    if (n > 20'000) step = n / 997 + 1;
  }
}

TEST(Numerals, MatchStopsWhereTheNumeralStops) {
  const auto chars = text::fold("二〇一八年五月").chars();
  const auto match = text::match_numeral(chars, 0);
  ASSERT_TRUE(match);
  EXPECT_EQ(match->end, 4U);
  EXPECT_EQ(match->value, 2018);
  EXPECT_FALSE(text::match_numeral(chars, 4));
  EXPECT_FALSE(text::match_numeral(chars, 400));
}

}  // namespace
