#pragma once
// A small picture and an outline, drawn from any bytes: four bytes for form, width, height and kind, eight floats for
// the corners, then pixels that repeat.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "kualik/core/geometry.h"
#include "kualik/core/image.h"
#include "kualik/page/kinds.h"

struct PictureAndOutline {
  std::vector<std::uint8_t> pixels;
  kualik::ImageView view;
  kualik::Quad quad;
  kualik::page::PageKind kind{};

  static constexpr std::size_t least = 4 + 8 * sizeof(float);

  /// At least `least` bytes; no side of the picture is longer than `longest`.
  PictureAndOutline(const std::uint8_t* data, std::size_t size, int longest) {
    const int channels = data[0] % 3 == 0 ? 1 : data[0] % 3 == 1 ? 3 : 4;
    const int width = 1 + data[1] % longest;
    const int height = 1 + data[2] % longest;
    kind = static_cast<kualik::page::PageKind>(data[3] % 8);
    for (std::size_t i = 0; i < 4; ++i) {
      float xy[2];
      std::memcpy(xy, data + 4 + i * sizeof xy, sizeof xy);
      quad.corners[i] = {xy[0], xy[1]};
    }
    data += least;
    size -= least;
    const auto row = static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
    pixels.assign(row * static_cast<std::size_t>(height), 128);
    for (std::size_t i = 0; size > 0 && i < pixels.size(); ++i) pixels[i] = data[i % size];
    view = {pixels.data(), width, height, channels, row};
  }
  PictureAndOutline(const PictureAndOutline&) = delete;  ///< The view shows these pixels.
  PictureAndOutline& operator=(const PictureAndOutline&) = delete;
};
