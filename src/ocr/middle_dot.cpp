#include "ocr/middle_dot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string_view>

namespace kualik::ocr {
namespace {

constexpr std::string_view dot = "\u00B7";

// What readers give where a middle dot stands.
bool looks_like_dot(std::string_view text) {
  constexpr std::array<std::string_view, 27> shapes{":", "：", ".",  "。", "-", "—", "'", "‘", "’", "\"", "“", "”", ",", "，",
                                                    "、", ";",  "；", "*",  "•", "·", "・", "‧", "．", "`", "~",  "!",  "|"};
  return std::find(shapes.begin(), shapes.end(), text) != shapes.end();
}

}  // namespace

DotPlaces find_middle_dots(const cv::Mat& line) {
  DotPlaces places;
  cv::Mat grey;
  if (line.channels() == 1) {
    grey = line;
  } else {
    cv::cvtColor(line, grey, line.channels() == 4 ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
  }
  if (grey.rows < 8 || grey.cols < 16) return places;
  // At a fixed height the thresholds below mean the same at every resolution.
  constexpr int height = 64;
  const double scale = static_cast<double>(height) / grey.rows;
  cv::Mat big;
  cv::resize(grey, big, {}, scale, scale, scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
  cv::Mat ink;
  cv::threshold(big, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);

  cv::Mat rows, columns;
  cv::reduce(ink, rows, 1, cv::REDUCE_SUM, CV_32S);
  cv::reduce(ink, columns, 0, cv::REDUCE_SUM, CV_32S);
  int top = 0, bottom = ink.rows - 1, left = 0, right = ink.cols - 1;
  const int row_floor = 255 * std::max(2, ink.cols / 100);
  while (top < bottom && rows.at<int>(top) < row_floor) ++top;
  while (bottom > top && rows.at<int>(bottom) < row_floor) --bottom;
  while (left < right && columns.at<int>(left) < 255) ++left;
  while (right > left && columns.at<int>(right) < 255) --right;
  const double body = bottom - top + 1;
  if (body < height * 0.3 || right - left < body) return places;
  places.left = left / scale;
  places.right = (right + 1) / scale;

  // Runs of columns with ink, separated by empty ones: a dot is a narrow run whose ink stays in the middle of the body.
  int begin = left;
  int previous_end = left;  // End of the run before.
  double widths = 0;
  while (begin <= right) {
    while (begin <= right && columns.at<int>(begin) < 255) ++begin;
    int end = begin;
    while (end <= right && columns.at<int>(end) >= 255) ++end;
    const double width = end - begin;
    if (width >= 0.06 * body && width <= 0.34 * body) {
      int next = end;
      while (next <= right && columns.at<int>(next) < 255) ++next;
      const cv::Mat run = ink(cv::Range::all(), cv::Range(begin, end));
      cv::Mat profile;
      cv::reduce(run, profile, 1, cv::REDUCE_SUM, CV_32S);
      int first = 0, last = ink.rows - 1;
      while (first < last && profile.at<int>(first) == 0) ++first;
      while (last > first && profile.at<int>(last) == 0) --last;
      const double tall = last - first + 1;
      const double centre = (0.5 * (first + last) - top) / body;
      const double fill = cv::countNonZero(run) / (width * tall);
      const bool gaps = begin - previous_end >= 0.08 * body && next - end >= 0.08 * body && next <= right && begin > left;
      if (gaps && tall <= 0.36 * body && tall >= 0.05 * body && centre > 0.3 && centre < 0.7 && fill > 0.5 &&
          tall < 2.2 * width && width < 2.2 * tall) {
        places.x.push_back(0.5 * (begin + end) / scale);
        widths += width / scale;
      }
    }
    previous_end = end;
    begin = end;
  }
  if (!places.x.empty()) places.width = widths / static_cast<double>(places.x.size());
  return places;
}

void insert_middle_dots(const cv::Mat& image, TextLine& line) {
  // Between digits and Latin letters a small blob is a stop, which the reader knows.
  std::size_t han = 0;
  for (const Symbol& s : line.symbols) han += s.text.size() >= 3 && !looks_like_dot(s.text) ? 1 : 0;
  if (han * 2 < line.symbols.size()) return;
  const DotPlaces dots = find_middle_dots(image);
  if (dots.x.empty()) return;
  // Symbols that are no dot share the width equally, because Han glyphs do; the dots' own room is taken out first.
  std::vector<Symbol> glyphs;
  std::vector<Symbol> marks;
  for (Symbol& s : line.symbols) (looks_like_dot(s.text) ? marks : glyphs).push_back(std::move(s));
  const double room = dots.width * 2.0;
  const double total = dots.right - dots.left - room * static_cast<double>(dots.x.size());
  line.symbols.clear();
  if (glyphs.empty() || total <= 0) {
    for (Symbol& s : glyphs) line.symbols.push_back(std::move(s));
    return;
  }
  std::size_t next = 0;
  for (std::size_t i = 0; i < dots.x.size(); ++i) {
    const double before = dots.x[i] - dots.left - room * (static_cast<double>(i) + 0.5);
    const double share = std::clamp(before / total, 0.0, 1.0);
    const auto count = static_cast<std::size_t>(std::lround(share * static_cast<double>(glyphs.size())));
    while (next < std::min(count, glyphs.size())) line.symbols.push_back(std::move(glyphs[next++]));
    Symbol made;
    made.text = dot;
    made.probability = 0.9F;
    made.box = {dots.x[i] - dots.width, 0, dots.width * 2, static_cast<double>(image.rows)};
    made.alternatives.push_back({std::string(dot), made.probability});
    if (i < marks.size()) made.alternatives.push_back({marks[i].text, 0.05F});
    line.symbols.push_back(std::move(made));
  }
  while (next < glyphs.size()) line.symbols.push_back(std::move(glyphs[next++]));
}

}  // namespace kualik::ocr
