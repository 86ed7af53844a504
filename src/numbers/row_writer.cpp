#include "numbers/row_writer.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "kualik/core/date.h"
#include "kualik/numbers/explain.h"
#include "kualik/numbers/region.h"
#include "numbers/region_index.h"
#include "numbers/resident_check.h"
#include "numbers/utf8.h"

namespace kualik::numbers::detail {
namespace {

std::string_view verdict(ReasonSet reasons) noexcept {
  return reasons.has_error() ? "error" : reasons.has_doubt() ? "doubt" : "ok";
}

constexpr std::size_t overrun = 64;   // Copies of a fixed size are the quickest.
constexpr std::size_t code_size = 7;  // 654023 and a comma.
constexpr std::size_t cells_behind_region = 7;
constexpr std::string_view fine = ",cn_id,ok,,";
constexpr std::string_view kind_cell = ",cn_id,";

int number_at(const char* text, std::size_t at, std::size_t size) noexcept {
  int value = 0;
  for (std::size_t i = at; i < at + size; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

void prefetch(const void* p) noexcept {
#if defined(__GNUC__)
  __builtin_prefetch(p);
#else
  (void)p;
#endif
}

constexpr int first_names = 1984;  // Names before the first issue are those of the first issue.

}  // namespace

RowWriter::RowWriter(const TableOptions& options)
    : format_(options.format),
      explain_(options.explain),
      buffer_(std::size_t{1} << 16),
      places_(region_index().entry.size()),
      region_text_(overrun, ' ') {}

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
  std::string text;
  for (const std::string& sentence : explain(input, kind, reasons)) {
    if (!text.empty()) text += "; ";
    text += sentence;
  }
  return text;
}

std::string_view RowWriter::reasons_text(ReasonSet reasons) {
  for (const ReasonText& known : reason_texts_)
    if (known.bits == reasons.bits()) return known.text;
  std::string text;
  const bool json = format_ == TableFormat::jsonl;
  for (Reason r : reasons) {
    if (!text.empty()) text.push_back(json ? ',' : ' ');
    if (json) text.push_back('"');
    text.append(kualik::name(r));
    if (json) text.push_back('"');
  }
  if (reason_texts_.size() >= 64) reason_texts_.erase(reason_texts_.begin() + 32, reason_texts_.end());
  reason_texts_.push_back({reasons.bits(), text});
  return reason_texts_.back().text;
}

RowWriter::Stretch RowWriter::name_region(int code) {
  // A name can change only when the code, or one above it, begins or ends.
  std::vector<int> years{first_names};
  for (int c : {code, code / 100 * 100, code / 10000 * 10000})
    for (const RegionRecord& r : region_records(c))
      for (int year : {r.year_from, r.year_to + 1})
        if (year > first_names) years.push_back(year);
  std::sort(years.begin(), years.end());
  Stretch newest;
  std::string last;
  for (int year : years) {
    std::string path = region_path(code, year);
    if (newest.size != not_asked) {
      if (path == last) continue;
      stretches_.push_back(newest);
      newest.older = static_cast<std::int32_t>(stretches_.size() - 1);
    }
    std::string ending = std::to_string(code) + ',' + path;
    ending.append(cells_behind_region + (explain_ ? 1 : 0), ',');
    ending += '\n';
    newest.at = static_cast<std::uint32_t>(region_text_.size() - overrun);
    newest.size = static_cast<std::uint16_t>(ending.size());
    newest.first_year = static_cast<std::int16_t>(year);
    region_text_.insert(newest.at, ending);
    last = std::move(path);
  }
  return newest;
}

void RowWriter::find_endings(std::span<const Resident> rows, std::span<Ending> endings) {
  std::size_t where[most_residents];
  const RegionIndex& index = region_index();
  const auto code_of = [](const char* id) { return id[0] == '9' ? number_at(id, 1, 2) * 10000 : number_at(id, 0, 6); };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto code = static_cast<std::size_t>(code_of(rows[i].id));
    // From 900000 on the index holds foreigners' cards.
    const std::size_t start = code < 900000 ? index.start[code / 100] : 0;
    where[i] = start == 0 ? 0 : start + code % 100;  // 0: no code begins like this.
    prefetch(&places_[where[i]]);
  }
  // New endings move the text of the others: all must be known before the first address is taken.
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (where[i] != 0 && places_[where[i]].size == not_asked) places_[where[i]] = name_region(code_of(rows[i].id));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    endings[i] = {nullptr, 0};
    if (where[i] == 0) continue;
    const Stretch* stretch = &places_[where[i]];
    if (stretch->older >= 0) {
      // Without a date the first names stand.
      const bool dated = !ReasonSet::from_bits(rows[i].bits).has(Reason::bad_date);
      const int year = dated ? number_at(rows[i].id, 6, 4) : first_names;
      while (stretch->first_year > year && stretch->older >= 0)
        stretch = &stretches_[static_cast<std::size_t>(stretch->older)];
    }
    endings[i] = {region_text_.data() + stretch->at, stretch->size};
    prefetch(endings[i].text);
    prefetch(endings[i].text + overrun);
  }
}

