#pragma once
// Pictures of tests/ocr/data.

#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>

#include "page/mat.h"

inline cv::Mat picture(const std::string& name) {
  cv::Mat image = cv::imread(std::string(KUALIK_TESTS_DIR).append("/ocr/data/").append(name));
  EXPECT_FALSE(image.empty()) << name;
  return image;
}
