#pragma once
// Checking whole files: a plain list, or one column of a CSV or TSV, in bounded memory and in order. The engine of
// `kualik check`.
//
//   TableSummary done = check_table(read, write, report, {.kind = TableKind::cn_id});
//
// One row out for each input: line, input, kind, verdict (ok | doubt | error), reasons, value, and what the number says
// (`table_columns`). The texts are taken as they stand (strict) but for blanks around them; what spreadsheets put
// around a number to keep it a text (`bare_cell`) is taken off and said (`normalised`); `fold` in the options accepts
// more and says so. Lines end with LF, CR LF or CR alone.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/reasons.h"
#include "kualik/numbers/options.h"

namespace kualik::numbers {

/// What an input is taken for; `automatic` decides by its form: '<' an MRZ, Han a case number, twelve digits an IIN or
/// BIN, else a resident number.
enum class TableKind : std::uint8_t { automatic, cn_id, iin, bin, mrz, case_number };
/// "auto", "cn_id", "iin", "bin", "mrz", "case_number".
std::string_view name(TableKind kind) noexcept;
/// The kind that `automatic` chooses.
TableKind kind_of(std::string_view text) noexcept;

/// What speaks against one text taken as `kind`; as `check_*` of that kind.
ReasonSet reasons_against(std::string_view text, TableKind kind, const Options& check = {});

enum class TableFormat : std::uint8_t { csv, jsonl };
enum class TableRows : std::uint8_t { all, flagged, none };

struct TableOptions {
  Options check{};
  TableKind kind{TableKind::automatic};
  TableFormat format{TableFormat::csv};
  /// Rows written: all, those with a doubt or error, or none but the summary. (default: all)
  TableRows rows{TableRows::all};
  /// Column by name in the first line, or by number from 1. (default: a plain list, unless the first line looks like
  /// the head of a table; then the column with a usual name, else the one whose cell in the first record is a number)
  std::string column{};
  /// ',', ';', '\t' or '|'. (default: the one that the first line holds most)
  char delimiter{0};
  /// A last column `why` says the reasons in words (explain.h). (default: false)
  bool explain{false};
  /// Threads that check and write rows; the result is the same with any number. (default: 1)
  int threads{1};
  /// A table without a line of names; `column` is a number then. (default: false)
  bool no_header{false};
};

struct TableSummary {
  std::uint64_t inputs{0};
  std::uint64_t ok{0};
  std::uint64_t doubt{0};
  std::uint64_t error{0};
  std::uint64_t bad_lines{0};  ///< Reported; they give a row with `not_found` and are not among the inputs.
  std::uint64_t bytes{0};
  std::array<std::uint64_t, 32> reasons{};  ///< Inputs with each reason, by its bit.
};

/// The columns of a row, in order.
const std::vector<std::string_view>& table_columns();

/// Lines above the first number that hold none are named to `report` and left out, up to 31 of them. `read(buffer,
/// size)` gives the bytes it put there, 0 at the end. `write` takes pieces of the result. `report(line,
/// message)` is told of lines that cannot be read; messages hold no value. Throws std::invalid_argument, naming the
/// columns there are, if the column asked for is not; what the functions throw passes through. UTF-16 is
/// read as well. Memory: a few megabytes for each thread; a line may have 1 MiB.
TableSummary check_table(const std::function<std::size_t(char*, std::size_t)>& read,
                         const std::function<void(std::string_view)>& write,
                         const std::function<void(std::uint64_t, std::string_view)>& report,
                         const TableOptions& options = {});

}  // namespace kualik::numbers
