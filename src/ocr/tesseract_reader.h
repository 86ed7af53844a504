#pragma once
// Tesseract behind the Recognizer interface.

#include <memory>
#include <string>

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// How one Tesseract engine is set up.
struct TesseractSetup {
  std::string language{};   ///< "chi_sim", "kaz+rus", "eng", "uig", …
  std::string tessdata{};   ///< Empty: Tesseract's own folder.
  std::string whitelist{};  ///< Symbols it may give; empty: all.
  bool find_dots{
      false};  ///< Look for the middle dot, which the language does not have, as a blob in a gap between glyphs.
};

/// Loads the engine (0.05-0.2 s). Throws std::runtime_error naming the Debian package if the language data are missing.
std::unique_ptr<Recognizer> make_tesseract_reader(const TesseractSetup& setup);

/// Block reading for pages: all lines of an upright block of one column (psm 6), boxes in pixels of the image.
class BlockReader {
 public:
  virtual ~BlockReader() = default;
  virtual std::vector<TextLine> read_block(const ImageView& image) = 0;
};

/// The same engine may read blocks: null if `recognizer` is not Tesseract.
BlockReader* as_block_reader(Recognizer& recognizer) noexcept;

}  // namespace kualik::ocr
