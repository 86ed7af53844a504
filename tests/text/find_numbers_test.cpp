#include "kualik/text/find_numbers.h"

#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "support/tsv.h"

namespace kualik::text {
namespace {

/// Columns: text, then "kind value | kind value …" in order.
TEST(FindNumbers, FindsWhatTheTableSays) {
  numbers::Options options;
  options.today = {2026, 11, 23};
  for (const auto& row : kualik::test::read_tsv("text/find_numbers.tsv")) {
    std::string got;
    for (const FoundNumber& n : find_numbers(row[0], options)) {
      if (!got.empty()) got += " | ";
      got.append(name(n.kind))
          .append(" ")
          .append(n.value)
          .append(" @")
          .append(row[0].substr(n.span.begin, n.span.size()));
    }
    EXPECT_EQ(got, row.size() > 1 ? row[1] : "") << row[0];
  }
}

TEST(FindNumbers, SaysWhatWasFolded) {
  const auto found = find_numbers("号码：４４０５２４ 18800101-0014");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].folded, folded_width | folded_space | folded_hyphen);
  EXPECT_TRUE(found[0].reasons.has(Reason::normalised));
  EXPECT_TRUE(find_numbers("440524188001010014").at(0).reasons.empty());
}

TEST(FindNumbers, TimeIsLinear) {
  const auto seconds = [](const std::string& unit, std::size_t size) {
    std::string text;
    while (text.size() < size) text += unit;
    double best = 1e9;
    for (int k = 0; k < 4; ++k) {  // Processor time: other work on the machine counts for nothing.
      const std::clock_t start = std::clock();
      (void)find_numbers(text);
      best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
  };
  // Eight times the text may not take thirty times as long; quadratic work would take sixty-four times.
  for (const char* unit : {"1 ", "1", "（2018）", "<", "新检〔", "公（国）", "X", "1-"})
    EXPECT_LT(seconds(unit, 80000), 30 * seconds(unit, 10000) + 0.02) << unit;
}

}  // namespace
}  // namespace kualik::text
