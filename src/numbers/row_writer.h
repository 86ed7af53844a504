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
#include "numbers/region_names.h"

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
  static constexpr std::size_t most_residents = RegionNames::most;
  /// At most `most_residents` rows of such numbers; together, since lists in random order are bound by the caches.
  void resident_rows(std::span<const ResidentText> rows);

  std::string_view text() const noexcept { return {buffer_.data(), size_}; }
  void clear() noexcept { size_ = 0; }

 private:
  static constexpr unsigned reason_hash = 8;  ///< Bits.
  struct ReasonText {
    std::uint32_t bits;
    std::string text;
    std::string cells;  ///< ,cn_id,verdict,reasons, and at least `reason_copy` bytes in all.
    std::size_t cells_size;
  };

  char* room(std::size_t bytes);
  void cell(std::string_view text);
  void json_string(std::string_view text);
  void resident_parts(const ResidentText& row, std::string_view region);
  const ReasonText& reasons_text(ReasonSet reasons) {
    ReasonText& known = reason_texts_[reasons.bits() * 0x9E3779B1U >> (32 - reason_hash)];
    if (known.bits != reasons.bits() || known.cells_size == 0) name_reasons(reasons, known);
    return known;
  }
  void name_reasons(ReasonSet reasons, ReasonText& into) const;
  std::string in_sentences(std::string_view input, TableKind kind, ReasonSet reasons) const;
  void put(std::string_view text);
  void put_number(std::uint64_t value);

  TableFormat format_;
  bool explain_;
  bool fold_;
  std::vector<char> buffer_;
  std::size_t size_{0};
  RegionNames names_;
  char tail_[16]{};  ///< The empty cells behind the region, and the line break.
  std::size_t tail_size_{0};
  std::vector<ReasonText> reason_texts_;  ///< By a hash of the bits; another set with the same one takes the place.
};

}  // namespace kualik::numbers::detail
