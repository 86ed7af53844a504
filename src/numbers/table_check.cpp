#include "kualik/numbers/table_check.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include "kualik/numbers/bulk.h"
#include "kualik/numbers/case_number.h"
#include "kualik/numbers/fold.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/mrz.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/resident_id.h"
#include "numbers/row_writer.h"

namespace kualik::numbers {
namespace {

constexpr std::size_t longest_line = std::size_t{1} << 20;
constexpr std::size_t chunk = std::size_t{1} << 20;
constexpr std::size_t batch = 2048;

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// Eighteen characters above the blank and a line break behind them: what a plain list holds mostly. Reads 19 bytes.
bool plain_line(const char* p) noexcept {
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  std::memcpy(&a, p, 8);
  std::memcpy(&b, p + 8, 8);
  const auto has_blank = [](std::uint64_t x) {  // A byte up to 0x20.
    return ((x - 0x2121212121212121U) & ~x & 0x8080808080808080U) != 0;
  };
  const auto above = [](char c) { return static_cast<unsigned char>(c) > ' '; };
  return p[18] == '\n' && !has_blank(a) && !has_blank(b) && above(p[16]) && above(p[17]);
}

/// Names that say which column is meant, compared without case.
constexpr std::string_view known_columns[] = {
    "id_number",  "id number",    "idnumber",    "id_no",  "idcard", "id_card", "身份证号",
    "身份证号码", "公民身份号码", "证件号码",    "number", "iin",    "иин",     "жсн",
    "bin",        "mrz",          "case_number", "案号",   "id"};

bool same_name(std::string_view a, std::string_view b) noexcept {
  const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return low(x) == low(y); });
}

/// One cell of a record. False if the record has no such column or a quote is broken.
bool find_cell(std::string_view record, char delimiter, std::size_t wanted, std::string& unquoted,
               std::string_view& cell) {
  std::size_t at = 0;
  for (std::size_t column = 0;; ++column) {
    if (at < record.size() && record[at] == '"') {
      unquoted.clear();
      ++at;
      while (true) {
        const std::size_t quote = record.find('"', at);
        if (quote == std::string_view::npos) return false;
        unquoted.append(record, at, quote - at);
        at = quote + 1;
        if (at >= record.size() || record[at] != '"') break;
        unquoted += '"';
        ++at;
      }
      if (at < record.size() && record[at] != delimiter && record[at] != '\r') return false;
      cell = unquoted;
    } else {
      const std::size_t end = std::min(record.find(delimiter, at), record.size());
      cell = record.substr(at, end - at);
      at = end;
    }
    if (column == wanted) return true;
    if (at >= record.size() || record[at] != delimiter) return false;
    ++at;
  }
}

class Table {
 public:
  Table(const std::function<void(std::string_view)>& write,
        const std::function<void(std::uint64_t, std::string_view)>& report, const TableOptions& options)
      : write_(write), report_(report), options_(options), rows_(options.format) {
    inputs_.reserve(batch);
    lines_.reserve(batch);
    strict_ = options.check;
    strict_.fold = options.check.fold.value_or(false);
    bulk_.check = strict_;
    list_ = options.column.empty() && options.delimiter == 0 && !options.no_header;
    if (options.format == TableFormat::csv && options.rows != TableRows::none) {
      std::string head;
      for (std::string_view c : table_columns()) {
        if (!head.empty()) head += ',';
        head += c;
      }
      head += '\n';
      write(head);
    }
  }

  bool table() const noexcept { return !list_; }
  bool plain_list() const noexcept { return list_ && started_; }
  bool started() const noexcept { return started_; }

  /// The first line decides what the file is. True if the line itself is data.
  bool start(std::string_view line) {
    started_ = true;
    const auto count = [line](char c) { return std::count(line.begin(), line.end(), c); };
    delimiter_ = options_.delimiter;
    if (delimiter_ == 0) {
      delimiter_ = ',';
      for (char d : {';', '\t'})
        if (count(d) > count(delimiter_)) delimiter_ = d;
    }
    if (list_ && count(delimiter_) == 0) return !is_head(line);
    if (list_ && kind_of(trim(line)) != TableKind::cn_id && options_.kind != TableKind::automatic) return true;
    list_ = false;
    std::vector<std::string> names;
    std::string unquoted;
    std::string_view cell;
    for (std::size_t i = 0; find_cell(line, delimiter_, i, unquoted, cell); ++i) names.emplace_back(trim(cell));
    return !choose_column(names);
  }

