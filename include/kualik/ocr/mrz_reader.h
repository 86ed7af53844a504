#pragma once
// Finds and reads machine-readable zones in any image, turned, tilted or mirrored, with or without the page's outline
// (ICAO Doc 9303).
//
//   for (const MrzReading& zone : read_mrz(image, readers)) try_parse(zone.text());   // candidates, best first
//
// Check digits belong to kualik::numbers, which this stage does not know: it gives several candidates with scores, and
// the caller keeps the one whose check digits agree.

#include <string>
#include <vector>

#include "kualik/core/geometry.h"
#include "kualik/core/image.h"
#include "kualik/ocr/recognizers.h"

namespace kualik::ocr {

/// One candidate reading of a zone.
struct MrzReading {
  std::vector<LineReading>
      lines{};      ///< 2 (TD2, TD3) or 3 (TD1) lines of `columns` symbols; boxes and outlines in image pixels.
  int columns{0};   ///< 30, 36 or 44.
  Quad quad{};      ///< The zone in the image, clockwise from its own top left.
  double score{0};  ///< 0..1: mean symbol probability, less for lengths that had to be padded or cut.
  int rotation{0};  ///< By how many degrees (0, 90, 180, 270) the zone is turned clockwise in the image.
  bool mirrored{false};
  /// The lines' texts as the reader gave them, where what is known of zones has changed them since; else empty.
  std::vector<std::string> as_read{};

  /// The lines joined by '\n'.
  std::string text() const {
    std::string all;
    for (const LineReading& l : lines) {
      if (!all.empty()) all += '\n';
      all += l.line.text;
    }
    return all;
  }
};

struct MrzOptions {
  bool any_rotation{true};  ///< Also look for zones turned by 90, 180, 270 degrees and mirrored (default: true).
  bool closer{false};  ///< Look at a large picture a second time, closer, if it shows no zone; 1-4 s more (default:
                       ///< false).
  bool only_closer{false};  ///< Look at it closer alone (default: false).
  int max_zones{8};         ///< At most so many candidates (default: 8).
};

/// Candidates for machine-readable zones in `image`, best first; several may be readings of the same zone. Empty if
/// there is none. Thread-safety is that of `readers`. Cost: 10-40 ms to look, 50-300 ms for each zone found.
std::vector<MrzReading> read_mrz(const ImageView& image, Recognizers& readers, const MrzOptions& options = {});

}  // namespace kualik::ocr
