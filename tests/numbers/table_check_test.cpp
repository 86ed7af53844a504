#include "kualik/numbers/table_check.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "cases.h"
#include "kualik/numbers/explain.h"
#include "kualik/numbers/resident_id.h"

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

TEST(TableCheck, SaysWhyInWords) {
  TableOptions options;
  options.explain = true;
  options.check.today = {2026, 11, 23};
  for (const kualik::test::Row& row : test::cases("explained.tsv", 3)) {
    std::string text = row[0];
    options.check.fold = row[1] == "fold";
    for (TableFormat format : {TableFormat::csv, TableFormat::jsonl}) {
      options.format = format;
      EXPECT_NE(run(text, options).text.find(row[2]), std::string::npos) << row[2] << '\n' << run(text, options).text;
    }
  }
  // Made here and dropped: a number of a day to come may be somebody's one day.
  std::string to_come = "44052420300101001";
  to_come += numbers::resident_check_char(to_come);
  options.check = {};
  EXPECT_NE(run(to_come, options).text.find("2030-01-01 is after today"), std::string::npos);
  options.format = TableFormat::csv;
  const std::string fine = run("11010519491231002X\n", options).text;
  EXPECT_EQ(std::count(fine.begin(), fine.end(), ','), 2 * 17) << fine;
  EXPECT_EQ(run("440524188001010015\n11010519491231002X\n", {}).summary.reasons[2], 1U);
}

TEST(TableCheck, EveryReasonHasWords) {
  for (unsigned bit = 0; bit < 32; ++bit) {
    const auto reason = static_cast<Reason>(bit);
    EXPECT_EQ(in_words(reason) == "reserved", name(reason) == "reserved") << bit;
  }
}

TEST(TableCheck, ReadsTheUnicodeTextOfSpreadsheets) {
  const std::string plain = "姓名\tid\n甲𠀀\t440524188001010014\n\t11010519491231002X\n";
  for (bool big : {false, true}) {
    std::string wide = big ? "\xFE\xFF" : "\xFF\xFE";
    for (char16_t c : std::u16string(u"姓名\tid\n甲𠀀\t440524188001010014\n\t11010519491231002X\n")) {
      const char bytes[] = {static_cast<char>(c >> 8), static_cast<char>(c & 0xFF)};
      wide += bytes[big ? 0 : 1];
      wide += bytes[big ? 1 : 0];
    }
    for (std::size_t piece : {1U, 3U, 4096U}) {
      EXPECT_EQ(run(wide, {}, piece).text, run(plain, {}).text) << piece;
      EXPECT_EQ(run(wide.substr(2), {}, piece).text, run(plain, {}).text) << piece << " without the mark";
    }
  }
}

TEST(TableCheck, AStrayZeroMakesNoUnicodeText) {
  const std::string rows = "name,id_number\nx,11010519491231002X\n";
  std::string stray = rows;
  stray.insert(stray.size() - 1, std::string(",\0", 2));
  EXPECT_EQ(run(stray, {}).summary.ok, 1U);
  EXPECT_EQ(run(stray + '\n', {}).summary.ok, 1U) << "whichever byte of a pair it is";
  // Zeros far behind: how many bytes come at once must not tell.
  std::string behind;
  while (behind.size() < 200) behind += "11010519491231002X\n";
  for (int i = 0; i < 400; ++i) behind += std::string("1\0", 2);
  EXPECT_EQ(run(behind, {}, 5).text, run(behind, {}).text);
}

TEST(TableCheck, TheFirstRecordDecidesWhereNoNameDoes) {
  const Result r = run("name,phone,passport\na,13800138000,440524188001010014\nb,13800138000,11010519491231002X\n", {});
  EXPECT_EQ(r.summary.inputs, 2U);
  EXPECT_EQ(r.summary.error, 0U);
  const Result none = [] {
    try {
      return run("a,b\nx,y\n", {});
    } catch (const std::invalid_argument&) {
      return Result{};
    }
  }();
  EXPECT_EQ(none.text, "");  // Nothing is written before the input is known to be usable.
}

TEST(TableCheck, ThreadsGiveTheSameBytes) {
  std::mt19937 random(8);
  std::string list;
  for (int i = 0; i < 60000; ++i) {
    std::string id = test::made_up(random);
    if (random() % 10 == 0) id[random() % 18] = "0123456789xXO "[random() % 14];
    if (random() % 50 == 0) id.erase(random() % 18);
    list += id + '\n';
  }
  TableOptions options;
  const Result one = run(list, options);
  for (int threads : {2, 3}) {
    options.threads = threads;
    const Result many = run(list, options);
    EXPECT_TRUE(many.text == one.text) << threads;
    EXPECT_EQ(many.summary.error, one.summary.error);
  }
}

