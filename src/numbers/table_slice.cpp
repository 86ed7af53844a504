#include "numbers/table_slice.h"

#include <algorithm>

#include "kualik/numbers/case_number.h"
#include "kualik/numbers/explain.h"
#include "kualik/numbers/fold.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/mrz.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/resident_id.h"

namespace kualik::numbers::detail {
namespace {

constexpr std::uint32_t unreadable = bit(Reason::bad_length) | bit(Reason::bad_character) | bit(Reason::masked);

/// The reasons against a text, and its parts as cells.
ReasonSet take_apart(std::string_view text, TableKind kind, const Options& check, RowParts& parts) {
  switch (kind) {
    case TableKind::iin: {
      const Checked<Iin> iin = parse_iin(text, check);
      if (iin.value) {
        if (!iin.reasons.has_error()) parts.value = std::string(iin.value->text());
        if (iin.value->encoded_date.valid()) parts.encoded_date = iso(iin.value->encoded_date);
        parts.sex = std::string(name(iin.value->sex));
      }
      return iin.reasons;
    }
    case TableKind::bin: {
      const Checked<Bin> bin = parse_bin(text, check);
      if (bin.value && !bin.reasons.has_error()) parts.value = std::string(bin.value->text());
      return bin.reasons;
    }
    case TableKind::mrz: {
      const Checked<Mrz> mrz = parse_mrz(text, check);
      if (mrz.value) {
        if (!mrz.reasons.has_error()) {
          parts.value = mrz.value->text;
          std::replace(parts.value.begin(), parts.value.end(), '\n', '|');
        }
        const Mrz& m = *mrz.value;
        if (m.birth_date.valid()) parts.birth_date = iso(m.birth_date);
        if (m.expiry_date.valid()) parts.expiry_date = iso(m.expiry_date);
        parts.sex = std::string(name(m.sex));
        parts.document_number = m.document_number;
        parts.nationality = m.nationality;
        parts.name = m.surname;
        if (!m.given_names.empty()) parts.name.append(", ").append(m.given_names);
      }
      return mrz.reasons;
    }
    case TableKind::case_number: {
      const Checked<CaseNumber> number = parse_case_number(text, check);
      if (number.value) {
        if (!number.reasons.has_error()) parts.value = number.value->canonical;
        if (number.value->court) {
          parts.court = std::string(number.value->court->name);
          if (number.value->court->region_code != 0)
            parts.region_code = std::to_string(number.value->court->region_code);
        }
        parts.case_type = number.value->case_type ? std::string(number.value->case_type->meaning) : number.value->type;
      }
      return number.reasons;
    }
    case TableKind::cn_id:
    case TableKind::automatic:
      break;
  }
  const Checked<ResidentId> id = parse_resident_id(text, check);
  if (id.value) {
    const ResidentId& r = *id.value;
    if (!id.reasons.has_error()) parts.value = std::string(r.text());
    if (r.birth.valid() && !id.reasons.has(Reason::bad_date)) parts.birth_date = iso(r.birth);
    parts.sex = std::string(name(r.sex));
    if (r.region_code != 0) {
      parts.region_code = std::to_string(r.region_code);
      parts.region_code.insert(0, 6 - parts.region_code.size(), '0');
      parts.region = region_path(r.region_code, std::max(r.birth.year, 1984));
    }
    parts.nationality = std::string(r.nationality.view());
  }
  return id.reasons;
}

}  // namespace

TableSlice::TableSlice(const TableOptions& options)
    : options_(options), strict_(options.check), rows_(options), counts_(std::size_t{1} << 13) {
  strict_.fold = options.check.fold.value_or(false);
  bulk_.check = strict_;
}

void TableSlice::check(std::span<const std::string_view> inputs, std::span<const std::uint64_t> lines) {
  bits_.assign(inputs.size(), 0);
  // In a mixed list the answers for other kinds are thrown away; a list is of one kind mostly.
  if (resident()) check_resident_ids(inputs, bits_, bulk_);
  for (std::size_t i = 0; i < inputs.size(); ++i) take(inputs[i], lines[i], bits_[i]);
  write_waiting();
}

void TableSlice::check_run(const char* data, std::ptrdiff_t stride, std::size_t count, std::uint64_t first_line) {
  bits_.resize(count);
  if (resident())
    check_resident_ids(FixedColumn{data, count, 18, stride}, bits_, bulk_);
  else
    std::fill(bits_.begin(), bits_.end(), 0);
  const auto text = [data, stride](std::size_t i) { return data + static_cast<std::ptrdiff_t>(i) * stride; };
  std::size_t i = 0;
  while (i < count) {
    write_waiting();
    const std::size_t end = std::min(count, i + RowWriter::most_residents);
    std::uint32_t any = 0;
    for (std::size_t k = i; k < end; ++k) any |= bits_[k];
    if (resident() && (any & unreadable) == 0 && options_.rows == TableRows::all) {
      // What a plain list holds mostly, without a question about each row.
      for (; i < end; ++i) {
        tally(bits_[i]);
        waiting_[waiting_count_++] = {first_line + i, text(i), bits_[i]};
      }
    } else {
      for (; i < end; ++i) take({text(i), 18}, first_line + i, bits_[i]);
    }
  }
  write_waiting();
}

void TableSlice::take(std::string_view text, std::uint64_t line, std::uint32_t bits) {
  if (!resident() || text.size() != 18 || (bits & unreadable) != 0) {
    write_waiting();
    other_row(text, line);
    return;
  }
  tally(bits);
  if (!wanted(ReasonSet::from_bits(bits))) return;
  waiting_[waiting_count_++] = {line, text.data(), bits};
  if (waiting_count_ == RowWriter::most_residents) write_waiting();
}

void TableSlice::write_waiting() {
  if (waiting_count_ != 0) rows_.resident_rows({waiting_, waiting_count_});
  waiting_count_ = 0;
}

void TableSlice::other_row(std::string_view text, std::uint64_t line) {
  const BareCell meant = bare_cell(text);
  const TableKind kind = options_.kind == TableKind::automatic ? kind_of(meant.text) : options_.kind;
  RowParts parts;
  ReasonSet reasons = meant.text.empty() ? ReasonSet{Reason::not_found} : take_apart(meant.text, kind, strict_, parts);
  if (meant.changed && !meant.text.empty()) reasons.add(Reason::normalised);
  tally(reasons.bits());
  if (wanted(reasons)) rows_.row(line, text, kind, reasons, parts);
}

void TableSlice::bad(std::uint64_t line) {
  ++sums_.bad_lines;
  const TableKind kind = options_.kind == TableKind::automatic ? TableKind::cn_id : options_.kind;
  if (options_.rows != TableRows::none) rows_.row(line, "", kind, {Reason::not_found}, {});
}

void TableSlice::tally_other(std::uint32_t bits) noexcept { add(sums_, bits, 1); }

void TableSlice::add(TableSummary& sums, std::uint32_t bits, std::uint64_t times) noexcept {
  const ReasonSet reasons = ReasonSet::from_bits(bits);
  sums.inputs += times;
  (reasons.has_error() ? sums.error : reasons.has_doubt() ? sums.doubt : sums.ok) += times;
  for (Reason r : reasons) sums.reasons[static_cast<std::size_t>(r)] += times;
}

TableSummary TableSlice::sums() const noexcept {
  TableSummary sums = sums_;
  for (std::uint32_t i = 0; i < counts_.size(); ++i)
    if (counts_[i] != 0) add(sums, (i & 0x1F) | (i & ~0x1FU) << 11, counts_[i]);
  return sums;
}

}  // namespace kualik::numbers::detail
