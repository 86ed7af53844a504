#include "reader/plain_text.h"

#include <gtest/gtest.h>

#include "documents/telling.h"
#include "kualik/record/fusion.h"

namespace kualik::reader {
namespace {

PageText page_of(const std::vector<std::string>& lines, float confidence = 0.97F) {
  PageText page;
  for (const std::string& text : lines) {
    TextLine line;
    line.text = text;
    line.confidence = confidence;
    for (const std::string& s : record::symbols_of(text)) line.symbols.push_back({s, confidence, {}, {}});
    page.lines.push_back(line);
  }
  return page;
}

const std::vector<std::string> notice = {
    "各位村民：接城关镇派出所要求，凡家中有人在境外", "或有亲属被收押、判刑的，请于本月十日前带上证件",
    "到村民委员会登记。登记时请说明外出时间和住址", "隐瞒不报的，由公安机关依法处理，请互相转告。"};
const std::vector<std::string> book = {
    "他推开窗子，看见院子里的树，河水慢慢地流过村庄", "孩子们在草地上奔跑，风从草原上吹来，月亮升起来了",
    "母亲在灯下缝衣服，羊群从山坡上下来，天色暗了", "第二天早上他起得很早，山里的春天已经到了，花开"};

TEST(PlainText, APageThatTellsOfCustodyIsWorthARecord) { EXPECT_GE(telling_score(plain_text(page_of(notice))), tells); }

TEST(PlainText, APageOfABookIsNone) {
  std::vector<std::string> whole;
  for (int i = 0; i < 6; ++i) whole.insert(whole.end(), book.begin(), book.end());
  const PlainText text = plain_text(page_of(whole));
  EXPECT_EQ(text.words, 0);
  EXPECT_LT(telling_score(text), tells);
  // A picture of it that was given for its own sake is another thing.
  EXPECT_GE(telling_score(text), is_page_of_text);
}

TEST(PlainText, OneWordOverADoorIsNone) {
  std::vector<std::string> whole = book;
  whole.push_back("清水河镇派出所欢迎各位光临指导工作");
  EXPECT_LT(telling_score(plain_text(page_of(whole))), tells);
}

TEST(PlainText, SignsAndWhatHardlyReadsAreNone) {
  EXPECT_EQ(plain_text(page_of({"公安局", "人民法院", "看守所", "监狱", "派出所"})).lines, 0);
  EXPECT_LT(telling_score(plain_text(page_of(notice, 0.6F))), is_page_of_text);
  EXPECT_EQ(telling_score(plain_text({})), 0);
}

TEST(TellingWords, DifferentOnesAreCounted) {
  EXPECT_EQ(documents::telling_words("法院 法院 檢察院"), 2);  // Traditional ones as well
  EXPECT_EQ(documents::telling_words("被看\n守所"), 1);        // broken over lines
  EXPECT_EQ(documents::telling_words("Суд приговорил его, он арестован"), 3);
  EXPECT_EQ(documents::telling_words("Прошу рассудить, посудите сами"), 0);  // not from the beginning of a word
  EXPECT_EQ(documents::telling_words("She was ARRESTED; police took her passport"), 3);
}

}  // namespace
}  // namespace kualik::reader
