#include "kualik/numbers/bulk.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "cases.h"
#include "kualik/numbers/region.h"

namespace kualik::numbers {
namespace {

/// Random numbers of any birth, damaged, adversarial; they live while the test runs and are never stored. NUL-padded
/// to 18.
std::vector<char> soup(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<char> data(count * 18);
  std::vector<int> codes;
  codes.reserve(static_cast<std::size_t>(region_record_count()));
  for (int i = 0; i < region_record_count(); ++i) codes.push_back(region_record(i).code);
  const auto below = [&random](std::size_t n) { return static_cast<int>(random() % n); };
  const auto put = [](char* p, int size, int value) {
    for (int i = size - 1; i >= 0; --i, value /= 10) p[i] = static_cast<char>('0' + value % 10);
  };
  for (std::size_t i = 0; i < count; ++i) {
    char* p = &data[i * 18];
    switch (below(20)) {
      case 0:  // Any bytes.
        for (int k = 0; k < 18; ++k) p[k] = static_cast<char>(random());
        continue;
      case 1:  // Any digits.
        for (int k = 0; k < 18; ++k) p[k] = static_cast<char>('0' + below(10));
        continue;
      case 2:  // Neighbours of the digits in ASCII.
        for (int k = 0; k < 18; ++k) p[k] = "0123456789/:Xx*O\0 "[below(18)];
        continue;
      case 3:  // Shorter, with NULs behind.
        for (int k = 0; k < below(19); ++k) p[k] = static_cast<char>('0' + below(10));
        continue;
      default:
        break;
    }
    put(p, 6, below(8) == 0 ? below(1000000) : codes[static_cast<std::size_t>(below(codes.size()))]);
    if (below(16) == 0) put(p, 6, 900000 + below(100000));
    put(p + 6, 4, below(20) == 0 ? below(10000) : 1850 + below(180));
    put(p + 10, 2, below(20) == 0 ? below(100) : 1 + below(12));
    put(p + 12, 2, below(20) == 0 ? below(100) : 1 + below(31));
    put(p + 14, 3, below(1000));
    p[17] = resident_check_char({p, 17});
    if (p[17] == 'X' && below(2) == 0) p[17] = 'x';
    if (below(10) == 0) p[below(18)] = static_cast<char>('0' + below(12));
    if (below(40) == 0) p[below(18)] = static_cast<char>(random());
  }
  return data;
}

std::string_view element(const std::vector<char>& data, std::size_t i) {
  std::size_t size = 18;
  while (size > 0 && data[i * 18 + size - 1] == '\0') --size;
  return {&data[i * 18], size};
}

std::size_t how_many() {
  // 10 million in the long form: KUALIK_LONG_TESTS=1 ctest -R Bulk.
  return std::getenv("KUALIK_LONG_TESTS") != nullptr ? 10000000 : 300000;
}

TEST(Bulk, AllPathsGiveTheBitsOfTheParser) {
  const std::size_t count = how_many() + 13;  // A rest that fills no vector.
  const std::vector<char> data = soup(count, 1);
  for (const Options& check : {test::on_the_day(), Options{}}) {
    BulkOptions options;
    options.check = check;
    std::vector<std::uint32_t> expected(count);
    for (std::size_t i = 0; i < count; ++i) expected[i] = check_resident_id(element(data, i), check).bits();
    for (CpuPath path : {CpuPath::portable, CpuPath::avx2, CpuPath::avx512}) {
      if (!available(path)) continue;
      options.path = path;
      std::vector<std::uint32_t> got(count, 0xAAAAAAAA);
      check_resident_ids(FixedColumn{data.data(), count, 18, 18}, got, options);
      for (std::size_t i = 0; i < count; ++i)
        ASSERT_EQ(got[i], expected[i]) << name(path) << " at " << i << ": " << element(data, i);
    }
  }
}

// A zero byte that belongs to a text is a character like any other, also where a check digit would stand.
TEST(Bulk, ZeroBytesInTextsAreCharacters) {
  const std::size_t count = 4099;
  std::vector<char> data = soup(count, 4);
  for (std::size_t i = 0; i < count; ++i)
    if (i % 3 != 0) data[i * 18 + (i % 3 == 1 ? 17 : i % 18)] = '\0';
  std::vector<std::string_view> views;
  for (std::size_t i = 0; i < count; ++i) views.emplace_back(&data[i * 18], 18);
  for (CpuPath path : {CpuPath::portable, CpuPath::avx2, CpuPath::avx512}) {
    BulkOptions options{test::on_the_day(), path, 1};
    std::vector<std::uint32_t> got(count);
    check_resident_ids(views, got, options);
    for (std::size_t i = 0; i < count; ++i) {
      const ReasonSet expected = check_resident_id(views[i], options.check);
      ASSERT_EQ(got[i], expected.bits()) << name(path) << " at " << i << ": " << views[i];
      EXPECT_TRUE(i % 3 != 1 || expected.has(Reason::bad_character)) << i;
    }
  }
}

TEST(Bulk, OptionsReachEveryPath) {
  const std::size_t count = 5000;
  const std::vector<char> data = soup(count, 2);
  Options check = test::on_the_day();
  check.check_region = false;
  check.forms = Forms::citizen18;
  for (bool fold : {false, true}) {
    check.fold = fold;
    for (CpuPath path : {CpuPath::portable, CpuPath::avx2, CpuPath::avx512}) {
      BulkOptions options{check, path, 1};
      std::vector<std::uint32_t> got(count);
      check_resident_ids(FixedColumn{data.data(), count, 18, 18}, got, options);
      for (std::size_t i = 0; i < count; ++i)
        ASSERT_EQ(got[i], check_resident_id(element(data, i), check).bits()) << name(path) << ": " << element(data, i);
    }
  }
}

TEST(Bulk, AllLayoutsAgree) {
  const std::size_t count = 4099;
  const std::vector<char> data = soup(count, 3);
  std::vector<std::string_view> views;
  std::string joined;
  std::vector<std::int32_t> offsets32{0};
  std::vector<std::int64_t> offsets64{0};
  std::vector<char> wide(count * 24);
  for (std::size_t i = 0; i < count; ++i) {
    views.push_back(element(data, i));
    joined += views.back();
    offsets32.push_back(static_cast<std::int32_t>(joined.size()));
    offsets64.push_back(static_cast<std::int64_t>(joined.size()));
    std::memcpy(&wide[i * 24], views.back().data(), views.back().size());
  }
  for (CpuPath path : {CpuPath::portable, CpuPath::avx2, CpuPath::avx512}) {
    BulkOptions options{test::on_the_day(), path, 1};
    std::vector<std::uint32_t> a(count), b(count), c(count), d(count), e(count), f(count);
    check_resident_ids(views, a, options);
    check_resident_ids(ArrowColumn<std::int32_t>{joined.data(), offsets32.data(), count, nullptr}, b, options);
    check_resident_ids(ArrowColumn<std::int64_t>{joined.data(), offsets64.data(), count, nullptr}, c, options);
    check_resident_ids(FixedColumn{data.data(), count, 18, 18}, d, options);
    check_resident_ids(FixedColumn{wide.data(), count, 20, 24}, e, options);
    EXPECT_EQ(a, b);
    EXPECT_EQ(a, c);
    EXPECT_EQ(a, d);
    EXPECT_EQ(a, e);
    // From the last to the first.
    check_resident_ids(FixedColumn{data.data() + (count - 1) * 18, count, 18, -18}, f, options);
    std::reverse(f.begin(), f.end());
    EXPECT_EQ(a, f);
  }
}

TEST(Bulk, ThreadsGiveTheSame) {
  const std::size_t count = 200001;
  const std::vector<char> data = soup(count, 4);
  std::vector<std::uint32_t> one(count), three(count);
  BulkOptions options{test::on_the_day(), CpuPath::automatic, 1};
  check_resident_ids(FixedColumn{data.data(), count, 18, 18}, one, options);
  options.threads = 3;
  check_resident_ids(FixedColumn{data.data(), count, 18, 18}, three, options);
  EXPECT_EQ(one, three);
}

TEST(Bulk, NullsAndWrongUse) {
  const std::string data = "440524188001010014440524188001010014";
  const std::int32_t offsets[] = {0, 18, 36};
  const std::uint8_t validity = 0b01;
  std::vector<std::uint32_t> out(2);
  check_resident_ids(ArrowColumn<std::int32_t>{data.data(), offsets, 2, &validity}, out, {});
  EXPECT_EQ(out, (std::vector<std::uint32_t>{0, 1U << 8}));
  std::vector<std::uint32_t> short_of_room(1);
  EXPECT_THROW(check_resident_ids(ArrowColumn<std::int32_t>{data.data(), offsets, 2, nullptr}, short_of_room, {}),
               std::invalid_argument);
}

}  // namespace
}  // namespace kualik::numbers
