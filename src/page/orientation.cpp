// Kind and orientation by template matching on evidence planes: the page is brought to a small upright image once,
// planes of print, red and picture are measured, and each of up to eight turns and mirrorings is compared with each
// kind's layout by normalised correlation. A face that the cascade finds upright at the portrait's place adds to a
// hypothesis. Reading has the last word.
#include "kualik/page/orientation.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "kualik/page/finder.h"
#include "kualik/page/rectify.h"
#include "page/face.h"
#include "page/layout.h"
#include "page/mat.h"
#include "page/proposals.h"

namespace kualik::page {
namespace {

constexpr int map_width = 128;

struct Planes {
  cv::Mat print, red, picture, blue;
};

// Planes of an upright landscape picture, at its own size reduced to `map_width` columns.
Planes measure(const cv::Mat& bgr) {
  Planes planes;
  cv::Mat grey, lab;
  cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  cv::cvtColor(bgr, lab, cv::COLOR_BGR2Lab);
  const cv::Size size(map_width, std::max(8, map_width * bgr.rows / bgr.cols));
  const cv::Mat element = cv::getStructuringElement(cv::MORPH_RECT, {9, 9});
  cv::Mat hat;
  cv::morphologyEx(grey, hat, cv::MORPH_BLACKHAT, element);
  hat.convertTo(hat, CV_32F, 1.0 / 60);
  cv::min(hat, 1.0, hat);
  cv::resize(hat, planes.print, size, 0, 0, cv::INTER_AREA);

  std::vector<cv::Mat> channels;
  cv::split(lab, channels);
  cv::Mat red;
  channels[1].convertTo(red, CV_32F, 1.0 / 40, -140.0 / 40);
  cv::min(cv::max(red, 0.0), 1.0, red);
  cv::resize(red, planes.red, size, 0, 0, cv::INTER_AREA);

  // Blue: print that is bluer than what surrounds it.
  cv::Mat blue;
  cv::morphologyEx(channels[2], blue, cv::MORPH_BLACKHAT, element);
  blue.convertTo(blue, CV_32F, 1.0 / 25, -4.0 / 25);
  cv::min(cv::max(blue, 0.0), 1.0, blue);
  cv::resize(blue, planes.blue, size, 0, 0, cv::INTER_AREA);

  // Picture: what stays dark or coloured after closing away the print.
  cv::Mat closed;
  cv::morphologyEx(grey, closed, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_ELLIPSE, {15, 15}));
  cv::resize(closed, closed, size, 0, 0, cv::INTER_AREA);
  std::vector<std::uint8_t> values(closed.begin<std::uint8_t>(), closed.end<std::uint8_t>());
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 7 / 10);
  std::nth_element(values.begin(), nth, values.end());
  const double paper = *nth;
  cv::Mat dark;
  closed.convertTo(dark, CV_32F, -1.0 / 60, paper / 60);
  planes.picture = cv::min(cv::max(dark, 0.0), 1.0);
  for (cv::Mat* plane : {&planes.print, &planes.red, &planes.picture, &planes.blue})
    cv::GaussianBlur(*plane, *plane, {}, 0.015 * map_width);
  return planes;
}

// The best correlation over small shifts, since outlines and layouts are some hundredths off.
double best_correlation(const cv::Mat& measured, const cv::Mat& layout, int reach) {
  cv::Mat padded, response;
  cv::copyMakeBorder(measured, padded, reach, reach, reach, reach, cv::BORDER_REPLICATE);
  cv::matchTemplate(padded, layout, response, cv::TM_CCOEFF_NORMED);
  double best = 0;
  cv::minMaxLoc(response, nullptr, &best);
  return std::isfinite(best) ? best : 0;
}

cv::Mat turned(const cv::Mat& plane, int turns, bool mirrored) {
  // Undoes what `reordered(quad, turns, mirrored)` names: first the turn, then the mirror. `upright` begins empty: one
  // that shares the plane's pixels would be turned in place, and every later hypothesis judged on the turned plane.
  cv::Mat upright;
  if (turns == 1) cv::rotate(plane, upright, cv::ROTATE_90_COUNTERCLOCKWISE);
  if (turns == 2) cv::rotate(plane, upright, cv::ROTATE_180);
  if (turns == 3) cv::rotate(plane, upright, cv::ROTATE_90_CLOCKWISE);
  if (turns == 0) upright = plane;
  if (!mirrored) return upright;
  cv::Mat flipped;
  cv::flip(upright, flipped, 1);
  return flipped;
}

// How much more the print is ordered in rows than in columns, -1..1.
double row_order(const cv::Mat& print) {
  cv::Mat rows, columns;
  cv::reduce(print, rows, 1, cv::REDUCE_AVG);
  cv::reduce(print, columns, 0, cv::REDUCE_AVG);
  const auto roughness = [](const cv::Mat& profile) {
    const cv::Mat line = profile.reshape(1, 1);
    double sum = 0;
    for (int i = 2; i < line.cols; ++i) {
      sum +=
          static_cast<double>(std::abs(line.at<float>(0, i) - 2 * line.at<float>(0, i - 1) + line.at<float>(0, i - 2)));
    }
    return sum / std::max(1, line.cols - 2);
  };
  const double r = roughness(rows), c = roughness(columns);
  return (r - c) / (r + c + 1e-6);
}

}  // namespace

