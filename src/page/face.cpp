#include "page/face.h"

#include <cstdlib>
#include <filesystem>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>

namespace kualik::page {

std::string face_cascade_path() {
  constexpr const char* file = "haarcascade_frontalface_alt2.xml";
  std::vector<std::filesystem::path> folders;
  if (const char* own = std::getenv("KUALIK_HAARCASCADES")) folders.emplace_back(own);
  folders.emplace_back("/usr/share/opencv4/haarcascades");
  folders.emplace_back("/usr/local/share/opencv4/haarcascades");
  folders.emplace_back("/usr/share/opencv/haarcascades");
  for (const auto& folder : folders) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(folder / file, ignored)) return (folder / file).string();
  }
  return {};
}

FaceSearch::FaceSearch(const std::string& path) {
  if (path.empty()) return;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return;
  try {
    cascade_.load(path);
  } catch (const cv::Exception&) {
    // A damaged file is as good as none: the proposal is skipped.
  }
}

std::vector<Face> FaceSearch::find(const cv::Mat& grey, int smallest, bool all_turns) {
  std::vector<Face> faces;
  if (!available() || std::min(grey.cols, grey.rows) < smallest) return faces;
  for (int turns = 0; turns < (all_turns ? 4 : 1); ++turns) {
    // Undo a clockwise turn of the face.
    cv::Mat turned = grey;
    if (turns == 1) cv::rotate(grey, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
    if (turns == 2) cv::rotate(grey, turned, cv::ROTATE_180);
    if (turns == 3) cv::rotate(grey, turned, cv::ROTATE_90_CLOCKWISE);
    std::vector<cv::Rect> found;
    cascade_.detectMultiScale(turned, found, 1.2, 3, cv::CASCADE_SCALE_IMAGE, {smallest, smallest});
    for (const cv::Rect& box : found) {
      cv::Rect back = box;
      if (turns == 1) back = {grey.cols - box.y - box.height, box.x, box.height, box.width};
      if (turns == 2) back = {grey.cols - box.x - box.width, grey.rows - box.y - box.height, box.width, box.height};
      if (turns == 3) back = {box.y, grey.rows - box.x - box.width, box.height, box.width};
      faces.push_back({back, turns});
    }
  }
  return faces;
}

}  // namespace kualik::page
