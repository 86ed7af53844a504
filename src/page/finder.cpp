// The finder: all proposals, one ranking, overlaps weeded out, corners refined in the full-resolution image.
#include "kualik/page/finder.h"

#include <algorithm>
#include <cmath>

#include "page/face.h"
#include "page/features.h"
#include "page/mat.h"
#include "page/probe.h"
#include "page/proposals.h"
#include "page/segmenter.h"

namespace kualik::page {
namespace {

Shape shape_of(const Quad& quad, const Size& size) {
  const double ratio = aspect_ratio(quad, size);
  const double turned = std::max(ratio, 1 / std::max(1e-6, ratio));
  if (turned > 1.5 && turned < 1.72) return Shape::card;
  if (turned > 1.28 && turned <= 1.5) return ratio > 1 ? Shape::passport_page : Shape::sheet;
  return Shape::unknown;
}

struct Scored {
  Quad quad;  // working pixels
  double score;
  Proposal by;
};

/// An outline of the net with this score needs no rivals.
constexpr double sure = 0.7;

bool better(const Scored& a, const Scored& b) { return a.score > b.score; }

void merge(std::vector<Scored>& places, const std::vector<Scored>& more) {
  places.insert(places.end(), more.begin(), more.end());
  std::stable_sort(places.begin(), places.end(), better);
}

}  // namespace

struct Finder::Impl {
  FinderOptions options;
  FaceSearch faces;
  Segmenter segmenter;
  bool suspects{true};  // what the net saw in the last image
  Rect suspected{};     // and where, in source pixels

  explicit Impl(FinderOptions o)
      : options(std::move(o)),
        faces(options.faces ? (options.cascade_path.empty() ? face_cascade_path() : options.cascade_path)
                            : std::string()),
        segmenter(options.net) {}

  // False: the net sees nothing, and nobody `asks` for more; then `work` holds no planes.
  bool prepare(const ImageView& image, WorkImage& work, bool asks) {
    work = reduced_work_image(image, options.working_size);
    const cv::Mat mask = segmenter.mask(work.bgr);
    suspects = Segmenter::suspects(mask);
    const cv::Rect area = Segmenter::area(mask);
    const double x = static_cast<double>(image.width) / std::max(1, mask.cols);
    const double y = static_cast<double>(image.height) / std::max(1, mask.rows);
    suspected = {area.x * x, area.y * y, area.width * x, area.height * y};
    if (!asks && !Segmenter::sees(mask, options.min_area)) return false;
    if (!mask.empty()) cv::resize(mask, work.mask, work.bgr.size(), 0, 0, cv::INTER_LINEAR);
    complete(work);
    return true;
  }

  static Proposals hinted(const WorkImage& work, const std::vector<Quad>& hints) {
    Proposals proposals;
    for (const Quad& hint : hints)
      if (in_reach(hint)) proposals.push_back({canonical(scaled(hint, work.scale)), Proposal::hint});
    propose_from_mask(work, proposals);
    return proposals;
  }

  void propose_others(const WorkImage& work, Proposals& proposals) const {
    const std::vector<EdgeLine> lines = edge_lines(work, options.quick ? 26 : 44, !options.quick);
    propose_contours(work, proposals);
    if (!options.quick) propose_regions(work, proposals);
    propose_lines(work, lines, proposals);
    propose_text_blocks(work, proposals);
  }

  // Scores all proposals, refines the best few of each place at working scale and scores them again; best first.
  std::vector<Scored> rank(const WorkImage& work, const Proposals& proposals) const {
    std::vector<Scored> scored;
    for (const Proposed& proposed : proposals) {
      if (!plausible(proposed.quad, work.size(), options.min_area)) continue;
      scored.push_back({proposed.quad, quad_score(quad_features(work, proposed.quad)), proposed.by});
    }
    std::stable_sort(scored.begin(), scored.end(), better);
    std::vector<Scored> places;
    for (const Scored& s : scored) {
      if (static_cast<int>(places.size()) >= options.max_refined) break;
      int near = 0;
      for (const Scored& k : places) near += iou(k.quad, s.quad) > 0.85 ? 1 : 0;
      if (near < 3) places.push_back(s);
    }
    if (!options.refine || options.quick) return places;
    for (Scored& place : places) {
      Scored fine = place;
      fine.quad = refine_quad(as_view(work.bgr), fine.quad, 0.035 * std::sqrt(std::abs(signed_area(fine.quad))));
      if (!plausible(fine.quad, work.size(), options.min_area)) continue;
      fine.score = quad_score(quad_features(work, fine.quad));
      if (fine.score >= place.score) place = fine;
    }
    std::stable_sort(places.begin(), places.end(), better);
    return places;
  }

