#include "reader/slant.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "kualik/page/rectify.h"
#include "page/mat.h"

namespace kualik::reader {
namespace {

constexpr double most = 0.8;
constexpr double step = 0.04;
constexpr double worth_mending = 0.035;  // two degrees: readers do not mind less
constexpr std::size_t least_lines = 4;

cv::Mat ink_of(const ImageView& line) {
  cv::Mat grey = page::as_mat(line);
  if (grey.channels() > 1) cv::cvtColor(grey, grey, grey.channels() == 4 ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
  const int reach = std::max(15, grey.rows | 1);
  cv::Mat ground;
  cv::blur(grey, ground, {reach, reach});
  cv::Mat ink;
  cv::subtract(ground, grey, ink, cv::noArray(), CV_32F);
  cv::max(ink, 0.0, ink);
  return ink;
}

cv::Matx23d shear(double slant, double middle) { return {1, -slant, slant * middle, 0, 1, 0}; }

}  // namespace

double slant_of(const ImageView& line) {
  if (line.empty() || line.height < 8 || line.width < 2 * line.height) return 0;
  const cv::Mat ink = ink_of(line);
  double best = 0;
  double best_score = -1;
  cv::Mat sheared;
  cv::Mat columns;
  for (int i = -static_cast<int>(most / step); i <= static_cast<int>(most / step); ++i) {
    const double slant = static_cast<double>(i) * step;
    cv::warpAffine(ink, sheared, shear(slant, 0.5 * line.height), ink.size(), cv::INTER_LINEAR);
    cv::reduce(sheared, columns, 0, cv::REDUCE_SUM);
    // A slight preference for upright print, so that noise does not lean a line.
    const double score = columns.dot(columns) * (1.0 - 0.05 * std::abs(slant));
    if (score > best_score) {
      best_score = score;
      best = slant;
    }
  }
  return best;
}

Image upright_line(const ImageView& line, double slant) {
  cv::Mat out;
  cv::warpAffine(page::as_mat(line), out, shear(slant, 0.5 * line.height), {line.width, line.height}, cv::INTER_CUBIC,
                 cv::BORDER_REPLICATE);
  return page::to_image(out);
}

std::optional<Quad> upright_outline(const ImageView& page, const std::vector<Quad>& lines) {
  struct Lean {
    double x, slant, weight;
  };
  std::vector<Lean> leans;
  for (const Quad& quad : lines) {
    const Rect box = page::bounds(quad);
    if (box.height < 10 || box.width < 4 * box.height || box.height > 0.2 * page.height) continue;
    // A long line leans differently at its two ends.
    const int parts = box.width > 16 * box.height ? 3 : 1;
    for (int i = 0; i < parts; ++i) {
      const double width = box.width / parts;
      const Rect part{box.x + width * i, box.y, width, box.height};
      const page::Size size{static_cast<int>(width / box.height * 32), 32};
      const page::Rectified picture = page::rectify(page, Quad::from_rect(part), size);
      leans.push_back({part.x + 0.5 * width, slant_of(picture.image.view()), width});
    }
  }
  if (leans.size() < least_lines) return std::nullopt;

  // Slant = a + b x by least squares, twice: once with all, once without what lies far off.
  double a = 0;
  double b = 0;
  for (int turn = 0; turn < 3; ++turn) {
    double w = 0, wx = 0, wxx = 0, ws = 0, wxs = 0;
    for (const Lean& l : leans) {
      if (turn > 0 && std::abs(l.slant - a - b * l.x) > 0.15) continue;
      w += l.weight;
      wx += l.weight * l.x;
      wxx += l.weight * l.x * l.x;
      ws += l.weight * l.slant;
      wxs += l.weight * l.x * l.slant;
    }
    const double determinant = w * wxx - wx * wx;
    if (w <= 0 || std::abs(determinant) < 1e-9) return std::nullopt;
    b = (w * wxs - wx * ws) / determinant;
    a = (ws - b * wx) / w;
  }
  const double width = page.width;
  const double height = page.height;
  const double left = std::clamp(a, -most, most);
  const double right = std::clamp(a + b * width, -most, most);
  if (std::max(std::abs(left), std::abs(right)) < worth_mending) return std::nullopt;
  const double middle = 0.5 * height;
  const Quad out{
      {{{-left * middle, 0}, {width - right * middle, 0}, {width + right * middle, height}, {left * middle, height}}}};
  if (!page::is_convex(out)) return std::nullopt;
  return out;
}

}  // namespace kualik::reader
