// Proposals from the portrait: a face found at one of four turns gives the card's place, size and turn, twice, since
// the card may be mirrored; likewise the data page of a passport, whose portrait stands at the left.
#include "page/proposals.h"

namespace kualik::page {
namespace {

// Where the cascade's box lies in the upright page: its centre as shares of width and height, its width as a share of
// the page's width. From the boxes of idcard_layout.tsv and ISO/IEC 7810, with the face filling about two thirds of the
// portrait's width.
struct Anchor {
  double x, y, width, aspect;
};
constexpr Anchor anchors[] = {
    {0.752, 0.37, 0.165, 1.586},  // PRC resident card
    {0.752, 0.37, 0.195, 1.586},
    {0.17, 0.47, 0.17, 1.586},  // Kazakhstan identity card
    {0.17, 0.42, 0.175, 1.42},  // passport data page
};

}  // namespace

void propose_from_faces(const WorkImage& work, const std::vector<Face>& faces, Proposals& out) {
  for (const Face& face : faces) {
    const Point c{face.box.x + face.box.width / 2.0, face.box.y + face.box.height / 2.0};
    // Unit vectors of the page's own right and down in the image.
    constexpr std::array<Point, 4> rights{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
    const Point right = rights[static_cast<std::size_t>(face.turns)];
    const Point down{-right.y, right.x};
    for (const Anchor& anchor : anchors) {
      for (const double mirror : {1.0, -1.0}) {
        const double w = face.box.width / anchor.width, h = w / anchor.aspect;
        const auto at = [&](double x, double y) {
          const double u = (x - anchor.x) * w * mirror, v = (y - anchor.y) * h;
          return Point{c.x + right.x * u + down.x * v, c.y + right.y * u + down.y * v};
        };
        Quad quad{{{at(0, 0), at(1, 0), at(1, 1), at(0, 1)}}};
        quad = canonical(quad);
        if (plausible(quad, work.size(), 0.012)) out.push_back({quad, Proposal::face});
      }
    }
  }
}

}  // namespace kualik::page
