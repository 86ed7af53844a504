#include "kualik/video/frame_source.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "page/mat.h"

using namespace kualik;
using namespace kualik::video;
namespace fs = std::filesystem;

namespace {

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("kualik_video_test_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "_" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string file(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
  }
  /// A clip made by the ffmpeg program; false if it is not installed.
  bool clip(const std::string& name, const std::string& arguments) const {
    const std::string command =
        "ffmpeg -nostdin -loglevel quiet -y " + arguments + " " + path(name) + " >/dev/null 2>&1";
    return std::system(command.c_str()) == 0;
  }

  fs::path folder_;
};

std::string cause(const std::string& path, const SourceOptions& options = {}) {
  try {
    FrameSource::open(path, options);
  } catch (const OpenError& e) {
    return e.what();
  }
  return "opened";
}

bool says(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos && text.find('\n') == std::string::npos;
}

}  // namespace

TEST_F(Files, bad_input_gives_one_line_with_the_cause) {
  EXPECT_TRUE(says(cause(path("missing.mp4")), "no such file"));
  EXPECT_TRUE(says(cause(folder_.string()), "folder"));
  EXPECT_TRUE(says(cause(file("zero.mp4", "")), "empty"));
  EXPECT_TRUE(says(cause(file("notes.mp4", "just some words in a file\nand more\n")), "text"));
  EXPECT_TRUE(says(cause(file("noise.mp4", std::string("\x01\x02\x00\x07zzzz\x03\xff\xfe", 11))), "not a video"));
  EXPECT_TRUE(
      says(cause(file("half.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x40\x08\x02\0\0\0", 29))),
           "cut short"));
}

TEST_F(Files, a_bomb_is_refused_by_its_header) {
  // A PNG of 60000 x 60000 pixels in 33 bytes.
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x06\0\0\0\0\0\0\0", 33);
  EXPECT_TRUE(says(cause(file("bomb.png", png)), "too large: 60000 x 60000"));
  cv::imwrite(path("plain.png"), cv::Mat(100, 200, CV_8UC3, cv::Scalar(1, 2, 3)));
  SourceOptions strict;
  strict.max_pixels = 10'000;
  EXPECT_TRUE(says(cause(path("plain.png"), strict), "too large"));
}

TEST_F(Files, truncated_clips_name_the_missing_index) {
  if (!clip("whole.mp4", "-f lavfi -i testsrc=size=320x240:rate=10:duration=2 -pix_fmt yuv420p"))
    GTEST_SKIP() << "ffmpeg is not installed";
  std::ifstream whole(path("whole.mp4"), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(whole)), {});
  EXPECT_TRUE(says(cause(file("cut.mp4", bytes.substr(0, bytes.size() / 2))), "moov")) << cause(path("cut.mp4"));
  ASSERT_TRUE(clip("sound.mp4", "-f lavfi -i sine=duration=1"));
  EXPECT_TRUE(says(cause(path("sound.mp4")), "no video stream")) << cause(path("sound.mp4"));
}

