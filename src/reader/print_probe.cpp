#include "reader/print_probe.h"

#include <algorithm>
#include <vector>

#include "reader/copies.h"

namespace kualik::reader {

void PrintProbe::look(const video::FrameView& frame, video::Tracker& tracker, ocr::Recognizers& readers) {
  const bool calm = tracker.is_calm(frame.time_s);
  if (!calm) whole_.calm_s = closely_.calm_s = shortest_calm_s;
  if (!calm) closely_.looks = 0;
  const Rect part = tracker.suspected();
  if (!part.empty()) {
    if (frame.time_s > suspected_s_ + gone_s) closely_ = Pace{};  // Something came into the picture.
    suspected_s_ = frame.time_s;
  }
  if (tracker.follows_card()) return;
  // Where the finder's net sees nothing at all, a second opinion is asked for now and then.
  const bool unsuspected = tracker.suspects_nothing();
  PrintLook look;
  look.any = false;
  // What has been looked over and has not moved since shows nothing new.
  if (!part.empty() && closely_.is_due(frame.time_s, longest_s, calm && closely_.looks > 1)) {
    closely_.last_s = frame.time_s;
    if (is_mostly_blank(frame.view, Quad::from_rect(part))) {
      look.on_sheet = true;
      look_at(frame, page::bounds(page::grown(Quad::from_rect(part), 1.15)), look, closely_, 1.5, tracker, readers);
      return;
    }
  }
  if (!whole_.is_due(frame.time_s, unsuspected ? longest_unsuspected_s : longest_s, calm)) return;
  const Rect whole{0, 0, static_cast<double>(frame.view.width), static_cast<double>(frame.view.height)};
  look_at(frame, whole, look, whole_, unsuspected ? 3.0 : 1.5, tracker, readers);
}

void PrintProbe::look_at(const video::FrameView& frame, const Rect& where, PrintLook look, Pace& pace, double slower,
                         video::Tracker& tracker, ocr::Recognizers& readers) {
  look.mirrored = pace.mirrored;
  const std::vector<PrintPage> found = find_print_pages(frame.view, where, readers, look);
  bool news = false;
  for (const PrintPage& card : found)
    news = tracker.propose(frame, card.mirrored ? page::reordered(card.quad, 0, true) : card.quad) || news;
  pace.followed = !found.empty() && !news;
  pace.pause_s = news ? shortest_s : std::min(slower * pace.pause_s, longest_unsuspected_s);
  if (found.empty()) pace.mirrored = !pace.mirrored;  // What was found is looked for again in the same way.
  pace.last_s = frame.time_s;
  ++pace.looks;
}

}  // namespace kualik::reader
