#include "kualik/desk/transcript.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <tuple>

#include "kualik/text/utf8.h"

namespace kualik::desk {
namespace {

// The part of a text that a span of code points names.
std::string part(const std::string& text, Span span) {
  const std::u32string chars = text::to_u32(text);
  return text::to_utf8(chars.substr(span.begin, span.size()));
}

TEST(Transcript, SpansCountTheTextAsItWasGiven) {
  const std::string number = "650102189307010018";
  for (const std::string& text : {"公民身份号码 " + number, "\xEF\xBB\xBF头\r\n😀\r\n公民身份号码 " + number + "\r\n后",
                                  "é\r\r\n公民身份号码：" + number + "\r"}) {
    bool found = false;
    for (const record::Entry& e : parse_transcript(text, {}, "2026-01-01"))
      for (const record::Field& f : e.record.fields)
        if (f.key == "id_number" && f.span) {
          found = true;
          EXPECT_EQ(part(text, *f.span), number);
        }
    EXPECT_TRUE(found) << text;
  }
}

TEST(Transcript, LinesOfOldMacs) {
  const std::string lines = "姓名 甲某\n公民身份号码 650102189307010018\n性别 男\n";
  std::string old_mac = lines;
  std::replace(old_mac.begin(), old_mac.end(), '\n', '\r');
  const auto fields = [](const std::string& text) {
    std::vector<std::tuple<std::string, std::string, std::size_t>> out;
    for (const record::Entry& e : parse_transcript(text, {}, "2026-01-01"))
      for (const record::Field& f : e.record.fields) out.emplace_back(f.key, f.value, f.span ? f.span->begin : 0);
    return out;
  };
  EXPECT_GE(fields(lines).size(), 3U);
  EXPECT_EQ(fields(old_mac), fields(lines));
}

TEST(Transcript, RunsOfCarriageReturnsTakeLinearTime) {
  const auto seconds = [](std::size_t bytes) {
    const std::clock_t start = std::clock();
    EXPECT_TRUE(parse_transcript(std::string(bytes, '\r')).empty());
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  const double small = seconds(40'000);
  EXPECT_LT(seconds(320'000), 30 * small + 0.5) << "eight times the text; a square would be sixty-four times as long";
}

TEST(Transcript, OtherEncodingsAreNamed) {
  EXPECT_EQ(encoding_fault("text 汉 \xEF\xBF\xBD"), "");
  EXPECT_NE(encoding_fault("a\nb\xFF").find("line 2"), std::string::npos);
  EXPECT_NE(encoding_fault("\xFF\xFE"
                           "a")
                .find("UTF-16"),
            std::string::npos);
  EXPECT_THROW(parse_transcript("\xB1\xBB"), std::runtime_error);
  EXPECT_TRUE(parse_transcript("").empty());
}

}  // namespace
}  // namespace kualik::desk
