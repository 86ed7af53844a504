#include <algorithm>

#include "kualik/ocr/page_reader.h"
#include "picture.h"

namespace kualik::ocr {
namespace {

const TextLine* containing(const PageText& page, const std::string& part) {
  for (const TextLine& line : page.lines)
    if (line.text.find(part) != std::string::npos) return &line;
  return nullptr;
}

TEST(Page, TitleSealAndOrder) {
  Recognizers readers;
  const cv::Mat image = picture("page.jpg");
  const PageText page = read_page(page::as_view(image), readers);
  const TextLine* title = containing(page, "刑事判决书");  // Letter-spaced in print.
  ASSERT_NE(title, nullptr) << page.text();
  const TextLine* person = containing(page, "被告人努尔兰");
  ASSERT_NE(person, nullptr) << page.text();
  const TextLine* law = containing(page, "第二百九十条第一款之规定");
  ASSERT_NE(law, nullptr) << page.text();
  EXPECT_LT(title, person);
  EXPECT_LT(person, law);
  EXPECT_EQ(person->script, "Hans");
  EXPECT_FALSE(person->under_seal);
  EXPECT_NEAR(person->quad[0].x, 60, 14);
  EXPECT_NEAR(person->quad[0].y, 133, 14);
  const TextLine* date = containing(page, "八年五月");  // Under the seal.
  ASSERT_NE(date, nullptr) << page.text();
  EXPECT_TRUE(date->under_seal);
}

TEST(Page, SkewedPageKeepsItsLinesAndPlaces) {
  const cv::Mat image = picture("page.jpg");
  cv::Mat turned;
  cv::warpAffine(image, turned, cv::getRotationMatrix2D(cv::Point2f(380, 280), 3.5, 1), image.size(), cv::INTER_LINEAR,
                 cv::BORDER_CONSTANT, cv::Scalar(240, 245, 246));
  Recognizers readers;
  const PageText page = read_page(page::as_view(turned), readers);
  const TextLine* person = containing(page, "被告人努尔兰");
  ASSERT_NE(person, nullptr) << page.text();
  // Turned counter-clockwise: the line rises to the right.
  EXPECT_GT(person->quad[0].y, person->quad[1].y + 15);
}

TEST(Page, EachLineInItsOwnScript) {
  Recognizers readers;
  const PageText page = read_page(page::as_view(picture("scripts.png")), readers);
  struct Expected {
    const char* part;
    const char* script;
  };
  for (const Expected& e :
       {Expected{"شەھىرىدە", "Arab"}, Expected{"Құлжа қаласында", "Cyrl"}, Expected{"伊宁市人民法院", "Hans"},
        Expected{"努尔兰", "Hans"}, Expected{"Ғалымжан", "Cyrl"}}) {
    const TextLine* line = containing(page, e.part);
    ASSERT_NE(line, nullptr) << e.part << " in\n" << page.text();
    EXPECT_EQ(line->script, e.script) << line->text;
  }
}

TEST(Page, ColumnsAreReadOneAfterTheOther) {
  cv::Mat image(420, 900, CV_8UC3, cv::Scalar::all(245));
  for (int i = 0; i < 6; ++i) {
    cv::putText(image, "left column text", cv::Point(30, 60 + 60 * i), cv::FONT_HERSHEY_SIMPLEX, 1.1,
                cv::Scalar::all(20), 2);
    cv::putText(image, "right column text", cv::Point(520, 60 + 60 * i), cv::FONT_HERSHEY_SIMPLEX, 1.1,
                cv::Scalar::all(20), 2);
  }
  const std::vector<Quad> lines = find_lines(page::as_view(image));
  ASSERT_EQ(lines.size(), 12U);
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(lines[i][0].x > 450, i >= 6) << i;
  for (std::size_t i = 1; i < 6; ++i) EXPECT_GT(lines[i][0].y, lines[i - 1][0].y);
}

TEST(Page, ScriptIsFoundFromThePicture) {
  Recognizers readers;
  const PageText page = read_page(page::as_view(picture("kazakh.png")), readers);
  ASSERT_EQ(page.lines.size(), 1U);
  EXPECT_EQ(page.lines[0].script, "Cyrl") << page.text();
}

TEST(Page, EmptyAndBlankPictures) {
  Recognizers readers;
  EXPECT_TRUE(read_page({}, readers).lines.empty());
  EXPECT_TRUE(find_lines({}).empty());
  const cv::Mat blank(300, 400, CV_8UC3, cv::Scalar(230, 228, 226));
  EXPECT_EQ(read_page(page::as_view(blank), readers).text(), "");
}

}  // namespace
}  // namespace kualik::ocr
