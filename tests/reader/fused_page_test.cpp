// Two sights of a page, its upper and its lower half, become one.
#include "reader/fused_page.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using namespace kualik;
using namespace kualik::reader;

namespace {

// Lines 50 px apart, the first at `top`.
PageReading half(const std::vector<std::string>& texts, double top) {
  PageReading out;
  out.quality = 0.8;
  out.page.width = 1000;
  out.page.height = 700;
  double y = top;
  for (const std::string& text : texts) {
    TextLine line;
    line.text = text;
    line.confidence = 0.97F;
    line.quad = Quad::from_rect({100, y, 800, 30});
    for (const std::string& s : record::symbols_of(text)) line.symbols.push_back({s, 0.97F, {}, {{s, 0.97F}}});
    out.page.lines.push_back(line);
    y += 50;
  }
  return out;
}

std::vector<std::string> texts(const FusedPage& page) {
  std::vector<std::string> out;
  for (const TextLine& l : page.page.lines) out.push_back(l.text);
  return out;
}

const std::string court = "昌吉市人民法院";
const std::string found = "本院认为，被告人孙娟、郭志静的行为已构成窝藏、包庇罪。判决如下：";
const std::string first = "一、被告人孙娟犯窝藏、包庇罪，判处有期徒刑六年。";
const std::string second = "二、被告人郭志静犯窝藏、包庇罪，判处有期徒刑九年。";
const std::string end = "如不服本判决，可在接到判决书的第二日起十日内";

}  // namespace

TEST(FusedPage, SentencesThatReadAlikeStayTwoWhereTheirPlacesMeet) {
  // In its picture the second sentence stands where the first stands in the other half's.
  const std::string more = "昌吉市人民检察院以昌检公诉刑诉〔2017〕90号起诉书指控被告人孙娟、郭志静犯窝藏、包庇罪";
  const std::string tried = "于2017年2月8日向本院提起公诉。本院依法组成合议庭，公开开庭审理了本案。现已审理终结。";
  const std::vector<PageReading> readings{half({court, more, tried, found, first}, 100),
                                          half({found, first, second, end}, 200)};
  EXPECT_EQ(texts(fuse_pages(readings, {})), (std::vector<std::string>{court, more, tried, found, first, second, end}));
}

TEST(FusedPage, HalvesOverlapInTheLinesThatBothShow) {
  const std::vector<PageReading> readings{half({court, found}, 100), half({found, first, second}, 100),
                                          half({second, end}, 100)};
  EXPECT_EQ(texts(fuse_pages(readings, {})), (std::vector<std::string>{court, found, first, second, end}));
}
