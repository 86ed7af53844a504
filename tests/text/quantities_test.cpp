#include <gtest/gtest.h>

#include "kualik/text/duration.h"
#include "kualik/text/money.h"
#include "support/tsv.h"

namespace {

using namespace kualik;

template <class Parse, class Show>
void expect_rows(const std::string& path, std::size_t at_least, Parse parse, Show show) {
  const auto rows = test::read_tsv(path);
  ASSERT_GE(rows.size(), at_least);
  for (const auto& row : rows) {
    const auto read = parse(row.at(0));
    if (row.at(1) == "-") {
      EXPECT_FALSE(read.value) << row.at(0);
      continue;
    }
    ASSERT_TRUE(read.value) << row.at(0);
    EXPECT_EQ(show(*read.value), row.at(1)) << row.at(0);
    EXPECT_EQ(test::reason_names(read.reasons), row.size() > 2 ? row.at(2) : "") << row.at(0);
  }
}

TEST(Durations, TableOfForms) {
  expect_rows("text/durations.tsv", 20, text::parse_duration, [](const text::Duration& d) { return d.iso(); });
}

TEST(Durations, RoundTripInHanAndIso) {
  for (int years = 0; years < 26; ++years) {
    for (int months = 0; months < 12; ++months) {
      for (int days : {0, 1, 15, 29}) {
        const text::Duration term{years, months, days};
        if (term.empty()) continue;
        EXPECT_EQ(text::duration_from_iso(term.iso()), term);
        const auto read = text::parse_duration(text::to_han(term));
        ASSERT_TRUE(read.ok()) << text::to_han(term);
        EXPECT_EQ(*read.value, term);
      }
    }
  }
  for (const char* wrong : {"", "P", "P1", "1Y", "P1M1Y", "PY", "P1Y1Y", "P1X"})
    EXPECT_FALSE(text::duration_from_iso(wrong));
}

TEST(Money, TableOfForms) {
  expect_rows("text/money.tsv", 15, text::parse_money, [](const text::Money& m) { return m.to_string(); });
}

}  // namespace
