#include "kualik/text/dates.h"

#include <gtest/gtest.h>

#include <random>

#include "kualik/text/normalize.h"
#include "kualik/text/numerals.h"
#include "support/tsv.h"

namespace {

using namespace kualik;

TEST(Dates, TableOfForms) {
  const auto rows = test::read_tsv("text/dates.tsv");
  ASSERT_GE(rows.size(), 40U);
  for (const auto& row : rows) {
    const auto read = text::parse_date(row.at(0));
    if (row.at(1) == "-") {
      EXPECT_FALSE(read.value) << row.at(0);
      continue;
    }
    ASSERT_TRUE(read.value) << row.at(0);
    EXPECT_EQ(read.value->iso(), row.at(1)) << row.at(0);
    EXPECT_EQ(test::reason_names(read.reasons), row.size() > 2 ? row.at(2) : "") << row.at(0);
  }
}

TEST(Dates, EveryDayOfTwoCenturiesRoundTripsInEveryForm) {
  for (std::int64_t day = days_since_epoch({1850, 1, 1}); day < days_since_epoch({2050, 1, 1}); day += 3) {
    const Date date = text::from_days(day);
    ASSERT_TRUE(date.valid());
    ASSERT_EQ(days_since_epoch(date), day);
    const std::string han = text::to_han(date.year, text::HanStyle::positional) + "年" + text::to_han(date.month) +
                            "月" + text::to_han(date.day) + "日";
    const std::string dotted =
        std::to_string(date.year) + "." + std::to_string(date.month) + "." + std::to_string(date.day);
    for (const std::string& form : {han, dotted, iso(date)}) {
      const auto read = text::parse_date(form);
      ASSERT_TRUE(read.ok()) << form;
      ASSERT_EQ(read.value->date, date) << form;
    }
  }
}

TEST(Dates, FoundInsideText) {
  const auto chars = text::fold("编号12345，于2018年5月3日被刑事拘留").chars();
  const auto found = text::find_date(chars, 0, chars.size());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->match.reading.iso(), "2018-05-03");
  EXPECT_EQ(chars[found->begin], U'2');
  EXPECT_FALSE(text::find_date(chars, found->match.end, chars.size()));
}

TEST(Terms, EndOfTerm) {
  const auto rows = test::read_tsv("text/terms.tsv");
  ASSERT_GE(rows.size(), 12U);
  for (const auto& row : rows) {
    const Date start = text::parse_date(row.at(0)).value->date;
    const auto term = text::duration_from_iso(row.at(1));
    ASSERT_TRUE(term) << row.at(1);
    EXPECT_EQ(iso(text::end_of_term(start, *term, std::stoi(row.at(2)))), row.at(3)) << row.at(0) << ' ' << row.at(1);
  }
}

// What a term leaves is one day short of the day that the calendar moves to; a longer term never ends earlier.
TEST(Terms, Properties) {
  std::mt19937 random(5);  // NOLINT: a fixed seed keeps the cases the same
  for (int i = 0; i < 20'000; ++i) {
    const Date start = text::from_days(static_cast<std::int64_t>(random() % 60'000) - 20'000);
    const int months = static_cast<int>(random() % 300) + 1;
    const text::Duration term{months / 12, months % 12, 0};
    const Date end = text::end_of_term(start, term);
    const auto moved = text::add_months(start, months);
    ASSERT_TRUE(end.valid());
    ASSERT_EQ(text::add_days(end, moved.clamped ? 0 : 1), moved.date);
    ASSERT_LT(text::end_of_term(start, term, 1), end);
    const Date longer = text::end_of_term(start, {(months + 1) / 12, (months + 1) % 12, 0});
    ASSERT_LT(end, longer);
    ASSERT_EQ(text::full_years(start, text::add_months(start, 12 * (months / 12)).date),
              months / 12 -
                  (start.month == 2 && start.day == 29 && text::add_months(start, 12 * (months / 12)).clamped ? 1 : 0));
  }
}

}  // namespace
