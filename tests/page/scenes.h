#pragma once
// Drawn pages and scenes for the tests: a card-like page, a sheet with lines of print, each warped into a cluttered
// picture. Every draw stands in a statement of its own: compilers order the arguments of a call as they like, and each
// would draw another picture.

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "kualik/page/geometry.h"
#include "page/mat.h"

namespace kualik::test {

/// Print-like strokes in a box.
inline void strokes(cv::Mat& page, const cv::Rect& box, const cv::Scalar& ink, cv::RNG& rng) {
  for (int x = box.x; x + box.height < box.x + box.width; x += box.height * 11 / 10) {
    for (int k = 0; k < 5; ++k) {
      cv::Point a(x, box.y);
      a.x += rng.uniform(0, box.height);
      a.y += rng.uniform(0, box.height);
      const int far = rng.uniform(0, box.height);
      const cv::Point b = k % 2 == 0 ? cv::Point(x + far, a.y) : cv::Point(a.x, box.y + far);
      cv::line(page, a, b, ink, std::max(1, box.height / 9), cv::LINE_AA);
    }
  }
}

/// A resident card's portrait side in outline: labels, values, a drawn portrait, a number line. 856 x 540.
inline cv::Mat card() {
  cv::RNG rng(7);
  cv::Mat page(540, 856, CV_8UC3, cv::Scalar(238, 230, 226));
  const cv::Scalar blue(170, 110, 40), black(30, 30, 30);
  for (const double y : {0.118, 0.245, 0.360, 0.475}) strokes(page, {56, static_cast<int>(y * 540), 72, 28}, blue, rng);
  strokes(page, {56, 442, 210, 28}, blue, rng);
  strokes(page, {150, 60, 180, 38}, black, rng);
  strokes(page, {150, 130, 45, 32}, black, rng);
  strokes(page, {330, 130, 90, 32}, black, rng);
  strokes(page, {150, 192, 310, 32}, black, rng);
  strokes(page, {150, 254, 350, 32}, black, rng);
  strokes(page, {150, 298, 240, 32}, black, rng);
  strokes(page, {291, 434, 462, 38}, black, rng);
  cv::rectangle(page, {531, 59, 227, 302}, {215, 205, 195}, -1);
  cv::ellipse(page, {644, 180}, {62, 82}, 0, 0, 360, {150, 175, 215}, -1, cv::LINE_AA);
  cv::ellipse(page, {644, 130}, {66, 50}, 0, 180, 360, {35, 30, 30}, -1, cv::LINE_AA);
  cv::rectangle(page, {560, 275, 170, 86}, {90, 60, 50}, -1);
  return page;
}

/// A page of text, 620 x 877.
inline cv::Mat sheet() {
  cv::RNG rng(9);
  cv::Mat page(877, 620, CV_8UC3, cv::Scalar(236, 240, 242));
  strokes(page, {200, 60, 220, 30}, {20, 20, 20}, rng);
  for (int y = 140; y < 640; y += 30) strokes(page, {75, y, y % 120 == 20 ? 300 : 470, 18}, {30, 30, 30}, rng);
  strokes(page, {340, 690, 190, 18}, {30, 30, 30}, rng);
  return page;
}

/// A room with clutter.
inline cv::Mat room(int width, int height, unsigned seed) {
  cv::RNG rng(seed);
  cv::Mat room(height, width, CV_8UC3);
  for (int y = 0; y < height; ++y) room.row(y).setTo(cv::Scalar(70 + y * 40.0 / height, 90, 110 - y * 30.0 / height));
  for (int k = 0; k < 14; ++k) {
    cv::Point c;
    c.x = rng.uniform(0, width);
    c.y = rng.uniform(0, height);
    cv::Scalar colour;
    for (int i = 0; i < 3; ++i) colour[i] = rng.uniform(20, 150);
    const double across = rng.uniform(0.0, 1.0), down = rng.uniform(0.0, 1.0);
    const int last = rng.uniform(0, 180);
    const auto between = [](double share, int low, int high) { return low + static_cast<int>(share * (high - low)); };
    if (k % 3 == 0)
      cv::rectangle(room, {c.x, c.y, between(across, 20, width / 4), between(down, 20, height / 3)}, colour, -1);
    if (k % 3 == 1)
      cv::ellipse(room, c, {between(across, 10, width / 8), between(down, 10, height / 6)}, last, 0, 360, colour, -1,
                  cv::LINE_AA);
    if (k % 3 == 2)
      cv::line(room, c, {between(across, 0, width), between(down, 0, height)}, colour, 1 + last / 36, cv::LINE_AA);
  }
  return room;
}

/// Lays the page into the picture so that its corners come to lie on the quad's.
inline void lay(cv::Mat& picture, const cv::Mat& page, const Quad& quad) {
  const page::Homography map =
      page::Homography::between(quad, Quad::from_rect({-0.5, -0.5, page.cols * 1.0, page.rows * 1.0}));
  const cv::Mat matrix(3, 3, CV_64F, const_cast<double*>(map.m.data()));
  cv::Mat warped, mask, smooth;
  cv::GaussianBlur(page, smooth, {}, 0.4);
  cv::warpPerspective(smooth, warped, matrix, picture.size(), cv::INTER_AREA | cv::WARP_INVERSE_MAP);
  cv::warpPerspective(cv::Mat(page.size(), CV_8U, cv::Scalar(255)), mask, matrix, picture.size(),
                      cv::INTER_LINEAR | cv::WARP_INVERSE_MAP);
  warped.copyTo(picture, mask > 127);
}

/// Sensor noise and a little blur, so that edges are as soft as a camera's.
inline void camera(cv::Mat& picture, unsigned seed) {
  cv::GaussianBlur(picture, picture, {}, 0.8);
  cv::Mat noise(picture.size(), CV_16SC3), wide;
  cv::RNG rng(seed);
  rng.fill(noise, cv::RNG::NORMAL, 0, 3);
  picture.convertTo(wide, CV_16SC3);
  cv::Mat(wide + noise).convertTo(picture, CV_8UC3);
}

}  // namespace kualik::test
