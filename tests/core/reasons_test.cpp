#include "kualik/core/reasons.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "kualik/core/checked.h"
#include "kualik/core/page_text.h"

namespace kualik {
namespace {

TEST(ReasonSet, SplitsErrorsFromDoubts) {
  ReasonSet set{Reason::unknown_region};
  EXPECT_FALSE(set.has_error());
  EXPECT_TRUE(set.has_doubt());
  set.add(Reason::bad_check_digit);
  EXPECT_TRUE(set.has_error());
  EXPECT_EQ(set.bits(), (1u << 16) | (1u << 2));
  set.remove(Reason::unknown_region);
  EXPECT_FALSE(set.has_doubt());
}

TEST(ReasonSet, IteratesInBitOrder) {
  std::vector<std::string> names;
  for (Reason r : ReasonSet{Reason::masked, Reason::bad_date, Reason::bad_length}) names.emplace_back(name(r));
  EXPECT_EQ(names, (std::vector<std::string>{"bad_length", "bad_date", "masked"}));
}

TEST(ReasonSet, EveryNamedBitHasItsOwnName) {
  std::set<std::string_view> seen;
  for (unsigned bit = 0; bit < 32; ++bit) {
    const std::string_view n = name(static_cast<Reason>(bit));
    if (n != "reserved") {
      EXPECT_TRUE(seen.insert(n).second) << n;
    }
  }
  EXPECT_EQ(seen.size(), 25u);
}

TEST(ReasonSet, RoundTripsBits) {
  for (std::uint32_t bits : {0u, 1u, 0xFFFFFFFFu, 0x80010001u}) EXPECT_EQ(ReasonSet::from_bits(bits).bits(), bits);
}

TEST(Checked, DoubtIsPossibleButNotOk) {
  Checked<int> c{1, {Reason::unknown_region}};
  EXPECT_TRUE(c.possible());
  EXPECT_FALSE(c.ok());
  c.reasons.add(Reason::bad_date);
  EXPECT_FALSE(c.possible());
}

TEST(PageText, KeepsEmptyLinesAndDropsCarriageReturns) {
  const PageText page = PageText::from_text("a\r\n\nb");
  ASSERT_EQ(page.lines.size(), 3u);
  EXPECT_EQ(page.text(), "a\n\nb");
}

}  // namespace
}  // namespace kualik
