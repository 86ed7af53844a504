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

constexpr std::size_t overrun = 64;  // Copies of a fixed size are the quickest.

int number_at(std::string_view text, std::size_t at, std::size_t size) noexcept {
  int value = 0;
  for (std::size_t i = at; i < at + size; ++i) value = value * 10 + (text[i] - '0');
  return value;
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
    newest.at = static_cast<std::uint32_t>(region_text_.size() - overrun);
    newest.size = static_cast<std::uint16_t>(path.size());
    newest.first_year = static_cast<std::int16_t>(year);
    region_text_.insert(newest.at, path);
    last = std::move(path);
  }
  return newest;
}

std::string_view RowWriter::region(int code, int year) {
  const std::size_t block = region_index().block[static_cast<std::size_t>(code / 100)];
  if (block == 0) return {};  // No code begins like this.
  Stretch& place = places_[block * 100 + static_cast<std::size_t>(code % 100)];
  if (place.size == not_asked) place = name_region(code);
  const Stretch* stretch = &place;
  while (stretch->first_year > year && stretch->older >= 0)
    stretch = &stretches_[static_cast<std::size_t>(stretch->older)];
  return {region_text_.data() + stretch->at, stretch->size};
}

void RowWriter::expect(std::string_view id) const noexcept {
#if defined(__GNUC__)
  const int prefix = number_at(id, 0, 4);
  const int county = number_at(id, 4, 2);
  if (prefix < 0 || prefix > 9999 || county < 0 || county > 99) return;
  __builtin_prefetch(&places_[region_index().block[static_cast<std::size_t>(prefix)] * std::size_t{100} +
                              static_cast<std::size_t>(county)]);
#endif
}

char* RowWriter::put_line(char* to, std::uint64_t line) noexcept {
  if (line == line_ + 1 && digit_count_ != 0) {
    std::size_t at = sizeof digits_;
    while (at > sizeof digits_ - digit_count_ && digits_[at - 1] == '9') digits_[--at] = '0';
    if (at == sizeof digits_ - digit_count_) {
      digits_[at - 1] = '1';
      ++digit_count_;
    } else {
      ++digits_[at - 1];
    }
  } else {
    char made[20];
    digit_count_ = static_cast<std::size_t>(std::to_chars(made, made + sizeof made, line).ptr - made);
    std::memcpy(digits_ + sizeof digits_ - digit_count_, made, digit_count_);
  }
  line_ = line;
  const char* const from = digits_ + sizeof digits_ - digit_count_;
  for (std::size_t i = 0; i < digit_count_; ++i) to[i] = from[i];
  return to + digit_count_;
}

void RowWriter::resident_row(std::uint64_t line, std::string_view id, ReasonSet reasons) {
  // Errors leave the parts standing that are not in doubt themselves.
  const auto number = [id](std::size_t at, std::size_t size) { return number_at(id, at, size); };
  const bool dated = !reasons.has(Reason::bad_date);
  const bool foreigner = id[0] == '9';
  const int code = foreigner ? number(1, 2) * 10000 : number(0, 6);
  const int year = number(6, 4);
  const std::string_view place = region(code, dated ? year : 1984);
  if (format_ != TableFormat::csv || (explain_ && !reasons.empty())) {
    RowParts parts;
    if (!reasons.has_error()) {
      parts.value = std::string(id);
      if (id[17] == 'x') parts.value[17] = 'X';
    }
    if (dated) parts.birth_date = iso(Date{year, number(10, 2), number(12, 2)});
    parts.sex.assign(1, (id[16] - '0') % 2 == 1 ? 'M' : 'F');
    parts.region_code = std::to_string(code);
    parts.region = place;
    row(line, id, TableKind::cn_id, reasons, parts);
    return;
  }
  const std::string_view why = reasons.empty() ? std::string_view() : reasons_text(reasons);
  char* const start = room(20 + 18 * 2 + 32 + why.size() + place.size() + overrun + 64);
  char* p = put_line(start, line);
  *p++ = ',';
  std::memcpy(p, id.data(), 18);
  p += 18;
  if (reasons.empty()) {
    constexpr std::string_view fine = ",cn_id,ok,,";
    std::memcpy(p, fine.data(), fine.size());
    p += fine.size();
  } else {
    const std::string_view said = verdict(reasons);
    std::memcpy(p, ",cn_id,", 7);
    p += 7;
    std::memcpy(p, said.data(), said.size());
    p += said.size();
    *p++ = ',';
    std::memcpy(p, why.data(), why.size());
    p += why.size();
    *p++ = ',';
  }
  if (!reasons.has_error()) {
    std::memcpy(p, id.data(), 18);
    if (p[17] == 'x') p[17] = 'X';
    p += 18;
  }
  *p++ = ',';
  if (dated) {
    std::memcpy(p, id.data() + 6, 4);
    p[4] = p[7] = '-';
    std::memcpy(p + 5, id.data() + 10, 2);
    std::memcpy(p + 8, id.data() + 12, 2);
    p += 10;
  }
  *p++ = ',';
  *p++ = (id[16] - '0') % 2 == 1 ? 'M' : 'F';
  *p++ = ',';
  if (foreigner) {
    std::memcpy(p, id.data() + 1, 2);
    std::memcpy(p + 2, "0000", 4);
  } else {
    std::memcpy(p, id.data(), 6);
  }
  p += 6;
  *p++ = ',';
  if (!place.empty()) std::memcpy(p, place.data(), overrun);
  if (place.size() > overrun) std::memcpy(p + overrun, place.data() + overrun, place.size() - overrun);
  p += place.size();
  std::memcpy(p, ",,,,,,,,", 8);
  p += explain_ ? 8 : 7;
  *p++ = '\n';
  size_ += static_cast<std::size_t>(p - start);
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
