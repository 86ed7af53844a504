// Any outline in any picture, corners that are no numbers among them: figures within their bounds, maps that go back,
// a page of the size asked for, or the exception that is documented.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "kualik/page/finder.h"
#include "kualik/page/geometry.h"
#include "kualik/page/quality.h"
#include "kualik/page/rectify.h"
#include "picture_and_outline.h"

namespace {

using namespace kualik;
using namespace kualik::page;

void require(bool holds) {
  if (!holds) std::abort();
}

bool share(double x) { return x >= 0 && x <= 1.0001; }

bool same(const Quad& a, const Quad& b) {
  for (std::size_t i = 0; i < 4; ++i) {
    const bool x = a[i].x == b[i].x || (std::isnan(a[i].x) && std::isnan(b[i].x));
    const bool y = a[i].y == b[i].y || (std::isnan(a[i].y) && std::isnan(b[i].y));
    if (!x || !y) return false;
  }
  return true;
}

// An outline that a page may have: convex, within some thousand pixels, no side and no angle close to nothing.
bool sound(const Quad& q) {
  if (!is_convex(q)) return false;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point a{q[(i + 1) % 4].x - q[i].x, q[(i + 1) % 4].y - q[i].y};
    const Point b{q[(i + 3) % 4].x - q[i].x, q[(i + 3) % 4].y - q[i].y};
    const double la = std::hypot(a.x, a.y), lb = std::hypot(b.x, b.y);
    if (std::abs(q[i].x) > 5000 || std::abs(q[i].y) > 5000 || la < 10 || lb < 10) return false;
    if (std::abs(a.x * b.y - a.y * b.x) < 0.1 * la * lb) return false;
  }
  return true;
}

void check_geometry(const Quad& quad, const Quad& frame) {
  const double one = iou(quad, frame), other = iou(frame, quad);
  require(share(one) && share(other));
  require(share(coverage(quad, frame)) && share(iou(quad, quad)));
  const int turn = rotation_of(quad);
  require(turn == 0 || turn == 90 || turn == 180 || turn == 270);
  Quad turned = quad;
  for (int i = 0; i < 4; ++i) turned = reordered(turned, 1, false);
  require(same(turned, quad) && same(reordered(quad, 0, false), quad));
  (void)centre(quad);
  (void)bounds(quad);
  (void)grown(scaled(quad, 0.5), 1.1);
  const Homography map = Homography::between(quad, frame);
  (void)map.inverse().after(map).map(quad);
  if (!sound(quad)) return;
  require(std::abs(one - other) < 1e-3);
  for (std::size_t i = 0; i < 4; ++i) {
    const Point to = map.map(quad[i]), back = map.inverse().map(frame[i]);
    require(std::hypot(to.x - frame[i].x, to.y - frame[i].y) < 0.01);
    require(std::hypot(back.x - quad[i].x, back.y - quad[i].y) < 0.01 * 5000);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < PictureAndOutline::least) return 0;
  const PictureAndOutline made(data, size, 64);
  const Quad& quad = made.quad;
  const Size whole{made.view.width, made.view.height};
  check_geometry(quad, Quad::from_rect({0, 0, 100, 60}));
  require(aspect_ratio(quad, whole) >= 0);
  const double resolution = pixels_per_mm(quad, made.kind);
  require(resolution >= 0);
  const Size size_at = page_size(made.kind, quad[0].x);
  require(size_at.width >= 0 && size_at.height >= 0);
  const Quality quality = measure_quality(made.view, quad, made.kind);
  require(share(quality.score) && share(quality.visible) && share(quality.glare));
  const Quad refined = refine_quad(made.view, quad);
  if (in_reach(quad)) require(in_reach(refined));
  try {
    const Rectified page = rectify(made.view, quad, {48, 32});
    require(page.image.width == 48 && page.image.height == 32);
    require(share(glare_share(page.image.view(), {quad[0].x, quad[0].y, quad[1].x, quad[2].y})));
  } catch (const std::invalid_argument&) {
  }
  return 0;
}
