#include "page/layout.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kualik::page {

const std::vector<LayoutBox>& layout_boxes() {
  using K = PageKind;
  using I = Ink;
  // Cards: fractions of the card; values of usual length (names and addresses rarely fill their boxes).
  static const std::vector<LayoutBox> boxes{
      {K::cn_id_portrait, I::label, 0.065F, 0.118F, 0.085F, 0.055F},
      {K::cn_id_portrait, I::print, 0.175F, 0.112F, 0.22F, 0.070F},
      {K::cn_id_portrait, I::label, 0.065F, 0.245F, 0.085F, 0.055F},
      {K::cn_id_portrait, I::print, 0.175F, 0.240F, 0.05F, 0.060F},
      {K::cn_id_portrait, I::label, 0.285F, 0.245F, 0.085F, 0.055F},
      {K::cn_id_portrait, I::print, 0.385F, 0.240F, 0.12F, 0.060F},
      {K::cn_id_portrait, I::label, 0.065F, 0.360F, 0.085F, 0.055F},
      {K::cn_id_portrait, I::print, 0.175F, 0.355F, 0.36F, 0.060F},
      {K::cn_id_portrait, I::label, 0.065F, 0.475F, 0.085F, 0.055F},
      {K::cn_id_portrait, I::print, 0.175F, 0.470F, 0.42F, 0.060F},
      {K::cn_id_portrait, I::print, 0.175F, 0.550F, 0.30F, 0.060F},
      {K::cn_id_portrait, I::label, 0.065F, 0.815F, 0.245F, 0.060F},
      {K::cn_id_portrait, I::number, 0.340F, 0.805F, 0.54F, 0.070F},
      {K::cn_id_portrait, I::picture, 0.620F, 0.110F, 0.265F, 0.560F},
      {K::cn_id_emblem, I::red, 0.049F, 0.074F, 0.150F, 0.280F},
      {K::cn_id_emblem, I::print, 0.330F, 0.110F, 0.47F, 0.120F},
      {K::cn_id_emblem, I::print, 0.270F, 0.260F, 0.60F, 0.170F},
      {K::cn_id_emblem, I::label, 0.190F, 0.720F, 0.17F, 0.065F},
      {K::cn_id_emblem, I::print, 0.385F, 0.720F, 0.30F, 0.065F},
      {K::cn_id_emblem, I::label, 0.190F, 0.840F, 0.17F, 0.065F},
      {K::cn_id_emblem, I::print, 0.385F, 0.840F, 0.42F, 0.065F},
      {K::kz_id_front, I::picture, 0.040F, 0.240F, 0.270F, 0.560F},
      {K::kz_id_front, I::print, 0.20F, 0.050F, 0.60F, 0.120F},
      {K::kz_id_front, I::print, 0.350F, 0.230F, 0.35F, 0.60F},
      {K::kz_id_front, I::number, 0.350F, 0.840F, 0.40F, 0.080F},
      {K::kz_id_back, I::print, 0.040F, 0.060F, 0.60F, 0.42F},
      {K::kz_id_back, I::number, 0.040F, 0.640F, 0.92F, 0.300F},
      {K::passport, I::picture, 0.040F, 0.210F, 0.260F, 0.480F},
      {K::passport, I::print, 0.330F, 0.060F, 0.55F, 0.64F},
      {K::passport, I::number, 0.040F, 0.800F, 0.92F, 0.140F},
      // Papers: a title in the middle of the top, lines from margin to margin, an open bottom with signatures at the
      // right.
      {K::sheet, I::print, 0.30F, 0.060F, 0.40F, 0.070F},
      {K::sheet, I::print, 0.12F, 0.170F, 0.76F, 0.560F},
      {K::sheet, I::print, 0.55F, 0.760F, 0.30F, 0.080F},
      {K::sheet_landscape, I::print, 0.30F, 0.080F, 0.40F, 0.120F},
      {K::sheet_landscape, I::print, 0.15F, 0.260F, 0.70F, 0.450F},
      {K::sheet_landscape, I::print, 0.55F, 0.750F, 0.30F, 0.120F},
  };
  return boxes;
}

cv::Mat layout_map(PageKind kind, Plane plane, const cv::Size& size) {
  cv::Mat map = cv::Mat::zeros(size, CV_32F);
  for (const LayoutBox& box : layout_boxes()) {
    if (box.kind != kind) continue;
    float value = 0;
    if (plane == Plane::print && box.ink != Ink::red && box.ink != Ink::picture)
      value = box.ink == Ink::label ? 0.7F : 1.0F;
    if (plane == Plane::print && (box.ink == Ink::red || box.ink == Ink::picture))
      value = 0.35F;  // hair and emblems have strokes too
    if (plane == Plane::blue && box.ink == Ink::label) value = 1;
    if (plane == Plane::red && box.ink == Ink::red) value = 1;
    if (plane == Plane::picture && (box.ink == Ink::picture || box.ink == Ink::red)) value = 1;
    if (value <= 0) continue;
    const auto px = [&](float v, int span) { return static_cast<int>(std::lround(v * static_cast<float>(span))); };
    const cv::Rect rect =
        cv::Rect(px(box.x, size.width), px(box.y, size.height), px(box.w, size.width), px(box.h, size.height)) &
        cv::Rect({0, 0}, size);
    cv::Mat target = map(rect);
    cv::max(target, value, target);
  }
  // The tolerance of the boxes is three hundredths.
  cv::GaussianBlur(map, map, {}, 0.015 * size.width);
  return map;
}

}  // namespace kualik::page
