#include "ocr/onnx_tensors.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

using kualik::ocr::fault_of_tensors;

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

TEST(OnnxTensors, ModelsInUseFit) {
  const std::string here = KUALIK_SOURCE_DIR;
  for (const char* name : {"/data/models/han.onnx", "/data/models/cyrillic.onnx", "/data/models/digits_mrz.onnx",
                           "/data/models/finder/mask.onnx", "/tests/ocr/data/tiny_ctc/bands.onnx"}) {
    const std::string onnx = file(here + name);
    ASSERT_FALSE(onnx.empty()) << name;
    EXPECT_EQ(fault_of_tensors(onnx), "") << name;
    EXPECT_NE(fault_of_tensors(std::string_view(onnx).substr(0, onnx.size() - 1)), "") << name;
  }
}

TEST(OnnxTensors, SizesBeyondTheNumbersAreFaults) {
  for (const auto& whole : {model, constant}) {
    EXPECT_EQ(fault_of_tensors(whole(two_by_two + bytes(9, std::string(16, 'x')))), "");
    EXPECT_NE(fault_of_tensors(whole(two_by_two + bytes(9, std::string(15, 'x')))), "");
    EXPECT_EQ(fault_of_tensors(whole(two_by_two + bytes(4, std::string(16, 'x')))), "") << "packed floats";
    EXPECT_NE(fault_of_tensors(whole(two_by_two + bytes(4, std::string(12, 'x')))), "");
    EXPECT_EQ(fault_of_tensors(whole(two_by_two + bytes(7, std::string(4, '\1')))), "") << "packed varints";
    EXPECT_NE(fault_of_tensors(whole(two_by_two + bytes(7, std::string("\x81\1\1\1", 4)))), "") << "three numbers";
    EXPECT_NE(fault_of_tensors(whole(two_by_two)), "");
    EXPECT_NE(fault_of_tensors(whole(two_by_two + bytes(9, std::string(16, 'x')) + bytes(4, std::string(4, 'x')))), "");
  }
  EXPECT_EQ(fault_of_tensors(model(number(1, 0) + number(2, 1))), "") << "nothing wanted";
  const std::string below_nought = std::string{1 << 3} + std::string(9, '\xFF') + '\1';
  EXPECT_NE(fault_of_tensors(model(below_nought + number(2, 1) + bytes(9, std::string(16, 'x')))), "");
}

TEST(OnnxTensors, EveryCutAndEveryBitTurnedIsLookedAtWithoutHarm) {
  const std::string onnx = file(std::string(KUALIK_SOURCE_DIR) + "/tests/ocr/data/tiny_ctc/bands.onnx");
  int told = 0;
  for (std::size_t cut = 1; cut < onnx.size(); ++cut)
    told += fault_of_tensors(std::string_view(onnx).substr(0, cut)).empty() ? 0 : 1;
  EXPECT_GT(told, static_cast<int>(onnx.size() * 8 / 10));
  for (std::size_t bit = 0; bit < 8 * onnx.size(); ++bit) {
    std::string turned = onnx;
    turned[bit / 8] = static_cast<char>(turned[bit / 8] ^ (1 << bit % 8));
    told += fault_of_tensors(turned).empty() ? 0 : 1;
  }
  EXPECT_GT(told, static_cast<int>(onnx.size()));
}