  void add(std::uint64_t line, std::string_view record) {
    if (list_) {
      const std::string_view text = trim(record);
      if (!text.empty()) push(line, text);
      return;
    }
    std::string_view cell;
    if (trim(record).empty()) return;
    if (!find_cell(record, delimiter_, column_, unquoted_, cell)) {
      bad(line, "no column " + std::to_string(column_ + 1) + ", or a broken quote");
      return;
    }
    cell = trim(cell);
    if (cell.data() >= unquoted_.data() && cell.data() <= unquoted_.data() + unquoted_.size()) {
      // Unquoted text lives in a buffer that the next record overwrites.
      push(line, cell);
      flush();
      return;
    }
    push(line, cell);
  }

  void push(std::uint64_t line, std::string_view text) {
    inputs_.push_back(text);
    lines_.push_back(line);
    if (inputs_.size() == batch) flush();
  }

  void bad(std::uint64_t line, std::string_view message) {
    flush();
    ++summary_.bad_lines;
    report_(line, message);
    if (options_.rows != TableRows::none) rows_.row(line, "", fixed_kind(), {Reason::not_found}, {});
  }

  /// Checks what was collected; the views die with the buffer they point into.
  void flush() {
    if (!inputs_.empty()) check();
    inputs_.clear();
    lines_.clear();
    if (rows_.text().size() > (std::size_t{1} << 18)) give();
  }

  void give() {
    if (!rows_.text().empty()) write_(rows_.text());
    rows_.clear();
  }

  TableSummary& summary() noexcept { return summary_; }

 private:
  TableKind fixed_kind() const noexcept {
    return options_.kind == TableKind::automatic ? TableKind::cn_id : options_.kind;
  }

  static bool is_head(std::string_view line) noexcept {
    for (std::string_view known : known_columns)
      if (same_name(trim(line), known)) return true;
    return false;
  }

  /// True if the line was one of names.
  bool choose_column(const std::vector<std::string>& names) {
    const std::string& wanted = options_.column;
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
    const bool numeric = !wanted.empty() && fault == std::errc{} && end == wanted.data() + wanted.size();
    if (numeric && number >= 1 && number <= names.size()) {
      column_ = number - 1;
      return !options_.no_header && kind_is_plain(names[column_]);
    }
    if (!wanted.empty() && !numeric && !options_.no_header)
      for (std::size_t i = 0; i < names.size(); ++i)
        if (same_name(names[i], wanted)) {
          column_ = i;
          return true;
        }
    if (wanted.empty() && !options_.no_header)
      for (std::string_view known : known_columns)
        for (std::size_t i = 0; i < names.size(); ++i)
          if (same_name(names[i], known)) {
            column_ = i;
            return true;
          }
    if (wanted.empty())  // No name tells: the first cell that is a number is meant.
      for (std::size_t i = 0; i < names.size(); ++i)
        if (!kind_is_plain(names[i])) {
          column_ = i;
          return false;
        }
    std::string message = "no column looks like one of numbers; there are";
    if (!wanted.empty()) message = "no column \"" + wanted + "\"; there are";
    for (std::size_t i = 0; i < names.size() && i < 32; ++i) {
      message += i == 0 ? " " : ", ";
      message += std::to_string(i + 1);
      if (!kind_is_plain(names[i])) continue;  // May be somebody's number.
      message += ' ';
      message += names[i];
    }
    throw std::invalid_argument(message);
  }

  /// Words rather than a number.
  static bool kind_is_plain(std::string_view text) noexcept {
    std::size_t digits = 0;
    for (char c : text) digits += c >= '0' && c <= '9' ? 1 : 0;
    return digits < 5;
  }

