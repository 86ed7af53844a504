#include "kualik/text/normalize.h"

#include <gtest/gtest.h>

#include "kualik/text/script.h"
#include "kualik/text/utf8.h"

namespace {

using namespace kualik;

TEST(Fold, WidthsVariantsAndTraditionalWithSpansOfTheOriginal) {
  const std::string original = "被　吿　人：努爾蘭（男）\n２０１８";
  const text::Folded f = text::fold(original);
  EXPECT_EQ(text::to_utf8(f.chars()), "被告人:努尔兰(男)2018");
  const Span label = f.span(0, 3);
  EXPECT_EQ(original.substr(label.begin, label.size()), "被　吿　人");
  const Span name = f.span(4, 7);
  EXPECT_EQ(original.substr(name.begin, name.size()), "努爾蘭");
  EXPECT_TRUE(f.starts_line(10));
  EXPECT_TRUE(f.ends_line(10));
  EXPECT_EQ(f.gap(1), text::Gap::space);
  EXPECT_EQ(f.change(0, 3), text::change_variant);
  EXPECT_EQ(f.change(4, 7), text::change_traditional);
  EXPECT_EQ(f.index_at(name.begin), 4U);
  EXPECT_EQ(f.original(5), U'爾');
}

TEST(Fold, SkippedSpansBreakLines) {
  const std::string original = "1\n00:01 --> 00:02\n判决";
  const text::Folded f = text::fold(original, {{0, 18}});
  EXPECT_EQ(text::to_utf8(f.chars()), "判决");
  EXPECT_EQ(f.span(0, 2), (Span{18, 24}));
}

TEST(Fold, EveryCharacterKeepsItsBytes) {
  std::string original;
  for (char32_t c = 1; c < 0x20000; c += 7) text::append_utf8(original, c);
  const text::Folded f = text::fold(original);
  for (std::size_t i = 0; i < f.size(); ++i) {
    const Span s = f.span(i, i + 1);
    std::size_t pos = s.begin;
    ASSERT_EQ(text::decode_utf8(original, pos), f.original(i));
    ASSERT_EQ(pos, s.end);
  }
}

TEST(Utf8, BrokenBytesBecomeReplacementsAndNothingIsLost) {
  EXPECT_EQ(text::to_u32("a\xC3").size(), 2U);
  EXPECT_EQ(text::to_u32("\xED\xA0\x80").size(), 3U);  // a surrogate
  EXPECT_EQ(text::to_u32("\xC0\xAF").size(), 2U);      // overlong
  EXPECT_EQ(text::count_code_points("努尔a"), 3U);
  for (char32_t c : {U'a', U'é', U'努', U'\U00020000'}) {
    std::string s;
    text::append_utf8(s, c);
    EXPECT_EQ(text::to_u32(s), std::u32string(1, c));
  }
}

TEST(Script, TellsScripts) {
  EXPECT_EQ(text::script_of("有效期限2010"), "Hans");
  EXPECT_EQ(text::script_of("刑事判決書"), "Hant");
  EXPECT_EQ(text::script_of("Ұлты ҚАЗАҚ"), "Cyrl");
  EXPECT_EQ(text::script_of("NUERLAN"), "Latn");
  EXPECT_EQ(text::script_of("نامى"), "Arab");
  EXPECT_EQ(text::script_of("654023"), "Zyyy");
  EXPECT_EQ(text::script_of("　。"), "");
}

}  // namespace
