#include "kualik/documents/checks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "kualik/documents/parse.h"
#include "support/tsv.h"

namespace {

using namespace kualik;
using documents::Check;
using documents::Field;

documents::Kind kind_of(const std::string& name) {
  for (int k = 0; k <= static_cast<int>(documents::Kind::other_document); ++k)
    if (documents::name(static_cast<documents::Kind>(k)) == name) return static_cast<documents::Kind>(k);
  ADD_FAILURE() << name;
  return documents::Kind::other_document;
}

// key=value;key=value, a detail in parentheses behind the value: sentence=P7Y(fixed-term; reduced by P6M)
std::vector<Field> fields_of(const std::string& text) {
  std::vector<Field> fields;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find('|', begin);
    if (end == std::string::npos) end = text.size();
    const std::string part = text.substr(begin, end - begin);
    const std::size_t equals = part.find('=');
    Field f;
    f.key = part.substr(0, equals);
    f.value = part.substr(equals + 1);
    if (const std::size_t open = f.value.find(" {"); open != std::string::npos) {
      f.detail = f.value.substr(open + 2, f.value.size() - open - 3);
      f.value.resize(open);
    }
    fields.push_back(f);
    begin = end + 1;
  }
  return fields;
}

TEST(Checks, TableOfRules) {
  const auto rows = test::read_tsv("documents/checks.tsv");
  ASSERT_GE(rows.size(), 40U);
  for (const auto& row : rows) {
    const auto checks = documents::cross_check(fields_of(row.at(1)), kind_of(row.at(0)), {2026, 11, 23});
    const auto found = std::find_if(checks.begin(), checks.end(), [&](const Check& c) { return c.rule == row.at(2); });
    if (row.at(3) == "-") {
      EXPECT_EQ(found, checks.end()) << row.at(1) << ' ' << row.at(2);
      continue;
    }
    ASSERT_NE(found, checks.end()) << row.at(1) << ' ' << row.at(2);
    EXPECT_EQ(documents::name(found->verdict), row.at(3)) << row.at(1) << ' ' << row.at(2) << ' ' << found->detail;
  }
}

TEST(Checks, EachSubjectForItself) {
  std::vector<Field> fields = fields_of(
      "sentence=P8Y|term_from=2018-06-01|term_to=2026-05-31|sentence=P4Y|term_from=2018-06-03|term_to=2029-06-02");
  for (std::size_t i = 0; i < fields.size(); ++i) fields[i].subject = i < 3 ? 1 : 2;
  const auto checks = documents::cross_check(fields, documents::Kind::court_document, {2026, 11, 23});
  int agrees = 0;
  int disagrees = 0;
  for (const Check& c : checks) {
    if (c.rule != "term_matches_dates") continue;
    agrees += c.verdict == documents::Verdict::agrees && c.subject == 1 ? 1 : 0;
    disagrees += c.verdict == documents::Verdict::disagrees && c.subject == 2 ? 1 : 0;
  }
  EXPECT_EQ(agrees, 1);
  EXPECT_EQ(disagrees, 1);
}

// A defendant without a charge where another has one: his paragraph of the verdict was not read.
TEST(Checks, AChargeForEachDefendant) {
  std::vector<Field> fields =
      fields_of("defendant=努尔兰|charge=分裂国家罪|defendant=巴合提|defendant=木拉提|sentence=P3Y");
  for (std::size_t i = 0; i < fields.size(); ++i) fields[i].subject = i < 2 ? 1 : i < 3 ? 2 : 3;
  std::string said;
  for (const Check& c : documents::cross_check(fields, documents::Kind::court_document, {2026, 11, 23}))
    if (c.rule == "charge_for_each_defendant")
      said += std::to_string(c.subject) + ' ' + std::string(documents::name(c.verdict)) + '\n';
  EXPECT_EQ(said, "1 agrees\n2 disagrees\n3 agrees\n");
}

// Letters in places of a zone where only figures stand: read as figures if all check digits hold then, and said so.
TEST(Zones, LettersForFiguresAreSaid) {
  documents::ParseOptions options;
  options.today = {2026, 11, 23};
  struct Case {
    const char* text;
    const char* number;
    documents::Kind kind;
    bool repaired;
  };
  const std::vector<Case> cases{
      {"IDKAZO456789012820917100421<<<\n8209175M3O12316KAZ<<<<<<<<<<<9\nORAZALY<<BATYRKHAN<<<<<<<<<<<<", "045678901",
       documents::Kind::kz_id_back, true},
      {"IDKAZ0456789012820917100421<<<\n8209175M3012316KAZ<<<<<<<<<<<9\nORAZALY<<BATYRKHAN<<<<<<<<<<<<", "045678901",
       documents::Kind::kz_id_back, false},
      {"POCHNNUERLAN<<BIEKE<<<<<<<<<<<<<<<<<<<<<<<<<\nE1234S6782CHN8506151M2801016<<<<<<<<<<<<<<00", "E12345678",
       documents::Kind::passport, true},
      // A figure for another is no letter: the error stands.
      {"POCHNNUERLAN<<BIEKE<<<<<<<<<<<<<<<<<<<<<<<<<\nE123446782CHN8506151M2801016<<<<<<<<<<<<<<00", "E12344678",
       documents::Kind::passport, false}};
  for (const Case& c : cases) {
    const auto found = documents::parse_text(c.text, options);
    ASSERT_EQ(found.size(), 1U) << c.text;
    EXPECT_EQ(found[0].kind, c.kind) << c.text;
    const documents::Field* number = found[0].find("document_number");
    ASSERT_NE(number, nullptr) << c.text;
    EXPECT_EQ(number->value, c.number);
    EXPECT_EQ(number->reasons.has(Reason::repaired), c.repaired) << c.text;
    const documents::Field* zone = found[0].find("mrz");
    ASSERT_NE(zone, nullptr);
    EXPECT_EQ(zone->reasons.has(Reason::repaired), c.repaired) << c.text;
  }
}

}  // namespace