TEST(TableCheck, StretchesOfPlainLinesGiveWhatSingleLinesGive) {
  std::mt19937 random(9);
  std::string plain;
  std::string breaks_of_two;
  std::string blank_behind;  // Is not taken as a stretch.
  for (int i = 0; i < 30000; ++i) {
    std::string id = test::made_up(random);
    if (random() % 10 == 0) id[random() % 18] = static_cast<char>('0' + random() % 10);
    if (random() % 20 == 0) id.replace(0, 2, "9" + std::to_string(random() % 10));
    if (random() % 300 == 0) id[random() % 18] = "xXO*"[random() % 4];
    if (random() % 3000 == 0) id[17] = '\n';
    plain += id + '\n';
    breaks_of_two += id + "\r\n";
    blank_behind += id + " \n";
  }
  for (const TableFormat format : {TableFormat::csv, TableFormat::jsonl})
    for (const TableRows rows : {TableRows::all, TableRows::flagged})
      for (const bool explain : {false, true}) {
        TableOptions options;
        options.format = format;
        options.rows = rows;
        options.explain = explain;
        const Result stretches = run(plain, options);
        EXPECT_TRUE(stretches.text == run(blank_behind, options).text) << static_cast<int>(format) << explain;
        EXPECT_TRUE(stretches.text == run(breaks_of_two, options).text) << static_cast<int>(format) << explain;
        for (std::size_t piece : {18U, 19U, 1000U})
          EXPECT_TRUE(stretches.text == run(plain, options, piece).text) << piece;
      }
}

TEST(TableCheck, BytesThatAreNoTextDoNotSpoilJson) {
  TableOptions options;
  options.format = TableFormat::jsonl;
  const std::string text = run("12\xFF\xE5\x85"
                               "3\x01\n",
                               options)
                               .text;
  EXPECT_NE(text.find("12\\ufffd\\ufffd\\ufffd3\\u0001"), std::string::npos) << text;
}

TEST(TableCheck, QuotedCells) {
  const Result r = run("id,name\r\n\"440524188001010014\",\"a \"\"b\"\"\"\r\n\"4405\"\"24\",x\r\n", {});
  EXPECT_EQ(r.summary.inputs, 2U);
  EXPECT_EQ(r.summary.bad_lines, 0U);
  EXPECT_NE(r.text.find("3,\"4405\"\"24\",cn_id,error"), std::string::npos) << r.text;
}

TEST(TableCheck, LinesOfOldMacsAndMixtures) {
  const std::string list = "440524188001010014\n\n11010519491231002X\n440524188001010015\n";
  const std::string table = "name,id\n\"a\n\nb\",440524188001010014\nc,\"11010519491231002X\"\n";
  for (const std::string& plain : {list, table}) {
    const std::string wanted = run(plain, {}).text;
    for (const char* instead : {"\r", "\r\n", "\r\r\n", "by turns"}) {
      if (plain == table && std::string(instead) == "\r\r\n") continue;
      std::string other;
      bool turn = false;
      for (std::size_t i = 0; i < plain.size(); ++i) {
        const bool blank = plain.find("\n\n", i - 1) <= i;  // CR beside LF of a blank line would be one break.
        if (plain[i] != '\n')
          other += plain[i];
        else if (std::string(instead) != "by turns")
          other += instead;
        else
          other += blank ? "\n" : (turn = !turn) ? "\r" : "\r\n";
      }
      for (std::size_t piece : {1U, 2U, 19U, 4096U}) EXPECT_EQ(run(other, {}, piece).text, wanted) << instead << piece;
    }
  }
  // More than a line may hold, in one piece if CR were no end.
  std::string many;
  for (int i = 0; i < 70000; ++i) many += "11010519491231002X\r";
  EXPECT_EQ(run(many, {}).summary.ok, 70000U);
  EXPECT_EQ(run(many, {}).summary.bad_lines, 0U);
}

