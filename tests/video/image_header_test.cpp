// Files that tell the look at the header another size than the one that the decoder will find.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <utility>
#include <vector>

#include "kualik/video/frame_source.h"

using namespace kualik::video;
namespace fs = std::filesystem;

namespace {

constexpr int side = 200;
constexpr int told = 8;

std::string encoded(const char* ending) {
  std::vector<unsigned char> bytes;
  cv::imencode(ending, cv::Mat(side, side, CV_8UC1, cv::Scalar(90)), bytes);
  return {bytes.begin(), bytes.end()};
}

std::string number(std::uint32_t value, int bytes, bool low_first) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * (low_first ? i : bytes - 1 - i)) & 0xFF);
  return out;
}

// In front of the header a chunk that no decoder knows, where the size would stand.
std::string png_with_a_chunk_before_its_header() {
  const std::string chunk = number(8, 4, false) + "abCd" + number(told, 4, false) + number(told, 4, false) + "CRC?";
  return encoded(".png").insert(8, chunk);
}

// The frame header lies in what looks like a segment and is none; where that one ends, a comment holds another header.
std::string jpeg_with_a_stuffed_zero() {
  std::string jpeg = encoded(".jpg");
  const std::size_t at = jpeg.find("\xFF\xC0");
  const std::size_t size =
      2 + static_cast<unsigned char>(jpeg[at + 2]) * 256 + static_cast<unsigned char>(jpeg[at + 3]);
  const std::string header = jpeg.substr(at, size);
  std::string small = header;
  small.replace(5, 4, number(told, 2, false) + number(told, 2, false));
  const auto length = [](std::size_t n) { return number(static_cast<std::uint32_t>(2 + n), 2, false); };
  const std::string comment = "\xFF\xFE" + length(size);
  const std::string trick = std::string("\xFF\0", 2) + length(size + comment.size()) + header + comment + small;
  return jpeg.replace(at, size, trick);
}

struct Tag {
  std::uint32_t tag, type, value;
};
// One strip of grey, not compressed; the first tags are the caller's.
std::string tiff(std::vector<Tag> tags) {
  const std::string pixels(side * side, 'Z');
  const std::string size = number(side, 4, true) + number(0, 4, true);  // As 64 bits, at 8.
  for (const Tag& t : {Tag{258, 3, 8}, Tag{259, 3, 1}, Tag{262, 3, 1}, Tag{273, 4, 16}, Tag{277, 3, 1},
                       Tag{278, 4, side}, Tag{279, 4, side * side}})
    tags.push_back(t);
  std::string out = std::string("II*\0", 4) + number(16 + side * side, 4, true) + size + pixels;
  out += number(static_cast<std::uint32_t>(tags.size()), 2, true);
  for (const Tag& t : tags)
    out += number(t.tag, 2, true) + number(t.type, 2, true) + number(1, 4, true) + number(t.value, 4, true);
  return out + number(0, 4, true);
}

// What is said when a picture of `side` squared is over the limit.
std::string refused(const std::string& bytes, std::int64_t max_pixels = side * side - 1) {
  const fs::path path = fs::temp_directory_path() / ("kualik_header_test_" + std::to_string(::getpid()));
  std::ofstream(path, std::ios::binary) << bytes;
  const int width = cv::imread(path.string(), cv::IMREAD_UNCHANGED).cols;
  SourceOptions options;
  options.max_pixels = max_pixels;
  std::string said = "opened";
  try {
    FrameSource::open(path.string(), options);
  } catch (const OpenError& fault) {
    said = fault.what();
  }
  fs::remove(path);
  EXPECT_EQ(width, side) << "the decoder goes by the true size, or there is nothing to test";
  return said;
}

}  // namespace

TEST(ImageHeader, no_file_hides_its_size) {
  EXPECT_EQ(refused(encoded(".png")), "too large: 200 x 200 pixels (the limit is 39999)");
  EXPECT_EQ(refused(png_with_a_chunk_before_its_header()), "the image is damaged: its header gives no size");
  EXPECT_EQ(refused(jpeg_with_a_stuffed_zero()), "too large: 200 x 200 pixels (the limit is 39999)");
}

TEST(ImageHeader, scans_without_end_are_refused) {
  // Many scans over one picture, each of a few bytes: minutes of work in a small file.
  std::vector<unsigned char> made;
  cv::imencode(".jpg", cv::Mat(side, side, CV_8UC1, cv::Scalar(90)), made, {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
  const std::string jpeg(made.begin(), made.end());
  const std::size_t last = jpeg.rfind("\xFF\xDA");
  ASSERT_NE(last, std::string::npos);
  const std::string scan = jpeg.substr(last, jpeg.size() - 2 - last);
  const auto said = [&](int more) {
    std::string repeated;
    for (int i = 0; i < more; ++i) repeated += scan;
    return refused(jpeg.substr(0, jpeg.size() - 2) + repeated + jpeg.substr(jpeg.size() - 2), side * side);
  };
  EXPECT_EQ(said(20), "opened");
  EXPECT_EQ(said(200), "a JPEG of more than 100 scans, which no camera or program makes");
  // What a camera appends behind the picture does not count.
  std::string appended = jpeg;
  for (int i = 0; i < 200; ++i) appended += scan;
  EXPECT_EQ(refused(appended, side * side), "opened");
}

TEST(ImageHeader, a_tile_may_not_be_larger_than_the_picture_by_far) {
  const auto size = [](std::uint32_t picture, std::uint32_t wide, std::uint32_t high) {
    const std::string bytes = tiff(
        {{256, 4, picture}, {257, 4, picture}, {322, 4, wide}, {323, 4, high}, {324, 4, 16}, {325, 4, side * side}});
    const ImageSize s = sniff_image_size(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return std::pair(s.width, s.height);
  };
  using Pair = std::pair<std::int64_t, std::int64_t>;
  EXPECT_EQ(size(side, 256, 256), Pair(side, side));
  EXPECT_EQ(size(side, 16'000, 16'000), Pair(16'000, 16'000));
  EXPECT_EQ(size(30'000, 31'000, 16), Pair(31'000, 30'000)) << "a flat tile hides no picture";
}

TEST(ImageHeader, tags_that_come_twice_or_in_another_type) {
  EXPECT_EQ(refused(tiff({{256, 4, side}, {256, 4, told}, {257, 4, side}, {257, 4, told}})),
            "too large: 200 x 200 pixels (the limit is 39999)");
  EXPECT_EQ(refused(tiff({{256, 16, 8}, {257, 16, 8}})), "the image is damaged: its header gives no size");
  EXPECT_EQ(refused(tiff({{256, 3, side}, {257, 3, side}})), "too large: 200 x 200 pixels (the limit is 39999)");
}