struct Orienter::Impl {
  FaceSearch faces;
  explicit Impl(const std::string& path) : faces(path.empty() ? face_cascade_path() : path) {}
};

Orienter::Orienter(const std::string& cascade_path) : impl_(std::make_unique<Impl>(cascade_path)) {}
Orienter::~Orienter() = default;
Orienter::Orienter(Orienter&&) noexcept = default;
Orienter& Orienter::operator=(Orienter&&) noexcept = default;

std::vector<OrientationHypothesis> Orienter::judge(const ImageView& image, const Quad& given) {
  std::vector<OrientationHypothesis> result;
  if (image.empty() || !in_reach(given) || !is_convex(given) || std::abs(signed_area(given)) < 64) return result;
  const Quad quad = canonical(given);  // clockwise, longer sides first: landscape
  const double ratio = aspect_ratio(quad, {image.width, image.height});
  const double turned_ratio = std::clamp(std::max(ratio, 1 / ratio), 1.0, 3.0);
  const Size size{480, 303};
  const Rectified page = rectify(image, quad, size);
  const cv::Mat bgr = as_bgr(page.image.view());
  const Planes planes = measure(bgr);
  // Fine print order needs the strokes themselves.
  cv::Mat grey, hat;
  cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  cv::morphologyEx(grey, hat, cv::MORPH_BLACKHAT, cv::getStructuringElement(cv::MORPH_RECT, {9, 9}));
  hat.convertTo(hat, CV_32F, 1.0 / 60);
  const double order = row_order(hat(cv::Rect(24, 15, 432, 273)));
  const std::vector<Face> faces = impl_->faces.find(grey, 32, true);

  for (const PageKind kind : {PageKind::cn_id_portrait, PageKind::cn_id_emblem, PageKind::kz_id_front,
                              PageKind::kz_id_back, PageKind::passport, PageKind::sheet, PageKind::sheet_landscape}) {
    const bool upright_page = kind == PageKind::sheet;
    const double own = physical_size(kind).aspect();
    const double wanted = std::max(own, 1 / own);
    const double misfit = std::abs(std::log(turned_ratio / wanted));
    for (int turns = 0; turns < 4; ++turns) {
      const bool landscape = turns % 2 == 0;
      if (landscape == upright_page && turned_ratio > 1.15) continue;  // would squeeze the page
      for (const bool mirrored : {false, true}) {
        OrientationHypothesis h;
        h.kind = kind;
        h.mirrored = mirrored;
        h.quad = reordered(quad, turns, mirrored);
        h.rotation = rotation_of(h.quad);
        const cv::Mat print = turned(planes.print, turns, mirrored);
        const cv::Mat red = turned(planes.red, turns, mirrored);
        const cv::Mat picture = turned(planes.picture, turns, mirrored);
        const int reach = 5;
        const double print_fit = best_correlation(print, layout_map(kind, Plane::print, print.size()), reach);
        double evidence = print_fit;
        const bool has_picture =
            kind == PageKind::cn_id_portrait || kind == PageKind::kz_id_front || kind == PageKind::passport;
        if (has_picture)
          evidence += 0.8 * best_correlation(picture, layout_map(kind, Plane::picture, print.size()), reach);
        if (kind == PageKind::cn_id_emblem) {
          evidence += 0.8 * best_correlation(red, layout_map(kind, Plane::red, print.size()), reach);
        }
        if (kind == PageKind::cn_id_portrait) {
          const cv::Mat blue = turned(planes.blue, turns, mirrored);
          evidence += 0.6 * best_correlation(blue, layout_map(kind, Plane::blue, print.size()), reach);
        }
        if (!has_picture && kind != PageKind::cn_id_emblem) evidence += 0.15;
        evidence += (landscape ? 1 : -1) * 0.5 * order;
        evidence -= 2.0 * std::max(0.0, misfit - 0.07);
        if (has_picture && !faces.empty()) {
          // A face upright in this hypothesis, near the middle of the portrait.
          const Homography to_page = Homography::between(h.quad, Quad::from_rect({0, 0, 1, 1}));
          double bonus = -0.15;
          for (const Face& face : faces) {
            const Point c =
                page.page_to_source.map(Point{face.box.x + face.box.width / 2.0, face.box.y + face.box.height / 2.0});
            const Point at = to_page.map(c);
            for (const LayoutBox& box : layout_boxes()) {
              if (box.kind != kind || box.ink != Ink::picture) continue;
              const double mx = static_cast<double>(box.x + box.w / 2), my = static_cast<double>(box.y + box.h / 2);
              const bool near = std::abs(at.x - mx) < 0.10 && std::abs(at.y - my) < 0.17;
              // The face's turn in the rectified picture must be the page's own.
              if (near && face.turns == turns) bonus = std::max(bonus, 0.6);
            }
          }
          evidence += bonus;
        }
        h.evidence = evidence;
        result.push_back(h);
      }
    }
  }
  double highest = -1e9, sum = 0;
  for (const OrientationHypothesis& h : result) highest = std::max(highest, h.evidence);
  for (OrientationHypothesis& h : result) sum += h.score = std::exp(6 * (h.evidence - highest));
  for (OrientationHypothesis& h : result) h.score /= sum;
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  return result;
}

}  // namespace kualik::page
