#pragma once
// Print looked for in passing, while a video is followed.

#include <algorithm>

#include "kualik/ocr/recognizers.h"
#include "kualik/video/tracker.h"
#include "reader/print_page.h"

namespace kualik::reader {

/// Looks for a card's print in frames now and then while none is followed: what has no edges to find has its labels.
/// The whole frame is looked over, and paper that the finder's net suspects more closely, since the copy of a card on a
/// sheet has no outline of its own and small print; both upright and mirrored in turn.
class PrintProbe {
 public:
  /// Looks at the frame that `tracker` was fed last, if it is time to, and proposes the cards that it finds to it.
  void look(const video::FrameView& frame, video::Tracker& tracker, ocr::Recognizers& readers);

 private:
  static constexpr double shortest_s = 0.8;
  static constexpr double longest_s = 2.5;
  static constexpr double longest_unsuspected_s = 24;
  static constexpr double longest_followed_s = 5;
  static constexpr double shortest_calm_s = 4;
  static constexpr double longest_calm_s = 16;
  static constexpr double gone_s = 1.5;

  /// When one of the two ways to look is due.
  struct Pace {
    double pause_s{shortest_s};
    double calm_s{shortest_calm_s};
    double last_s{0.4 - shortest_s};
    int looks{0};  // since something moved
    bool mirrored{false};
    bool followed{false};  // what was found last is followed already

    bool is_due(double now_s, double longest, bool calm) {
      const double pause = std::min(pause_s, followed ? longest_followed_s : longest);
      if (now_s < last_s + pause + (calm ? calm_s : 0.0)) return false;
      if (calm) calm_s = std::min(2 * calm_s, longest_calm_s);
      return true;
    }
  };

  static void look_at(const video::FrameView& frame, const Rect& where, PrintLook look, Pace& pace, double slower,
                      video::Tracker& tracker, ocr::Recognizers& readers);

  Pace whole_{};
  Pace closely_{};
  double suspected_s_{-gone_s};  // when something was suspected last
};

}  // namespace kualik::reader
