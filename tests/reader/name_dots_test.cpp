#include "reader/name_dots.h"

#include <gtest/gtest.h>

namespace kualik::reader {
namespace {

record::Field field_of(const std::string& key, const std::string& value) {
  record::Field field;
  field.key = key;
  field.value = field.raw = value;
  settle_name_dots(field);
  return field;
}

TEST(NameDots, ALongNameWithoutADotIsDoubted) {
  for (const char* value : {"比维买买提江", "热孜亚沙哈达提", "努尔兰巴合提"}) {
    const record::Field field = field_of("defendant", value);
    EXPECT_EQ(field.value, value);  // Nothing is put in that was not read.
    EXPECT_TRUE(field.reasons.has(Reason::ambiguous)) << value;
    EXPECT_FALSE(field.detail.empty());
  }
  const record::Field field = field_of("name", "努尔兰巴合提");
  ASSERT_FALSE(field.alternatives.empty());
  EXPECT_EQ(field.alternatives.front().value, "努尔兰·巴合提");
}

TEST(NameDots, ADotInAHanNameIsLeftOut) {
  const record::Field field = field_of("clerk", "王·勇");
  EXPECT_EQ(field.value, "王勇");
  EXPECT_EQ(field.raw, "王·勇");
  EXPECT_TRUE(field.reasons.has(Reason::repaired));
  EXPECT_EQ(field.alternatives.front().value, "王·勇");
}

TEST(NameDots, WhatIsUsualStays) {
  for (const char* value :
       {"努尔兰·巴合提", "王勇", "欧阳建国", "阿依古丽", "布威·库尔班", "阿卜杜热合曼", "巴合提别克"}) {
    const record::Field field = field_of("defendant", value);
    EXPECT_EQ(field.value, value);
    EXPECT_TRUE(field.reasons.empty()) << value;
  }
  EXPECT_TRUE(field_of("charge", "宣扬恐怖主义极端主义罪").reasons.empty());
  EXPECT_TRUE(field_of("name", "NUERLAN BAHETI").reasons.empty());
}

TEST(NameDots, OnACardADotThatWasReadStays) {
  record::Field field;
  field.key = "name";
  field.value = field.raw = "王·勇";
  field.confidence = 0.97;
  doubt_missing_dot(field);
  EXPECT_EQ(field.value, "王·勇");
  EXPECT_TRUE(field.reasons.empty());
  EXPECT_EQ(field.confidence, 0.97);
  field.value = field.raw = "努尔兰巴合提";
  doubt_missing_dot(field);
  EXPECT_EQ(field.value, "努尔兰巴合提");
  EXPECT_TRUE(field.reasons.has(Reason::ambiguous));
  EXPECT_LE(field.confidence, 0.5);
}

}  // namespace
}  // namespace kualik::reader
