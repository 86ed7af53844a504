// A line that a fold parts in one sight and not in the other.
#include "reader/split_lines.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kualik/record/fusion.h"

using namespace kualik;
using namespace kualik::reader;

namespace {

TextLine line(double x, double y, double width, const std::string& text, float confidence = 0.95F) {
  TextLine out;
  out.text = text;
  out.confidence = confidence;
  out.quad = Quad::from_rect({x, y, width, 30});
  for (const std::string& s : record::symbols_of(text)) out.symbols.push_back({s, confidence, {}, {}});
  return out;
}

PageText page(std::vector<TextLine> lines) {
  PageText out;
  out.lines = std::move(lines);
  out.width = 1000;
  out.height = 1400;
  return out;
}

std::vector<std::string> texts(const PageText& page) {
  std::vector<std::string> out;
  for (const TextLine& l : page.lines) out.push_back(l.text);
  return out;
}

}  // namespace

TEST(SplitLines, PartsAreJoinedWhereAnotherSightHasTheLineWhole) {
  const std::string whole = "号码659006189501250606，回族，初中文化，农民";
  std::vector<PageText> pages{
      page({line(100, 100, 800, "公诉机关昌吉市人民检察院"), line(100, 150, 800, whole)}),
      page({line(100, 150, 300, "号码6590061895012506"), line(430, 160, 400, "回族，初中文化，农民"),
            line(100, 200, 800, "住和静县解放路27号")})};
  join_split_lines(pages);
  EXPECT_EQ(texts(pages[0]), (std::vector<std::string>{"公诉机关昌吉市人民检察院", whole}));
  EXPECT_EQ(texts(pages[1]),
            (std::vector<std::string>{"号码6590061895012506回族，初中文化，农民", "住和静县解放路27号"}));
  EXPECT_EQ(pages[1].lines[0].quad[1].x, 830);
  EXPECT_EQ(pages[1].lines[0].symbols.size(), 28U);
}

TEST(SplitLines, ColumnsStayApart) {
  // Two columns of a form, in both sights; and parts that no sight has whole.
  const std::vector<TextLine> form{line(100, 100, 300, "姓名孙娟"), line(430, 100, 400, "民族回族"),
                                   line(100, 150, 300, "号码65900618"), line(430, 150, 400, "回族，初中文化，农民")};
  std::vector<PageText> pages{page(form), page(form)};
  join_split_lines(pages);
  EXPECT_EQ(pages[0].lines.size(), 4U);
  EXPECT_EQ(pages[1].lines.size(), 4U);
}
