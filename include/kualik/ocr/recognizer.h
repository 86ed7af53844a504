#pragma once
// One line of text in, its reading out: the interface that every line reader of kualik::ocr implements.
//
//   Recognizers readers;                                      // recognizers.h: loads engines when they are first asked
//   for LineReading r = readers.best(Alphabet::digits).read(line);  // `line`: one upright line of dark print, tightly
//   cropped r.line.text, r.line.symbols[0].alternatives …
//
// A reading keeps what the reader knew: for each symbol its alternatives with probabilities, and from a CTC net the
// whole matrix of log probabilities, so that readings of several frames can be fused and constrained before anything is
// decided.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/image.h"
#include "kualik/core/page_text.h"

namespace kualik::ocr {

/// What a line is expected to be written in; picks the reader.
enum class Alphabet : unsigned char {
  digits,    ///< 0-9, X, and the marks of dates: ID numbers, dates, card numbers.
  mrz,       ///< A-Z, 0-9, `<` in OCR-B: machine-readable zones.
  han,       ///< Simplified Chinese with digits and punctuation.
  hant,      ///< Traditional Chinese.
  cyrillic,  ///< Kazakh and Russian.
  latin,     ///< English letters and digits.
  arabic,    ///< Uyghur and Kazakh in Arabic script.
};

/// The name used in messages and options.
constexpr std::string_view name(Alphabet alphabet) noexcept {
  switch (alphabet) {
    case Alphabet::digits:
      return "digits";
    case Alphabet::mrz:
      return "mrz";
    case Alphabet::han:
      return "han";
    case Alphabet::hant:
      return "hant";
    case Alphabet::cyrillic:
      return "cyrillic";
    case Alphabet::latin:
      return "latin";
    case Alphabet::arabic:
      return "arabic";
  }
  return "latin";
}

/// One reading of one line image.
struct LineReading {
  /// Text, confidence (geometric mean of the symbols' probabilities), symbols with alternatives, `reader`. Boxes and
  /// quad are in pixels of the image that was read (its whole area for the quad); page and card readers move them into
  /// page pixels.
  TextLine line{};
  int steps{0};    ///< Rows of `log_probs`; 0 if the reader gives no matrix (Tesseract).
  int classes{0};  ///< Columns of `log_probs`: the blank is class 0, class k > 0 stands for (*alphabet)[k - 1].
  std::vector<float> log_probs{};  ///< Natural logarithms, row by row; each row's exponentials add up to 1.
  const std::vector<std::string>* alphabet{nullptr};  ///< Owned by the recogniser; valid while that lives.
  double step_width{0};  ///< Pixels of the image that was read for one row of `log_probs`; row 0 begins at x = 0.

  /// Log probability of class `k` at step `t`; the caller keeps both in range.
  float at(int t, int k) const noexcept {
    return log_probs[static_cast<std::size_t>(t) * static_cast<std::size_t>(classes) + static_cast<std::size_t>(k)];
  }
};

/// Reads one line. An implementation is loaded once and used by one thread at a time; make one for each thread.
class Recognizer {
 public:
  Recognizer() = default;
  Recognizer(const Recognizer&) = delete;  ///< Engines are not shared: make another one.
  Recognizer& operator=(const Recognizer&) = delete;
  virtual ~Recognizer() = default;

  /// As it stands in records: "tesseract:chi_sim", "kualik:digits_mrz", "plugin:NAME".
  virtual const std::string& name() const noexcept = 0;
  /// Ground that a crop should leave above and below the glyphs, as a share of their height.
  virtual double margin() const noexcept { return 0.16; }
  /// Whether the reader wants the line as the camera saw it, ground and all, as nets do that learned from such lines;
  /// else it wants print cleared of its ground and stretched to black on white, which costs faint strokes.
  virtual bool reads_picture() const noexcept { return false; }
  /// Reads `line`: one upright text line, print darker than its ground, 1, 3 or 4 channels, any height (best 32 px or
  /// more). An empty image or one without print gives an empty text with confidence 0; never throws for what the pixels
  /// are.
  virtual LineReading read(const ImageView& line) = 0;
};

}  // namespace kualik::ocr
