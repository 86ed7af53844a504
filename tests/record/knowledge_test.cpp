// What names and places are known offers candidates; what reads as it should offers none of itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "record/name_knowledge.h"
#include "record/place_names.h"

using namespace kualik::record;

namespace {

bool holds(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TEST(PlaceNames, head_of_an_address) {
  const PlaceHead head = place_head("新疆维吾尔自治区伊宁市新华西路10号");
  EXPECT_EQ(head.names, 2);
  EXPECT_EQ(head.symbols, 11U);
  EXPECT_TRUE(head.nested);
  EXPECT_EQ(place_head("一萨克自治").names, 0);
  EXPECT_EQ(place_head("").names, 0);
}

TEST(PlaceNames, one_wrong_or_lost_character_is_offered_right) {
  EXPECT_TRUE(holds(similar_places("浙江省西加区团结村4组", 8), "浙江省西湖区团结村4组"));
  EXPECT_TRUE(holds(similar_places("新疆维吾尔自治区伊守市新华西路", 8), "新疆维吾尔自治区伊宁市新华西路"));
  EXPECT_LE(similar_places("浙江省西加区团结村4组", 2).size(), 2U);
  EXPECT_FALSE(holds(similar_places("浙江省西湖区团结村4组", 8), "浙江省西湖区团结村4组"));
}

TEST(NameKnowledge, known_parts_are_likelier) {
  EXPECT_GT(han_name_likelihood("古丽扎提·马拉提"), han_name_likelihood("古第扎提·马拉揾"));
  EXPECT_GT(han_name_likelihood("王小明"), han_name_likelihood("王小8"));
  EXPECT_GT(han_name_likelihood("古丽扎提·马拉提"), han_name_likelihood("古丽扎提马拉提"));
}

TEST(NameKnowledge, a_lost_dot_and_a_wrong_character_are_offered) {
  EXPECT_TRUE(holds(similar_names("巴合提古丽达列力汗", 20), "巴合提古丽·达列力汗"));
  EXPECT_TRUE(holds(similar_names("巴合提古第·达列力汗", 20), "巴合提古丽·达列力汗"));
  EXPECT_FALSE(holds(similar_names("巴合提古丽·达列力汗", 20), "巴合提古丽·达列力汗"));
  EXPECT_LE(similar_names("巴合提古丽达列力汗", 3).size(), 3U);
}