TEST(TableCheck, QuotesInsideCellsHoldNoLinesTogether) {
  // A quote that does not begin a cell is text; one that is closed before other text is a fault of its own line.
  const Result r =
      run("size,id\n5\",440524188001010014\n6\",11010519491231002X\nx,440524188001010014\n\"y,440524188001010014\n"
          "z,\"11010519491231002X\"\n\"w\"w,440524188001010014\n\"a\n\"\"b\"\"\",440524188001010014\n",
          {});
  EXPECT_EQ(r.summary.inputs, 5U) << r.text;
  ASSERT_EQ(r.bad.size(), 2U);
  EXPECT_EQ(r.bad[0].first, 5U);
  EXPECT_EQ(r.bad[1].first, 7U);
  EXPECT_NE(r.text.find("\n6,11010519491231002X"), std::string::npos) << r.text;
  EXPECT_NE(r.text.find("\n8,440524188001010014"), std::string::npos) << r.text;
}

TEST(TableCheck, SpreadsheetsMarksOfTextAreTakenOff) {
  // What stands around the number, and what the row says of it.
  const std::pair<const char*, const char*> cells[] = {
      {"=\"11010519491231002X\"", "normalised,11010519491231002X"},
      {"\"=\"\"11010519491231002X\"\"\"", "normalised,11010519491231002X"},
      {"'11010519491231002X", "normalised,11010519491231002X"},
      {"\u201811010519491231002X", "normalised,11010519491231002X"},
      {"\u00a011010519491231002X\u3000", "normalised,11010519491231002X"},
      {"\ufeff11010519491231002X\u200b", "normalised,11010519491231002X"},
      {"\" 11010519491231002X\t\"", ",11010519491231002X"},
      {"=\"440524880101001\"", "normalised,440524880101001"},
      {"=\"\"", "not_found,"},
      {"\u3000", "not_found,"},
      {"=11010519491231002X", "bad_length bad_character,"},
      {"=\"11010519491231002", "bad_length bad_character,"},
      {"1.10105E+17", "bad_length bad_character,"},
  };
  for (const auto& [cell, said] : cells) {
    const std::string text = run(std::string("name,id\na,") + cell + ",\nb,11010519491231002X\n", {}).text;
    EXPECT_NE(text.find(said), std::string::npos) << cell << '\n' << text;
    EXPECT_NE(text.find("\n3,11010519491231002X,cn_id,ok"), std::string::npos) << cell;
  }
  TableOptions options;
  options.check.fold = true;
  EXPECT_NE(run("=\"110105 19491231 002x\"\n", options).text.find("normalised,11010519491231002X"), std::string::npos);
}

TEST(TableCheck, BlanksOutsideOfQuotesAndBars) {
  const std::string wanted = run("name,id\n\"a,\nb\",11010519491231002X\nc,440524188001010014\n", {}).text;
  EXPECT_EQ(run("name,id\n  \"a,\nb\" , \"11010519491231002X\" \nc, \"440524188001010014\"\n", {}).text, wanted);
  EXPECT_EQ(run("name|id\n\"a,\nb\"|11010519491231002X\nc|440524188001010014\n", {}).text, wanted);
}

TEST(TableCheck, HeadsAsTheyAreTyped) {
  for (const char* head :
       {"name,\"\u8eab\u4efd\u8bc1\n\u53f7\u7801\"", "name,*\u8eab\u4efd\u8bc1\u53f7\u7801\uff08\u5fc5\u586b\uff09",
        "name, ID Number: ", "name,\u0418\u0418\u041d\u00a0",
        "\u540d\u5355,\n,\n\u59d3\u540d,\u516c\u6c11\u8eab\u4efd\u53f7\u7801",
        "list of 2018,\nname,number of card\n(text),(18 digits)"}) {
    const Result r = run(std::string(head) + "\na,440524188001010014\nb,11010519491231002X\n", {});
    EXPECT_EQ(r.summary.inputs, 2U) << head << '\n' << r.text;
    EXPECT_EQ(r.summary.error, 0U) << head << '\n' << r.text;
    EXPECT_EQ(r.summary.bad_lines, 0U) << head;
  }
  // What stands above is said.
  const Result titled = run("list of 2018,\nname,number of card\n(text),(18 digits)\na,440524188001010014\n", {});
  ASSERT_EQ(titled.bad.size(), 2U);
  EXPECT_EQ(titled.bad[0].first, 2U);
  EXPECT_NE(titled.text.find("\n4,440524188001010014"), std::string::npos) << titled.text;
  const Result named = run("list of 2018,\nname,id_number\na,440524188001010014\n", {});
  ASSERT_EQ(named.bad.size(), 1U);
  EXPECT_EQ(named.bad[0].first, 1U);
}

}  // namespace
}  // namespace kualik::numbers
