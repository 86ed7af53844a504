#include "ocr/page_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "ocr/ink.h"
#include "ocr/seal.h"

namespace kualik::ocr {
namespace {

// What red light leaves of a seal is an even tint; print under it is much darker.
void remove_tint(cv::Mat& ink, const cv::Mat& seal) {
  std::array<int, 256> histogram{};
  int all = 0;
  for (int y = 0; y < ink.rows; ++y) {
    for (int x = 0; x < ink.cols; ++x) {
      if (seal.at<unsigned char>(y, x) == 0) continue;
      ++histogram[ink.at<unsigned char>(y, x)];
      ++all;
    }
  }
  if (all == 0) return;
  int tint = 0;
  for (int seen = 0; tint < 255 && (seen += histogram[static_cast<std::size_t>(tint)]) * 10 < all * 6; ++tint) {
  }
  const double floor = std::min(1.6 * tint + 4, 110.0);
  for (int y = 0; y < ink.rows; ++y) {
    for (int x = 0; x < ink.cols; ++x) {
      if (seal.at<unsigned char>(y, x) == 0) continue;
      auto& value = ink.at<unsigned char>(y, x);
      value =
          value <= floor ? 0 : static_cast<unsigned char>(std::min(255.0, (value - floor) * 255.0 / (255.0 - floor)));
    }
  }
}

}  // namespace

Sheet prepare_sheet(const cv::Mat& image, double max_pixels, double glyph) {
  Sheet sheet;
  cv::Mat seal = red_print(image);
  cv::Mat channel = light(image, Light::grey);
  // In red light a seal is nearly as bright as paper while black print under it stays dark; blue ink is kept as grey
  // shows it.
  if (image.channels() >= 3) cv::max(channel, light(image, Light::red), channel);
  channel = without_seal(image, channel, seal);
  // The ground's reach must be twice a glyph, or wide strokes become their own ground; the glyph height is known after
  // a first look only.
  const int side = std::min(channel.rows, channel.cols);
  int reach = glyph > 0 ? std::max(static_cast<int>(2.5 * glyph), 9) : std::clamp(side / 2, 31, 160);
  cv::Mat ink = ink_of(channel, reach);
  const double skew = estimate_skew(ink);
  if (std::abs(skew) > 0.5) {  // Words on a slope look higher than they are.
    cv::Mat level;
    const cv::Mat turn = cv::getRotationMatrix2D(cv::Point2d(0.5 * ink.cols, 0.5 * ink.rows), skew, 1);
    cv::warpAffine(ink, level, turn, ink.size());
    ink = level;
  }
  double scale = 1;
  const std::vector<TextRun> look = glyph > 0 ? std::vector<TextRun>{} : find_runs(ink);
  double usual = glyph;
  if (!look.empty()) {
    std::vector<double> glyphs;
    for (const TextRun& r : look)
      for (int i = 0; i < 1 + static_cast<int>((r.right - r.left) / r.glyph); ++i) glyphs.push_back(r.glyph);
    std::nth_element(glyphs.begin(), glyphs.begin() + static_cast<std::ptrdiff_t>(glyphs.size() / 2), glyphs.end());
    usual = glyphs[glyphs.size() / 2];
    reach = std::clamp(static_cast<int>(2.5 * usual), 31, 200);
  }
  if (usual > 0) {
    if (usual < 26) scale = std::min(3.0, 32.0 / std::max(usual, 8.0));
    const double limit = std::sqrt(max_pixels / static_cast<double>(channel.total()));
    scale = std::max(1.0, std::min(scale, limit));
  }
  if (std::abs(skew) > 0.2 || scale > 1.05) {
    const cv::Point2d middle(0.5 * channel.cols, 0.5 * channel.rows);
    cv::Mat turn = cv::getRotationMatrix2D(middle, skew, scale);
    const double c = std::abs(std::cos(skew * std::numbers::pi / 180)),
                 s = std::abs(std::sin(skew * std::numbers::pi / 180));
    const cv::Size size(static_cast<int>((channel.cols * c + channel.rows * s) * scale),
                        static_cast<int>((channel.cols * s + channel.rows * c) * scale));
    turn.at<double>(0, 2) += 0.5 * size.width - middle.x;
    turn.at<double>(1, 2) += 0.5 * size.height - middle.y;
    cv::warpAffine(channel, channel, turn, size, cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    cv::warpAffine(seal, seal, turn, size, cv::INTER_NEAREST);
    cv::Mat inverse;
    cv::invertAffineTransform(turn, inverse);
    sheet.back = cv::Matx33d(inverse.at<double>(0, 0), inverse.at<double>(0, 1), inverse.at<double>(0, 2),
                             inverse.at<double>(1, 0), inverse.at<double>(1, 1), inverse.at<double>(1, 2), 0, 0, 1);
  } else {
    sheet.back = cv::Matx33d::eye();
  }
  ink = ink_of(channel, static_cast<int>(reach * scale));
  remove_tint(ink, seal);
  sheet.ink = ink;
  sheet.seal = seal;
  sheet.runs = find_runs(ink, glyph * scale);
  sort_reading_order(sheet.runs);
  return sheet;
}

Point to_image(const Sheet& sheet, double x, double y) {
  const cv::Vec3d p = sheet.back * cv::Vec3d(x, y, 1);
  return {p[0], p[1]};
}

Quad quad_of(const Sheet& sheet, const TextRun& run) {
  const double half = 0.55 * run.glyph;
  const double l = run.y(run.left), r = run.y(run.right);
  return {{{to_image(sheet, run.left, l - half), to_image(sheet, run.right, r - half),
            to_image(sheet, run.right, r + half), to_image(sheet, run.left, l + half)}}};
}

}  // namespace kualik::ocr
