#include "kualik/numbers/case_number.h"

#include <gtest/gtest.h>

#include "cases.h"

namespace kualik::numbers {
namespace {

TEST(CaseNumber, ReadsTheFormsOfTheTable) {
  for (const auto& row : test::cases("case_numbers.tsv", 8)) {
    const auto number = parse_case_number(row[0], test::on_the_day());
    EXPECT_EQ(test::words(number.reasons), row[1]) << row[0];
    ASSERT_EQ(number.value.has_value(), !row[2].empty()) << row[0];
    if (!number.value) continue;
    EXPECT_EQ(name(number.value->kind), row[2]) << row[0];
    EXPECT_EQ(number.value->canonical, row[3]) << row[0];
    EXPECT_EQ(number.value->issuer, row[4]) << row[0];
    EXPECT_EQ(number.value->special, row[5]) << row[0];
    EXPECT_EQ(number.value->type, row[6]) << row[0];
    EXPECT_EQ(number.value->court ? number.value->court->name : "", row[7]) << row[0];
    // The canonical form reads as itself.
    const auto again = parse_case_number(number.value->canonical, test::on_the_day());
    ASSERT_TRUE(again.value) << number.value->canonical;
    EXPECT_EQ(again.value->canonical, number.value->canonical);
  }
}

TEST(CaseNumber, PrefixEndsWhereTheNumberEnds) {
  std::size_t used = 0;
  const std::string number = "（2018）新40刑初12号之一";
  ASSERT_TRUE(parse_case_number_prefix(number + " 刑事判决书", used).value);
  EXPECT_EQ(used, number.size());
  EXPECT_FALSE(parse_case_number_prefix("（2018）年度报告", used).value);
  EXPECT_EQ(used, 0U);
}

TEST(Court, ByNameWithAndWithoutTheProvince) {
  const auto plain = courts_by_name("霍城县人民法院");
  ASSERT_EQ(plain.size(), 1U);
  EXPECT_EQ(plain[0].code, "新4023");
  const auto full = courts_by_name("新疆维吾尔自治区霍城县人民法院");
  ASSERT_EQ(full.size(), 1U);
  EXPECT_EQ(full[0].code, "新4023");
  EXPECT_TRUE(courts_by_name("四川省霍城县人民法院").empty());
  EXPECT_TRUE(courts_by_name("").empty());
}

TEST(Court, ByNameWithPartsOfTheHeadLeftOut) {
  const auto code = [](std::string_view name) {
    const auto found = courts_by_name(name);
    return found.size() == 1 ? std::string(found[0].code) : std::to_string(found.size()) + " courts";
  };
  EXPECT_EQ(code("乌鲁木齐市中级人民法院"), "新01");
  EXPECT_EQ(code("新疆维吾尔自治区塔城地区中级人民法院"), "新42");
  EXPECT_EQ(code("伊犁哈萨克自治州霍城县人民法院"), "新4023");
  EXPECT_EQ(code("中华人民共和国最高人民法院"), "最高法");
  for (const char* name : {"中级人民法院", "人民法院", "四川省塔城地区中级人民法院", "市中级人民法院"})
    EXPECT_EQ(code(name), "0 courts") << name;
}

TEST(Court, NameOfTheYear) {
  EXPECT_EQ(find_court("新4223", 2018)->name, "沙湾县人民法院");
  EXPECT_EQ(find_court("新4223", 2022)->name, "沙湾市人民法院");
  EXPECT_FALSE(find_court("新4099"));
  EXPECT_EQ(find_court("兵11")->name.find("第十二师") != std::string_view::npos, true);  // The trap of the numbering.
}

TEST(Court, EveryCodeOfTheTableReads) {
  for (const char* code : {"最高法", "京", "新40", "新4023", "兵0401"}) {
    const auto number = parse_case_number(std::string("（2018）") + code + "刑初1号");
    ASSERT_TRUE(number.ok()) << code << test::words(number.reasons);
    EXPECT_EQ(number.value->issuer, code);
  }
}

// The canonical form has a 第 more than print may have; sixteen characters before it read all the same.
TEST(CaseNumber, LongestFormsReadAsTheirOwnCanonicalForm) {
  for (const char* court : {"陕河北广东人民省省县人民法院翈", "一二三四五六七八九十刑初"}) {
    const auto number = parse_case_number(std::string("(2014)") + court + "字1");
    if (!number.value) continue;
    const auto again = parse_case_number(number.value->canonical);
    ASSERT_TRUE(again.value) << number.value->canonical;
    EXPECT_EQ(again.value->canonical, number.value->canonical);
  }
  EXPECT_TRUE(parse_case_number("(2014)陕河北广东人民省省县人民法院翈字1").value);
}

TEST(CaseNumber, AnyBytesAreData) {
  std::mt19937 random(7);
  const std::string valid = "霍公（禁毒）行罚决字〔2019〕51476号";
  for (int n = 0; n < 20000; ++n) {
    std::string text = valid;
    for (int k = 0; k < 3; ++k) text[random() % text.size()] = static_cast<char>(random());
    const auto number = parse_case_number(text);
    EXPECT_TRUE(number.value || number.reasons.has_error());
  }
}

}  // namespace
}  // namespace kualik::numbers
