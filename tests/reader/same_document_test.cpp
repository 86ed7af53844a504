// Two sightings of one card become one record; of two cards they stay two.
#include "reader/same_document.h"

#include <gtest/gtest.h>

#include <string>

using namespace kualik;
using namespace kualik::reader;

namespace {

const Date today{2026, 11, 24};

ocr::FieldReading field(const std::string& key, const std::string& text) {
  ocr::FieldReading f;
  f.key = key;
  ocr::LineReading r;
  r.line.text = text;
  r.line.confidence = 0.95F;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t n = static_cast<unsigned char>(text[i]) < 0x80 ? 1 : 3;
    Symbol s;
    s.text = text.substr(i, n);
    s.probability = 0.95F;
    s.box = {static_cast<double>(i), 0, 10, 20};
    r.line.symbols.push_back(s);
    i += n;
  }
  f.readings.push_back(r);
  return f;
}

Sighting sighting(double from, double to, const std::string& name, const std::string& number, const Rect& place) {
  Sighting s;
  s.first_seen_s = from;
  s.last_seen_s = to;
  s.frames_seen = 10;
  PageReading reading;
  reading.pose.kind = page::PageKind::cn_id_portrait;
  reading.time_s = 0.5 * (from + to);
  reading.quad = Quad::from_rect(place);
  reading.quality = 0.8;
  for (const auto& f : {field("name", name), field("id_number", number)}) {
    reading.fields.push_back(f);
    reading.page.lines.push_back(f.readings.front().line);
  }
  reading.page = labelled_card({"name", "id_number"}, reading.page.lines);
  s.readings.push_back(reading);
  return s;
}

const Rect here{100, 100, 400, 250};
const Rect there{700, 100, 400, 250};

}  // namespace

TEST(SameCard, one_after_the_other_with_the_same_print) {
  const Sighting a = sighting(0, 2, "王小明", "11010518900101002X", here);
  EXPECT_TRUE(same_card(a, sighting(3, 5, "王小明", "11010518900101002X", there), today));
  EXPECT_TRUE(same_card(sighting(3, 5, "王小明", "11010518900101002X", there), a, today));
}

TEST(SameCard, another_number_or_a_long_gap_is_another) {
  const Sighting a = sighting(0, 2, "王小明", "11010518900101002X", here);
  EXPECT_FALSE(same_card(a, sighting(3, 5, "王小明", "654225187608170266", here), today));
  EXPECT_FALSE(same_card(a, sighting(60, 65, "王小明", "11010518900101002X", here), today));
}

TEST(SameCard, at_once_only_in_one_place) {
  const Sighting a = sighting(0, 4, "王小明", "11010518900101002X", here);
  EXPECT_TRUE(same_card(a, sighting(1, 3, "王小明", "11010518900101002X", here), today));
  EXPECT_FALSE(same_card(a, sighting(1, 3, "王小明", "11010518900101002X", there), today));
}

TEST(SameCard, at_once_in_places_that_cannot_be_compared_only_with_one_number_that_holds) {
  // Two tracks of one card, each read at times when the other was not.
  const Sighting a = sighting(0, 4, "王小明", "11010518900101002X", here);
  Sighting b = sighting(1, 4, "玉小胡", "11010518900101002X", there);
  b.readings.front().time_s = 3.6;
  EXPECT_TRUE(same_card(a, b, today));
  Sighting other = sighting(1, 4, "王小明", "654225187608170266", here);
  other.readings.front().time_s = 3.6;
  EXPECT_FALSE(same_card(a, other, today));
}

