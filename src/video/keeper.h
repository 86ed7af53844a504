#pragma once
// Keeps the best sights of one track: readable, and apart in time, in bounded memory.

#include <vector>

#include "kualik/video/tracker.h"

namespace kualik::video {

/// The best `limit` sights offered.
class Keeper {
 public:
  explicit Keeper(int limit) : limit_(static_cast<std::size_t>(limit < 1 ? 1 : limit)) {}
  /// Looks at one more sight; copies its pixels only if it is kept. `last` tells nothing better is expected soon.
  void offer(const FrameView& frame, const Quad& quad);
  /// Gives what was kept, best first.
  std::vector<KeptFrame> take();

 private:
  std::size_t limit_;
  std::vector<KeptFrame> kept_;
  double last_offer_s_{-1e9};
};

}  // namespace kualik::video
