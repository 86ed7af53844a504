#include "kualik/numbers/region.h"

#include <gtest/gtest.h>

namespace kualik::numbers {
namespace {

std::vector<int> codes(const std::vector<RegionToday>& list) {
  std::vector<int> out;
  out.reserve(list.size());
  for (const RegionToday& r : list) out.push_back(r.code);
  return out;
}

TEST(Region, HoldsEveryCodeThatCanStandOnCards) { EXPECT_EQ(region_code_count(), 7108); }

TEST(Region, NamesAsOfAYear) {
  EXPECT_EQ(region_path(654101, 1990), "新疆维吾尔自治区伊犁地区伊宁市");
  EXPECT_EQ(region_path(654002, 2018), "新疆维吾尔自治区伊犁哈萨克自治州伊宁市");
  EXPECT_EQ(region_path(110101, 2020), "北京市东城区");
  EXPECT_EQ(region_path(659001, 2000), "新疆维吾尔自治区石河子市");
  EXPECT_EQ(region_path(999999, 2000), "");
  RegionRecord record;
  ASSERT_TRUE(find_region(650107, 1990, record));
  EXPECT_EQ(record.name, "南山矿区");
  ASSERT_TRUE(find_region(650107, 2010, record));
  EXPECT_EQ(record.name, "达坂城区");
}

TEST(Region, FollowsRenumberingsToToday) {
  EXPECT_EQ(codes(regions_today(652401)), (std::vector<int>{654002}));  // 652401 → 654101 → 654002
  EXPECT_EQ(codes(regions_today(652421)), (std::vector<int>{654021}));
  EXPECT_EQ(codes(regions_today(652101)), (std::vector<int>{650402}));
  EXPECT_EQ(codes(regions_today(110103)), (std::vector<int>{110101}));
  const auto split = regions_today(130106);
  EXPECT_GT(split.size(), 2U);
  for (const RegionToday& r : split) EXPECT_TRUE(r.partial);
  EXPECT_TRUE(regions_today(123456).empty());
}

TEST(Region, EveryTrailEnds) {
  for (int i = 0; i < region_record_count(); ++i)
    for (const RegionToday& r : regions_today(region_record(i).code)) EXPECT_GT(r.code, 0);
}

TEST(Region, PeriodRule) {
  EXPECT_EQ(check_region(999999, 1990), ReasonSet{Reason::unknown_type} | ReasonSet{Reason::unknown_region});
  EXPECT_TRUE(check_region(110101, 1930).empty());
  EXPECT_EQ(check_region(370620, 1995), ReasonSet{Reason::region_ended});  // Ended 1987.
  EXPECT_TRUE(check_region(370620, 1950).empty());                         // An adult of 1984.
  EXPECT_EQ(check_region(500154, 1993), ReasonSet{Reason::region_newer});
  EXPECT_TRUE(check_region(500154, 2005).empty());
  EXPECT_EQ(check_region(110201, 1950), ReasonSet{Reason::region_ended});  // Before numbers were issued.
  EXPECT_TRUE(check_region(320219, 1990).empty());                         // In no table but on cards.
  for (int permit : {810000, 820000, 830000}) EXPECT_TRUE(check_region(permit, 1950).empty()) << permit;
}

TEST(Region, NeverAnError) {
  for (int code = 0; code < 1000000; code += 7)
    for (int year : {1800, 1950, 2020, 9999}) ASSERT_FALSE(check_region(code, year).has_error()) << code;
}

TEST(Region, NearestKnown) {
  EXPECT_EQ(nearest_known_region(654199), 654100);
  EXPECT_EQ(nearest_known_region(659999), 650000);
  EXPECT_EQ(nearest_known_region(990101), 0);
}

TEST(Country, ByBothCodes) {
  Country c;
  ASSERT_TRUE(find_country("KAZ", c));
  EXPECT_EQ(c.numeric, 398);
  ASSERT_TRUE(find_country(156, c));
  EXPECT_EQ(c.alpha3, "CHN");
  EXPECT_TRUE(find_country("D<<", c));
  EXPECT_FALSE(find_country("ZZZ", c));
}

}  // namespace
}  // namespace kualik::numbers
