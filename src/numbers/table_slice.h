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
  /// A line that cannot be read.
  void bad(std::uint64_t line);

  RowWriter& rows() noexcept { return rows_; }
  const TableSummary& sums() const noexcept { return sums_; }

 private:
  bool wanted(ReasonSet reasons) const noexcept {
    return options_.rows == TableRows::all || (options_.rows == TableRows::flagged && !reasons.empty());
  }
  void tally(ReasonSet reasons) noexcept;

  const TableOptions& options_;
  Options strict_{};
  BulkOptions bulk_{};
  RowWriter rows_;
  TableSummary sums_{};
  std::vector<std::uint32_t> bits_;
};

}  // namespace kualik::numbers::detail
