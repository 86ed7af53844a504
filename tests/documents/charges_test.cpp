#include "kualik/documents/charges.h"

#include <gtest/gtest.h>

#include "support/tsv.h"

namespace {

using namespace kualik;

TEST(Charges, TableOfForms) {
  const auto rows = test::read_tsv("documents/charges.tsv");
  ASSERT_GE(rows.size(), 30U);
  for (const auto& row : rows) {
    const auto match = documents::match_charge(row.at(0));
    EXPECT_EQ(documents::name(match.how), row.at(1)) << row.at(0);
    EXPECT_EQ(match.official, row.at(2)) << row.at(0);
    EXPECT_EQ(match.charge, row.at(3).empty() ? row.at(0) : row.at(3)) << row.at(0);
  }
}

// Every name of the table is found as itself, every variant as a form of its charge, and none of them is ambiguous.
TEST(Charges, EveryRowFindsItself) {
  std::size_t rows = 0;
  bool header = true;
  for (const auto& row : test::read_tsv("../data/charges.tsv")) {
    if (header) {
      header = false;
      continue;
    }
    const auto match = documents::match_charge(row.at(0));
    EXPECT_EQ(documents::name(match.how), "exact") << row.at(0);
    EXPECT_EQ(match.official, row.at(0));
    EXPECT_FALSE(match.ambiguous) << row.at(0);
    ++rows;
  }
  EXPECT_EQ(rows, 542U);
  header = true;
  for (const auto& row : test::read_tsv("../data/charge_variants.tsv")) {
    if (header) {
      header = false;
      continue;
    }
    const auto match = documents::match_charge(row.at(0));
    EXPECT_TRUE(match.how == documents::ChargeHow::variant || match.how == documents::ChargeHow::exact) << row.at(0);
  }
}

TEST(Charges, YearsInForce) {
  const auto spread = documents::match_charge("宣扬极端主义罪");
  EXPECT_FALSE(documents::charge_in_force(spread, {2015, 10, 31}));
  EXPECT_TRUE(documents::charge_in_force(spread, {2015, 11, 1}));
  const auto poison = documents::match_charge("投毒罪");
  EXPECT_TRUE(documents::charge_in_force(poison, {2001, 1, 1}));
  EXPECT_FALSE(documents::charge_in_force(poison, {2002, 3, 26}));
  EXPECT_EQ(poison.replaced_by, "投放危险物质罪");
}

}  // namespace
