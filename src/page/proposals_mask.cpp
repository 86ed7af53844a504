// Proposals from the segmentation net's mask: each part above a level, its hull brought to four corners.
#include <opencv2/imgproc.hpp>

#include "page/mat.h"
#include "page/proposals.h"

namespace kualik::page {

void propose_from_mask(const WorkImage& work, const std::vector<EdgeLine>& /*lines*/, Proposals& out) {
  if (work.mask.empty()) return;
  constexpr double min_area = 0.012;
  for (const double level : {0.3, 0.5, 0.75}) {
    cv::Mat binary = work.mask > level;
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(binary, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    for (const auto& contour : contours) {
      if (cv::contourArea(contour) < min_area * static_cast<double>(binary.total())) continue;
      Quad quad;
      if (quad_around(contour, quad) && plausible(quad, work.size(), min_area)) out.push_back({quad, Proposal::net});
      cv::Point2f corners[4];
      cv::minAreaRect(contour).points(corners);
      for (std::size_t i = 0; i < 4; ++i) quad[i] = from_cv(corners[i]);
      if (plausible(quad, work.size(), min_area)) out.push_back({quad, Proposal::net});
    }
  }
}

}  // namespace kualik::page
