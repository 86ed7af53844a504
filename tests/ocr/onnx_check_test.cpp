#include "ocr/onnx_check.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

using kualik::ocr::fault_of_model;

namespace {

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A field of bytes (below 128 of them), and one of a number below 128.
std::string bytes(int field, const std::string& value) {
  return std::string{static_cast<char>(field << 3 | 2), static_cast<char>(value.size())} + value;
}
std::string number(int field, int value) { return {static_cast<char>(field << 3), static_cast<char>(value)}; }

std::string model(const std::string& tensor) { return bytes(7, bytes(5, tensor)); }
std::string constant(const std::string& tensor) { return bytes(7, bytes(1, bytes(5, bytes(5, tensor)))); }

const std::string two_by_two = number(1, 2) + number(1, 2) + number(2, 1);  // of floats

}  // namespace

TEST(OnnxCheck, ModelsInUseFit) {
  const std::string here = KUALIK_SOURCE_DIR;
  for (const char* name : {"/data/models/han.onnx", "/data/models/cyrillic.onnx", "/data/models/digits_mrz.onnx",
                           "/data/models/finder/mask.onnx", "/tests/ocr/data/tiny_ctc/bands.onnx"}) {
    const std::string onnx = file(here + name);
    ASSERT_FALSE(onnx.empty()) << name;
    EXPECT_EQ(fault_of_model(onnx), "") << name;
    EXPECT_NE(fault_of_model(std::string_view(onnx).substr(0, onnx.size() - 1)), "") << name;
  }
}

TEST(OnnxCheck, SizesBeyondTheNumbersAreFaults) {
  for (const auto& whole : {model, constant}) {
    EXPECT_EQ(fault_of_model(whole(two_by_two + bytes(9, std::string(16, 'x')))), "");
    EXPECT_NE(fault_of_model(whole(two_by_two + bytes(9, std::string(15, 'x')))), "");
    EXPECT_EQ(fault_of_model(whole(two_by_two + bytes(4, std::string(16, 'x')))), "") << "packed floats";
    EXPECT_NE(fault_of_model(whole(two_by_two + bytes(4, std::string(12, 'x')))), "");
    EXPECT_EQ(fault_of_model(whole(two_by_two + bytes(7, std::string(4, '\1')))), "") << "packed varints";
    EXPECT_NE(fault_of_model(whole(two_by_two + bytes(7, std::string("\x81\1\1\1", 4)))), "") << "three numbers";
    EXPECT_NE(fault_of_model(whole(two_by_two)), "");
    EXPECT_NE(fault_of_model(whole(two_by_two + bytes(9, std::string(16, 'x')) + bytes(4, std::string(4, 'x')))), "");
  }
  EXPECT_EQ(fault_of_model(model(number(1, 0) + number(2, 1))), "") << "nothing wanted";
  const std::string below_nought = std::string{1 << 3} + std::string(9, '\xFF') + '\1';
  EXPECT_NE(fault_of_model(model(below_nought + number(2, 1) + bytes(9, std::string(16, 'x')))), "");
}

TEST(OnnxCheck, NumbersThatAskForGigabytesAreFaults) {
  const auto varint = [](std::uint64_t value) {
    std::string out;
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
    return out += static_cast<char>(value);
  };
  const auto attribute = [](const std::string& field) { return bytes(7, bytes(1, bytes(5, field))); };
  constexpr auto end = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const auto below_nought = [](std::uint64_t value) { return ~value + 1; };
  for (const std::uint64_t fits : {std::uint64_t{0}, std::uint64_t{65'536}, below_nought(1), end}) {
    EXPECT_EQ(fault_of_model(attribute(std::string{3 << 3} + varint(fits))), "") << fits;
    EXPECT_EQ(fault_of_model(attribute(bytes(8, varint(1) + varint(fits)))), "") << fits;
  }
  for (const std::uint64_t beyond : {std::uint64_t{65'537}, below_nought(65'537), end - 2}) {
    EXPECT_NE(fault_of_model(attribute(std::string{3 << 3} + varint(beyond))), "") << beyond;
    EXPECT_NE(fault_of_model(attribute(std::string{8 << 3} + varint(beyond))), "") << beyond;
    EXPECT_NE(fault_of_model(attribute(bytes(8, varint(1) + varint(beyond)))), "") << beyond;
  }
  EXPECT_NE(fault_of_model(attribute(bytes(8, "\x81"))), "") << "cut short";
  // A shape of two: numbers of 64 bits as bytes, the lowest first, or as varints. Other types are no shapes.
  for (const auto& whole : {model, constant}) {
    const std::string two = number(1, 2), int64 = number(2, 7), int32 = number(2, 6);
    const std::string small = std::string("\1\0\0\0\0\0\0\0", 8), large = std::string("\0\0\0\0\4\0\0\0", 8);
    EXPECT_EQ(fault_of_model(whole(two + int64 + bytes(9, small + small))), "");
    EXPECT_NE(fault_of_model(whole(two + int64 + bytes(9, small + large))), "");
    EXPECT_EQ(fault_of_model(whole(two + int32 + bytes(9, large))), "") << "two of four bytes";
    EXPECT_NE(fault_of_model(whole(two + int64 + bytes(7, varint(1) + varint(1 << 21)))), "");
    EXPECT_EQ(fault_of_model(whole(two + int64 + bytes(7, varint(end) + varint(1 << 20)))), "");
  }
}

TEST(OnnxCheck, NodesTakeWhatStandsBeforeThem) {
  const auto node = [](const std::string& in, const std::string& out) {
    return bytes(1, bytes(1, in) + bytes(2, out));
  };
  const std::string input = bytes(11, bytes(1, "x")), tensor = bytes(5, number(1, 0) + number(2, 1) + bytes(8, "w"));
  EXPECT_EQ(fault_of_model(bytes(7, node("x", "y") + node("w", "v") + node("y", "z") + node("", "u") + tensor + input)),
            "");
  EXPECT_NE(fault_of_model(bytes(7, node("y", "z") + node("x", "y") + input)), "") << "of a node behind it";
  EXPECT_NE(fault_of_model(bytes(7, node("x", "y") + input + bytes(5, number(1, 0) + bytes(8, "W")) + node("w", "v"))),
            "");
  // A graph within a node sees what the outer one has, not the other way round.
  const auto within = [&](const std::string& inner) { return bytes(1, bytes(5, bytes(6, inner)) + bytes(2, "o")); };
  EXPECT_EQ(fault_of_model(bytes(7, within(node("x", "i")) + input)), "");
  EXPECT_NE(fault_of_model(bytes(7, within(node("x", "i")) + node("i", "z") + input)), "");
}

TEST(OnnxCheck, EveryCutAndEveryBitTurnedIsLookedAtWithoutHarm) {
  const std::string onnx = file(std::string(KUALIK_SOURCE_DIR) + "/tests/ocr/data/tiny_ctc/bands.onnx");
  int told = 0;
  for (std::size_t cut = 1; cut < onnx.size(); ++cut)
    told += fault_of_model(std::string_view(onnx).substr(0, cut)).empty() ? 0 : 1;
  EXPECT_GT(told, static_cast<int>(onnx.size() * 8 / 10));
  for (std::size_t bit = 0; bit < 8 * onnx.size(); ++bit) {
    std::string turned = onnx;
    turned[bit / 8] = static_cast<char>(turned[bit / 8] ^ (1 << bit % 8));
    told += fault_of_model(turned).empty() ? 0 : 1;
  }
  EXPECT_GT(told, static_cast<int>(onnx.size()));
}