std::string_view RowWriter::region_of(const Ending& ending) const noexcept {
  if (ending.text == nullptr) return {};
  return {ending.text + code_size, ending.size - code_size - cells_behind_region - (explain_ ? 2 : 1)};
}

char* RowWriter::put_line(char* to, std::uint64_t line) noexcept {
  if (line < 100) return std::to_chars(to, to + 2, line).ptr;
  const std::uint64_t hundred = line / 100;
  if (hundred != hundred_) {
    hundred_ = hundred;
    hundred_size_ = static_cast<std::size_t>(
        std::to_chars(hundred_text_, hundred_text_ + sizeof hundred_text_, hundred).ptr - hundred_text_);
  }
  std::memcpy(to, hundred_text_, sizeof hundred_text_);
  to += hundred_size_;
  const auto rest = static_cast<unsigned>(line - hundred * 100);
  to[0] = static_cast<char>('0' + rest / 10);
  to[1] = static_cast<char>('0' + rest % 10);
  return to + 2;
}

/// A row that is not put together from pieces.
void RowWriter::resident_parts(const Resident& of, const Ending& ending) {
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
  parts.region_code = std::to_string(id[0] == '9' ? number_at(id, 1, 2) * 10000 : number_at(id, 0, 6));
  parts.region = region_of(ending);
  row(of.line, {id, 18}, TableKind::cn_id, reasons, parts);
}

void RowWriter::resident_rows(std::span<const Resident> rows) {
  Ending endings[most_residents];
  find_endings(rows, endings);
  std::size_t most = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    most += sizeof hundred_text_ + std::size_t{18 * 2 + 64} + endings[i].size + overrun;
  room(most);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Ending& ending = endings[i];
    const ReasonSet reasons = ReasonSet::from_bits(rows[i].bits);
    if (format_ != TableFormat::csv || (explain_ && !reasons.empty())) {
      resident_parts(rows[i], ending);
      continue;
    }
    const char* const id = rows[i].id;
    const std::string_view why = reasons.empty() ? std::string_view() : reasons_text(reasons);
    char* const start = reasons.empty() ? buffer_.data() + size_ : room(most + why.size());
    char* p = put_line(start, rows[i].line);
    *p++ = ',';
    std::memcpy(p, id, 18);
    p += 18;
    if (reasons.empty()) {
      std::memcpy(p, fine.data(), fine.size());
      p += fine.size();
      std::memcpy(p, id, 18);
      p += 18;
    } else {
      const std::string_view said = verdict(reasons);
      std::memcpy(p, kind_cell.data(), kind_cell.size());
      p += kind_cell.size();
      std::memcpy(p, said.data(), said.size());
      p += said.size();
      *p++ = ',';
      std::memcpy(p, why.data(), why.size());
      p += why.size();
      *p++ = ',';
      // Errors leave the parts standing that are not in doubt themselves.
      if (!reasons.has_error()) {
        std::memcpy(p, id, 18);
        if (p[17] == 'x') p[17] = 'X';
        p += 18;
      }
    }
    *p++ = ',';
    if (!reasons.has(Reason::bad_date)) {
      std::memcpy(p, id + 6, 4);
      p[4] = '-';
      std::memcpy(p + 5, id + 10, 2);
      p[7] = '-';
      std::memcpy(p + 8, id + 12, 2);
      p += 10;
    }
    p[0] = ',';
    p[1] = (id[16] & 1) != 0 ? 'M' : 'F';  // The characters of odd digits are odd.
    p[2] = ',';
    p += 3;
    if (ending.text != nullptr) {
      std::memcpy(p, ending.text, overrun);
      if (ending.size > overrun) std::memcpy(p + overrun, ending.text + overrun, ending.size - overrun);
      p += ending.size;
    } else {
      const bool foreigner = id[0] == '9';
      std::memcpy(p, foreigner ? id + 1 : id, 6);
      if (foreigner) std::fill_n(p + 2, 4, '0');
      std::fill_n(p + 6, 9, ',');
      p += code_size + cells_behind_region + (explain_ ? 1 : 0);
      *p++ = '\n';
    }
    size_ += static_cast<std::size_t>(p - start);
  }
}

void RowWriter::row(std::uint64_t line, std::string_view input, TableKind kind, ReasonSet reasons,
                    const RowParts& parts) {
  const std::string_view cells[] = {
      parts.value,           parts.birth_date,  parts.sex,         parts.region_code, parts.region, parts.encoded_date,
      parts.document_number, parts.expiry_date, parts.nationality, parts.name,        parts.court,  parts.case_type};
  const std::string_view why = reasons_text(reasons);
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
