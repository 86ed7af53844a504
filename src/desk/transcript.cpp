#include "kualik/desk/transcript.h"

#include <algorithm>
#include <stdexcept>

#include "kualik/reader/reader.h"
#include "kualik/record/spans.h"
#include "kualik/text/utf8.h"

namespace kualik::desk {

std::string encoding_fault(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return "UTF-16 text; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)";
  for (std::size_t pos = 0, line = 1; pos < text.size();) {
    const std::size_t begin = pos;
    if (text[pos] == '\n') ++line;
    // U+FFFD from a single byte stands for a broken byte; a printed one has three bytes.
    if (text::decode_utf8(text, pos) == U'\uFFFD' && pos == begin + 1)
      return "not UTF-8 text (line " + std::to_string(line) +
             "); convert it to UTF-8 (iconv -f GB18030 -t UTF-8 for older Chinese files)";
  }
  return {};
}

std::vector<record::Entry> parse_transcript(std::string_view text, const record::Source& source,
                                            const std::string& today) {
  if (std::string fault = encoding_fault(text); !fault.empty()) throw std::runtime_error(fault);
  std::string plain;                 // The parsers' text: carriage returns before line feeds dropped …
  std::vector<std::size_t> dropped;  // … at these places of `plain`.
  std::size_t lead = 0;
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
    lead = 1;
  }
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\r') {
      plain += text[i++];
      continue;
    }
    const std::size_t after = std::min(text.find_first_not_of('\r', i), text.size());
    if (after == text.size() || text[after] == '\n') {
      // All of a run before a line feed or the end: one left over would be dropped by the parsers, uncounted.
      dropped.insert(dropped.end(), after - i, plain.size());
    } else {
      plain.append(after - i, '\n');  // Alone it ends a line, as on old Macs.
    }
    i = after;
  }
  ScanResult result = Reader::parse_text(plain, source, today);
  const record::CodePoints points(plain);
  // A begin stands after the carriage returns before it; an end stands before the one that follows it.
  const auto place = [&](std::size_t byte, bool end) {
    const auto at = end ? std::lower_bound(dropped.begin(), dropped.end(), byte)
                        : std::upper_bound(dropped.begin(), dropped.end(), byte);
    return points.at(byte) + static_cast<std::size_t>(at - dropped.begin()) + lead;
  };
  std::vector<record::Entry> out;
  for (record::Record& r : result.records) {
    for (record::Field& f : r.fields)
      if (f.span) f.span = Span{place(f.span->begin, false), place(f.span->end, true)};
    out.push_back({std::move(r), result.engine, {}, {}});
  }
  return out;
}

}  // namespace kualik::desk
