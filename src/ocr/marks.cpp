#include "ocr/marks.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "ocr/reading.h"

namespace kualik::ocr {
namespace {

constexpr std::string_view dot = "·";
constexpr std::string_view stop = "。";
constexpr std::string_view comma = "，";

bool stands_low(std::string_view text) {
  return text == stop || text == comma || text == "、" || text == "." || text == ",";
}
bool stands_at_half(std::string_view text) { return text == dot || text == "•" || text == "・"; }

bool is_han(const Symbol& s) {
  return s.text.size() == 3 && static_cast<unsigned char>(s.text[0]) >= 0xE3 &&
         static_cast<unsigned char>(s.text[0]) <= 0xE9;
}

struct Mark {
  double middle{};  // Its centre's height: 0 at the top of a glyph, 1 at its foot.
  double width{};   // Shares of a glyph's height.
  double height{};
};

// The blob between two glyphs, clear of both.
std::optional<Mark> mark_in(const cv::Mat& mask, const Rect& box, double top, double glyph) {
  const cv::Rect where = cv::Rect(static_cast<int>(box.x), 0, static_cast<int>(std::ceil(box.width)) + 1, mask.rows) &
                         cv::Rect(0, 0, mask.cols, mask.rows);
  if (where.width < 3) return std::nullopt;
  cv::Mat labels, stats, centres;
  const int n = cv::connectedComponentsWithStats(mask(where), labels, stats, centres, 8, CV_32S);
  std::optional<Mark> found;
  int most = 0;
  for (int i = 1; i < n; ++i) {
    const int left = stats.at<int>(i, cv::CC_STAT_LEFT), width = stats.at<int>(i, cv::CC_STAT_WIDTH);
    const int height = stats.at<int>(i, cv::CC_STAT_HEIGHT), area = stats.at<int>(i, cv::CC_STAT_AREA);
    if (left == 0 || left + width == where.width) continue;  // Part of a neighbour.
    if (width > 0.45 * glyph || height > 0.5 * glyph || area < 4 || area <= most) continue;
    most = area;
    found = Mark{(centres.at<double>(i, 1) - top) / glyph, width / glyph, height / glyph};
  }
  return found;
}

// Whether a place between two glyphs is white but for the ends of both: no blob of its own, and the ink before the
// white ends as high as a glyph does, so that no mark leans against it.
bool is_white(const cv::Mat& mask, const Rect& box, double top, double glyph) {
  const int from = std::max(0, static_cast<int>(box.x));
  const int to = std::min(mask.cols, static_cast<int>(std::ceil(box.x + box.width)));
  const auto inked = [&](int x) { return cv::countNonZero(mask.col(x)) > 0; };
  int begin = from;
  while (begin < to && inked(begin)) ++begin;
  int end = to;
  while (end > begin && inked(end - 1)) --end;
  if (end - begin < std::max(3.0, 0.08 * glyph)) return false;
  for (int x = begin; x < end; ++x)
    if (inked(x)) return false;
  if (begin == from) return true;
  const int edge = std::max(from, begin - static_cast<int>(0.22 * glyph));
  const cv::Mat before = mask(cv::Rect(edge, 0, begin - edge, mask.rows));
  const auto upper = static_cast<int>(top + 0.33 * glyph);
  return cv::countNonZero(before.rowRange(0, upper)) > 0 && cv::countNonZero(before.rowRange(upper, mask.rows)) > 0;
}

// What stands low instead of a dot: what the reader thought likeliest, else by the width, as 。 is a ring.
std::string low_mark(const Symbol& symbol, const Mark& mark) {
  for (const SymbolAlternative& a : symbol.alternatives)
    if (a.text == stop || a.text == comma || a.text == "、") return a.text;
  return std::string(mark.width > 0.19 ? stop : comma);
}

// Gives the new mark the old one's share in the steps of its place.
std::shared_ptr<const Lattice> renamed(const Lattice& lattice, const Rect& box, double step_width,
                                       const std::string& from, const std::string& to) {
  auto out = std::make_shared<Lattice>(lattice);
  const auto n = static_cast<double>(out->steps.size());
  const auto begin = static_cast<std::size_t>(std::clamp(std::floor(box.x / step_width), 0.0, n));
  const auto end = static_cast<std::size_t>(std::clamp(std::ceil((box.x + box.width) / step_width), 0.0, n));
  for (std::size_t t = begin; t < end; ++t)
    for (SymbolAlternative& a : out->steps[t].symbols) {
      if (a.text == from)
        a.text = to;
      else if (a.text == to)
        a.text = from;
    }
  return out;
}

}  // namespace

void settle_marks(LineReading& reading, const cv::Mat& ink, double margin) {
  std::vector<Symbol>& symbols = reading.line.symbols;
  const auto is_mark = [](const Symbol& s) { return stands_low(s.text) || stands_at_half(s.text); };
  if (reading.step_width <= 0 || std::none_of(symbols.begin(), symbols.end(), is_mark)) return;
  const double glyph = ink.rows / (1 + 2 * margin);
  const double top = margin * glyph;
  double darkest = 0;
  cv::minMaxLoc(ink, nullptr, &darkest);
  const cv::Mat mask = ink > 0.35 * darkest;
  bool changed = false;
  std::vector<std::size_t> unprinted;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    Symbol& s = symbols[i];
    if (!is_mark(s)) continue;
    const std::optional<Mark> mark = mark_in(mask, s.box, top, glyph);
    if (!mark) {
      if (i > 0 && i + 1 < symbols.size() && is_white(mask, s.box, top, glyph)) unprinted.push_back(i);
      continue;
    }
    std::string instead;
    if (stands_at_half(s.text) && mark->middle > 0.70) instead = low_mark(s, *mark);
    const bool within_name = i > 0 && i + 1 < symbols.size() && is_han(symbols[i - 1]) && is_han(symbols[i + 1]);
    const bool round = mark->width < 0.28 && mark->height < 0.28;
    if (stands_low(s.text) && within_name && round && mark->middle > 0.36 && mark->middle < 0.60) instead = dot;
    if (instead.empty()) continue;
    const std::string old = s.text;
    if (reading.line.lattice)
      reading.line.lattice = renamed(*reading.line.lattice, s.box, reading.step_width, old, instead);
    std::erase_if(s.alternatives, [&](const SymbolAlternative& a) { return a.text == instead; });
    for (SymbolAlternative& a : s.alternatives)
      if (a.text == old) a.probability *= 0.1F;
    s.text = instead;
    s.alternatives.push_back({instead, s.probability});
    std::stable_sort(s.alternatives.begin(), s.alternatives.end(),
                     [](const auto& a, const auto& b) { return a.probability > b.probability; });
    changed = true;
  }
  // A lattice holds what was read there as well, but knows no such place to leave out.
  if (!unprinted.empty()) reading.line.lattice.reset();
  for (auto i = unprinted.rbegin(); i != unprinted.rend(); ++i)
    symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(*i));
  if (!changed && unprinted.empty()) return;
  join_symbols(reading.line);
  if (reading.line.lattice) {
    auto lattice = std::make_shared<Lattice>(*reading.line.lattice);
    lattice->text = reading.line.text;
    reading.line.lattice = std::move(lattice);
  }
}

}  // namespace kualik::ocr
