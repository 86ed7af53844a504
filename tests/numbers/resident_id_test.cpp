#include "kualik/numbers/resident_id.h"

#include <gtest/gtest.h>

#include "cases.h"

namespace kualik::numbers {
namespace {

using test::made_up;
using test::on_the_day;

TEST(ResidentId, GivesTheDocumentedAnswers) {
  int argued = 0;
  for (const auto& row : test::cases("resident_vectors.tsv", 5)) {
    const ReasonSet reasons = check_resident_id(row[0], on_the_day());
    EXPECT_EQ(test::words(reasons), row[2]) << row[0] << " " << row[3];
    // A doubt is no refusal. Where the documented answer is not followed, the table argues why.
    const bool refused = reasons.has_error();
    if (refused != (row[1] == "invalid")) {
      EXPECT_FALSE(row[4].empty()) << row[0] << " documented " << row[1];
      ++argued;
    }
  }
  EXPECT_EQ(argued, 2);  // Unknown regions: a table refuses no number.
}

TEST(ResidentId, OddForms) {
  for (const auto& row : test::cases("odd_vectors.tsv", 5)) {
    EXPECT_EQ(test::words(parse_resident_id(row[0], on_the_day()).reasons), row[1]) << row[0] << " " << row[4];
    EXPECT_EQ(test::words(check_resident_id(row[0], on_the_day())), row[2]) << row[0] << " " << row[4];
  }
}

TEST(ResidentId, CheckCharIsConstexprAndThatOfTheStandard) {
  static_assert(resident_check_char("11010519491231002") == 'X');
  static_assert(resident_check_char("44052418800101001") == '4');
  static_assert(resident_check_char("4405241880010100") == '\0');
  static_assert(resident_check_char("44052418800101O01") == '\0');
}

TEST(ResidentId, DetectsEverySingleErrorAndEveryNeighbourSwap) {
  std::mt19937 random(11);
  for (int n = 0; n < 3000; ++n) {
    const std::string id = made_up(random);
    ASSERT_FALSE(check_resident_id(id).has_error()) << id;
    for (std::size_t i = 0; i < 18; ++i) {
      for (char c : std::string_view("0123456789X")) {
        if (c == id[i]) continue;
        std::string damaged = id;
        damaged[i] = c;
        ASSERT_TRUE(check_resident_id(damaged).has_error()) << id << " " << damaged;
      }
      if (i < 17 && id[i] != id[i + 1]) {
        std::string swapped = id;
        std::swap(swapped[i], swapped[i + 1]);
        ASSERT_TRUE(check_resident_id(swapped).has_error()) << id << " " << swapped;
      }
    }
  }
}

TEST(ResidentId, OneOfElevenCheckCharsFits) {
  int fitting = 0;
  for (char c : std::string_view("0123456789X"))
    fitting += check_resident_id(std::string("44052418800101001") + c).has(Reason::bad_check_digit) ? 0 : 1;
  EXPECT_EQ(fitting, 1);
}

TEST(ResidentId, TakesApart) {
  const auto id = parse_resident_id("654023188506150134");
  ASSERT_TRUE(id.value);
  EXPECT_EQ(id.value->region_code, 654023);
  EXPECT_EQ(id.value->birth, (Date{1885, 6, 15}));
  EXPECT_EQ(id.value->sequence, 13);
  EXPECT_EQ(id.value->sex, Sex::male);
  EXPECT_EQ(id.value->check, '4');
  EXPECT_EQ(format_resident_id(*id.value, true), "654023 18850615 0134");
}

TEST(ResidentId, ReportsAllReasonsAtOnce) {
  const ReasonSet reasons = check_resident_id("110199188902300012", on_the_day());
  EXPECT_EQ(test::words(reasons), "bad_check_digit bad_date unknown_region");
}

TEST(ResidentId, FoldsWhenParsingButNotWhenChecking) {
  for (const char* text : {"４４０５２４１８８００１０１００１４", "440524 18800101 0014", "440524-18800101-0014",
                           "440524\n188001010014", "٤٤٠٥٢٤188001010014"}) {
    const auto id = parse_resident_id(text);
    ASSERT_TRUE(id.value) << text;
    EXPECT_EQ(id.value->text(), "440524188001010014");
    EXPECT_EQ(test::words(id.reasons), "normalised");
    EXPECT_TRUE(check_resident_id(text).has_error()) << text;
  }
  for (const char* x : {"x", "Х", "х", "Χ", "Ｘ", "×", "Ⅹ"})
    EXPECT_EQ(parse_resident_id(std::string("11010519491231002") + x).value->text(), "11010519491231002X") << x;
}

TEST(ResidentId, KeepsHiddenDigitsHidden) {
  for (const char* text : {"440524********0014", "440524××××××××0014", "440524XXXXXXXX0014"}) {
    const auto id = parse_resident_id(text);
    ASSERT_TRUE(id.value) << text;
    EXPECT_EQ(id.value->text(), "440524********0014");
    EXPECT_TRUE(id.reasons.has(Reason::masked));
    EXPECT_FALSE(id.reasons.has_error());
    EXPECT_FALSE(id.value->birth.valid());
  }
  EXPECT_TRUE(check_resident_id("440524****13010014").has(Reason::bad_date));
  EXPECT_FALSE(check_resident_id("440524****02290014").has(Reason::bad_date));
  EXPECT_TRUE(check_resident_id("440524****02300014").has(Reason::bad_date));
}

TEST(ResidentId, UpgradesToASet) {
  const auto plain = upgrade_candidates(*parse_resident_id("654199720309024").value);
  ASSERT_EQ(plain.size, 1U);
  EXPECT_EQ(plain.candidates[0].text(), "65419919720309024X");
  const auto old = parse_resident_id("654199080101996");
  EXPECT_TRUE(old.reasons.has(Reason::ambiguous));
  const auto both = upgrade_candidates(*old.value);
  ASSERT_EQ(both.size, 2U);
  EXPECT_EQ(both.candidates[0].text(), "654199180801019960");
  EXPECT_EQ(both.candidates[1].birth.year, 1908);
  EXPECT_EQ(upgrade_candidates(*parse_resident_id("440524188001010014").value).size, 0U);
}

TEST(ResidentId, ForeignersCards) {
  const auto old = parse_resident_id("KAZ110090123105", on_the_day());
  ASSERT_TRUE(old.ok()) << test::words(old.reasons);
  EXPECT_EQ(old.value->nationality.view(), "KAZ");
  EXPECT_EQ(old.value->birth, (Date{1990, 12, 31}));
  const auto now = parse_resident_id("911398199012310021", on_the_day());
  ASSERT_TRUE(now.ok()) << test::words(now.reasons);
  EXPECT_EQ(now.value->form, ResidentForm::foreigner18);
  EXPECT_EQ(now.value->nationality.view(), "KAZ");
  EXPECT_EQ(now.value->region_code, 110000);
}

TEST(ResidentId, CallerSaysWhichFormsAreAccepted) {
  Options only18;
  only18.forms = Forms::citizen18;
  EXPECT_TRUE(check_resident_id("110101781027002", only18).has(Reason::bad_structure));
  EXPECT_TRUE(check_resident_id("911398199012310021", only18).has(Reason::bad_structure));
  EXPECT_FALSE(check_resident_id("440524188001010014", only18).has_error());
}

TEST(ResidentId, WithoutAClockNothingIsSaidOfAges) {
  EXPECT_TRUE(check_resident_id("440524188001010014").empty());
  Options early;
  early.today = {1879, 1, 1};
  EXPECT_TRUE(check_resident_id("440524188001010014", early).has(Reason::future_date));
}

TEST(ResidentId, MaskKeepsTheRegionAtMost) {
  EXPECT_EQ(mask_resident_id("440524188001010014"), "440524************");
  EXPECT_EQ(mask_resident_id("440524188001010014", 0), "******************");
  EXPECT_EQ(mask_resident_id("440524188001010014", 17), "440524************");
  EXPECT_EQ(mask_resident_id("张三"), "**");
}

TEST(ResidentId, AnyBytesAreData) {
  std::mt19937 random(5);
  for (int n = 0; n < 20000; ++n) {
    std::string text(random() % 40, '\0');
    for (char& c : text) c = static_cast<char>(random());
    const auto id = parse_resident_id(text);
    EXPECT_TRUE(id.value || id.reasons.has_error());
  }
}

}  // namespace
}  // namespace kualik::numbers
