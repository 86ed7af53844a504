#include "reader/level.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/ink.h"
#include "page/mat.h"

namespace kualik::reader {
namespace {

constexpr int working_width = 640;
constexpr int block = 8;       // columns that are moved as one
constexpr double most = 0.36;  // twenty degrees
constexpr double step = 0.004;
constexpr double gain = 1.10;  // what sharper rows must be worth, before a page is turned for them
constexpr double worth_mending = 0.02;
constexpr double darkest = 60;  // edges of the page and fingers are darker than print, and say nothing of it
constexpr int steps = static_cast<int>(most / step);

// How unevenly ink lies over the rows, for each slope (first index) and row about the page's middle column.
class Rows {
 public:
  explicit Rows(const cv::Mat& ink) : height_(ink.rows) {
    const int blocks = ink.cols / block;
    std::vector<std::vector<float>> columns(static_cast<std::size_t>(blocks));
    for (int b = 0; b < blocks; ++b) {
      cv::Mat sum;
      cv::reduce(ink.colRange(b * block, (b + 1) * block), sum, 1, cv::REDUCE_SUM, CV_32F);
      columns[static_cast<std::size_t>(b)].assign(sum.ptr<float>(), sum.ptr<float>() + sum.rows);
    }
    const auto rows = static_cast<std::size_t>(height_);
    std::vector<float> row(rows);
    for (int i = -steps; i <= steps; ++i) {
      std::fill(row.begin(), row.end(), 0.0F);
      for (int b = 0; b < blocks; ++b) {
        const double right = (b + 0.5) * block - 0.5 * ink.cols;
        const int down = static_cast<int>(std::lround(i * step * right));
        const std::vector<float>& column = columns[static_cast<std::size_t>(b)];
        for (int y = std::max(0, -down); y < std::min(height_, height_ - down); ++y)
          row[static_cast<std::size_t>(y)] += column[static_cast<std::size_t>(y + down)];
      }
      std::vector<double> uneven(rows, 0.0);
      for (std::size_t y = 1; y < rows; ++y) uneven[y] = std::pow(static_cast<double>(row[y]) - row[y - 1], 2);
      uneven_.push_back(std::move(uneven));
    }
  }

  double score(const Slope& slope) const {
    double sum = 0;
    for (int y = 0; y < height_; ++y) {
      const double here = slope.middle + slope.change * ((y + 0.5) / height_ - 0.5);
      const int i = std::clamp(static_cast<int>(std::lround(here / step)) + steps, 0, 2 * steps);
      sum += uneven_[static_cast<std::size_t>(i)][static_cast<std::size_t>(y)];
    }
    return sum;
  }

 private:
  int height_;
  std::vector<std::vector<double>> uneven_;
};

}  // namespace

Slope slope_of(const ImageView& page) {
  Slope best;
  if (page.empty() || page.width < 200 || page.height < 100) return best;
  const cv::Mat grey = ocr::light(page::as_mat(page), ocr::Light::grey);
  cv::Mat small;
  const double scale = std::min(1.0, static_cast<double>(working_width) / page.width);
  cv::resize(grey, small, {}, scale, scale, cv::INTER_AREA);
  cv::Mat ink = ocr::ink_of(small, 24);
  cv::min(ink, darkest, ink);
  const Rows rows(ink);
  double most_uneven = rows.score(best) * gain;
  const auto look = [&](double middle, double change) {
    if (std::abs(middle) + 0.5 * std::abs(change) > most) return;
    const double score = rows.score({middle, change});
    if (score > most_uneven) {
      most_uneven = score;
      best = {middle, change};
    }
  };
  for (double middle = -most; middle <= most; middle += 2 * step)
    for (double change = -most; change <= most; change += 4 * step) look(middle, change);
  const Slope around = best;
  if (around.middle == 0 && around.change == 0) return best;
  for (int i = -2; i <= 2; ++i)
    for (int j = -4; j <= 4; ++j) look(around.middle + i * step, around.change + j * step);
  return best;
}

std::optional<LevelOutline> level_outline(const page::Size& page, const Slope& slope) {
  const double half = 0.5 * page.width;
  const double height = page.height;
  const auto at = [&](double y) { return slope.middle + slope.change * (y / height - 0.5); };
  if (std::max(std::abs(at(0)), std::abs(at(height))) < worth_mending) return std::nullopt;
  // The corner that the turned edge would cut off stays inside; further out the slope is another one again.
  double above = 0;
  double below = 0;
  for (int turn = 0; turn < 6; ++turn) {
    above = half * std::abs(at(-above));
    below = half * std::abs(at(height + below));
  }
  const double top = at(-above);
  const double bottom = at(height + below);
  const double width = page.width;
  LevelOutline out{{{{{0, -above - half * top},
                      {width, -above + half * top},
                      {width, height + below + half * bottom},
                      {0, height + below - half * bottom}}}},
                   {page.width, static_cast<int>(height + above + below)}};
  if (!page::is_convex(out.quad)) return std::nullopt;
  return out;
}

}  // namespace kualik::reader