TEST(SameCard, tracks_of_an_emblem_side_that_take_turns_in_one_place) {
  const auto emblem = [](double from, double to, double read, const std::string& bureau, const std::string& validity,
                         const Rect& place) {
    Sighting s = sighting(from, to, "", "", place);
    PageReading& reading = s.readings.front();
    reading.pose.kind = page::PageKind::cn_id_emblem;
    reading.time_s = read;
    reading.fields = {field("issuing_authority", bureau), field("validity", validity)};
    reading.page.lines = {reading.fields[0].readings.front().line, reading.fields[1].readings.front().line};
    reading.page = labelled_card({"issuing_authority", "validity"}, reading.page.lines);
    return s;
  };
  const Sighting a = emblem(1.2, 4.4, 2.4, "伊吾县公安局", "2009.03.13-2029.03.13", here);
  EXPECT_TRUE(same_card(a, emblem(3.4, 4.4, 3.6, "伊吾县公安局", "2009.03.13-2029.03.13", here), today));
  EXPECT_FALSE(same_card(a, emblem(3.4, 4.4, 3.6, "伊吾县公安局", "2009.03.13-2029.03.13", there), today));
  EXPECT_FALSE(same_card(a, emblem(3.4, 4.4, 3.6, "伊吾县公安局", "2012.11.05-2022.11.05", here), today));
  EXPECT_FALSE(same_card(a, emblem(3.4, 8.4, 7.6, "伊吾县公安局", "2009.03.13-2029.03.13", here), today));
}

TEST(SameCard, at_once_in_one_place_whatever_was_read_but_for_two_numbers) {
  const Sighting a = sighting(0, 4, "王小明", "一二", here);
  EXPECT_TRUE(same_card(a, sighting(1, 3, "阿里木", "一", here), today));
  EXPECT_FALSE(same_card(a, sighting(1, 3, "阿里木", "一", there), today));
  const Sighting read = sighting(0, 4, "王小明", "11010518900101002X", here);
  EXPECT_FALSE(same_card(read, sighting(1, 3, "阿里木", "654225187608170266", here), today));
}

TEST(SameCard, right_after_a_break_what_was_hardly_read_says_nothing) {
  const auto with_address = [](double from, double to, const std::string& name, const std::string& address,
                               float sure) {
    Sighting s = sighting(from, to, name, "一", there);
    PageReading& reading = s.readings.front();
    reading.fields = {field("name", name), field("address", address)};
    reading.fields[1].readings.front().line.confidence = sure;
    for (Symbol& symbol : reading.fields[1].readings.front().line.symbols) symbol.probability = sure;
    reading.page.lines = {reading.fields[0].readings.front().line, reading.fields[1].readings.front().line};
    reading.page = labelled_card({"name", "address"}, reading.page.lines);
    return s;
  };
  const Sighting a = with_address(0, 2, "王小明", "新疆呼图壁县五工台镇幸福村", 0.95F);
  EXPECT_TRUE(same_card(a, with_address(2.04, 2.1, "王小明", "刑一刑", 0.2F), today));
  EXPECT_FALSE(same_card(a, with_address(2.04, 2.1, "吐尔逊·阿里木", "刑一刑", 0.2F), today));
  EXPECT_FALSE(same_card(a, with_address(2.04, 2.1, "王小明", "乌鲁木齐市天山区团结路三号", 0.95F), today));
  EXPECT_FALSE(same_card(a, with_address(4, 5, "王小明", "刑一刑", 0.2F), today));
}

TEST(SameCard, merging_keeps_all_readings_and_the_whole_time) {
  Sighting a = sighting(3, 5, "王小明", "11010518900101002X", here);
  merge(a, sighting(0, 2, "王小明", "11010518900101002X", here));
  EXPECT_EQ(a.readings.size(), 2U);
  EXPECT_EQ(a.first_seen_s, 0);
  EXPECT_EQ(a.last_seen_s, 5);
  EXPECT_EQ(a.frames_seen, 20);
}

