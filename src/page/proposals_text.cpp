// Proposals from print alone, for pages whose outline is faint: strokes are joined to lines and blocks, and the tilted
// box around a block is widened by the margins that cards and papers have.
#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "page/mat.h"
#include "page/proposals.h"

namespace kualik::page {

void propose_text_blocks(const WorkImage& work, Proposals& out) {
  constexpr double min_area = 0.012;
  for (const double threshold : {0.25, 0.45}) {
    cv::Mat binary = work.text > threshold;
    const int span = std::max(5, work.bgr.cols / 60) | 1;
    cv::morphologyEx(binary, binary, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_ELLIPSE, {span, span}));
    cv::morphologyEx(binary, binary, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_ELLIPSE, {5, 5}));
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(binary, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    std::sort(contours.begin(), contours.end(),
              [](const auto& a, const auto& b) { return cv::contourArea(a) > cv::contourArea(b); });
    if (contours.size() > 5) contours.resize(5);
    for (const auto& contour : contours) {
      if (cv::contourArea(contour) < 0.4 * min_area * static_cast<double>(binary.total())) continue;
      cv::RotatedRect box = cv::minAreaRect(contour);
      for (const float margin : {1.0F, 1.12F, 1.28F}) {
        cv::RotatedRect wider = box;
        wider.size.width *= margin;
        wider.size.height *= margin;
        cv::Point2f corners[4];
        wider.points(corners);
        Quad quad;
        for (std::size_t i = 0; i < 4; ++i) quad[i] = from_cv(corners[i]);
        if (plausible(quad, work.size(), min_area)) out.push_back({quad, Proposal::text});
      }
    }
  }
}

}  // namespace kualik::page
