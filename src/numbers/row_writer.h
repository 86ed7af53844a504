#pragma once
// Rows of `check_table` as CSV or JSON Lines. Most of the time of a bulk check goes into writing, so common rows are
// put together from pieces.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/reasons.h"
#include "kualik/numbers/table_check.h"

namespace kualik::numbers::detail {

/// The cells of one row after `reasons`; empty ones are left out of JSON.
struct RowParts {
  std::string value, birth_date, sex, region_code, region, encoded_date, document_number, expiry_date, nationality,
      name, court, case_type;
};

class RowWriter {
 public:
  explicit RowWriter(const TableOptions& options);

  /// A row with any parts.
  void row(std::uint64_t line, std::string_view input, TableKind kind, ReasonSet reasons, const RowParts& parts);
  /// A row of 18 characters without bad or hidden ones.
  struct Resident {
    std::uint64_t line;
    const char* id;
    std::uint32_t bits;
  };
  static constexpr std::size_t most_residents = 32;
  /// At most `most_residents` such rows; together, since lists in random order are bound by the caches.
  void resident_rows(std::span<const Resident> rows);

  std::string_view text() const noexcept { return {buffer_.data(), size_}; }
  void clear() noexcept { size_ = 0; }

 private:
  /// The ending of a code; it holds from its first year to that of the next one. The newest lies by the code itself.
  struct Stretch {
    std::uint32_t at{0};
    std::uint16_t size{not_asked};
    std::int16_t first_year{0};
    std::int32_t older{-1};  ///< Into `stretches_`; -1: none.
  };
  static constexpr std::uint16_t not_asked = 0xFFFF;
  struct ReasonText {
    std::uint32_t bits;
    std::string text;
  };

  /// The end of a row: region_code,region and the cells behind them.
  struct Ending {
    const char* text;  ///< Null: the region is in no table.
    std::size_t size;
  };

  char* room(std::size_t bytes);
  void cell(std::string_view text);
  void json_string(std::string_view text);
  Stretch name_region(int code);
  /// They hold until the next call.
  void find_endings(std::span<const Resident> rows, std::span<Ending> endings);
  std::string_view region_of(const Ending& ending) const noexcept;
  void resident_parts(const Resident& row, const Ending& ending);
  char* put_line(char* to, std::uint64_t line) noexcept;
  std::string_view reasons_text(ReasonSet reasons);
  std::string in_sentences(std::string_view input, TableKind kind, ReasonSet reasons) const;
  void put(std::string_view text);
  void put_number(std::uint64_t value);

  TableFormat format_;
  bool explain_;
  std::vector<char> buffer_;
  std::size_t size_{0};
  std::vector<Stretch> places_;  ///< By the place of a code in the region index.
  std::vector<Stretch> stretches_;
  std::string region_text_;  ///< The endings, and `overrun` bytes that are copied with the last one.
  std::vector<ReasonText> reason_texts_;
  std::uint64_t hundred_{0};  ///< The last line number written, less its last two digits, and its text.
  char hundred_text_[24]{};
  std::size_t hundred_size_{0};
};

}  // namespace kualik::numbers::detail
