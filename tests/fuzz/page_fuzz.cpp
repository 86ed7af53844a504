// Finding documents in any pixels, beside any outline, those that are not finite among them: candidates within bounds.
// What else is done with an outline is in outline_fuzz.cpp, which is a hundred times as fast.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "kualik/page/finder.h"
#include "kualik/page/orientation.h"
#include "picture_and_outline.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::page;
  if (size < PictureAndOutline::least) return 0;
  const PictureAndOutline made(data, size, 200);
  static Finder finder;
  static Orienter orienter;
  for (const Candidate& c : finder.find(made.view, {made.quad})) {
    require(c.score >= 0 && c.score <= 1);
    for (const Point& p : c.quad.corners) require(std::isfinite(p.x) && std::isfinite(p.y));
  }
  require(finder.score(made.view, made.quad) <= 1);
  for (const OrientationHypothesis& h : orienter.judge(made.view, made.quad)) require(h.score >= 0 && h.score <= 1);
  return 0;
}
