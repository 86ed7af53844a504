#pragma once
// Tables: records as CSV (one row a field, or one row a person on a document), and the reader for `--list`.
//
//   CsvTable table{CsvShape::fields, {"village"}};  // free columns to repeat
//   std::cout << table.header();
//   for (const Entry& e : entries) std::cout << table.rows(e, document_no);
//
// RFC 4180 with '\n' as line end, UTF-8. Cells are the values as they are: nothing is added to keep a spreadsheet from
// taking a long number for a quantity or a leading `=` for a formula, so import the columns as text
// (docs/data_formats.md).

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/record/entry.h"

namespace kualik::record {

enum class CsvShape : unsigned char {
  fields,     ///< One row a field: value, score, status, reasons, evidence, review.
  documents,  ///< One row a document and subject: a column for each key of the record format, and the doubtful keys
              ///< named.
};

/// Turns entries into rows. Thread-safe after construction.
class CsvTable {
 public:
  /// `free_columns` are names in Catalogue::columns that get a column each, after the fixed ones.
  explicit CsvTable(CsvShape shape, std::vector<std::string> free_columns = {});
  /// The line of column names, with '\n'.
  std::string header() const;
  /// The rows of one document, each with '\n'. `document_no` counts the documents of one source from 1.
  std::string rows(const Entry& entry, std::size_t document_no) const;

 private:
  CsvShape shape_;
  std::vector<std::string> free_columns_;
};

/// One cell, quoted if it must be (RFC 4180, section 2).
std::string csv_cell(std::string_view text);

/// A table read from CSV text: the first row names the columns.
struct CsvContent {
  std::vector<std::string> columns{};
  std::vector<std::vector<std::string>> rows{};  ///< Each as long as `columns`.
};

/// Reads CSV with ',', ';' or tab between cells (the one that occurs most in the first row), quoted cells, '\n' or
/// "\r\n", a BOM if there is one. Short rows are filled with empty cells; columns of the same name get `_2`, `_3`.
/// Throws std::runtime_error naming the line for a quote that is never closed or a row that is longer than the header.
/// Cost: linear.
CsvContent read_csv(std::string_view text);

/// "hh:mm:ss.mmm".
std::string timecode(double seconds);

}  // namespace kualik::record
