// What is imposed, as printed and as misread: a word that was mended is said to be, and never `passes`.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "kualik/documents/parse.h"
#include "support/tsv.h"

namespace {

using namespace kualik;

TEST(Penalties, MisreadWordsAreMendedAndSaid) {
  for (const auto& row : test::read_tsv("documents/penalties.tsv")) {
    std::string behind = row.at(0);
    std::replace(behind.begin(), behind.end(), '|', '\n');
    const std::string text =
        "霍城县人民法院\n刑事判决书\n（2018）新4023刑初12号\n被告人努尔兰·巴合提，男，1885年6月15日出生。\n判决如下：\n"
        "被告人努尔兰·巴合提犯盗窃罪，判处有期徒刑六年" +
        behind + "\n";
    const auto found = documents::parse_text(text);
    ASSERT_EQ(found.size(), 1U) << text;
    const documents::Field* sentence = found[0].find("sentence");
    ASSERT_TRUE(sentence) << text;
    EXPECT_EQ(sentence->value, "P6Y") << text;
    const documents::Field* field = found[0].find(row.at(1));
    if (row.at(2).empty()) {
      EXPECT_FALSE(field) << text;
      continue;
    }
    ASSERT_TRUE(field) << text;
    EXPECT_EQ(field->value, row.at(2)) << text;
    EXPECT_EQ(field->reasons.has(Reason::repaired), row.at(3) == "yes") << text;
  }
}

}  // namespace