TEST(SameCard, what_was_hardly_read_goes_on_a_card_that_was_and_leaves_its_readings_alone) {
  const Sighting a = sighting(0, 2, "王小明", "11010518900101002X", here);
  const Rect leaving{200, 180, 400, 250};
  const auto blurred = [&](double from, const Rect& place) {
    Sighting s = sighting(from, from + 0.1, "于一二一", "一二一一", place);
    for (auto& f : s.readings.front().fields) f.readings.front().line.confidence = 0.2F;
    return s;
  };
  EXPECT_TRUE(same_card(a, blurred(2.1, leaving), today));
  EXPECT_FALSE(same_card(a, blurred(2.1, there), today));
  EXPECT_FALSE(same_card(a, blurred(3.5, leaving), today));
  for (const bool first : {false, true}) {
    Sighting all = first ? blurred(2.1, leaving) : a;
    merge(all, first ? sighting(0, 2, "王小明", "11010518900101002X", here) : blurred(2.1, leaving));
    ASSERT_EQ(all.readings.size(), 1U);
    EXPECT_EQ(all.readings.front().fields.front().readings.front().line.text, "王小明");
    EXPECT_DOUBLE_EQ(all.last_seen_s, 2.2);
  }
}

TEST(SameCard, a_card_read_as_a_page_beside_the_card_itself_is_its_shadow) {
  const Sighting card = sighting(0, 4, "王小明", "11010518900101002X", here);
  Sighting loose = sighting(1, 2, "王小明", "", here);
  loose.kind = documents::Kind::cn_id_portrait;
  loose.readings.front().pose.kind = page::PageKind::unknown;
  EXPECT_TRUE(is_shadow_of(loose, card));
  EXPECT_FALSE(is_shadow_of(card, loose));
  loose.readings.front().quad = Quad::from_rect(there);
  EXPECT_FALSE(is_shadow_of(loose, card));
}

namespace {

Sighting sheet(double from, double to, const std::vector<std::string>& lines) {
  Sighting s = sighting(from, to, "", "", here);
  PageReading& reading = s.readings.front();
  reading.pose.kind = page::PageKind::sheet;
  reading.fields.clear();
  reading.page.lines.clear();
  double y = 0;
  for (const std::string& line : lines) {
    TextLine text = field("", line).readings.front().line;
    text.quad = Quad::from_rect({100, 100 + y, 400, 20});
    text.confidence = 0.97F;
    reading.page.lines.push_back(text);
    y += 30;
  }
  return s;
}

const std::vector<std::string> judgment{"特克斯县人民法院", "刑事判决书", "（2019）新4027刑初31号",
                                        "公诉机关特克斯县人民检察院。",
                                        "被告人叶某别克，男，1880年1月1日出生，公民身份号码440524188001010014。"};

}  // namespace

TEST(SameSheet, one_case_seen_again_is_one_paper_and_another_case_is_not) {
  const Sighting a = sheet(0, 2, judgment);
  EXPECT_TRUE(same_sheet(a, sheet(2.5, 4, judgment), today));
  EXPECT_FALSE(same_sheet(a, sheet(60, 64, judgment), today));
  std::vector<std::string> other = judgment;
  other[2] = "（2019）新4027刑初88号";
  EXPECT_FALSE(same_sheet(a, sheet(2.5, 4, other), today));
  other = judgment;
  other[4] = "被告人关某春，女，1885年3月4日出生，公民身份号码654225187608170266。";
  EXPECT_FALSE(same_sheet(a, sheet(2.5, 4, other), today)) << "one case, another defendant: both pages are kept apart";
  EXPECT_FALSE(same_sheet(a, sighting(2.5, 4, "王小明", "11010518900101002X", here), today));
}

TEST(SameSheet, at_once_in_two_places_number_and_person_must_both_agree) {
  const Sighting a = sheet(0, 4, judgment);
  Sighting b = sheet(1, 4, judgment);
  b.readings.front().quad = Quad::from_rect(there);
  EXPECT_TRUE(same_sheet(a, b, today)) << "one outline of the page went astray";
  std::vector<std::string> nobody = judgment;
  nobody.pop_back();
  Sighting c = sheet(1, 4, nobody);
  c.readings.front().quad = Quad::from_rect(there);
  EXPECT_FALSE(same_sheet(a, c, today));
}

