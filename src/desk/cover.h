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
  /// `keys` as in RedactOptions; `frame` is the whole picture, which is covered where a document comes into sight, goes
  /// out of it or is lost for a moment: it moves then, nobody knows where, and a frame held still shows what is on it.
  Cover(std::vector<video::Track> tracks, const std::vector<record::Record>& records,
        const std::vector<std::string>& keys, const Quad& frame);
  /// The quads to fill at a time, in source pixels.
  std::vector<Quad> at(double time_s) const;

 private:
  // One document followed, with the places of the fields that are to be covered, in a unit square spanned by the
  // document's outline.
  struct Followed {
    std::vector<video::Sight> sights;
    std::vector<Quad> fields;
    bool whole = true;
    bool certain = false;  ///< A document that was read, or that the finder took for one without hesitation.
  };
  // A document that was read where the tracker followed nothing: covered in its place in a still, by the whole frame
  // for as long as it was seen in a video.
  struct Still {
    Quad quad;
    double first = 0;
    double last = 0;
  };
  void cover_one(const Followed& f, double time_s, std::vector<Quad>& out) const;

  Quad frame_;
  std::vector<Followed> followed_;
  std::vector<Still> stills_;
};

}  // namespace kualik::desk
