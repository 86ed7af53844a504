#include "numbers/row_writer.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "kualik/core/date.h"
#include "kualik/numbers/explain.h"
#include "kualik/numbers/fold.h"
#include "kualik/numbers/region.h"
#include "numbers/region_index.h"
#include "numbers/resident_check.h"
#include "numbers/utf8.h"

namespace kualik::numbers::detail {
namespace {

std::string_view verdict(ReasonSet reasons) noexcept {
  return reasons.has_error() ? "error" : reasons.has_doubt() ? "doubt" : "ok";
}

constexpr std::size_t cells_behind_region = 7;
constexpr std::string_view kind_cell = ",cn_id,";
constexpr std::size_t reason_copy = 32;  // At once; most sets of reasons are shorter.
constexpr std::size_t longest_reasons = [] {
  std::size_t size = kind_cell.size() + reason_copy;
  for (unsigned bit = 0; bit < 32; ++bit) size += name(static_cast<Reason>(bit)).size() + 1;
  return size;
}();

int number_at(const char* text, std::size_t at, std::size_t size) noexcept {
  int value = 0;
  for (std::size_t i = at; i < at + size; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

/// Lines mostly follow each other: their numbers differ in the last two digits.
class LineNumber {
 public:
  /// May write 16 bytes more than the number has.
  char* put(char* to, std::uint64_t line) noexcept {
    if (line < 100) return std::to_chars(to, to + 2, line).ptr;
    const std::uint64_t hundred = line / 100;
    if (hundred != hundred_) {
      hundred_ = hundred;
      size_ = static_cast<std::size_t>(std::to_chars(text_, text_ + sizeof text_, hundred).ptr - text_);
    }
    std::memcpy(to, text_, 16);
    if (size_ > 16) std::memcpy(to + 16, text_ + 16, sizeof text_ - 16);
    to += size_;
    const auto rest = static_cast<unsigned>(line - hundred * 100);
    to[0] = static_cast<char>('0' + rest / 10);
    to[1] = static_cast<char>('0' + rest % 10);
    return to + 2;
  }

 private:
  std::uint64_t hundred_{0};
  std::size_t size_{0};
  char text_[24]{};
};

}  // namespace

RowWriter::RowWriter(const TableOptions& options)
    : format_(options.format),
      explain_(options.explain),
      fold_(options.check.fold.value_or(false)),
      buffer_(std::size_t{1} << 16),
      tail_size_(cells_behind_region + (options.explain ? 2 : 1)) {
  reason_texts_.resize(std::size_t{1} << reason_hash);
  std::fill_n(tail_, tail_size_, ',');
  tail_[tail_size_ - 1] = '\n';
}

char* RowWriter::room(std::size_t bytes) {
  if (size_ + bytes > buffer_.size()) buffer_.resize((size_ + bytes) * 2);
  return buffer_.data() + size_;
}

void RowWriter::put(std::string_view text) {
  std::memcpy(room(text.size()), text.data(), text.size());
  size_ += text.size();
}

void RowWriter::put_number(std::uint64_t value) {
  char* p = room(20);
  size_ += static_cast<std::size_t>(std::to_chars(p, p + 20, value).ptr - p);
}

void RowWriter::cell(std::string_view text) {
  // A cell that begins like a formula would be run by a spreadsheet; quoting does not stop that, a leading apostrophe
  // would change the value. Values here begin with digits, letters or brackets, so only inputs are concerned, and those
  // are given as they came.
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) {
    put(text);
    return;
  }
  put("\"");
  for (char c : text) {
    if (c == '"') put("\"");
    put({&c, 1});
  }
  put("\"");
}

void RowWriter::json_string(std::string_view text) {
  put("\"");
  std::size_t from = 0;
  std::size_t i = 0;
  const auto instead = [&](std::string_view escape) {
    put(text.substr(from, i - from));
    put(escape);
    from = i + 1;
  };
  while (i < text.size()) {
    const auto c = static_cast<unsigned char>(text[i]);
    std::size_t size = 1;
    if (c == '"') {
      instead("\\\"");
    } else if (c == '\\') {
      instead("\\\\");
    } else if (c < 0x20) {
      constexpr char hex[] = "0123456789abcdef";
      const char escaped[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
      instead({escaped, 6});
    } else if (c >= 0x80) {
      const CodePoint point = decode(text.substr(i));
      size = point.size;
      // A byte that is no UTF-8 must not stand in JSON.
      if (point.point == 0xFFFD && size == 1) instead("\\ufffd");
    }
    i += size;
  }
  put(text.substr(from));
  put("\"");
}

std::string RowWriter::in_sentences(std::string_view input, TableKind kind, ReasonSet reasons) const {
  const BareCell meant = bare_cell(input);
  const bool marked = meant.changed && reasons.has(Reason::normalised);
  // What is said of the number itself is said of it as it was checked.
  if (marked && !fold_ && meant.text.find('x') == std::string_view::npos) reasons.remove(Reason::normalised);
  std::string text;
  for (const std::string& sentence : explain(meant.text, kind, reasons)) {
    if (!text.empty()) text += "; ";
    text += sentence;
  }
  if (!marked) return text;
  if (!text.empty()) text += "; ";
  return text + "a spreadsheet's mark of text or blanks of other kinds around the number were left out";
}

void RowWriter::name_reasons(ReasonSet reasons, ReasonText& into) const {
  std::string text;
  const bool json = format_ == TableFormat::jsonl;
  for (Reason r : reasons) {
    if (!text.empty()) text.push_back(json ? ',' : ' ');
    if (json) text.push_back('"');
    text.append(kualik::name(r));
    if (json) text.push_back('"');
  }
  std::string cells(kind_cell);
  cells.append(verdict(reasons)).append(",").append(text).append(",");
  const std::size_t size = cells.size();
  cells.resize(std::max(size, reason_copy));
  into = {reasons.bits(), std::move(text), std::move(cells), size};
}

/// A row that is not put together from pieces.
void RowWriter::resident_parts(const ResidentText& of, std::string_view region) {
  const ReasonSet reasons = ReasonSet::from_bits(of.bits);
  const char* const id = of.id;
  RowParts parts;
  if (!reasons.has_error()) {
    parts.value.assign(id, 18);
    if (id[17] == 'x') parts.value[17] = 'X';
  }
  if (!reasons.has(Reason::bad_date))
    parts.birth_date = iso(Date{number_at(id, 6, 4), number_at(id, 10, 2), number_at(id, 12, 2)});
  parts.sex.assign(1, (id[16] - '0') % 2 == 1 ? 'M' : 'F');
  parts.region_code.assign(id, 6);
  if (id[0] == '9') {  // A foreigner's: the province, then the state.
    parts.region_code.assign(id + 1, 2).append("0000");
    Country country;
    if (find_country(number_at(id, 3, 3), country)) parts.nationality = country.alpha3;
  }
  parts.region = region;
  row(of.line, {id, 18}, TableKind::cn_id, reasons, parts);
}

void RowWriter::resident_rows(std::span<const ResidentText> rows) {
  std::string_view regions[most_residents];
  names_.find(rows, regions);
  // Copies of a fixed size may write more than they are meant to; the next piece goes over it.
  constexpr std::size_t cells = 32 + 18 * 2 + longest_reasons + RegionNames::overrun + sizeof tail_;
  std::size_t most = rows.size() * cells;
  for (std::size_t i = 0; i < rows.size(); ++i) most += regions[i].size();
  LineNumber number;
  char* p = room(most);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const char* const id = rows[i].id;
    const ReasonSet reasons = ReasonSet::from_bits(rows[i].bits);
    if (format_ != TableFormat::csv || (explain_ && !reasons.empty()) || id[0] == '9') {
      size_ = static_cast<std::size_t>(p - buffer_.data());
      resident_parts(rows[i], regions[i]);
      p = room(most);
      continue;
    }
    p = number.put(p, rows[i].line);
    *p++ = ',';
    std::memcpy(p, id, 18);
    p += 18;
    const ReasonText& why = reasons_text(reasons);
    std::memcpy(p, why.cells.data(), reason_copy);
    if (why.cells_size > reason_copy)
      std::memcpy(p + reason_copy, why.cells.data() + reason_copy, why.cells_size - reason_copy);
    p += why.cells_size;
    // Errors leave the parts standing that are not in doubt themselves.
    std::memcpy(p, id, 18);
    if (p[17] == 'x') p[17] = 'X';
    p += reasons.has_error() ? 0 : 18;
    *p++ = ',';
    if (rows[i].dated()) {
      std::memcpy(p, id + 6, 4);
      p[4] = '-';
      std::memcpy(p + 5, id + 10, 2);
      p[7] = '-';
      std::memcpy(p + 8, id + 12, 2);
      p += 10;
    }
    p[0] = ',';
    p[1] = static_cast<char>('F' + ('M' - 'F') * (id[16] & 1));  // The characters of odd digits are odd.
    p[2] = ',';
    std::memcpy(p + 3, id, 6);
    p[9] = ',';
    p += 10;
    std::memcpy(p, regions[i].data(), RegionNames::overrun);
    if (regions[i].size() > RegionNames::overrun)
      std::memcpy(p + RegionNames::overrun, regions[i].data() + RegionNames::overrun,
                  regions[i].size() - RegionNames::overrun);
    p += regions[i].size();
    std::memcpy(p, tail_, sizeof tail_);
    p += tail_size_;
  }
  size_ = static_cast<std::size_t>(p - buffer_.data());
}

void RowWriter::row(std::uint64_t line, std::string_view input, TableKind kind, ReasonSet reasons,
                    const RowParts& parts) {
  const std::string_view cells[] = {
      parts.value,           parts.birth_date,  parts.sex,         parts.region_code, parts.region, parts.encoded_date,
      parts.document_number, parts.expiry_date, parts.nationality, parts.name,        parts.court,  parts.case_type};
  const std::string_view why = reasons_text(reasons).text;
  if (format_ == TableFormat::csv) {
    put_number(line);
    put(",");
    cell(input);
    put(",");
    put(name(kind));
    put(",");
    put(verdict(reasons));
    put(",");
    put(why);
    for (std::string_view c : cells) {
      put(",");
      cell(c);
    }
    if (explain_) {
      put(",");
      cell(in_sentences(input, kind, reasons));
    }
    put("\n");
    return;
  }
  put("{\"line\":");
  put_number(line);
  put(",\"input\":");
  json_string(input);
  put(",\"kind\":\"");
  put(name(kind));
  put("\",\"verdict\":\"");
  put(verdict(reasons));
  put("\",\"reasons\":[");
  put(why);
  put("]");
  constexpr std::size_t before_cells = 5;
  for (std::size_t i = 0; i < std::size(cells); ++i) {
    if (cells[i].empty()) continue;
    put(",\"");
    put(table_columns()[before_cells + i]);
    put("\":");
    json_string(cells[i]);
  }
  if (explain_ && !reasons.empty()) {
    put(",\"why\":");
    json_string(in_sentences(input, kind, reasons));
  }
  put("}\n");
}

}  // namespace kualik::numbers::detail
