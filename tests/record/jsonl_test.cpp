#include "kualik/record/jsonl.h"

#include <gtest/gtest.h>

#include <cmath>

#include "kualik/record/mask.h"
#include "kualik/record/spans.h"
#include "record/sample.h"

namespace kualik::record {
namespace {

TEST(Jsonl, RoundTripGivesTheSameBytes) {
  const std::string line = to_json(sample_entry());
  EXPECT_EQ(to_json(from_json(line)), line);
}

TEST(Jsonl, RoundTripKeepsEveryPart) {
  Entry e = sample_entry();
  e.reviews.push_back({1, ReviewState::edited, "阿卜杜", "Amina", "looked twice", "2026-01-02T03:04:05Z"});
  const Entry back = from_json(to_json(e));
  EXPECT_EQ(back.record.kind, e.record.kind);
  EXPECT_EQ(back.record.quad, e.record.quad);
  ASSERT_EQ(back.record.fields.size(), 2U);
  EXPECT_EQ(back.record.fields[0].reasons, e.record.fields[0].reasons);
  EXPECT_EQ(back.record.fields[0].evidence->crop_sha256, e.record.fields[0].evidence->crop_sha256);
  EXPECT_EQ(back.record.fields[1].subject, 1);
  EXPECT_EQ(back.record.fields[1].span, e.record.fields[1].span);
  ASSERT_EQ(back.record.checks.size(), 2U);
  EXPECT_EQ(back.record.checks[1].verdict, documents::Verdict::disagrees);
  EXPECT_EQ(back.record.text, e.record.text);
  EXPECT_EQ(back.catalogue, e.catalogue);
  ASSERT_EQ(back.reviews.size(), 1U);
  EXPECT_EQ(back.reviews[0], e.reviews[0]);
  EXPECT_EQ(back.engine.models.at(0).sha256, e.engine.models.at(0).sha256);
}

TEST(Jsonl, KeysStandInTheOrderOfTheFormat) {
  const std::string line = to_json(sample_entry());
  EXPECT_EQ(line.rfind(R"({"schema":"kualik.record/1","source":{"name":"a.mp4","sha256":")", 0), 0U);
  EXPECT_NE(
      line.find(
          R"("document":{"kind":"cn_id_portrait","score":0.98,"first_seen_s":1.2,"last_seen_s":3.4,"frames_seen":55,"frames_read":7,"rotation":90,"mirrored":true)"),
      std::string::npos);
  EXPECT_NE(
      line.find(
          R"("confidence":0.9935,"status":"doubtful","reasons":["repaired","frames_disagree"],"agree":6,"seen":7)"),
      std::string::npos);
  EXPECT_NE(line.find(R"("quad":[[40.12,180.0],[240.12,180.0],[240.12,200.0],[40.12,200.0]])"), std::string::npos);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(line.find("clips/"), std::string::npos) << "the path is not part of the record";
}

TEST(Jsonl, NumbersThatJsonDoesNotHaveBecomeZero) {
  Entry e = sample_entry();
  e.record.score = std::nan("");
  e.record.first_seen_s = -0.00001;
  const std::string line = to_json(e);
  EXPECT_NE(line.find(R"("score":0.0,"first_seen_s":0.0)"), std::string::npos);
}

TEST(Jsonl, BytesThatAreNoUtf8AreReplaced) {
  Entry e = sample_entry();
  e.record.fields[0].raw = "65\xFF";
  EXPECT_NE(to_json(e).find("65\uFFFD"), std::string::npos);
}

TEST(Jsonl, FaultsNameThePlaceAndNoValue) {
  const std::string good = to_json(sample_entry());
  struct Case {
    const char* from;
    const char* to;
    const char* place;
  };
  for (const Case& c : {Case{R"("status":"doubtful")", R"("status":"certain")", "fields[0].status"},
                        Case{R"("agree":6)", R"("agree":"650102")", "fields[0].agree"},
                        Case{R"("agree":6)", R"("agree":99999999999)", "fields[0].agree"},
                        Case{R"("repaired")", R"("mended")", "fields[0].reasons"},
                        Case{R"("size":123456)", R"("size":-1)", "source.size"},
                        Case{R"("span":[3,10])", R"("span":[3])", "fields[1].span"},
                        Case{R"("schema":"kualik.record/1")", R"("schema":"kualik.record/2")", "schema"},
                        Case{R"({"schema")", R"(["schema")", "no JSON"}}) {
    std::string bad = good;
    const std::size_t at = bad.find(c.from);
    ASSERT_NE(at, std::string::npos) << c.from;
    bad.replace(at, std::string(c.from).size(), c.to);
    try {
      from_json(bad);
      ADD_FAILURE() << "read although " << c.to;
    } catch (const std::runtime_error& fault) {
      EXPECT_NE(std::string(fault.what()).find(c.place), std::string::npos) << fault.what();
      EXPECT_EQ(std::string(fault.what()).find("650102"), std::string::npos);
    }
  }
}

TEST(Spans, BytesBecomeCodePoints) {
  const std::string text = "aé汉😀z";  // 1 + 2 + 3 + 4 + 1 bytes
  const CodePoints points(text);
  const std::size_t expected[] = {0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 5};
  for (std::size_t i = 0; i < std::size(expected); ++i) EXPECT_EQ(points.at(i), expected[i]) << "byte " << i;
  EXPECT_EQ(points.at(999), 5U);
  std::string longer;
  for (int i = 0; i < 100; ++i) longer += "汉";
  const CodePoints far(longer);
  for (std::size_t i = 0; i <= 100; ++i) EXPECT_EQ(far.at(3 * i), i);
  EXPECT_EQ(CodePoints("").at(0), 0U);
}

TEST(Mask, NothingOfAPrivateValueIsLeft) {
  Entry e = sample_entry("650102189307010018 Абдурахман.mp4");
  Field birth = e.record.fields[0];
  birth.key = "birth_date";
  birth.value = "1893-07-01";
  Field until = birth;
  until.key = "valid_to";
  until.value = "2031-05-06";
  Field sex = birth;
  sex.key = "sex";
  sex.value = "M";
  Field unknown = birth;
  unknown.key = "some_new_key";
  e.record.fields.insert(e.record.fields.end(), {birth, until, sex, unknown});
  e.record.checks[0].detail = "1893-07-01 against 650102189307010018";
  e.reviews.push_back({0, ReviewState::edited, "650102189307010026", "Amina", "the person is 阿不都", ""});
  const std::string line = to_json(mask(e));
  for (const char* leak : {"650102", "65O1", "189307", "1893-07", "阿不都", "Абдурахман", "clips/", "Қараой", "05-06",
                           "Amina", "0001-", "quoted", "0010019"})
    EXPECT_EQ(line.find(leak), std::string::npos) << leak;
  EXPECT_NE(line.find("2031-**-**"), std::string::npos);
  EXPECT_NE(line.find(R"("key":"sex","value":"M")"), std::string::npos);
  EXPECT_NE(line.find(R"("entry_no":"4711")"), std::string::npos);
  EXPECT_NE(line.find("sha256-aaaaaaaaaaaa.mp4"), std::string::npos);
  EXPECT_NE(line.find("birth_date_matches_id_number"), std::string::npos);
}

TEST(Mask, LengthDoesNotShow) {
  Entry a = sample_entry();
  Entry b = sample_entry();
  b.record.fields[1].value = "李";
  b.record.fields[1].raw = "李";
  EXPECT_EQ(to_json(mask(a)), to_json(mask(b)));
}

}  // namespace
}  // namespace kualik::record
