#pragma once
// Reads a page of text: a rectified sheet, or a whole picture in which no outline was found.
//
//   PageText page = read_page(image, readers);
//   page.lines[0].text, .quad, .script, .kind, .under_seal …
//
// Lines come in reading order. Red seals are suppressed for reading, and lines under them are marked. What is no print
// (stamps, handwriting) and what cannot be read (Arabic script without a reader) is kept as a line with its place, its
// `kind`, and no more text than was read.

#include <functional>

#include "kualik/core/image.h"
#include "kualik/core/page_text.h"
#include "kualik/ocr/recognizers.h"

namespace kualik::ocr {

struct PageOptions {
  /// Scripts to expect, by ISO 15924 code; empty: decided for each line from the pixels and the readings (default:
  /// empty).
  std::vector<std::string> scripts{};
  /// Lines may begin in Han characters and go on in Latin letters, as on passports: 姓名/Name. Lines are then read by
  /// the readers of both (default: false).
  bool mixed{false};
  double min_confidence{
      0.25};           ///< Lines read with less are kept as `LineKind::unread` with their text (default: 0.25).
  int max_lines{200};  ///< At most so many lines are read, the largest print first (default: 200).
  /// Asked, if set, once the `first_lines` largest lines were read and more are left; false ends the reading there.
  std::function<bool(const PageText&)> go_on{};
  int first_lines{10};
  /// Small print is enlarged before it is looked for, as far as the enlarged picture has no more pixels than this
  /// (default: 24 million, about 200 MB).
  double max_pixels{24e6};
  /// About how high the print is, in pixels of the image, within a factor of two; 0: found from the picture, which asks
  /// that most of what is dark in it be print (default: 0).
  double glyph_height{0};
};

/// Lines of text found, without reading them: quads in reading order, in image pixels. Cost: about 20 ms for 1 MP.
std::vector<Quad> find_lines(const ImageView& image);

/// Reads all lines of `image` (upright, 1, 3 or 4 channels). Thread-safety is that of `readers`. Cost: about 30-60 ms a
/// line and core.
PageText read_page(const ImageView& image, Recognizers& readers, const PageOptions& options = {});

}  // namespace kualik::ocr
