#pragma once
// Entries on stdout in the format that was asked for.

#include <map>
#include <string>
#include <vector>

#include "kualik/record/csv.h"
#include "kualik/record/entry.h"

namespace kualik::cli {

inline const std::vector<std::string> output_formats{"jsonl", "csv", "documents", "table"};

/// Writes entries as they come; throws std::runtime_error when stdout takes no more (disk full, closed pipe).
class Output {
 public:
  Output(std::string format, std::vector<std::string> free_columns, bool bom);
  void write(const record::Entry& entry, std::size_t document_no);
  void flush();

 private:
  void put(const std::string& text);
  std::string format_;
  record::CsvTable table_;
};

/// A document as lines for people: values with status, score and reasons in words.
std::string as_table(const record::Entry& entry, std::size_t document_no);

}  // namespace kualik::cli
