// Any pixels and any outlines, those that are not finite among them: candidates within bounds, a page of the size asked
// for, or the exception that is documented.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "kualik/page/finder.h"
#include "kualik/page/geometry.h"
#include "kualik/page/orientation.h"
#include "kualik/page/quality.h"
#include "kualik/page/rectify.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::page;
  if (size < 4 + 8 * sizeof(float)) return 0;
  const int channels = data[0] % 3 == 0 ? 1 : data[0] % 3 == 1 ? 3 : 4;
  const int width = 1 + data[1] % 200;
  const int height = 1 + data[2] % 200;
  const auto kind = static_cast<PageKind>(data[3] % 8);
  Quad quad;
  for (std::size_t i = 0; i < 4; ++i) {
    float xy[2];
    std::memcpy(xy, data + 4 + i * sizeof xy, sizeof xy);
    quad.corners[i] = {xy[0], xy[1]};
  }
  data += 4 + 8 * sizeof(float);
  size -= 4 + 8 * sizeof(float);
  const auto row = static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
  std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(height), 128);
  for (std::size_t i = 0; size > 0 && i < pixels.size(); ++i) pixels[i] = data[i % size];
  const ImageView view{pixels.data(), width, height, channels, row};

  static Finder finder;
  static Orienter orienter;
  for (const Candidate& c : finder.find(view, {quad})) {
    require(c.score >= 0 && c.score <= 1);
    for (const Point& p : c.quad.corners) require(std::isfinite(p.x) && std::isfinite(p.y));
  }
  require(finder.score(view, quad) <= 1);
  (void)refine_quad(view, quad);
  for (const OrientationHypothesis& h : orienter.judge(view, quad)) require(h.score >= 0 && h.score <= 1);
  const Quality q = measure_quality(view, quad, kind);
  require(q.score >= 0 && q.score <= 1);
  (void)aspect_ratio(quad, {width, height});
  (void)pixels_per_mm(quad, kind);
  (void)rotation_of(quad);
  require(iou(quad, quad) <= 1.0001);
  (void)Homography::between(quad, Quad::from_rect({0, 0, 100, 60})).inverse().map(quad);
  try {
    const Rectified page = rectify(view, quad, {120, 80});
    require(page.image.width == 120 && page.image.height == 80);
  } catch (const std::invalid_argument&) {
  }
  return 0;
}
