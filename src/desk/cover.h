#pragma once
// Which parts of which frame a redacted copy covers.

#include <cstdint>
#include <string>
#include <vector>

#include "kualik/core/geometry.h"
#include "kualik/record/record.h"
#include "kualik/video/tracker.h"

namespace kualik::desk {

/// Plans the boxes of all frames from what was read and what was followed. Plain arithmetic; nothing of the pictures is
/// kept.
class Cover {
 public:
  /// `keys` as in RedactOptions.
  Cover(std::vector<video::Track> tracks, const std::vector<record::Record>& records,
        const std::vector<std::string>& keys);
  /// The quads to fill at a time, in source pixels.
  std::vector<Quad> at(double time_s) const;

 private:
  // One document followed, with the places of the fields that are to be covered, in a unit square spanned by the
  // document's outline.
  struct Followed {
    std::vector<video::Sight> sights;
    std::vector<Quad> fields;
    bool whole = true;
  };
  // A document that was read where the tracker followed nothing.
  struct Still {
    Quad quad;
    double from = 0;
    double to = 0;
  };
  std::vector<Followed> followed_;
  std::vector<Still> stills_;
};

}  // namespace kualik::desk