  // The portrait's face is asked only when outlines say little: four turns of the cascade cost more than all other
  // proposals.
  Proposals propose_by_face(const WorkImage& work) {
    Proposals proposals;
    if (faces.available()) {
      const double reduce = std::min(1.0, 480.0 / std::max(work.grey.cols, work.grey.rows));
      cv::Mat small = work.grey;
      if (reduce < 1) cv::resize(work.grey, small, {}, reduce, reduce, cv::INTER_AREA);
      std::vector<Face> seen = faces.find(small, 24, true);
      for (Face& face : seen) {
        face.box = {static_cast<int>(face.box.x / reduce), static_cast<int>(face.box.y / reduce),
                    static_cast<int>(face.box.width / reduce), static_cast<int>(face.box.height / reduce)};
      }
      propose_from_faces(work, seen, proposals);
    }
    return proposals;
  }
};

Finder::Finder(FinderOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Finder::~Finder() = default;
Finder::Finder(Finder&&) noexcept = default;
Finder& Finder::operator=(Finder&&) noexcept = default;
const FinderOptions& Finder::options() const noexcept { return impl_->options; }

void Finder::thorough(bool on) noexcept { impl_->options.thorough = on; }
bool Finder::suspects() const noexcept { return impl_->suspects; }
Rect Finder::suspected() const noexcept { return impl_->suspected; }

double Finder::score(const ImageView& image, const Quad& quad) {
  if (image.empty() || !in_reach(quad) || !is_convex(quad)) return 0;
  WorkImage work;
  impl_->prepare(image, work, true);
  return quad_score(quad_features(work, scaled(quad, work.scale)));
}

std::vector<Candidate> Finder::find(const ImageView& image, const std::vector<Quad>& hints) {
  std::vector<Candidate> result;
  if (image.empty()) return result;
  const FinderOptions& options = impl_->options;
  const Quad frame = Quad::from_rect({-0.5, -0.5, static_cast<double>(image.width), static_cast<double>(image.height)});
  const Size source_size{image.width, image.height};
  if (image.width >= 32 && image.height >= 32) {
    WorkImage work;
    std::vector<Scored> places;
    // What is followed already may be a thing that the net does not know.
    if (impl_->prepare(image, work, options.thorough || !hints.empty())) {
      Proposals proposals = Impl::hinted(work, hints);
      if (options.thorough) impl_->propose_others(work, proposals);
      places = impl_->rank(work, proposals);
      if (!options.thorough && (places.empty() || places.front().score < sure)) {
        Proposals others;
        impl_->propose_others(work, others);
        merge(places, impl_->rank(work, others));
      }
    }
    if (!work.magnitude.empty() && impl_->faces.available() && !options.quick &&
        (places.empty() || places.front().score < 0.5)) {
      merge(places, impl_->rank(work, impl_->propose_by_face(work)));
    }
    for (const Scored& s : places) {
      if (s.score < options.min_score || static_cast<int>(result.size()) >= options.max_candidates) break;
      Quad quad = canonical(scaled(s.quad, 1 / work.scale));
      // Centres of working pixels against centres of source pixels.
      const double shift = (1 / work.scale - 1) / 2;
      for (Point& p : quad.corners) p = {p.x + shift, p.y + shift};
      bool covered = false;
      for (const Candidate& c : result) {
        covered = covered || iou(c.quad, quad) > 0.5 || coverage(quad, c.quad) > 0.8;
      }
      if (covered) continue;
      if (options.refine && !options.quick && work.scale < 1) quad = refine_quad(image, quad, 2.0 / work.scale);
      result.push_back({quad, s.score, shape_of(quad, source_size), s.by, false});
    }
  }
  if (options.whole_frame) {
    result.push_back({canonical(frame), 0.05, shape_of(frame, source_size), Proposal::whole_frame, true});
  }
  return result;
}

namespace {

// Everything on one side of a line through what the mask marks fades, as where the net takes a page's blank foot for a
// wall. About half and more stays: what the net does not see at all are a calendar and other people's print.
void forget_part(cv::Mat& mask, unsigned seed) {
  if (mask.empty()) return;
  constexpr double least_kept = 0.45;
  cv::RNG rng(seed);
  cv::Rect area = cv::boundingRect(mask > 0.5F);
  if (area.empty()) area = {0, 0, mask.cols, mask.rows};
  cv::Mat faded;
  do {
    const double x = area.x + rng.uniform(0.0, 1.0) * area.width;
    const double y = area.y + rng.uniform(0.0, 1.0) * area.height;
    const double turn = rng.uniform(0.0, 2 * CV_PI);
    const double left = rng.uniform(0.0, 0.7);
    const double soft = rng.uniform(0.01, 0.12) * std::max(area.width, area.height);
    faded = mask.clone();
    for (int r = 0; r < mask.rows; ++r) {
      auto* row = faded.ptr<float>(r);
      for (int c = 0; c < mask.cols; ++c) {
        const double behind = ((c - x) * std::cos(turn) + (r - y) * std::sin(turn)) / soft;
        row[c] *= static_cast<float>(left + (1 - left) / (1 + std::exp(-behind)));
      }
    }
  } while (cv::sum(faded)[0] < least_kept * cv::sum(mask)[0]);
  mask = faded;
}

}  // namespace

std::vector<ProbedQuad> probe(const FinderOptions& options, const ImageView& image, unsigned forget) {
  Finder::Impl impl(options);
  WorkImage work;
  impl.prepare(image, work, true);
  if (forget != 0) forget_part(work.mask, forget);
  Proposals proposals = Finder::Impl::hinted(work, {});
  impl.propose_others(work, proposals);
  std::vector<ProbedQuad> result;
  for (const Proposed& p : proposals) {
    if (!plausible(p.quad, work.size(), options.min_area)) continue;
    // As the finder does: what was proposed, and what refining makes of it.
    const Quad fine = refine_quad(as_view(work.bgr), p.quad, 0.035 * std::sqrt(std::abs(signed_area(p.quad))));
    for (const Quad& q : {p.quad, fine}) {
      if (plausible(q, work.size(), options.min_area))
        result.push_back({scaled(q, 1 / work.scale), p.by, quad_features(work, q)});
    }
  }
  return result;
}

std::vector<Candidate> find_documents(const ImageView& image, const FinderOptions& options) {
  return Finder(options).find(image);
}

}  // namespace kualik::page
