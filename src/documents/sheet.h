#pragma once
// What every parser works on: the text of a page folded, and the way back from folded characters to bytes, lines, quads
// and scores.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/page_text.h"
#include "kualik/documents/document.h"
#include "kualik/text/normalize.h"

namespace kualik::documents {

/// Folded characters [begin, end).
struct Range {
  std::size_t begin{};
  std::size_t end{};
  constexpr bool empty() const noexcept { return end <= begin; }
  constexpr std::size_t size() const noexcept { return empty() ? 0 : end - begin; }
};

class Sheet {
 public:
  explicit Sheet(const PageText& page);
  Sheet(const Sheet&) = delete;  // the folded text belongs to one page; make another Sheet

  const PageText& page() const noexcept { return *page_; }
  const std::string& text() const noexcept { return text_; }
  const text::Folded& folded() const noexcept { return folded_; }
  std::u32string_view chars() const noexcept { return folded_.chars(); }
  std::u32string_view view(Range r) const noexcept { return folded_.view(r.begin, r.end); }
  Range all() const noexcept { return {0, folded_.size()}; }
  /// Bytes of the text that the range came from.
  std::string raw(Range r) const;
  /// The print of the range without the white space in it: widths folded, everything else as printed.
  std::string printed(Range r) const;
  /// The range folded, Traditional characters made Simplified.
  std::string simplified(Range r) const;
  /// Index of the line that byte `offset` of the text lies in.
  std::size_t line_at(std::size_t offset) const noexcept;
  /// Folded characters of line `i`.
  Range line(std::size_t i) const noexcept;

  /// A field with its evidence: raw text, script, span, line, quad and score of the range.
  Field field(std::string_view key, std::string value, Range r) const;

 private:
  double confidence(Span span) const;
  Quad quad(Span span) const;
  template <class Visit>
  void each_symbol(Span span, Visit visit) const;

  const PageText* page_;
  std::string text_;
  std::vector<std::size_t> line_begins_;
  text::Folded folded_;
};

/// Where fields stand in the text, to be asked many times: a text may hold hundreds of thousands.
class Places {
 public:
  /// The fields but for `text`.
  explicit Places(const std::vector<Field>& fields) { add(fields); }
  Places() = default;
  void add(const std::vector<Field>& fields);
  /// Whether a field stands in a part of `span`. Logarithmic once all were added.
  bool taken(Span span);

 private:
  std::vector<Span> spans_{};  // By their begin, those that overlap joined; sorted when asked.
  bool sorted_{true};
};

/// `r` without punctuation and labels' colons at both ends.
Range trim(const Sheet& sheet, Range r) noexcept;
/// Punctuation that ends a clause: , ; 。 : and their like. Not 、 and not the dots of names.
bool is_clause_mark(char32_t c) noexcept;
/// Brackets of any shape.
bool is_open_bracket(char32_t c) noexcept;
bool is_close_bracket(char32_t c) noexcept;

}  // namespace kualik::documents
