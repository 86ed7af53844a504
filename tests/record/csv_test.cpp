#include "kualik/record/csv.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "record/sample.h"

namespace kualik::record {
namespace {

CsvContent table(CsvShape shape, const Entry& e, std::vector<std::string> free = {}) {
  const CsvTable t(shape, std::move(free));
  return read_csv(t.header() + t.rows(e, 1));
}

std::string cell(const CsvContent& c, std::size_t row, const std::string& column) {
  const auto at = std::find(c.columns.begin(), c.columns.end(), column);
  if (at == c.columns.end()) return "no such column";
  return c.rows.at(row).at(static_cast<std::size_t>(at - c.columns.begin()));
}

TEST(Csv, OneRowAField) {
  const CsvContent c = table(CsvShape::fields, sample_entry(), {"village", "note", "absent"});
  ASSERT_EQ(c.rows.size(), 2U);
  EXPECT_EQ(cell(c, 0, "key"), "id_number");
  EXPECT_EQ(cell(c, 0, "sha256"), "SHA-256:" + std::string(64, 'a'));
  EXPECT_EQ(cell(c, 0, "reasons"), "repaired frames_disagree");
  EXPECT_EQ(cell(c, 0, "alternatives"), "650102189307010019 (0.0040)");
  EXPECT_EQ(cell(c, 0, "timecode"), "00:00:02.440");
  EXPECT_EQ(cell(c, 0, "entry_no"), "4711");
  EXPECT_EQ(cell(c, 0, "village"), "Қараой, «А»");
  EXPECT_EQ(cell(c, 1, "note_2"), "two\nlines") << "the archive's column beside the reviewer's of the same name";
  EXPECT_EQ(cell(c, 0, "absent"), "");
  EXPECT_EQ(cell(c, 1, "frame"), "");
  EXPECT_EQ(cell(c, 1, "span_begin"), "3");
}

TEST(Csv, OneRowADocumentAndSubject) {
  Entry e = sample_entry();
  Field second = e.record.fields[1];
  second.subject = 2;
  second.value = "李·四";
  second.status = Status::fails;
  e.record.fields.push_back(second);
  const CsvContent c = table(CsvShape::documents, e, {"village"});
  ASSERT_EQ(c.rows.size(), 2U);
  EXPECT_EQ(cell(c, 0, "name"), "阿不都·热合曼");
  EXPECT_EQ(cell(c, 1, "name"), "李·四");
  EXPECT_EQ(cell(c, 1, "id_number"), "650102189307010018") << "a field without subject belongs to both";
  EXPECT_EQ(cell(c, 0, "status"), "doubtful");
  EXPECT_EQ(cell(c, 1, "status"), "fails");
  EXPECT_EQ(cell(c, 0, "disagreeing_rules"), "sex_matches_id_number");
  EXPECT_EQ(cell(c, 1, "disagreeing_rules"), "") << "the rule names subject 1";
}

TEST(Csv, ADocumentOfWhichNothingCouldBeCheckedDoesNotPass) {
  Entry e = sample_entry();
  e.record.checks.clear();
  for (Field& f : e.record.fields) f.status = Status::unchecked;
  EXPECT_EQ(cell(table(CsvShape::documents, e), 0, "status"), "unchecked");
  e.record.fields[0].status = Status::passes;
  EXPECT_EQ(cell(table(CsvShape::documents, e), 0, "status"), "passes");
}

TEST(Csv, AReviewersEditStandsInTheDocumentRow) {
  Entry e = sample_entry();
  e.reviews = {{0, ReviewState::edited, "650102189307010026", "A", "", ""},
               {1, ReviewState::rejected, "", "A", "", ""}};
  const CsvContent c = table(CsvShape::documents, e);
  EXPECT_EQ(cell(c, 0, "id_number"), "650102189307010026");
  EXPECT_EQ(cell(c, 0, "name"), "");
  const CsvContent f = table(CsvShape::fields, e);
  EXPECT_EQ(cell(f, 0, "value"), "650102189307010018") << "what was read stays";
  EXPECT_EQ(cell(f, 0, "reviewed_value"), "650102189307010026");
  EXPECT_EQ(cell(f, 0, "review_state"), "edited");
}

TEST(CsvReader, SeparatorsQuotesAndLineEnds) {
  const CsvContent c = read_csv("\xEF\xBB\xBFpath;note;note\r\na.mp4;\"x;\"\"y\"\"\r\nz\";1\r\n\r\nb.mp4\r\n");
  EXPECT_EQ(c.columns, (std::vector<std::string>{"path", "note", "note_2"}));
  ASSERT_EQ(c.rows.size(), 2U);
  EXPECT_EQ(c.rows[0], (std::vector<std::string>{"a.mp4", "x;\"y\"\r\nz", "1"}));
  EXPECT_EQ(c.rows[1], (std::vector<std::string>{"b.mp4", "", ""}));
  EXPECT_EQ(read_csv("a\tb,c\td\n").columns.size(), 3U);
  const CsvContent old_mac = read_csv("path;note\ra.mp4;\"x\ry\"\rb.mp4;\r");
  ASSERT_EQ(old_mac.rows.size(), 2U);
  EXPECT_EQ(old_mac.rows[0], (std::vector<std::string>{"a.mp4", "x\ry"}));
  EXPECT_TRUE(read_csv("").columns.empty());
}

TEST(CsvReader, FaultsNameTheLine) {
  for (const auto& [text, line] : {std::pair{"a,b\n1,\"2\n3", "line 2"}, std::pair{"a,b\n1,2\n1,2,3\n", "line 3"}}) {
    try {
      read_csv(text);
      ADD_FAILURE();
    } catch (const std::runtime_error& fault) {
      EXPECT_NE(std::string(fault.what()).find(line), std::string::npos) << fault.what();
    }
  }
}

TEST(Csv, CellsRoundTrip) {
  for (const char* text : {"", "plain", "a,b", "\"", "a\nb", "\r", "汉,字"}) {
    const CsvContent c = read_csv("x,y\n" + csv_cell(text) + ",1\n");
    ASSERT_EQ(c.rows.size(), 1U) << text;
    EXPECT_EQ(c.rows[0][0], text);
  }
}

}  // namespace
}  // namespace kualik::record
