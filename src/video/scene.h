// What a picture has looked like lately, in a few large cells, so that something new in it is noticed at little cost.
#pragma once

#include <opencv2/core.hpp>

namespace kualik::video {

/// Remembers for each of 24 x 14 cells in which range its brightness and its fine structure lay. A speaker who gestures
/// and a camera that shakes stay in that range, or in that of the cells beside; a document brought into the picture
/// covers dozens of cells with what was not there. Ranges narrow slowly, so that what was long ago is new again.
class Scene {
 public:
  /// Takes a small grey picture (CV_8UC1, all of one size until `forget`); true if it shows something new, which is
  /// then known. The first picture is new. Cost: one pass over the picture.
  bool is_new(const cv::Mat& grey);
  void forget() { low_.release(); }

 private:
  cv::Mat low_, high_;  // CV_32FC2: brightness, structure
};

}  // namespace kualik::video
