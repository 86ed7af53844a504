#include "kualik/numbers/table_check.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "cases.h"

namespace kualik::numbers {
namespace {

struct Result {
  std::string text;
  std::vector<std::pair<std::uint64_t, std::string>> bad;
  TableSummary summary;
};

/// Gives the input in pieces of `piece` bytes.
Result run(const std::string& input, TableOptions options, std::size_t piece = 1 << 20) {
  Result result;
  std::size_t at = 0;
  options.check.today = {2026, 11, 23};
  result.summary = check_table(
      [&](char* buffer, std::size_t size) {
        const std::size_t got = std::min({size, piece, input.size() - at});
        input.copy(buffer, got, at);
        at += got;
        return got;
      },
      [&](std::string_view text) { result.text += text; },
      [&](std::uint64_t line, std::string_view message) { result.bad.emplace_back(line, message); }, options);
  return result;
}

TEST(TableCheck, PlainListKeepsOrderAndLineNumbers) {
  const Result r = run("440524188001010014\n\n11010519491231002X\r\n440524188001010015", {});
  EXPECT_EQ(r.text,
            "line,input,kind,verdict,reasons,value,birth_date,sex,region_code,region,encoded_date,document_number,"
            "expiry_date,nationality,name,"
            "court,case_type\n"
            "1,440524188001010014,cn_id,doubt,implausible_age,440524188001010014,1880-01-01,M,440524,"
            "广东省汕头市潮阳县,,,,,,,\n"
            "3,11010519491231002X,cn_id,ok,,11010519491231002X,1949-12-31,F,110105,北京市朝阳区,,,,,,,\n"
            "4,440524188001010015,cn_id,error,bad_check_digit "
            "implausible_age,,1880-01-01,M,440524,广东省汕头市潮阳县,,,,,,,\n");
  EXPECT_EQ(r.summary.inputs, 3U);
  EXPECT_EQ(r.summary.ok, 1U);
  EXPECT_EQ(r.summary.error, 1U);
}

TEST(TableCheck, CutsAnywhereGiveTheSame) {
  std::string input = "id_number,name\n";
  for (const auto& row : test::cases("resident_vectors.tsv", 5)) input += row[0] + ",\"a, \"\"b\"\"\nc\"\n";
  const Result whole = run(input, {});
  EXPECT_GT(whole.summary.inputs, 80U);
  for (std::size_t piece : {1U, 7U, 19U, 100U, 4096U}) EXPECT_EQ(run(input, {}, piece).text, whole.text) << piece;
}

TEST(TableCheck, ColumnByNameOrNumber) {
  const std::string input = "a;number two;c\nx;440524188001010014;z\ny;440524188001010015;z\n";
  TableOptions by_name;
  by_name.column = "Number Two";
  TableOptions by_number;
  by_number.column = "2";
  EXPECT_EQ(run(input, by_name).summary.inputs, 2U);
  EXPECT_EQ(run(input, by_name).text, run(input, by_number).text);
  TableOptions wrong;
  wrong.column = "four";
  try {
    run(input, wrong);
    FAIL() << "a column that is not there";
  } catch (const std::invalid_argument& fault) {
    EXPECT_NE(std::string(fault.what()).find("number two"), std::string::npos);
  }
}

TEST(TableCheck, FindsTheColumnOfATsvByItself) {
  const Result r = run("姓名\t公民身份号码\n甲\t440524188001010014\n", {});
  EXPECT_EQ(r.summary.inputs, 1U);
  EXPECT_EQ(r.summary.doubt, 1U);
}

TEST(TableCheck, BadLinesAreReportedWithTheirNumber) {
  const Result r =
      run("name,id_number\na,440524188001010014\nonly one\n\"open,440524188001010014\nb,11010519491231002X\n", {});
  ASSERT_EQ(r.bad.size(), 2U);
  EXPECT_EQ(r.bad[0].first, 3U);
  EXPECT_EQ(r.bad[1].first, 4U);
  EXPECT_EQ(r.summary.inputs, 2U);
  EXPECT_EQ(r.summary.bad_lines, 2U);
  EXPECT_NE(r.text.find("\n5,11010519491231002X"), std::string::npos);
}

TEST(TableCheck, LongLinesDoNotStopIt) {
  const Result r = run(std::string(3 << 20, '1') + "\n11010519491231002X\n", {});
  ASSERT_EQ(r.bad.size(), 1U);
  EXPECT_EQ(r.bad[0].first, 1U);
  EXPECT_NE(r.text.find("\n2,11010519491231002X"), std::string::npos);
}

TEST(TableCheck, MixedKindsAsJsonLines) {
  TableOptions options;
  options.format = TableFormat::jsonl;
  const Result r =
      run("850615100126\n(2018)新40刑初12号\nI<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<|D231458907UTO7408122F1204159<<<<<<<"
          "6\na\"b\n",
          options);
  EXPECT_NE(r.text.find("\"kind\":\"iin\",\"verdict\":\"doubt\",\"reasons\":[\"implausible_age\"]"), std::string::npos)
      << r.text;
  EXPECT_NE(r.text.find("\"value\":\"（2018）新40刑初12号\""), std::string::npos);
  EXPECT_NE(r.text.find("\"name\":\"ERIKSSON, ANNA MARIA\""), std::string::npos);
  EXPECT_NE(r.text.find("\"input\":\"a\\\"b\""), std::string::npos);
}

TEST(TableCheck, RowsCanBeLeftOut) {
  TableOptions options;
  options.rows = TableRows::flagged;
  EXPECT_EQ(run("11010519491231002X\n440524188001010015\n", options).text.find("11010519491231002X"),
            std::string::npos);
  options.rows = TableRows::none;
  EXPECT_EQ(run("11010519491231002X\n", options).text, "");
}

}  // namespace
}  // namespace kualik::numbers
