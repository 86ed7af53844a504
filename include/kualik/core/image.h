#pragma once
// Images at the border of the library: a view that owns nothing, and an owner. Stages work on OpenCV matrices inside.
//
//   ImageView view{data, width, height, 3, row_stride};   // 8-bit BGR, rows may be padded, so a crop is free

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kualik {

/// A non-owning view of 8-bit pixels: `channels` 1 (grey), 3 (BGR) or 4 (BGRA), interleaved; rows `row_stride` bytes
/// apart.
struct ImageView {
  const std::uint8_t* data{nullptr};
  int width{0};
  int height{0};
  int channels{1};
  std::size_t row_stride{0};
  constexpr bool empty() const noexcept { return data == nullptr || width <= 0 || height <= 0; }
};

/// An owning image with tightly packed rows.
struct Image {
  std::vector<std::uint8_t> pixels{};
  int width{0};
  int height{0};
  int channels{1};
  ImageView view() const noexcept {
    return {pixels.data(), width, height, channels,
            static_cast<std::size_t>(width) * static_cast<std::size_t>(channels)};
  }
  bool empty() const noexcept { return pixels.empty(); }
};

}  // namespace kualik
