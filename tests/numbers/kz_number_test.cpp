#include "kualik/numbers/kz_number.h"

#include <gtest/gtest.h>

#include "cases.h"

namespace kualik::numbers {
namespace {

TEST(KzNumber, GivesTheDocumentedAnswers) {
  for (const auto& row : test::cases("kz_vectors.tsv", 5)) {
    const bool bin = row[1] == "BIN";
    const ReasonSet reasons = bin ? check_bin(row[0], test::on_the_day()) : check_iin(row[0], test::on_the_day());
    EXPECT_EQ(test::words(reasons), row[3]) << row[0];
    EXPECT_EQ(reasons.has_error(), row[2] == "invalid") << row[0] << " " << row[4];
  }
}

TEST(KzNumber, EncodedDateAndSex) {
  const auto iin = parse_iin("900101200070");
  ASSERT_TRUE(iin.value);
  EXPECT_EQ(iin.value->encoded_date, (Date{1890, 1, 1}));
  EXPECT_EQ(iin.value->sex, Sex::female);
}

TEST(KzNumber, BlindSpotIsDigitElevenOfTheFirstPass) {
  // Any other digit 11 passes as well: this is what the header says of the form, not what one would wish.
  const std::string id = "850615100126";
  ASSERT_FALSE(parse_iin(id).value->second_pass);
  int unseen = 0;
  for (char c = '0'; c <= '9'; ++c) {
    std::string other = id;
    other[10] = c;
    unseen += c != id[10] && !check_iin(other).has_error() ? 1 : 0;
  }
  EXPECT_EQ(unseen, 9);
  for (std::size_t i = 0; i < 10; ++i)
    for (char c = '0'; c <= '9'; ++c) {
      std::string other = id;
      other[i] = c;
      // A damage that ends in the second pass may pass by chance; it must not be the rule.
      if (c != id[i] && !check_iin(other).has_error()) {
        EXPECT_TRUE(parse_iin(other).value->second_pass) << other;
      }
    }
}

TEST(KzNumber, TellsBinFromIin) {
  EXPECT_TRUE(is_bin("940140000385"));
  EXPECT_FALSE(is_bin("850615100126"));
  const std::string body = "94014000038";
  const auto bin = parse_bin(body + kz_check_digit(body));
  ASSERT_TRUE(bin.ok()) << test::words(bin.reasons);
  EXPECT_EQ(bin.value->type, BinType::resident);
  EXPECT_EQ(bin.value->division, BinDivision::head);
  EXPECT_EQ(bin.value->month, 1);
}

TEST(KzNumber, UnusableBodiesAreThoseOfTheText) {
  std::mt19937 random(4);
  int unusable = 0;
  const int all = 100000;
  for (int n = 0; n < all; ++n) {
    std::string body;
    for (int i = 0; i < 11; ++i) body += static_cast<char>('0' + random() % 10);
    unusable += kz_check_digit(body) == 'U' ? 1 : 0;
  }
  EXPECT_NEAR(unusable * 100.0 / all, 0.84, 0.15);
}

}  // namespace
}  // namespace kualik::numbers
