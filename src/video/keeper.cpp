#include "video/keeper.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace kualik::video {
namespace {

// The part of the frame around the quad, with room for a refined outline, or for the rest of a document of which only a
// part was outlined.
void copy_part(const FrameView& frame, const Quad& quad, KeptFrame& kept) {
  const Rect box = page::bounds(page::grown(quad, 1.4));
  const int x0 = std::clamp(static_cast<int>(std::floor(box.x)), 0, frame.view.width - 1);
  const int y0 = std::clamp(static_cast<int>(std::floor(box.y)), 0, frame.view.height - 1);
  const int x1 = std::clamp(static_cast<int>(std::ceil(box.x + box.width)), x0 + 1, frame.view.width);
  const int y1 = std::clamp(static_cast<int>(std::ceil(box.y + box.height)), y0 + 1, frame.view.height);
  const auto channels = static_cast<std::size_t>(frame.view.channels);
  kept.origin = {static_cast<double>(x0), static_cast<double>(y0)};
  kept.frame_width = frame.view.width;
  kept.frame_height = frame.view.height;
  kept.image.width = x1 - x0;
  kept.image.height = y1 - y0;
  kept.image.channels = frame.view.channels;
  const std::size_t row = static_cast<std::size_t>(kept.image.width) * channels;
  kept.image.pixels.resize(row * static_cast<std::size_t>(kept.image.height));
  for (int y = y0; y < y1; ++y) {
    std::memcpy(
        kept.image.pixels.data() + row * static_cast<std::size_t>(y - y0),
        frame.view.data + static_cast<std::size_t>(y) * frame.view.row_stride + static_cast<std::size_t>(x0) * channels,
        row);
  }
}

}  // namespace

void Keeper::offer(const FrameView& frame, const Quad& quad) {
  // Neighbouring frames are nearly the same: a full store is challenged a few times a second only.
  const double pause = kept_.size() < limit_ ? 0.05 : 0.12;
  if (frame.time_s - last_offer_s_ < pause) return;
  last_offer_s_ = frame.time_s;
  const page::Quality quality = page::measure_quality(frame.view, quad);
  if (quality.score <= 0) return;
  // Within a fifth of a second only the better of two is kept, once there are some.
  std::size_t place = kept_.size();
  if (kept_.size() >= 4) {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (std::abs(kept_[i].time_s - frame.time_s) < 0.2) place = i;
    }
  }
  if (place == kept_.size() && kept_.size() >= limit_) {
    place = static_cast<std::size_t>(
        std::min_element(kept_.begin(), kept_.end(),
                         [](const auto& a, const auto& b) { return a.quality.score < b.quality.score; }) -
        kept_.begin());
  }
  if (place < kept_.size() && kept_[place].quality.score >= quality.score) return;
  KeptFrame kept;
  kept.index = frame.index;
  kept.time_s = frame.time_s;
  const double unit = std::sqrt(std::abs(page::signed_area(quad)));
  kept.quad = page::refine_quad(frame.view, quad, std::max(3.0, 0.012 * unit));
  kept.quality = quality;
  copy_part(frame, kept.quad, kept);
  if (place < kept_.size()) {
    kept_[place] = std::move(kept);
  } else {
    kept_.push_back(std::move(kept));
  }
}

std::vector<KeptFrame> Keeper::take() {
  std::stable_sort(kept_.begin(), kept_.end(),
                   [](const auto& a, const auto& b) { return a.quality.score > b.quality.score; });
  return std::move(kept_);
}

}  // namespace kualik::video
