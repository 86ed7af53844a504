#include <map>

#include "kualik/ocr/card_reader.h"
#include "picture.h"

namespace kualik::ocr {
namespace {

// The fields of a card: the preferred reading, rows joined.
std::map<std::string, std::string> fields(const CardReading& card) {
  std::map<std::string, std::string> out;
  EXPECT_EQ(card.keys.size(), card.page.lines.size());
  EXPECT_EQ(card.keys.size(), card.fields.size());
  for (std::size_t i = 0; i < card.keys.size(); ++i) out[card.keys[i]] += card.page.lines[i].text;
  return out;
}

bool any_reader(const CardReading& card, const std::string& key, const std::string& text) {
  for (const FieldReading& f : card.fields)
    for (const LineReading& r : f.readings)
      if (f.key == key && r.line.text == text) return true;
  return false;
}

TEST(Card, PortraitSide) {
  Recognizers readers;
  const cv::Mat image = picture("portrait.jpg");
  const CardReading card = read_card(page::as_view(image), CardSide::resident_portrait, readers);
  auto got = fields(card);
  EXPECT_EQ(got["id_number"], "654199188706150027");
  EXPECT_TRUE(any_reader(card, "name", "阿依古丽·买买提")) << got["name"];
  EXPECT_TRUE(any_reader(card, "sex", "女")) << got["sex"];
  EXPECT_TRUE(any_reader(card, "ethnicity", "哈萨克")) << got["ethnicity"];
  EXPECT_TRUE(any_reader(card, "birth_date", "1887年6月15日")) << got["birth_date"];
  EXPECT_TRUE(any_reader(card, "address", "新疆塔城市新城街道文化")) << got["address"];
  EXPECT_TRUE(any_reader(card, "address", "路12号3单元401室")) << got["address"];
  for (const FieldReading& f : card.fields) {
    EXPECT_GE(f.box.x, 0);
    EXPECT_LE(f.box.x + f.box.width, image.cols);
    EXPECT_LE(f.box.y + f.box.height, image.rows);
    for (const LineReading& r : f.readings)
      for (const Symbol& s : r.line.symbols) {
        EXPECT_GT(s.box.x + s.box.width, f.box.x - 0.25 * image.cols);
        EXPECT_LT(s.box.y, f.box.y + f.box.height + 8);
      }
  }
}

TEST(Card, AValueThatBeginsFurtherLeftIsWhole) {
  Recognizers readers;
  cv::Mat image = picture("portrait.jpg").clone();
  const int step = image.cols * 26 / 1000;
  const cv::Rect value(image.cols * 370 / 1000, image.rows * 23 / 100, image.cols * 20 / 100, image.rows * 8 / 100);
  const cv::Mat moved = image(value).clone();
  moved.copyTo(image(value - cv::Point(step, 0)));
  const CardReading card =
      read_card(page::as_view(image), CardSide::resident_portrait, readers, {.only = {"ethnicity"}});
  ASSERT_EQ(card.fields.size(), 1U);
  EXPECT_EQ(fields(card)["ethnicity"], "哈萨克");
  EXPECT_LE(card.fields[0].box.x, 0.362 * image.cols);
}

TEST(Card, EmblemSide) {
  Recognizers readers;
  const CardReading card = read_card(page::as_view(picture("emblem.jpg")), CardSide::resident_emblem, readers);
  EXPECT_TRUE(any_reader(card, "issuing_authority", "塔城市公安局")) << fields(card)["issuing_authority"];
  EXPECT_TRUE(any_reader(card, "validity", "1909.03.28-1929.03.28")) << fields(card)["validity"];
}

TEST(Card, NumberSurvivesASmallPictureAndAWrongOutline) {
  Recognizers readers;
  const CardOptions number{.only = {"id_number"}};
  const cv::Mat image = picture("portrait.jpg");
  cv::Mat small;
  cv::resize(image, small, cv::Size(220, 139), 0, 0, cv::INTER_AREA);
  EXPECT_EQ(fields(read_card(page::as_view(small), CardSide::resident_portrait, readers, number))["id_number"],
            "654199188706150027");
  // Outline off by 2 % on two sides.
  const cv::Mat off = image(cv::Rect(12, 7, image.cols - 12, image.rows - 7)).clone();
  EXPECT_EQ(fields(read_card(page::as_view(off), CardSide::resident_portrait, readers, number))["id_number"],
            "654199188706150027");
}

TEST(Card, EmptyAndBlankPictures) {
  Recognizers readers;
  EXPECT_TRUE(read_card({}, CardSide::resident_portrait, readers).page.lines.empty());
  const cv::Mat blank(200, 317, CV_8UC3, cv::Scalar(230, 228, 226));
  for (const TextLine& line : read_card(page::as_view(blank), CardSide::resident_portrait, readers).page.lines)
    EXPECT_EQ(line.text, "");
}

}  // namespace
}  // namespace kualik::ocr