TEST_F(Files, header_sizes_of_still_images) {
  const cv::Mat image(37, 61, CV_8UC3, cv::Scalar(9, 99, 199));
  for (const char* name : {"a.png", "a.jpg", "a.bmp", "a.webp", "a.tiff"}) {
    ASSERT_TRUE(cv::imwrite(path(name), image)) << name;
    std::ifstream in(path(name), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    const ImageSize size = sniff_image_size(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    EXPECT_EQ(size.width, 61) << name;
    EXPECT_EQ(size.height, 37) << name;
    EXPECT_TRUE(is_still_image(path(name))) << name;
    for (std::size_t cut = 0; cut < std::min<std::size_t>(bytes.size(), 64); ++cut) {
      sniff_image_size(reinterpret_cast<const unsigned char*>(bytes.data()), cut);  // never reads past the end
    }
    FrameSource source = FrameSource::open(path(name));
    EXPECT_TRUE(source.info().still);
    FrameView frame;
    ASSERT_TRUE(source.read(frame)) << name;
    EXPECT_EQ(frame.view.width, 61);
    EXPECT_NEAR(frame.view.data[2], 199, 12) << name;
    EXPECT_FALSE(source.read(frame)) << name;
  }
}

TEST_F(Files, deep_transparent_and_tiny_images) {
  cv::imwrite(path("deep.png"), cv::Mat(20, 30, CV_16UC3, cv::Scalar(65535, 32768, 0)));
  cv::imwrite(path("clear.png"), cv::Mat(20, 30, CV_8UC4, cv::Scalar(0, 0, 0, 0)));
  cv::imwrite(path("grey.png"), cv::Mat(20, 30, CV_8UC1, cv::Scalar(77)));
  cv::imwrite(path("dot.png"), cv::Mat(1, 1, CV_8UC3, cv::Scalar(5, 6, 7)));
  FrameView frame;
  FrameSource deep = FrameSource::open(path("deep.png"));
  ASSERT_TRUE(deep.read(frame));
  EXPECT_EQ(frame.view.data[0], 255);
  EXPECT_NEAR(frame.view.data[1], 127, 1);
  FrameSource clear = FrameSource::open(path("clear.png"));
  ASSERT_TRUE(clear.read(frame));
  EXPECT_EQ(frame.view.data[0], 255) << "what is transparent is paper";
  FrameSource grey = FrameSource::open(path("grey.png"));
  ASSERT_TRUE(grey.read(frame));
  EXPECT_EQ(frame.view.channels, 3);
  FrameSource dot = FrameSource::open(path("dot.png"));
  ASSERT_TRUE(dot.read(frame));
  EXPECT_EQ(frame.view.width, 1);
}

TEST_F(Files, times_are_those_of_the_stream) {
  if (!clip("steady.mp4", "-f lavfi -i testsrc=size=160x120:rate=10:duration=2 -pix_fmt yuv420p"))
    GTEST_SKIP() << "ffmpeg is not installed";
  // Frames 0, 1, 2 at a tenth of a second each, then only every fifth: a varying rate.
  ASSERT_TRUE(clip("varying.mp4",
                   "-f lavfi -i testsrc=size=160x120:rate=10:duration=3 -vf \"select='lt(n,3)+not(mod(n,5))'\" -vsync "
                   "vfr -pix_fmt yuv420p"));
  FrameSource steady = FrameSource::open(path("steady.mp4"));
  EXPECT_NEAR(steady.info().fps, 10, 0.01);
  EXPECT_NEAR(steady.info().duration_s, 2, 0.11);
  std::vector<double> times;
  for (FrameView f; steady.read(f);) {
    EXPECT_EQ(f.index, static_cast<std::int64_t>(times.size()));
    times.push_back(f.time_s);
  }
  ASSERT_EQ(times.size(), 20U);
  for (std::size_t i = 0; i < times.size(); ++i) EXPECT_NEAR(times[i], 0.1 * static_cast<double>(i), 0.002);
  FrameSource varying = FrameSource::open(path("varying.mp4"));
  times.clear();
  for (FrameView f; varying.read(f);) times.push_back(f.time_s);
  const std::vector<double> wanted{0, 0.1, 0.2, 0.5, 1.0, 1.5, 2.0, 2.5};
  ASSERT_EQ(times.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(times[i], wanted[i], 0.002) << i;
}

TEST_F(Files, what_stands_behind_a_broken_part_is_read) {
  if (!clip("steady.mp4",
            "-f lavfi -i testsrc=size=160x120:rate=10:duration=4 -c:v libx264 -g 10 -bf 0 -pix_fmt yuv420p"))
    GTEST_SKIP() << "ffmpeg is not installed";
  ASSERT_TRUE(clip("copied.mp4", "-ss 1.5 -i " + path("steady.mp4") + " -c copy"));  // frames that are never shown
  std::ifstream whole(path("steady.mp4"), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(whole)), {});
  bytes.replace(bytes.size() / 2, 6000, 6000, '\0');  // a key frame and what hangs on it
  file("zeroed.mp4", bytes);
  struct Case {
    const char* name;
    std::int64_t frames, damaged;
    double last_s;
  };
  for (const Case& c :
       {Case{"steady.mp4", 40, 0, 3.9}, Case{"copied.mp4", 25, 0, 2.4}, Case{"zeroed.mp4", 30, 10, 3.9}}) {
    FrameSource source = FrameSource::open(path(c.name));
    std::int64_t frames = 0;
    double last_s = 0;
    for (FrameView f; source.read(f); ++frames) last_s = f.time_s;
    EXPECT_EQ(frames, c.frames) << c.name;
    EXPECT_EQ(source.damaged(), c.damaged) << c.name;
    EXPECT_NEAR(last_s, c.last_s, 0.01) << c.name;
  }
}

TEST_F(Files, grabbing_alone_keeps_count) {
  if (!clip("steady.mp4", "-f lavfi -i testsrc=size=160x120:rate=10:duration=1 -pix_fmt yuv420p"))
    GTEST_SKIP() << "ffmpeg is not installed";
  FrameSource source = FrameSource::open(path("steady.mp4"));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(source.grab());
  const FrameView fifth = source.retrieve();
  EXPECT_EQ(fifth.index, 4);
  EXPECT_NEAR(fifth.time_s, 0.4, 0.002);
  EXPECT_FALSE(fifth.view.empty());
}

TEST_F(Files, rotation_metadata_is_applied) {
  // The left half red, the right half blue; then a tag that turns the picture by a quarter.
  if (!clip(
          "flat.mp4",
          "-f lavfi -i color=red:size=160x240:rate=5:duration=1 -f lavfi -i color=blue:size=160x240:rate=5:duration=1 "
          "-filter_complex hstack -pix_fmt yuv420p")) {
    GTEST_SKIP() << "ffmpeg is not installed";
  }
  ASSERT_TRUE(clip("turned.mp4", "-i " + path("flat.mp4") + " -c copy -metadata:s:v rotate=90"));
  FrameSource source = FrameSource::open(path("turned.mp4"));
  EXPECT_EQ(source.info().width, 240);
  EXPECT_EQ(source.info().height, 320);
  FrameView f;
  ASSERT_TRUE(source.read(f));
  EXPECT_EQ(f.view.width, 240);
  const cv::Mat image = page::as_mat(f.view);
  const cv::Vec3b top = image.at<cv::Vec3b>(40, 120), bottom = image.at<cv::Vec3b>(280, 120);
  EXPECT_NE(top[2] > 150, bottom[2] > 150) << "the halves lie above each other now";
  // Which of them is on top: as the ffmpeg program shows it.
  ASSERT_TRUE(clip("shown.png", "-i " + path("turned.mp4") + " -frames:v 1"));
  const cv::Mat shown = cv::imread(path("shown.png"));
  ASSERT_EQ(shown.size(), image.size());
  EXPECT_LT(cv::norm(image, shown, cv::NORM_INF), 12);
}

TEST_F(Files, frames_that_the_decoder_patched_are_counted) {
  if (!clip("steady.mp4", "-f lavfi -i testsrc=size=320x240:rate=10:duration=4 -c:v libx264 -pix_fmt yuv420p"))
    GTEST_SKIP() << "ffmpeg is not installed";
  std::ifstream whole(path("steady.mp4"), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(whole)), {});
  for (std::size_t i = 0; i < 40; ++i) bytes[bytes.size() / 4 + 97 * i] ^= 0x10;
  file("flipped.mp4", bytes);
  std::vector<cv::Mat> first;
  for (int run = 0; run < 4; ++run) {  // What is filled in is the same each time.
    FrameSource source = FrameSource::open(path("flipped.mp4"));
    std::size_t frames = 0;
    for (FrameView f; source.read(f); ++frames) {
      if (run == 0)
        first.push_back(page::as_mat(f.view).clone());
      else
        ASSERT_EQ(cv::norm(first.at(frames), page::as_mat(f.view), cv::NORM_INF), 0) << frames;
    }
    EXPECT_EQ(frames, first.size());
    EXPECT_GT(source.patched(), 0);
  }
}

TEST_F(Files, a_stream_that_changes_its_size_gives_frames_of_one) {
  if (!clip("small.ts", "-f lavfi -i color=red:size=160x120:rate=10:duration=1 -c:v libx264 -pix_fmt yuv420p") ||
      !clip("large.ts", "-f lavfi -i color=blue:size=320x180:rate=10:duration=1 -c:v libx264 -pix_fmt yuv420p"))
    GTEST_SKIP() << "ffmpeg is not installed";
  std::ofstream(path("grows.ts"), std::ios::binary) << std::ifstream(path("small.ts"), std::ios::binary).rdbuf()
                                                    << std::ifstream(path("large.ts"), std::ios::binary).rdbuf();
  FrameSource source = FrameSource::open(path("grows.ts"));
  int red = 0, blue = 0;
  for (FrameView f; source.read(f);) {
    ASSERT_EQ(f.view.width, 160);
    ASSERT_EQ(f.view.height, 120);
    const cv::Vec3b middle = page::as_mat(f.view).at<cv::Vec3b>(60, 80);
    red += middle[2] > 200 && middle[0] < 60;
    blue += middle[0] > 200 && middle[2] < 60;
  }
  EXPECT_EQ(red, 10);
  EXPECT_EQ(blue, 10);
  EXPECT_TRUE(source.outgrown());
  EXPECT_EQ(source.widest().width, 320);
  EXPECT_EQ(source.widest().height, 180);
  SourceOptions wide;
  wide.width = 320;
  wide.height = 180;
  FrameSource again = FrameSource::open(path("grows.ts"), wide);
  FrameView f;
  while (again.read(f)) ASSERT_EQ(f.view.width, 320);
  EXPECT_FALSE(again.outgrown());
}

TEST_F(Files, files_inside_a_file_are_not_opened) {
  if (!clip("plain.mp4", "-f lavfi -i testsrc=size=160x120:rate=10:duration=1 -pix_fmt yuv420p"))
    GTEST_SKIP() << "ffmpeg is not installed";
  fs::copy_file(path("plain.mp4"), path("a:b.mp4"));  // no protocol
  EXPECT_EQ(cause(path("a:b.mp4")), "opened");
  EXPECT_NE(cause(file("list.mp4", "ffconcat version 1.0\nfile plain.mp4\n")), "opened");
  EXPECT_NE(cause(file("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nplain.mp4\n#EXT-X-ENDLIST\n")),
            "opened");
  ASSERT_TRUE(clip("two.mkv", "-i " + path("plain.mp4") + " -i " + path("plain.mp4") + " -map 0 -map 1 -c copy"));
  EXPECT_EQ(FrameSource::open(path("two.mkv")).info().streams, 2);
}

TEST_F(Files, sources_stay_as_they_are) {
  const std::string name = path("plain.png");
  cv::imwrite(name, cv::Mat(10, 20, CV_8UC3, cv::Scalar(1, 2, 3)));
  const auto before = fs::last_write_time(name);
  const auto size = fs::file_size(name);
  FrameSource source = FrameSource::open(name);
  FrameView f;
  source.read(f);
  EXPECT_EQ(fs::last_write_time(name), before);
  EXPECT_EQ(fs::file_size(name), size);
}
