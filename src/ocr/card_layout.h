#pragma once
// Where fields stand on a card, and where their lines actually are in a picture of one.

#include <opencv2/core.hpp>
#include <string_view>
#include <vector>

#include "kualik/ocr/card_reader.h"

namespace kualik::ocr {

/// One line of a field, as fractions of the card: left end, middle, longest width and glyph height.
struct LayoutBox {
  CardSide side{};
  std::string_view key{};
  int row{};
  Alphabet alphabet{};
  double x{}, y{}, w{}, h{};
};

/// One line as located in a picture.
struct LocatedLine {
  const LayoutBox* box{nullptr};
  cv::Rect crop{};    ///< Tight around the print, with a small margin.
  double left{0};     ///< Where the layout, moved as a whole, lets the line begin.
  double middle{0};   ///< Of the glyphs, in rows.
  double glyph{0};    ///< Their height.
  bool empty{false};  ///< No print there.
  int of_rows{1};     ///< 2 where a long name is printed in two rows; there are two of these lines then.
};

/// Locates the lines of a side. `all_ink`: ink of the grey picture (labels count), `value_ink`: of the red channel
/// (labels are weak); both at the canonical size. The whole layout is first shifted and stretched to fit the rows, then
/// each line is moved within what is left of the tolerance.
std::vector<LocatedLine> locate_lines(const cv::Mat& all_ink, const cv::Mat& value_ink, CardSide side);

/// Pictures of cards are brought to this width before anything else; glyphs are then 33-40 px high, about what the
/// readers work at.
inline constexpr int card_width = 1000;
inline constexpr int card_height = 631;

}  // namespace kualik::ocr