  void check() {
    const bool resident = options_.kind == TableKind::cn_id || options_.kind == TableKind::automatic;
    bits_.assign(inputs_.size(), 0);
    // In a mixed list the answers for other kinds are thrown away; a list is of one kind mostly.
    if (resident) check_resident_ids(inputs_, bits_, bulk_);
    constexpr std::uint32_t unreadable = 0b11;  // bad_length, bad_character
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      const std::string_view text = inputs_[i];
      constexpr std::size_t ahead = 12;
      if (resident && options_.rows == TableRows::all && i + ahead < inputs_.size() && inputs_[i + ahead].size() == 18)
        rows_.expect(inputs_[i + ahead]);
      ReasonSet reasons = ReasonSet::from_bits(bits_[i]);
      if (resident && text.size() == 18 && (bits_[i] & (unreadable | 1U << 27)) == 0) {
        tally(reasons);
        if (wanted(reasons)) rows_.resident_row(lines_[i], text, reasons);
        continue;
      }
      const TableKind kind = options_.kind == TableKind::automatic ? kind_of(text) : options_.kind;
      detail::RowParts parts;
      if (text.empty())
        reasons = {Reason::not_found};
      else
        reasons = take_apart(text, kind, parts);
      tally(reasons);
      if (wanted(reasons)) rows_.row(lines_[i], text, kind, reasons, parts);
    }
  }

  bool wanted(ReasonSet reasons) const noexcept {
    return options_.rows == TableRows::all || (options_.rows == TableRows::flagged && !reasons.empty());
  }

  void tally(ReasonSet reasons) noexcept {
    ++summary_.inputs;
    if (reasons.has_error())
      ++summary_.error;
    else if (reasons.has_doubt())
      ++summary_.doubt;
    else
      ++summary_.ok;
  }

  ReasonSet take_apart(std::string_view text, TableKind kind, detail::RowParts& parts) const {
    switch (kind) {
      case TableKind::iin: {
        const Checked<Iin> iin = parse_iin(text, strict_);
        if (iin.value) {
          if (!iin.reasons.has_error()) parts.value = std::string(iin.value->text());
          if (iin.value->encoded_date.valid()) parts.encoded_date = iso(iin.value->encoded_date);
          parts.sex = std::string(name(iin.value->sex));
        }
        return iin.reasons;
      }
      case TableKind::bin: {
        const Checked<Bin> bin = parse_bin(text, strict_);
        if (bin.value && !bin.reasons.has_error()) parts.value = std::string(bin.value->text());
        return bin.reasons;
      }
      case TableKind::mrz: {
        const Checked<Mrz> mrz = parse_mrz(text, strict_);
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
        const Checked<CaseNumber> number = parse_case_number(text, strict_);
        if (number.value) {
          if (!number.reasons.has_error()) parts.value = number.value->canonical;
          if (number.value->court) {
            parts.court = std::string(number.value->court->name);
            if (number.value->court->region_code != 0)
              parts.region_code = std::to_string(number.value->court->region_code);
          }
          parts.case_type =
              number.value->case_type ? std::string(number.value->case_type->meaning) : number.value->type;
        }
        return number.reasons;
      }
      case TableKind::cn_id:
      case TableKind::automatic:
        break;
    }
    const Checked<ResidentId> id = parse_resident_id(text, strict_);
    if (id.value) {
      const ResidentId& r = *id.value;
      if (!id.reasons.has_error()) parts.value = std::string(r.text());
      if (r.birth.valid() && !id.reasons.has(Reason::bad_date)) parts.birth_date = iso(r.birth);
      parts.sex = std::string(name(r.sex));
      if (r.region_code != 0) {
        parts.region_code = std::to_string(r.region_code);
        parts.region = region_path(r.region_code, std::max(r.birth.year, 1984));
      }
      parts.nationality = std::string(r.nationality.view());
    }
    return id.reasons;
  }

  const std::function<void(std::string_view)>& write_;
  const std::function<void(std::uint64_t, std::string_view)>& report_;
  const TableOptions& options_;
  Options strict_{};
  BulkOptions bulk_{};
  detail::RowWriter rows_;
  TableSummary summary_{};
  std::vector<std::string_view> inputs_;
  std::vector<std::uint64_t> lines_;
  std::vector<std::uint32_t> bits_;
  std::string unquoted_;
  bool list_{true};
  bool started_{false};
  char delimiter_{','};
  std::size_t column_{0};
};

}  // namespace

std::string_view name(TableKind kind) noexcept {
  constexpr std::string_view names[] = {"auto", "cn_id", "iin", "bin", "mrz", "case_number"};
  return names[static_cast<std::size_t>(kind)];
}

