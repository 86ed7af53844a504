#pragma once
// From bytes to code points: C++ counts a text in bytes, JSON and Python count it in code points.
//
//   CodePoints points{text};
//   points.spans(record);          // field spans are code points of `text` from here on

#include <cstddef>
#include <string_view>
#include <vector>

#include "kualik/record/record.h"

namespace kualik::record {

/// Maps byte offsets of a UTF-8 text to code point offsets. A byte inside a character maps to that character; offsets
/// beyond the end map to the end. Built in one pass with one number for each 64 bytes; a look-up reads at most 64
/// bytes. Keeps a view of the text.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text);
  std::size_t at(std::size_t byte) const noexcept;
  Span span(Span bytes) const noexcept { return {at(bytes.begin), at(bytes.end)}; }
  /// Rewrites the spans of all fields.
  void spans(Record& record) const noexcept;

 private:
  std::string_view text_;
  std::vector<std::size_t> before_;  // Characters that begin before byte 64·i.
};

}  // namespace kualik::record
