#include "ocr/seal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace kualik::ocr {
namespace {

// Optical density of an 8-bit value; what is darker than 4 is noise more than a value.
const std::array<float, 256>& density() {
  static const std::array<float, 256> table = [] {
    std::array<float, 256> t{};
    for (std::size_t v = 0; v < t.size(); ++v)
      t[v] = -std::log(static_cast<float>(std::max<std::size_t>(v, 4)) / 255.0F);
    return t;
  }();
  return table;
}

float quantile(std::vector<float>& values, double share) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// `marks` without the areas that are wider than any stroke of a seal: a red picture on a poster, a red cover. What is
/// left of such an area at its edge (the corners of a rectangle) would be taken for dark print once its body is gone,
/// so all that touches it goes with it.
cv::Mat strokes_of(const cv::Mat& marks) {
  constexpr int widest =
      5;  // Of the picture's shorter side; a seal's star takes a sixteenth of a page, more of a part.
  constexpr int margin = 6;  // By which `red_print` makes marks wider.
  const int side = std::max(std::min(marks.rows, marks.cols) / widest, 9) + margin;
  cv::Mat body;
  cv::erode(marks, body, cv::getStructuringElement(cv::MORPH_RECT, cv::Size(side, side)), cv::Point(-1, -1), 1,
            cv::BORDER_CONSTANT, cv::Scalar(0));
  if (cv::countNonZero(body) == 0) return marks;
  cv::Mat labels, stats, centres;
  const int count = cv::connectedComponentsWithStats(marks, labels, stats, centres, 8, CV_32S);
  std::vector<bool> wide(static_cast<std::size_t>(count), false);
  for (int y = 0; y < body.rows; ++y)
    for (int x = 0; x < body.cols; ++x)
      if (body.at<unsigned char>(y, x) != 0) wide[static_cast<std::size_t>(labels.at<int>(y, x))] = true;
  cv::Mat out = marks.clone();
  for (int y = 0; y < out.rows; ++y)
    for (int x = 0; x < out.cols; ++x)
      if (wide[static_cast<std::size_t>(labels.at<int>(y, x))]) out.at<unsigned char>(y, x) = 0;
  return out;
}

}  // namespace

cv::Mat red_print(const cv::Mat& image) {
  if (image.channels() < 3) return cv::Mat(image.size(), CV_8U, cv::Scalar(0));
  std::vector<cv::Mat> bgr;
  cv::split(image, bgr);
  cv::Mat other, difference, mask;
  cv::max(bgr[0], bgr[1], other);
  cv::subtract(bgr[2], other, difference);
  cv::threshold(difference, mask, 32, 255, cv::THRESH_BINARY);
  cv::dilate(mask, mask, cv::getStructuringElement(cv::MORPH_ELLIPSE, cv::Size(7, 7)));
  return mask;
}

cv::Mat without_seal(const cv::Mat& image, const cv::Mat& channel, const cv::Mat& marks) {
  constexpr int margin = 24;                // Paper around a seal tells the paper's own colour.
  constexpr std::size_t least_pixels = 40;  // A speck is no seal.
  constexpr float strong = 0.25F;           // Density of green beyond red that only red ink has.
  if (image.channels() < 3) return channel;
  const cv::Mat seal = strokes_of(marks);
  cv::Rect where = cv::boundingRect(seal);
  if (where.empty()) return channel;
  where = cv::Rect(where.x - margin, where.y - margin, where.width + 2 * margin, where.height + 2 * margin) &
          cv::Rect(0, 0, image.cols, image.rows);
  const auto& of = density();
  const int bytes = image.channels();
  const cv::Mat ground_of = channel(where);
  cv::Mat small, ground;  // The paper's own brightness: the bright side of what lies around.
  cv::resize(ground_of, small, {}, 0.25, 0.25, cv::INTER_AREA);
  if (small.empty()) return channel;
  cv::dilate(small, small, cv::getStructuringElement(cv::MORPH_RECT, cv::Size(7, 7)));
  cv::blur(small, small, cv::Size(7, 7));
  cv::resize(small, ground, where.size(), 0, 0, cv::INTER_LINEAR);

  // The paper's tint, by pixels that are paper.
  std::vector<float> tint;
  const auto excess = [&](int x, int y) {
    const unsigned char* p = image.ptr(where.y + y) + static_cast<std::ptrdiff_t>(where.x + x) * bytes;
    return of[p[1]] - of[p[2]];
  };
  for (int y = 0; y < where.height; y += 2)
    for (int x = 0; x < where.width; x += 2)
      if (seal.at<unsigned char>(where.y + y, where.x + x) == 0 &&
          ground_of.at<unsigned char>(y, x) * 10 > ground.at<unsigned char>(y, x) * 9)
        tint.push_back(excess(x, y));
  const float paper = tint.size() < least_pixels ? 0.0F : quantile(tint, 0.5);

  // How dark the seal is in the channel for its redness. Black print that the seal lies on makes some pixels darker, so
  // the lower side of them is the seal's own.
  std::vector<float> ratios;
  for (int y = 0; y < where.height; ++y) {
    for (int x = 0; x < where.width; ++x) {
      if (seal.at<unsigned char>(where.y + y, where.x + x) == 0) continue;
      const float red = excess(x, y) - paper;
      if (red < strong) continue;
      ratios.push_back((of[ground_of.at<unsigned char>(y, x)] - of[ground.at<unsigned char>(y, x)]) / red);
    }
  }
  if (ratios.size() < least_pixels) return channel;
  const float share = std::clamp(quantile(ratios, 0.4), 0.0F, 0.8F);

  cv::Mat out = channel.clone();
  for (int y = 0; y < where.height; ++y) {
    for (int x = 0; x < where.width; ++x) {
      if (seal.at<unsigned char>(where.y + y, where.x + x) == 0) continue;
      const float red = excess(x, y) - paper;
      if (red <= 0) continue;
      auto& value = out.at<unsigned char>(where.y + y, where.x + x);
      // Never brighter than the paper: a redness that is overstated must not print white on white.
      const float brighter = static_cast<float>(value) * std::exp(share * red);
      const float most = std::max<float>(value, ground.at<unsigned char>(y, x));
      value = static_cast<unsigned char>(std::min(brighter, most));
    }
  }
  return out;
}

}  // namespace kualik::ocr
