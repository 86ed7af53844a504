#include "kualik/ocr/mrz_reader.h"
#include "picture.h"

namespace kualik::ocr {
namespace {

// The example printed in ICAO Doc 9303, part 4.
const std::string example =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

bool among(const std::vector<MrzReading>& zones, const std::string& text) {
  for (const MrzReading& z : zones)
    if (z.text() == text) return true;
  return false;
}

struct Turn {
  const char* what;
  int rotation;
  bool mirrored;
};
class Mrz : public testing::TestWithParam<Turn> {};

TEST_P(Mrz, ReadInAnyOrientation) {
  Recognizers readers;
  cv::Mat image = picture("zone.png");
  const Turn turn = GetParam();
  if (turn.mirrored) cv::flip(image.clone(), image, 1);
  if (turn.rotation == 90) cv::rotate(image.clone(), image, cv::ROTATE_90_CLOCKWISE);
  if (turn.rotation == 180) cv::rotate(image.clone(), image, cv::ROTATE_180);
  if (turn.rotation == 270) cv::rotate(image.clone(), image, cv::ROTATE_90_COUNTERCLOCKWISE);
  const std::vector<MrzReading> zones = read_mrz(page::as_view(image), readers);
  ASSERT_FALSE(zones.empty());
  EXPECT_TRUE(among(zones, example)) << zones.front().text();
  EXPECT_EQ(zones.front().columns, 44);
  EXPECT_EQ(zones.front().mirrored, turn.mirrored);
  if (!turn.mirrored) {
    EXPECT_EQ(zones.front().rotation, turn.rotation);
  }
  for (const Point& p : zones.front().quad.corners) {
    EXPECT_GT(p.x, -20);
    EXPECT_LT(p.x, image.cols + 20);
  }
}

INSTANTIATE_TEST_SUITE_P(Turns, Mrz,
                         testing::Values(Turn{"upright", 0, false}, Turn{"right", 90, false}, Turn{"down", 180, false},
                                         Turn{"left", 270, false}, Turn{"mirrored", 0, true}),
                         [](const auto& i) { return std::string(i.param.what); });

TEST(MrzNone, PagesWithoutAZoneGiveNoSureReading) {
  Recognizers readers;
  for (const char* name : {"page.jpg", "emblem.jpg"})
    for (const MrzReading& z : read_mrz(page::as_view(picture(name)), readers))
      EXPECT_LT(z.score, 0.8) << name << z.text();
  EXPECT_TRUE(read_mrz({}, readers).empty());
}

}  // namespace
}  // namespace kualik::ocr