TableKind kind_of(std::string_view text) noexcept {
  std::size_t digits = 0;
  std::size_t others = 0;
  for (std::size_t i = 0; i < text.size() && i < 64; ++i) {
    const char c = text[i];
    if (c == '<') return TableKind::mrz;
    if (c == '(' || c == '[') return TableKind::case_number;
    digits += c >= '0' && c <= '9' ? 1U : 0U;
    others += c != ' ' && c != '-' && (c < '0' || c > '9') ? 1U : 0U;
  }
  for (std::string_view mark : {"（", "〔", "【", "﹝", "号", "检", "公"})
    if (text.find(mark) != std::string_view::npos) return TableKind::case_number;
  if (digits == 12 && others == 0) {
    Folded<12> folded;
    fold_number(text, folded);
    return is_bin(folded.text.view()) ? TableKind::bin : TableKind::iin;
  }
  return TableKind::cn_id;
}

const std::vector<std::string_view>& table_columns() {
  static const std::vector<std::string_view> columns{
      "line",        "input",       "kind",        "verdict", "reasons",      "value",
      "birth_date",  "sex",         "region_code", "region",  "encoded_date", "document_number",
      "expiry_date", "nationality", "name",        "court",   "case_type"};
  return columns;
}

TableSummary check_table(const std::function<std::size_t(char*, std::size_t)>& read,
                         const std::function<void(std::string_view)>& write,
                         const std::function<void(std::uint64_t, std::string_view)>& report,
                         const TableOptions& options) {
  Table table(write, report, options);
  std::vector<char> buffer(longest_line + chunk);
  std::size_t held = 0;    // Bytes in the buffer: the unfinished record from before, then what was read.
  std::uint64_t line = 1;  // Of the record that begins at the buffer's start.
  bool skipping = false;   // Inside a line that was too long.
  bool ended = false;
  bool first_bytes = true;
  while (!ended) {
    const std::size_t got = read(buffer.data() + held, buffer.size() - held);
    ended = got == 0;
    held += got;
    table.summary().bytes += got;
    std::string_view rest(buffer.data(), held);
    if (first_bytes && rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    if (held >= 3) first_bytes = false;
    while (!rest.empty()) {
      if (table.plain_list() && !skipping) {
        while (rest.size() >= 19 && plain_line(rest.data())) {
          table.push(line, rest.substr(0, 18));
          rest.remove_prefix(19);
          ++line;
        }
        if (rest.empty()) break;
      }
      std::size_t end = rest.find('\n');
      // A quoted cell may go on over line breaks.
      std::uint64_t breaks = 1;
      if (table.table() && end != std::string_view::npos && std::memchr(rest.data(), '"', end) != nullptr) {
        std::size_t quotes = static_cast<std::size_t>(std::count(rest.data(), rest.data() + end, '"'));
        const std::size_t first_end = end;
        while (quotes % 2 == 1 && end != std::string_view::npos && end < longest_line) {
          const std::size_t from = end + 1;
          end = rest.find('\n', from);
          const std::size_t to = end == std::string_view::npos ? rest.size() : end;
          quotes += static_cast<std::size_t>(std::count(rest.data() + from, rest.data() + to, '"'));
          if (end != std::string_view::npos) ++breaks;
        }
        if (quotes % 2 == 1 && (ended || end != std::string_view::npos || rest.size() >= longest_line)) {
          // Never closed: the fault stays with its own line.
          end = first_end;
          breaks = 1;
        }
      }
      if (end == std::string_view::npos) {
        if (!ended && rest.size() < longest_line) break;
        if (!ended || rest.size() >= longest_line) {
          if (!skipping) table.bad(line, "longer than 1 MiB");
          skipping = true;
          rest = {};
          break;
        }
        end = rest.size();
      }
      std::string_view record = rest.substr(0, end);
      if (skipping) {
        skipping = false;
      } else if (!table.started()) {
        if (!trim(record).empty() && table.start(record)) table.add(line, record);
      } else {
        table.add(line, record);
      }
      line += breaks;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    table.flush();
    std::memmove(buffer.data(), rest.data(), rest.size());
    held = rest.size();
  }
  table.flush();
  table.give();
  return table.summary();
}

}  // namespace kualik::numbers
