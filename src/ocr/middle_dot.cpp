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
  constexpr std::array<std::string_view, 27> shapes{":",  "：", ".",  "。", "-",  "—",  "'", "‘",  "’",
                                                    "\"", "“",  "”",  ",",  "，", "、", ";", "；", "*",
                                                    "•",  "·",  "・", "‧",  "．", "`",  "~", "!",  "|"};
  return std::find(shapes.begin(), shapes.end(), text) != shapes.end();
}

// In running text stops and commas are read as such; only what no sentence has between names is taken for a dot.
bool only_a_dot(std::string_view text) {
  constexpr std::array<std::string_view, 10> shapes{":", "：", ".", "-", "'", "•", "·", "・", "‧", "．"};
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
      const bool gaps =
          begin - previous_end >= 0.08 * body && next - end >= 0.08 * body && next <= right && begin > left;
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
  std::vector<Symbol>& symbols = line.symbols;
  const auto centre = [](const Symbol& s) { return s.box.x + 0.5 * s.box.width; };
  // Names: Han glyphs are equally wide, so counting widths tells which two a dot stands between; the engine's boxes are
  // good to half a glyph only. Long lines hold digits and marks of other widths, so there the boxes decide.
  const bool count = std::all_of(symbols.begin(), symbols.end(),
                                 [](const Symbol& s) { return s.text.size() >= 3 || looks_like_dot(s.text); }) &&
                     symbols.size() <= 18;
  const double pitch = image.rows * 0.8;
  std::size_t glyphs = 0;
  for (const Symbol& s : symbols) glyphs += looks_like_dot(s.text) ? 0 : 1;
  const double room = dots.width * 2.0;
  const double total = dots.right - dots.left - room * static_cast<double>(dots.x.size());
  for (std::size_t i = 0; i < dots.x.size(); ++i) {
    std::size_t at = 0;
    if (count && total > 0) {
      const double share =
          std::clamp((dots.x[i] - dots.left - room * (static_cast<double>(i) + 0.5)) / total, 0.0, 1.0);
      auto wanted = static_cast<std::size_t>(std::lround(share * static_cast<double>(glyphs)));
      while (at < symbols.size() && (wanted > 0 || looks_like_dot(symbols[at].text))) {
        if (looks_like_dot(symbols[at].text)) {
          if (wanted == 0) break;
        } else {
          --wanted;
        }
        ++at;
      }
    } else {
      while (at < symbols.size() && centre(symbols[at]) < dots.x[i]) ++at;
      // A mark beside the place is what was read for the dot.
      if (at > 0 && looks_like_dot(symbols[at - 1].text) && dots.x[i] - centre(symbols[at - 1]) < 0.8 * pitch) --at;
    }
    Symbol made;
    made.text = dot;
    made.probability = 0.9F;
    made.box = {dots.x[i] - dots.width, 0, dots.width * 2, static_cast<double>(image.rows)};
    made.alternatives.push_back({std::string(dot), made.probability});
    if (at < symbols.size() && (count ? looks_like_dot(symbols[at].text) : only_a_dot(symbols[at].text)) &&
        (count || std::abs(centre(symbols[at]) - dots.x[i]) < 0.8 * pitch)) {
      if (symbols[at].text != dot) made.alternatives.push_back({symbols[at].text, 0.05F});
      symbols[at] = std::move(made);
    } else if (count) {
      symbols.insert(symbols.begin() + static_cast<std::ptrdiff_t>(at), std::move(made));
    }
  }
}

}  // namespace kualik::ocr
