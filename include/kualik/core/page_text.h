#pragma once
// The text of one page as readers give it: lines of symbols with their places and alternatives. OCR makes it, document
// parsers take it. A typed transcript becomes a PageText too (`PageText::from_text`), without places, so that parsers
// know one input only.

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kualik/core/geometry.h"

namespace kualik {

/// Another reading of one symbol; `probability` in 0..1. An empty text means "no symbol here".
struct SymbolAlternative {
  std::string text{};
  float probability{};
};

/// One character as read (a grapheme in UTF-8).
struct Symbol {
  std::string text{};
  float probability{1.0F};                        ///< Of this reading, 0..1, as the reader gives it (not calibrated).
  Rect box{};                                     ///< In page pixels; empty where there is no image.
  std::vector<SymbolAlternative> alternatives{};  ///< Best first, this reading included; may be empty.
};

/// What a line is besides printed text. A stamp or handwriting is flagged rather than passed off as print.
enum class LineKind : unsigned char { print, mrz, stamp, handwriting, unread };

/// All that a CTC reader saw in a line, so that readings of several frames are weighed string by string: for each time
/// step the probabilities of the likely symbols and of none (the rest of 1 is spread over thousands of others).
struct Lattice {
  struct Step {
    float blank{};
    std::vector<SymbolAlternative> symbols{};
  };
  std::string text{};  ///< Its best reading; a line whose text was changed afterwards is no longer the lattice's.
  std::vector<Step> steps{};
};

/// One line, in reading direction. `text` is the symbols' text joined.
struct TextLine {
  std::string text{};
  float confidence{1.0F};  ///< 0..1
  Quad quad{};             ///< In page pixels, clockwise from the line's own top left.
  LineKind kind{LineKind::print};
  std::string script{};    ///< ISO 15924 code of the main script: Hans, Hant, Cyrl, Latn, Arab; empty if unknown.
  std::string reader{};    ///< Which reader gave it, e.g. "tesseract:chi_sim", "kualik:han".
  bool under_seal{false};  ///< A seal lies over it and was suppressed for reading.
  std::vector<Symbol> symbols{};
  std::shared_ptr<const Lattice> lattice{};  ///< Of a CTC reader; null otherwise.
};

/// All lines of a page in reading order.
struct PageText {
  std::vector<TextLine> lines{};
  int width{0};  ///< Size of the page image in pixels; 0 without an image.
  int height{0};

  /// The lines joined by '\n'. Cost: one pass.
  std::string text() const {
    std::string all;
    for (const TextLine& line : lines) {
      if (&line != lines.data()) all += '\n';
      all += line.text;
    }
    return all;
  }

  /// A page made of typed text: one line for each '\n'-terminated line ('\r' before it is dropped), without places.
  static PageText from_text(std::string_view text) {
    PageText page;
    page.lines.reserve(1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
    while (true) {
      const std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      TextLine made;
      made.text = std::string(line);
      page.lines.push_back(std::move(made));
      if (end == std::string_view::npos) break;
      text.remove_prefix(end + 1);
    }
    return page;
  }
};

}  // namespace kualik
