// Sharpness as the ratio of fine to coarse gradient energy (after the modified Laplacian of Nayar and Nakagawa 1994),
// which changes little with what is printed; glare as bright, colourless, flat areas; smear as the anisotropy of the
// structure tensor of the fine detail.
#include "kualik/page/quality.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "kualik/page/rectify.h"
#include "page/mat.h"

namespace kualik::page {
namespace {

cv::Mat glare_pixels(const cv::Mat& bgr) {
  std::vector<cv::Mat> channels;
  cv::split(bgr, channels);
  cv::Mat low = channels[0], high = channels[0];
  for (std::size_t i = 1; i < channels.size(); ++i) {
    cv::min(low, channels[i], low = low.clone());
    cv::max(high, channels[i], high = high.clone());
  }
  // Burnt out: every channel near its end. White paper in good light stays below 250 in cameras' own exposure.
  cv::Mat burnt = low >= 250;
  cv::morphologyEx(burnt, burnt, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_ELLIPSE, {3, 3}));
  return burnt;
}

}  // namespace

double glare_share(const ImageView& page, const Rect& region) {
  const cv::Mat bgr = as_bgr(page);
  const cv::Rect box = cv::Rect(static_cast<int>(std::floor(region.x)), static_cast<int>(std::floor(region.y)),
                                static_cast<int>(std::ceil(region.width)), static_cast<int>(std::ceil(region.height))) &
                       cv::Rect(0, 0, bgr.cols, bgr.rows);
  if (box.area() <= 0) return 0;
  return static_cast<double>(cv::countNonZero(glare_pixels(bgr(box)))) / box.area();
}

Quality measure_quality(const ImageView& image, const Quad& quad, PageKind kind) {
  Quality quality;
  const double area = std::abs(signed_area(quad));
  if (image.empty() || !in_reach(quad) || !(area >= 64)) return quality;
  // At the source's own resolution, within bounds, so that sharpness is not lost or made up by scaling.
  const double across = (std::hypot(quad[1].x - quad[0].x, quad[1].y - quad[0].y) +
                         std::hypot(quad[2].x - quad[3].x, quad[2].y - quad[3].y)) /
                        2;
  const double down = (std::hypot(quad[3].x - quad[0].x, quad[3].y - quad[0].y) +
                       std::hypot(quad[2].x - quad[1].x, quad[2].y - quad[1].y)) /
                      2;
  const double reduce = std::max(1.0, std::max(across, down) / 640);
  const Size size{std::max(8, static_cast<int>(across / reduce)), std::max(8, static_cast<int>(down / reduce))};
  const Rectified page = rectify(image, quad, size);
  const cv::Mat bgr = as_bgr(page.image.view());
  cv::Mat grey;
  cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  grey.convertTo(grey, CV_32F);
  // The outline itself is no detail of the page.
  const int mx = size.width / 16, my = size.height / 16;
  const cv::Mat inner = grey(cv::Rect(mx, my, size.width - 2 * mx, size.height - 2 * my));

  cv::Mat dx, dy, coarse;
  cv::Sobel(inner, dx, CV_32F, 2, 0, 3);
  cv::Sobel(inner, dy, CV_32F, 0, 2, 3);
  const double fx = cv::norm(dx, cv::NORM_L1) / static_cast<double>(inner.total());
  const double fy = cv::norm(dy, cv::NORM_L1) / static_cast<double>(inner.total());
  cv::GaussianBlur(inner, coarse, {}, 2.0);
  cv::Mat gx, gy;
  cv::Sobel(coarse, gx, CV_32F, 1, 0, 3);
  cv::Sobel(coarse, gy, CV_32F, 0, 1, 3);
  const double rough = (cv::norm(gx, cv::NORM_L1) + cv::norm(gy, cv::NORM_L1)) / static_cast<double>(inner.total());
  quality.sharpness = std::clamp((fx + fy) / (rough + 4.0) / 2.5, 0.0, 1.0);
  quality.motion_blur = std::abs(fx - fy) / (fx + fy + 1e-6);

  cv::Scalar mean, deviation;
  cv::meanStdDev(inner, mean, deviation);
  quality.contrast = std::clamp(deviation[0] / 64, 0.0, 1.0);
  const cv::Mat burnt = glare_pixels(bgr);
  quality.glare = static_cast<double>(cv::countNonZero(burnt)) / static_cast<double>(burnt.total());
  for (int r = 0; r < 4; ++r) {
    for (int c = 0; c < 6; ++c) {
      const cv::Rect cell(c * size.width / 6, r * size.height / 4, std::max(1, size.width / 6),
                          std::max(1, size.height / 4));
      const cv::Rect inside = cell & cv::Rect(0, 0, size.width, size.height);
      quality.glare_map[static_cast<std::size_t>(r) * 6 + static_cast<std::size_t>(c)] =
          static_cast<float>(cv::countNonZero(burnt(inside))) / static_cast<float>(inside.area());
    }
  }
  const Quad frame = Quad::from_rect({0, 0, image.width - 1.0, image.height - 1.0});
  quality.visible = coverage(quad, frame);
  quality.pixels_per_mm = pixels_per_mm(quad, kind == PageKind::unknown ? PageKind::cn_id_portrait : kind);
  // Detail in absolute terms is what reading needs: sharpness times size, saturating where more pixels no longer help.
  const double detail = quality.sharpness * std::sqrt(std::min(quality.pixels_per_mm, 10.0) / 10.0);
  quality.score = std::clamp(detail, 0.0, 1.0) * (1 - std::min(0.9, 3 * quality.glare)) * quality.visible *
                  (0.4 + 0.6 * std::min(1.0, quality.contrast * 2));
  return quality;
}

}  // namespace kualik::page
