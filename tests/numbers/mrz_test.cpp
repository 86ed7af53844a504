#include "kualik/numbers/mrz.h"

#include <gtest/gtest.h>

#include "cases.h"

namespace kualik::numbers {
namespace {

constexpr const char* td2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6";

TEST(Mrz, GivesTheDocumentedAnswers) {
  for (const auto& row : test::cases("mrz_vectors.tsv", 4)) {
    const auto mrz = parse_mrz(row[0], test::on_the_day());
    EXPECT_TRUE(mrz.value) << row[0];
    EXPECT_EQ(test::words(mrz.reasons), row[2]) << row[0];
    EXPECT_EQ(mrz.reasons.has_error(), row[1] == "invalid") << row[0] << " " << row[3];
  }
}

TEST(Mrz, SaysWhatStandsBehindEachField) {
  const auto mrz = parse_mrz(td2);
  ASSERT_TRUE(mrz.ok()) << test::words(mrz.reasons);
  EXPECT_EQ(mrz.value->format, MrzFormat::td2);
  EXPECT_EQ(mrz.value->surname, "ERIKSSON");
  EXPECT_EQ(mrz.value->given_names, "ANNA MARIA");
  EXPECT_EQ(mrz.value->field("birth_date")->evidence, MrzEvidence::check_and_composite);
  EXPECT_EQ(mrz.value->field("names")->evidence, MrzEvidence::none);
  EXPECT_EQ(mrz.value->field("sex")->evidence, MrzEvidence::none);
  EXPECT_EQ(mrz.value->field("birth_date")->begin, 13);
}

TEST(Mrz, NamesTheFieldThatFails) {
  std::string text = td2;
  text[37 + 14] = '5';  // In the birth date.
  const auto mrz = parse_mrz(text);
  ASSERT_TRUE(mrz.value);
  EXPECT_EQ(mrz.value->field("birth_date")->evidence, MrzEvidence::contradicted);
  EXPECT_EQ(mrz.value->field("document_number")->evidence, MrzEvidence::check);
  EXPECT_TRUE(mrz.reasons.has(Reason::bad_composite_check));
}

TEST(Mrz, BlindSpotsAreThoseOfTheClosedForm) {
  EXPECT_TRUE(mrz_blind('K', '<'));
  EXPECT_TRUE(mrz_blind('I', 'S'));
  EXPECT_TRUE(mrz_blind('B', 'L'));
  EXPECT_FALSE(mrz_blind('0', '8'));
  // Every substitution in the document number is seen unless the two are blind to each other.
  const std::string text = td2;
  for (std::size_t i = 37; i < 46; ++i)
    for (char c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<")) {
      std::string other = text;
      other[i] = c;
      EXPECT_EQ(check_mrz(other).has(Reason::bad_check_digit), c != text[i] && !mrz_blind(c, text[i])) << other;
    }
}

TEST(Mrz, LongDocumentNumbersSayWhichReadingFits) {
  // The specimen of Doc 9303 fits both ways, so it settles nothing.
  const auto mrz =
      parse_mrz("I<UTOD23145890<7349<<<<<<<<<<<|3407127M9507122UTO<<<<<<<<<<<2|STEVENSON<<PETER<JOHN<<<<<<<<<");
  ASSERT_TRUE(mrz.value);
  EXPECT_EQ(mrz.value->document_number, "D23145890734");
  EXPECT_EQ(mrz.value->long_number, MrzLongNumber::both_fit);
  EXPECT_FALSE(mrz.reasons.has_error()) << test::words(mrz.reasons);
}

TEST(Mrz, CenturiesByRule) {
  Options options;
  options.today = {2010, 1, 1};
  EXPECT_EQ(parse_mrz(td2, options).value->birth_date.year, 1974);
  EXPECT_EQ(parse_mrz(td2, options).value->expiry_date.year, 2012);
  EXPECT_EQ(parse_mrz(td2).value->birth_date.year, 1974);
}

TEST(Mrz, NobodyIsBornAfterTheDocumentExpired) {
  // 2020 and 2012: with the clock of 2026 alone the birth would be that of a child born after the expiry.
  const auto mrz =
      parse_mrz("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO2008122F1204159<<<<<<<6", test::on_the_day());
  EXPECT_EQ(mrz.value->birth_date.year, 1920);
}

TEST(Mrz, ComparesTheIinOfAKazakhCard) {
  const std::string text =
      "IDKAZ0123456784850615100126<<<|8506151M2801016KAZ<<<<<<<<<<<9|TEGI<<ATY<<<<<<<<<<<<<<<<<<<<<";
  const auto mrz = parse_mrz(text);
  EXPECT_EQ(mrz.value->iin, "850615100126");
  EXPECT_FALSE(mrz.reasons.has(Reason::cross_check));
  std::string other = text;
  other[31 + 7] = 'F';
  EXPECT_TRUE(parse_mrz(other).reasons.has(Reason::cross_check));
}

TEST(Mrz, FoldsLookAlikes) {
  for (const char* text : {"i<utoeriksson<<anna<maria<<<<<<<<<<<\nd231458907uto7408122f1204159<<<<<<<6",
                           "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
                           "I<UTOERIKSSON«ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
                           "I<UTОERIKSSON<<ANNA<MАRIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"}) {
    const auto mrz = parse_mrz(text);
    ASSERT_TRUE(mrz.value) << text;
    EXPECT_EQ(mrz.value->text, td2) << text;
    EXPECT_EQ(test::words(mrz.reasons), "normalised") << text;
  }
  EXPECT_TRUE(check_mrz("i<utoeriksson<<anna<maria<<<<<<<<<<<\nd231458907uto7408122f1204159<<<<<<<6")
                  .has(Reason::bad_character));
}

TEST(Mrz, AnyBytesAreData) {
  std::mt19937 random(6);
  const std::string valid = td2;
  for (int n = 0; n < 20000; ++n) {
    std::string text = valid;
    for (int k = 0; k < 3; ++k) text[random() % text.size()] = static_cast<char>(random());
    const auto mrz = parse_mrz(text);
    EXPECT_TRUE(mrz.value || mrz.reasons.has_error());
  }
}

}  // namespace
}  // namespace kualik::numbers
