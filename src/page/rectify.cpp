// Perspective warp from the full-resolution image; bicubic when enlarging, area-averaged source when reducing.
#include "kualik/page/rectify.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "page/mat.h"

namespace kualik::page {
namespace {
double side(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }
}  // namespace

Size page_size(PageKind kind, double pixels_per_mm) noexcept {
  const PhysicalSize mm = physical_size(kind);
  const auto pixels = [pixels_per_mm](double length_mm) {
    constexpr double most = 1e6;
    const double length = length_mm * pixels_per_mm;
    return length > 0 ? static_cast<int>(std::lround(std::min(length, most))) : 0;  // 0 for what is no number, too
  };
  return {pixels(mm.width_mm), pixels(mm.height_mm)};
}

double pixels_per_mm(const Quad& quad, PageKind kind) noexcept {
  if (!in_reach(quad)) return 0;
  const PhysicalSize mm = physical_size(kind);
  return std::sqrt(std::abs(signed_area(quad)) / (mm.width_mm * mm.height_mm));
}

Rectified rectify(const ImageView& image, const Quad& quad, const Size& size) {
  if (image.empty()) throw std::invalid_argument("rectify: the image is empty");
  if (size.width < 1 || size.height < 1 || static_cast<long long>(size.width) * size.height > 64'000'000) {
    throw std::invalid_argument("rectify: the page must have 1 to 64 million pixels");
  }
  if (!in_reach(quad)) throw std::invalid_argument("rectify: a corner of the quad lies nowhere near an image");
  if (!(std::abs(signed_area(quad)) >= 1)) throw std::invalid_argument("rectify: the quad has no area");

  Rectified page;
  // Outer edges map to outer edges: pixel centres lie half a pixel inside them.
  const Quad target = Quad::from_rect({-0.5, -0.5, static_cast<double>(size.width), static_cast<double>(size.height)});
  page.page_to_source = Homography::between(target, quad);
  const double across = std::max(side(quad[0], quad[1]), side(quad[3], quad[2])) / size.width;
  const double down = std::max(side(quad[0], quad[3]), side(quad[1], quad[2])) / size.height;
  page.source_scale = (across + down) / 2;

  // Work on the part of the image that the quad covers: a crop costs nothing and keeps the averaging below small.
  const cv::Mat whole = as_mat(image);
  const Rect box = bounds(quad);
  const double margin = 8 + 4 * page.source_scale;
  const int x0 = static_cast<int>(std::clamp(std::floor(box.x - margin), 0.0, image.width - 1.0));
  const int y0 = static_cast<int>(std::clamp(std::floor(box.y - margin), 0.0, image.height - 1.0));
  const int x1 =
      static_cast<int>(std::clamp(std::ceil(box.x + box.width + margin), x0 + 1.0, static_cast<double>(image.width)));
  const int y1 =
      static_cast<int>(std::clamp(std::ceil(box.y + box.height + margin), y0 + 1.0, static_cast<double>(image.height)));
  cv::Mat part = whole(cv::Rect(x0, y0, x1 - x0, y1 - y0));
  double reduce = 1;
  if (page.source_scale > 1.6) {
    // A sliver of image under a huge quad keeps a pixel.
    reduce = std::min<double>(page.source_scale / 1.2, std::min(part.cols, part.rows));
    cv::Mat small;
    cv::resize(part, small, {}, 1 / reduce, 1 / reduce, cv::INTER_AREA);
    part = small;
  }
  // Source pixel (x, y) is at ((x - x0 + 0.5) / reduce - 0.5) in the part.
  Homography to_part;
  to_part.m = {1 / reduce, 0, (0.5 - x0) / reduce - 0.5, 0, 1 / reduce, (0.5 - y0) / reduce - 0.5, 0, 0, 1};
  const Homography map = to_part.after(page.page_to_source);
  const cv::Mat matrix(3, 3, CV_64F, const_cast<double*>(map.m.data()));
  cv::Mat warped;
  const int method = page.source_scale < 1 ? cv::INTER_CUBIC : cv::INTER_LINEAR;
  cv::warpPerspective(part, warped, matrix, cv::Size(size.width, size.height), method | cv::WARP_INVERSE_MAP,
                      cv::BORDER_REPLICATE);
  if (warped.channels() == 4) cv::cvtColor(warped, warped, cv::COLOR_BGRA2BGR);
  page.image = to_image(warped);
  return page;
}

}  // namespace kualik::page
