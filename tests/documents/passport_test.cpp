// The number of a passport that its zone and its page give differently.

#include <gtest/gtest.h>

#include <string>

#include "kualik/documents/parse.h"

namespace {

using namespace kualik;

std::optional<documents::Field> number_of(const std::string& printed, const std::string& zone) {
  const std::string page = "护照 PASSPORT\n护照号码/Passport No. " + printed +
                           "\n姓名/Name\n努尔兰·别克\nPOCHNNUERLAN<<BIEKE<<<<<<<<<<<<<<<<<<<<<<<<<\n" + zone +
                           "CHN8506151M2801016<<<<<<<<<<<<<<00\n";
  for (const documents::Document& d : documents::parse_text(page))
    if (const documents::Field* f = d.find("document_number")) return *f;
  return std::nullopt;
}

TEST(Passport, PrintThatKeepsTheZonesCheckDigitGoesBeforeAMisreadZone) {
  const auto found = number_of("E12345678", "E128456782");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->value, "E12345678");
  EXPECT_TRUE(found->reasons.has(Reason::cross_check));
  EXPECT_FALSE(found->reasons.has_error());
  ASSERT_EQ(found->alternatives.size(), 1U);
  EXPECT_EQ(found->alternatives.front().value, "E12845678");
}

TEST(Passport, PrintThatBreaksTheCheckDigitAsWellDoesNot) {
  const auto found = number_of("E12355678", "E128456782");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->value, "E12845678");
  EXPECT_TRUE(found->reasons.has(Reason::bad_check_digit));
}

TEST(Passport, ASoundZoneIsKeptBesideOtherPrint) {
  const auto found = number_of("E12845678", "E123456782");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->value, "E12345678");
  EXPECT_TRUE(found->reasons.has(Reason::cross_check));
}

}  // namespace
