#include "numbers/row_writer.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "kualik/core/date.h"
#include "kualik/numbers/region.h"
#include "numbers/region_index.h"
#include "numbers/resident_check.h"

namespace kualik::numbers::detail {
namespace {

std::string_view verdict(ReasonSet reasons) noexcept {
  return reasons.has_error() ? "error" : reasons.has_doubt() ? "doubt" : "ok";
}

constexpr int first_names = 1984;  // Names before the first issue are those of the first issue.

}  // namespace

RowWriter::RowWriter(TableFormat format)
    : format_(format), buffer_(std::size_t{1} << 16), places_(region_index().entry.size()) {}

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
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    put(text.substr(from, i - from));
    from = i + 1;
    if (c == '"' || c == '\\') {
      const char escaped[] = {'\\', static_cast<char>(c)};
      put({escaped, 2});
    } else {
      constexpr char hex[] = "0123456789abcdef";
      const char escaped[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
      put({escaped, 6});
    }
  }
  put(text.substr(from));
  put("\"");
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

RowWriter::Place RowWriter::name_region(int code) {
  // A name can change only when the code, or one above it, begins or ends.
  std::vector<int> years{first_names};
  for (int c : {code, code / 100 * 100, code / 10000 * 10000})
    for (const RegionRecord& r : region_records(c))
      for (int year : {r.year_from, r.year_to + 1})
        if (year > first_names) years.push_back(year);
  std::sort(years.begin(), years.end());
  Place place{static_cast<std::uint32_t>(stretches_.size()), 0};
  std::string last;
  for (int year : years) {
    std::string path = region_path(code, year);
    if (place.count != 0 && path == last) continue;
    stretches_.push_back({static_cast<std::int16_t>(year), static_cast<std::uint16_t>(path.size()),
                          static_cast<std::uint32_t>(region_text_.size())});
    region_text_ += path;
    last = std::move(path);
    ++place.count;
  }
  return place;
}

std::string_view RowWriter::region(int code, int year) {
  const std::size_t block = region_index().block[static_cast<std::size_t>(code / 100)];
  if (block == 0) return {};  // No code begins like this.
  Place& place = places_[block * 100 + static_cast<std::size_t>(code % 100)];
  if (place.count == 0) place = name_region(code);
  const Stretch* stretch = &stretches_[place.first + place.count - 1];
  while (stretch != &stretches_[place.first] && stretch->first_year > year) --stretch;
  return {region_text_.data() + stretch->at, stretch->size};
}

void RowWriter::resident_row(std::uint64_t line, std::string_view id, ReasonSet reasons) {
  // Errors leave the parts standing that are not in doubt themselves.
  const auto number = [id](std::size_t at, std::size_t size) {
    int value = 0;
    for (std::size_t i = at; i < at + size; ++i) value = value * 10 + (id[i] - '0');
    return value;
  };
  const bool dated = !reasons.has(Reason::bad_date);
  const bool foreigner = id[0] == '9';
  const int code = foreigner ? number(1, 2) * 10000 : number(0, 6);
  const int year = number(6, 4);
  const std::string_view place = region(code, dated ? year : 1984);
  const bool csv = format_ == TableFormat::csv;
  if (!csv) {
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
  const std::string_view why = reasons_text(reasons);
  char* const start = room(20 + 18 * 2 + 32 + why.size() + place.size() + 64);
  char* p = std::to_chars(start, start + 20, line).ptr;
  *p++ = ',';
  std::memcpy(p, id.data(), 18);
  p += 18;
  const std::string_view said = verdict(reasons);
  std::memcpy(p, ",cn_id,", 7);
  p += 7;
  std::memcpy(p, said.data(), said.size());
  p += said.size();
  *p++ = ',';
  std::memcpy(p, why.data(), why.size());
  p += why.size();
  *p++ = ',';
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
  std::memcpy(p, place.data(), place.size());
  p += place.size();
  std::memcpy(p, ",,,,,,,\n", 8);
  p += 8;
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
  put("}\n");
}

}  // namespace kualik::numbers::detail
