// What names and places are known offers candidates; what reads as it should offers none of itself.
#include "kualik/record/knowledge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "record/address_words.h"
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

TEST(PlaceNames, a_short_province_and_a_county_are_told) {
  const PlaceHead head = place_head("新疆呼图壁县新华街道");
  EXPECT_EQ(head.names, 2);
  EXPECT_EQ(head.symbols, 6U);
  EXPECT_TRUE(head.nested && head.county);
  EXPECT_FALSE(place_head("新疆维吾尔自治区楼敏县").county);
}

TEST(AddressWords, words_count_for_an_address_and_a_wrong_character_is_offered_right) {
  EXPECT_GT(address_tail("新华街道人民社区39号"), 0);
  EXPECT_EQ(address_tail("39号"), 0);
  EXPECT_LT(address_tail("躲斯铁热克乡"), address_tail("阔斯铁热克乡")) << "no place is named with 躲";
  EXPECT_GT(address_tail("幸福街道健"), address_tail("幸福街道储")) << "健 begins 健康";
  EXPECT_LT(address_tail("斯华街道人民杜区39号"), address_tail("新华街道人民社区39号"));
  EXPECT_TRUE(holds(similar_address_words("呼图壁县斯华街道39号", 4, 40), "呼图壁县新华街道39号"));
  EXPECT_FALSE(holds(similar_address_words("4华街道", 0, 40), "新华街道"))
      << "a digit is no misread character of a word";
}

TEST(Knowledge, rows_of_an_address_are_judged_together) {
  KnowledgeOptions options;
  options.above = "陕西省平利县幸福街道健";
  const Prior row = prior_for("address_row", options);
  EXPECT_GT(row("康社区31号"), row("储社区31号"));
  EXPECT_TRUE(holds(proposals_for("address_row", options)("庸社区31号"), "康社区31号"));
}

TEST(NameKnowledge, characters_that_stand_in_names_and_surnames_count) {
  EXPECT_GT(han_name_likelihood("魏毅祖"), han_name_likelihood("魏躲祖"));
  EXPECT_GT(han_name_likelihood("魏毅祖"), han_name_likelihood("躲毅祖"));
  EXPECT_GT(han_name_likelihood("欧阳毅"), han_name_likelihood("欧躲毅"));
  EXPECT_GT(han_name_likelihood("朱马别克·托合塔尔"), han_name_likelihood("朱马判克·托合塔尔"));
  EXPECT_GT(han_name_likelihood("努尔兰"), -1) << "a transcription needs no surname";
}

TEST(Knowledge, a_number_speaks_for_the_birth_date_and_the_sex_on_its_card) {
  const KnowledgeOptions known{{2026, 11, 26}, "440524188001010014"};
  const Prior date = prior_for("birth_date", known);
  EXPECT_EQ(date("1880年1月1日"), 0);
  EXPECT_LT(date("1880年1月7日"), -3);
  ASSERT_TRUE(proposals_for("birth_date", known));
  EXPECT_TRUE(holds(proposals_for("birth_date", known)("1880年1月7日"), "1880年1月1日"));
  const Prior sex = prior_for("sex", known);
  EXPECT_GT(sex("男"), sex("女"));
  // A number that breaks a rule says nothing.
  EXPECT_EQ(prior_for("birth_date", {{2026, 11, 26}, "440524188001010013"})("1880年1月7日"), 0);
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