TEST(SameSheet, the_lower_half_goes_on_where_the_upper_one_ends) {
  const std::vector<std::string> upper{"霍城县人民法院",
                                       "刑事判决书",
                                       "（2018）新4023刑初12号",
                                       "公诉机关霍城县人民检察院。",
                                       "被告人努尔兰·巴合提，男，哈萨克族，农民，住霍城县。",
                                       "霍城县人民检察院指控被告人努尔兰·巴合提犯诈骗罪，",
                                       "向本院提起公诉。本院依法组成合议庭，公开开庭审理",
                                       "了本案。现已审理终结。本院认为，被告人努尔兰·巴合"};
  const std::vector<std::string> lower{"霍城县人民检察院指控被告人努尔兰·巴合提犯诈骗罪，",
                                       "向本院提起公诉。本院依法组成合议庭，公开开庭审理",
                                       "了本案。现已审理终结。本院认为，被告人努尔兰·巴合",
                                       "提的行为已构成诈骗罪。判决如下：",
                                       "被告人努尔兰·巴合提犯诈骗罪，判处有期徒刑三年。",
                                       "如不服本判决，可在接到判决书的第二日起十日内上诉。",
                                       "审判长王勇",
                                       "二〇一八年五月三日"};
  EXPECT_TRUE(same_sheet(sheet(0, 2, upper), sheet(3, 5, lower), today));
  EXPECT_TRUE(same_sheet(sheet(0, 2, lower), sheet(3, 5, upper), today)) << "shown the other way about";
  std::vector<std::string> scrap = upper;
  scrap.insert(scrap.end() - 1, "被告人的行为已构成");
  EXPECT_TRUE(same_sheet(sheet(0, 2, scrap), sheet(3, 5, lower), today)) << "a line cut by the edge";
  std::vector<std::string> another = lower;
  another[0] = "察布查尔县人民检察院指控被告人阿依古丽·买买提犯盗窃罪，";
  another[2] = "没有更多证据。合议庭经评议，对被告人阿依古丽作如下";
  EXPECT_FALSE(same_sheet(sheet(0, 2, upper), sheet(3, 5, another), today)) << "one formula alone is shared";
  EXPECT_FALSE(same_sheet(sheet(0, 2, upper), sheet(30, 32, lower), today));
}

TEST(SameSheet, the_lower_half_may_name_the_second_defendant_alone) {
  const std::vector<std::string> upper{"霍城县人民法院",
                                       "刑事判决书",
                                       "（2018）新4023刑初12号",
                                       "公诉机关霍城县人民检察院。",
                                       "被告人努尔兰·巴合提，男，哈萨克族，农民，住霍城县。",
                                       "被告人古丽娜尔·赛力克，女，哈萨克族，教师，住霍城县。",
                                       "霍城县人民检察院指控被告人犯诈骗罪，向本院提起公诉。",
                                       "本院依法组成合议庭，公开开庭审理了本案。现已审理终结。",
                                       "本院认为，被告人的行为均已构成诈骗罪。判决如下："};
  const std::vector<std::string> lower{"霍城县人民检察院指控被告人犯诈骗罪，向本院提起公诉。",
                                       "本院依法组成合议庭，公开开庭审理了本案。现已审理终结。",
                                       "本院认为，被告人的行为均已构成诈骗罪。判决如下：",
                                       "一、被告人古丽娜尔·赛力克犯诈骗罪，判处有期徒刑三年。",
                                       "如不服本判决，可在接到判决书的第二日起十日内上诉。",
                                       "审判长王勇",
                                       "二〇一八年五月三日"};
  EXPECT_TRUE(same_sheet(sheet(0, 2, upper), sheet(3, 5, lower), today));
  std::vector<std::string> another = lower;
  another.insert(another.begin(), "被告人木拉提·哈斯木，男，1884年2月9日出生，哈萨克族，住伊宁县。");
  another[4] = "一、被告人木拉提·哈斯木犯诈骗罪，判处有期徒刑三年。";
  EXPECT_FALSE(same_sheet(sheet(0, 2, upper), sheet(3, 5, another), today)) << "somebody else is introduced there";
}
