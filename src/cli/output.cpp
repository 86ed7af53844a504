#include "cli/output.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdio>
#include <stdexcept>

#include "kualik/record/csv.h"
#include "kualik/record/jsonl.h"

namespace kualik::cli {
namespace {

// Columns that a terminal gives the text: Han characters take two, combining marks none.
std::size_t width(const std::string& text) {
  const icu::UnicodeString chars = icu::UnicodeString::fromUTF8(text);
  std::size_t columns = 0;
  for (int32_t i = 0; i < chars.length(); i = chars.moveIndex32(i, 1)) {
    const UChar32 c = chars.char32At(i);
    const int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    if (u_getCombiningClass(c) != 0 || u_charType(c) == U_NON_SPACING_MARK) continue;
    columns += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
  }
  return columns;
}

std::string padded(std::string text, std::size_t columns) {
  const std::size_t now = width(text);
  if (now < columns) text.append(columns - now, ' ');
  return text;
}

// A value on one line, without what could steer a terminal.
std::string printable(const std::string& text, std::size_t most) {
  const icu::UnicodeString chars = icu::UnicodeString::fromUTF8(text);
  icu::UnicodeString out;
  for (int32_t i = 0; i < chars.length(); i = chars.moveIndex32(i, 1)) {
    const UChar32 c = chars.char32At(i);
    if (c == '\n')
      out.append(u" / ");
    else if (u_iscntrl(c) || u_charType(c) == U_FORMAT_CHAR)
      out.append(u'?');
    else
      out.append(c);
    if (static_cast<std::size_t>(out.countChar32()) >= most) {
      out.append(u"…");
      break;
    }
  }
  std::string utf8;
  return out.toUTF8String(utf8);
}

std::string percent(double share) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%3.0f%%", 100 * share);
  return text.data();
}

}  // namespace

std::string as_table(const record::Entry& entry, std::size_t document_no) {
  const record::Record& r = entry.record;
  std::string out = r.source.name + "  document " + std::to_string(document_no) + ": " + std::string(name(r.kind)) +
                    " (" + percent(r.score) + ")";
  if (r.frames_seen > 0)
    out += "  " + record::timecode(r.first_seen_s) + " to " + record::timecode(r.last_seen_s) + ", " +
           std::to_string(r.frames_read) + " of " + std::to_string(r.frames_seen) + " frames read";
  out += '\n';
  for (const record::Field& f : r.fields) {
    if (f.key == "text") continue;
    std::string key = f.key;
    if (f.subject > 0) key += " [" + std::to_string(f.subject) + "]";
    out += "  " + padded(key, 20) + "  " + padded(printable(f.value, 60), 42) + "  " +
           padded(std::string(name(f.status)), 9) + "  " + percent(f.confidence);
    if (f.evidence) out += "  " + record::timecode(f.evidence->time_s);
    for (Reason reason : f.reasons) out += (reason == *f.reasons.begin() ? "  " : ", ") + std::string(name(reason));
    out += '\n';
  }
  for (const documents::Check& c : r.checks)
    if (c.verdict == documents::Verdict::disagrees)
      out += "  ! " + c.rule + " disagrees" + (c.detail.empty() ? "" : ": " + printable(c.detail, 80)) + "\n";
  return out + "\n";
}

Output::Output(std::string format, std::vector<std::string> free_columns, bool bom)
    : format_(std::move(format)),
      table_(format_ == "documents" ? record::CsvShape::documents : record::CsvShape::fields, std::move(free_columns)) {
  if (format_ != "csv" && format_ != "documents") return;
  if (bom) put("\xEF\xBB\xBF");
  put(table_.header());
}

void Output::write(const record::Entry& entry, std::size_t document_no) {
  if (format_ == "jsonl")
    put(record::to_json(entry) + "\n");
  else if (format_ == "table")
    put(as_table(entry, document_no));
  else
    put(table_.rows(entry, document_no));
}

void Output::put(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) throw std::runtime_error("stdout takes no more");
}

void Output::flush() {
  if (std::fflush(stdout) != 0) throw std::runtime_error("stdout takes no more");
}

}  // namespace kualik::cli
