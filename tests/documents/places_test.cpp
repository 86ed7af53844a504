// Where values stand: lines, quads and scores from symbols, spans in subtitles, text cut over lines.

#include <gtest/gtest.h>

#include "kualik/documents/parse.h"
#include "kualik/text/utf8.h"

namespace {

using namespace kualik;

// A page as OCR gives it: symbols of 10 x 20 pixels, line k at y = 40 k; the probability of digit symbols is `digits`.
PageText page_of(const std::vector<std::string>& lines, float digits) {
  PageText page;
  page.width = 800;
  page.height = 600;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    TextLine line;
    line.text = lines[l];
    double x = 0;
    for (char32_t c : text::to_u32(lines[l])) {
      Symbol s;
      text::append_utf8(s.text, c);
      s.probability = c >= U'0' && c <= U'9' ? digits : 1.0F;
      s.box = {x, 40.0 * static_cast<double>(l), 10, 20};
      x += 10;
      line.symbols.push_back(s);
    }
    page.lines.push_back(line);
  }
  return page;
}

TEST(Places, QuadIsTheUnionOfTheSymbols) {
  const auto page = page_of({"姓名努尔兰", "性别男民族汉", "公民身份号码654023188506150134", "出生1885年6月15日",
                             "住址新疆霍城县红旗乡", "青松村"},
                            1.0F);
  const auto found = documents::parse(page);
  ASSERT_EQ(found.size(), 1U);
  const auto* number = found[0].find("id_number");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->quad, Quad::from_rect({60, 80, 180, 20}));
  EXPECT_EQ(number->line, 2U);
  EXPECT_DOUBLE_EQ(number->confidence, 1.0);
  const auto* address = found[0].find("address");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->value, "新疆霍城县红旗乡青松村");
  EXPECT_EQ(address->quad, Quad::from_rect({0, 160, 100, 60}));
}

TEST(Places, ScoreFallsWithTheSymbols) {
  const auto sure = documents::parse(page_of({"姓名努尔兰", "公民身份号码654023188506150134"}, 0.9F), {});
  const auto unsure = documents::parse(page_of({"姓名努尔兰", "公民身份号码654023188506150134"}, 0.5F), {});
  const auto* high = sure.at(0).find("id_number");
  const auto* low = unsure.at(0).find("id_number");
  ASSERT_TRUE(high && low);
  EXPECT_NEAR(high->confidence, 0.9, 1e-6);
  EXPECT_NEAR(low->confidence, 0.5, 1e-6);
}

TEST(Places, LinesMayBreakAnywhere) {
  const std::string text =
      "霍城县人民法院\n刑事判决书\n（2018）新4023刑初12号\n公诉机关霍城县人民检察院。\n被告人努尔兰·巴合提，男，1885年6"
      "月15日出生，哈萨克族，住霍城县红旗乡。\n"
      "判决如下：\n被告人努尔兰·巴合提犯参加恐怖组织罪，判处有期徒刑十年。\n（刑期自2017年11月3日起至2027年11月2日止）";
  const auto whole = documents::parse_text(text);
  ASSERT_EQ(whole.size(), 1U);
  const std::size_t body = text.find("（2018）");
  // Behind the title a line break after any character changes no value.
  for (std::size_t at = body + 3; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) continue;
    std::string broken = text;
    broken.insert(at, "\n");
    const auto found = documents::parse_text(broken);
    ASSERT_EQ(found.size(), 1U) << at;
    for (const auto& f : whole[0].fields) {
      const auto* same = found[0].find(f.key);
      ASSERT_TRUE(same) << f.key << " with a break at byte " << at << ": " << broken.substr(at - 9, 20);
      EXPECT_EQ(same->value, f.value) << at;
    }
  }
}

TEST(Places, SubtitlesKeepSpansOfTheFile) {
  const std::string text =
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<b>号码654023</b>\n\n00:02.000 --> 00:03.000\n188506150134\n";
  const auto found = documents::parse_text(text);
  ASSERT_EQ(found.size(), 1U);
  const auto* number = found[0].find("id_number");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->value, "654023188506150134");
  EXPECT_EQ(text.substr(number->span.begin, 6), "654023");
  EXPECT_EQ(text.substr(number->span.end - 4, 4), "0134");
}

TEST(Places, NothingFromNothing) {
  EXPECT_TRUE(documents::parse_text("").empty());
  EXPECT_TRUE(documents::parse_text(" \n　\n").empty());
  for (const char* text : {"!", "姓名", "被告人", "判决如下", "（", "号", "\xFF\xFE", "自起至止"}) {
    for (const auto& d : documents::parse_text(text)) EXPECT_EQ(d.kind, documents::Kind::other_document) << text;
  }
}

TEST(Places, TheHintedKindHoldsOnAThinPage) {
  documents::ParseOptions options;
  options.hint = documents::Kind::cn_id_portrait;
  const auto found = documents::parse(PageText::from_text("姓名努尔兰\n性别男"), options);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, documents::Kind::cn_id_portrait);
}

}  // namespace
