#pragma once
// Rows of `check_table` as CSV or JSON Lines. Most of the time of a bulk check goes into writing, so common rows are
// put together from pieces.

#include <cstdint>
#include <memory>
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
  explicit RowWriter(TableFormat format);

  /// A row with any parts.
  void row(std::uint64_t line, std::string_view input, TableKind kind, ReasonSet reasons, const RowParts& parts);
  /// A row of 18 characters without bad ones.
  void resident_row(std::uint64_t line, std::string_view id, ReasonSet reasons);

  std::string_view text() const noexcept { return {buffer_.data(), size_}; }
  void clear() noexcept { size_ = 0; }

 private:
  /// A name of a code: it holds from its first year to the next one's. Flat, since lists in random order are bound by
  /// the caches.
  struct Stretch {
    std::int16_t first_year;
    std::uint16_t size;
    std::uint32_t at;
  };
  struct Place {
    std::uint32_t first{0};  ///< Into `stretches_`.
    std::uint32_t count{0};  ///< 0: not asked for yet.
  };
  struct ReasonText {
    std::uint32_t bits;
    std::string text;
  };

  char* room(std::size_t bytes);
  void cell(std::string_view text);
  void json_string(std::string_view text);
  std::string_view region(int code, int year);
  Place name_region(int code);
  std::string_view reasons_text(ReasonSet reasons);
  void put(std::string_view text);
  void put_number(std::uint64_t value);

  TableFormat format_;
  std::vector<char> buffer_;
  std::size_t size_{0};
  std::vector<Place> places_;  ///< By the place of a code in the region index.
  std::vector<Stretch> stretches_;
  std::string region_text_;
  std::vector<ReasonText> reason_texts_;
};

}  // namespace kualik::numbers::detail
