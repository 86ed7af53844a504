#pragma once
// The portrait's face as an anchor: a Haar cascade run at four rotations (Viola and Jones 2001; OpenCV's
// frontalface_alt2).

#include <opencv2/objdetect.hpp>
#include <string>
#include <vector>

#include "page/proposals.h"

namespace kualik::page {

/// Holds a loaded cascade; without its file it finds nothing.
class FaceSearch {
 public:
  explicit FaceSearch(const std::string& path);
  bool available() const { return !cascade_.empty(); }
  /// Faces at least `smallest` pixels wide, in the image's own coordinates whatever the turn. `all_turns` false:
  /// upright ones only.
  std::vector<Face> find(const cv::Mat& grey, int smallest, bool all_turns);

 private:
  cv::CascadeClassifier cascade_;
};

}  // namespace kualik::page
