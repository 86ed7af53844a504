#pragma once
// A stretch of the inputs of `check_table`, checked and written as rows. One thread uses one; several may work side by
// side.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "kualik/numbers/bulk.h"
#include "numbers/row_writer.h"

namespace kualik::numbers::detail {

class TableSlice {
 public:
  /// `options` must live as long as the slice.
  explicit TableSlice(const TableOptions& options);

  /// Checks the texts, which stand in these lines, and adds their rows.
  void check(std::span<const std::string_view> inputs, std::span<const std::uint64_t> lines);
  /// The same for `count` texts of 18 characters whose starts lie `stride` bytes apart, one a line from `first_line`
  /// on.
  void check_run(const char* data, std::ptrdiff_t stride, std::size_t count, std::uint64_t first_line);
  /// A line that cannot be read.
  void bad(std::uint64_t line);

  RowWriter& rows() noexcept { return rows_; }
  TableSummary sums() const noexcept;

 private:
  bool wanted(ReasonSet reasons) const noexcept {
    return options_.rows == TableRows::all || (options_.rows == TableRows::flagged && !reasons.empty());
  }
  /// Counts an input by its reasons: those of resident numbers in one place for each set of them.
  void tally(std::uint32_t bits) noexcept {
    if ((bits & ~counted) == 0)
      ++counts_[(bits & 0x1F) | bits >> 11];
    else
      tally_other(bits);
  }
  void tally_other(std::uint32_t bits) noexcept;
  static void add(TableSummary& sums, std::uint32_t bits, std::uint64_t times) noexcept;
  /// A row that may be written later, with others of its kind, or now.
  void take(std::string_view text, std::uint64_t line, std::uint32_t bits);
  void write_waiting();
  void other_row(std::string_view text, std::uint64_t line);
  bool resident() const noexcept { return options_.kind == TableKind::cn_id || options_.kind == TableKind::automatic; }

  const TableOptions& options_;
  Options strict_{};
  BulkOptions bulk_{};
  RowWriter rows_;
  static constexpr std::uint32_t counted = 0x00FF001F;
  TableSummary sums_{};
  std::vector<std::uint64_t> counts_;
  ResidentText waiting_[RowWriter::most_residents]{};
  std::size_t waiting_count_{0};
  std::vector<std::uint32_t> bits_;
};

}  // namespace kualik::numbers::detail
