// The century of a birth date that a machine-readable zone gives with two digits of its year.

#include <gtest/gtest.h>

#include "kualik/documents/checks.h"
#include "kualik/documents/parse.h"

namespace {

using namespace kualik;

struct Case {
  const char* about;
  const char* page;
  const char* zone;
  const char* birth;
  bool by_rule;
  bool doubt;
};

constexpr const char* born_80 =
    "POCHNNUERLAN<<BIEKE<<<<<<<<<<<<<<<<<<<<<<<<<\nE123456782CHN8003122M2801016<<<<<<<<<<<<<<08\n";
constexpr const char* born_08 =
    "POCHNNUERLAN<<BIEKE<<<<<<<<<<<<<<<<<<<<<<<<<\nE123456782CHN0803120M2801016<<<<<<<<<<<<<<06\n";
constexpr const char* born_07 =
    "POCHNNUERLAN<<BIEKE<<<<<<<<<<<<<<<<<<<<<<<<<\nE123456782CHN0703127M2801016<<<<<<<<<<<<<<06\n";
constexpr const char* unread_expiry =
    "POCHNNUERLAN<<BIEKE<<<<<<<<<<<<<<<<<<<<<<<<<\nE123456782CHN8003122M2801026<<<<<<<<<<<<<<08\n";
constexpr const char* with_number =
    "POKAZNUERLAN<<BIEKE<<<<<<<<<<<<<<<<<<<<<<<<<\nE123456782KAZ8506151M2801016850615100126<<74\n";

const Case cases[] = {
    {"the zone alone: nobody is 148 when the passport expires", "", born_80, "1980-03-12", true, false},
    {"the page prints the year", "护照 PASSPORT\n出生日期/Date of birth 12 MAR 1980\n", born_80, "1980-03-12", false,
     false},
    {"the page prints another century", "护照 PASSPORT\n出生日期/Date of birth 12 MAR 1880\n", born_80, "1880-03-12",
     false, false},
    {"another date stands on the line below", "护照 PASSPORT\n中国/CHINESE 12 MAR 1880\n01 JAN 2018\n", born_80,
     "1880-03-12", false, false},
    {"the page's year was not read", "护照 PASSPORT\n出生日期/Date of birth 12 MAR\n", born_80, "1980-03-12", true,
     true},
    {"the page's date was not read", "护照 PASSPORT\n姓名/Name\nNUERLAN, BIEKE\n", born_80, "1980-03-12", true, true},
    {"a holder of 20 or of 120", "", born_08, "2008-03-12", true, true},
    {"a holder of 21, since nobody is 121", "", born_07, "2007-03-12", true, false},
    {"nothing says when the passport expires", "", unread_expiry, "1980-03-12", true, true},
    {"Kazakhstan's number tells the century", "", with_number, "1885-06-15", false, false},
};

TEST(Century, IsNamedWhereItIsByRule) {
  for (const Case& c : cases) {
    documents::ParseOptions options;
    options.today = {2026, 11, 23};
    const auto found = documents::parse_text(std::string(c.page) + c.zone, options);
    ASSERT_EQ(found.size(), 1U) << c.about;
    const documents::Field* birth = found[0].find("birth_date");
    ASSERT_TRUE(birth) << c.about;
    EXPECT_EQ(birth->value, c.birth) << c.about;
    EXPECT_EQ(birth->detail.find("century is by rule") != std::string::npos, c.by_rule)
        << c.about << ": " << birth->detail;
    EXPECT_EQ(birth->reasons.has(Reason::ambiguous), c.doubt) << c.about;
  }
}

// A passport prints the date in full: where other print of its page was read and the date was not, the rule is doubted.
TEST(Century, PrintBesideTheZoneIsAWitness) {
  documents::ParseOptions options;
  options.today = {2026, 11, 23};
  for (const bool in_picture : {false, true}) {
    PageText page = PageText::from_text(std::string("REPUBLIC OF UTOPIA\nNUERLAN BIEKE\n") + born_80);
    for (TextLine& line : page.lines)
      if (in_picture) line.quad = Quad::from_rect({0, 0, 100, 10});
    const auto found = documents::parse(page, options);
    ASSERT_EQ(found.size(), 1U);
    ASSERT_TRUE(found[0].find("birth_date"));
    EXPECT_EQ(found[0].find("birth_date")->reasons.has(Reason::ambiguous), in_picture);
  }
}

// That a field of the zone agrees with the zone proves nothing of it.
TEST(Century, ZoneIsNoWitnessForItself) {
  documents::ParseOptions options;
  options.today = {2026, 11, 23};
  const auto alone = documents::parse_text(born_80, options);
  ASSERT_EQ(alone.size(), 1U);
  for (const char* key : {"surname", "given_names", "sex", "nationality", "issuing_state"})
    EXPECT_FALSE(alone[0].find(key)->checkable) << key;
  for (const char* key : {"document_number", "birth_date", "expiry_date"})
    EXPECT_TRUE(alone[0].find(key)->checkable) << key;
  for (const documents::Check& c : documents::cross_check(alone[0].fields, alone[0].kind, options.today))
    EXPECT_EQ(c.rule.find("_matches_mrz"), std::string::npos) << c.rule;

  const auto page = documents::parse_text(std::string("PASSPORT\nТЕГІ / ФАМИЛИЯ\nNUERLAN\n") + born_80, options);
  ASSERT_EQ(page.size(), 1U);
  EXPECT_TRUE(page[0].find("surname")->checkable);
}

// A number in the zone is doubted for what it says itself, as the same number in print is.
TEST(Century, NumbersOfTheZoneAreDoubtedAsPrintedOnes) {
  documents::ParseOptions options;
  options.today = {2026, 11, 23};
  const auto doubted = [&](const std::string& text, const char* key) {
    const auto found = documents::parse_text(text, options);
    const documents::Field* number = found.empty() ? nullptr : found[0].find(key);
    EXPECT_NE(number, nullptr) << text;
    return number != nullptr && number->reasons.has(Reason::implausible_age);
  };
  EXPECT_TRUE(doubted(with_number, "personal_number"));
  EXPECT_TRUE(doubted("ЖЕКЕ КУӘЛІК\nТЕГІ/ФАМИЛИЯ\nНҰРЛАН\nЖСН/ИИН\n850615100126\n", "iin"));
  EXPECT_TRUE(
      doubted("I<KAZ0123456784850615101233<<<\n8506151M3001020CHN<<<<<<<<<<<1\nNUERLAN<<BAHETI<<<<<<<<<<<<<<<\n",
              "personal_number"));
  // Born in 2003; what China prints there is no such number.
  EXPECT_FALSE(doubted("POKAZNUERLAN<<BIEKE<<<<<<<<<<<<<<<<<<<<<<<<<\nE123456782KAZ0306159M2801016030615500120<<72\n",
                       "personal_number"));
}

}  // namespace
