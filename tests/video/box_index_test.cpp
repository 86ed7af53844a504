#include "video/box_index.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

using namespace kualik::video;
namespace fs = std::filesystem;

namespace {

std::string number(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
  return out;
}

std::string box(const char* kind, const std::string& inside) {
  return number(static_cast<std::uint32_t>(8 + inside.size())) + kind + inside;
}

// `duration`: of each sample.
std::string track(const char* handler, std::uint32_t samples, std::uint32_t duration) {
  const std::string times = box("stts", number(0) + number(1) + number(samples) + number(duration));
  const std::string sizes = box("stsz", number(0) + number(1) + number(samples));
  return box("trak",
             box("mdia", box("hdlr", number(0) + number(0) + handler) + box("minf", box("stbl", times + sizes))));
}

bool too_many(const std::string& bytes) {
  const fs::path path = fs::temp_directory_path() / ("kualik_box_test_" + std::to_string(::getpid()));
  std::ofstream(path, std::ios::binary) << bytes;
  const bool found = names_more_than_it_holds(path.string(), bytes.size());
  fs::remove(path);
  return found;
}

const std::string head = box("ftyp", "isom");

}  // namespace

TEST(BoxIndex, samples_that_no_byte_stands_for) {
  EXPECT_FALSE(too_many(head + box("moov", track("vide", 250, 1000))));
  EXPECT_TRUE(too_many(head + box("moov", track("vide", 30'000'000, 1000))));
  EXPECT_TRUE(too_many(box("moov", track("vide", 30'000'000, 1000)))) << "QuickTime of old has no ftyp";
  EXPECT_TRUE(too_many(head + box("moov", track("vide", 600'000, 1000) + track("vide", 600'000, 1000)))) << "together";
  EXPECT_TRUE(too_many(head + box("moof", box("traf", box("trun", number(0) + number(0x7FFFFFFF))))));
  EXPECT_TRUE(too_many(head + box("moov", box("udta", track("vide", 30'000'000, 1000)))));
}

TEST(BoxIndex, plain_sound_of_a_file_cut_short_is_no_fault) {
  EXPECT_FALSE(too_many(head + box("moov", track("vide", 250, 1000) + track("soun", 173'000'000, 1))));
  EXPECT_TRUE(too_many(head + box("moov", track("soun", 173'000'000, 1024)))) << "these FFmpeg lists one by one";
}

TEST(BoxIndex, boxes_in_boxes_and_no_boxes) {
  std::string nested;
  for (int i = 0; i < 1000; ++i) nested = box("moov", nested);
  EXPECT_FALSE(too_many(nested));
  EXPECT_FALSE(too_many("no boxes at all, but text"));
  EXPECT_FALSE(too_many(number(1) + "moov"));
  EXPECT_FALSE(too_many(number(0) + "moov"));
  EXPECT_FALSE(too_many(""));
}
