// Width and height from the headers of still-image files: PNG (ISO/IEC 15948, 11.2.2), JPEG (ITU-T T.81, B.2.2), GIF89a
// (18), BMP, WebP (RIFF container), TIFF 6.0 (tags 256 and 257). Reading a dozen bytes before decoding is what keeps a
// decompression bomb out.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "kualik/video/frame_source.h"

namespace kualik::video {
namespace {

struct Bytes {
  const unsigned char* data;
  std::size_t size;
  bool has(std::size_t at, std::size_t count) const { return at <= size && count <= size - at; }
  bool starts(std::size_t at, const char* text, std::size_t count) const {
    return has(at, count) && std::memcmp(data + at, text, count) == 0;
  }
  std::int64_t big(std::size_t at, std::size_t count) const {
    std::int64_t v = 0;
    for (std::size_t i = 0; i < count; ++i) v = v << 8 | data[at + i];
    return v;
  }
  std::int64_t little(std::size_t at, std::size_t count) const {
    std::int64_t v = 0;
    for (std::size_t i = count; i-- > 0;) v = v << 8 | data[at + i];
    return v;
  }
};

ImageSize jpeg(const Bytes& b) {
  std::size_t at = 2;
  while (b.has(at, 4)) {
    if (b.data[at] != 0xFF) {
      ++at;
      continue;
    }
    const unsigned marker = b.data[at + 1];
    if (marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
      at += marker == 0xFF ? 1 : 2;
      continue;
    }
    const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame && b.has(at, 9)) return {b.big(at + 7, 2), b.big(at + 5, 2)};
    at += 2 + static_cast<std::size_t>(b.big(at + 2, 2));
  }
  return {};
}

ImageSize webp(const Bytes& b) {
  if (b.starts(12, "VP8 ", 4) && b.has(26, 4)) return {b.little(26, 2) & 0x3FFF, b.little(28, 2) & 0x3FFF};
  if (b.starts(12, "VP8L", 4) && b.has(21, 4)) {
    const std::int64_t bits = b.little(21, 4);
    return {(bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1};
  }
  if (b.starts(12, "VP8X", 4) && b.has(24, 6)) return {b.little(24, 3) + 1, b.little(27, 3) + 1};
  return {};
}

ImageSize tiff(const Bytes& b) {
  const bool low_first = b.data[0] == 'I';
  const auto number = [&](std::size_t at, std::size_t count) {
    return low_first ? b.little(at, count) : b.big(at, count);
  };
  const auto directory = static_cast<std::size_t>(number(4, 4));
  if (!b.has(directory, 2)) return {};
  const std::int64_t entries = number(directory, 2);
  ImageSize size;
  for (std::int64_t i = 0; i < entries; ++i) {
    const std::size_t at = directory + 2 + static_cast<std::size_t>(i) * 12;
    if (!b.has(at, 12)) break;
    const std::int64_t tag = number(at, 2), type = number(at + 2, 2);
    const std::int64_t value = number(at + 8, type == 3 ? 2 : 4);
    if (tag == 256) size.width = value;
    if (tag == 257) size.height = value;
  }
  return size;
}

}  // namespace

ImageSize sniff_image_size(const unsigned char* bytes, std::size_t size) noexcept {
  const Bytes b{bytes, size};
  if (b.starts(0, "\x89PNG\r\n\x1a\n", 8) && b.has(16, 8)) return {b.big(16, 4), b.big(20, 4)};
  if (b.starts(0, "\xFF\xD8\xFF", 3)) return jpeg(b);
  if (b.starts(0, "GIF8", 4) && b.has(6, 4)) return {b.little(6, 2), b.little(8, 2)};
  if (b.starts(0, "BM", 2) && b.has(14, 12)) {
    if (b.little(14, 4) == 12) return {b.little(18, 2), b.little(20, 2)};
    const auto height = static_cast<std::int32_t>(b.little(22, 4));
    return {static_cast<std::int32_t>(b.little(18, 4)), height < 0 ? -static_cast<std::int64_t>(height) : height};
  }
  if (b.starts(0, "RIFF", 4) && b.starts(8, "WEBP", 4)) return webp(b);
  if ((b.starts(0, "II*\0", 4) || b.starts(0, "MM\0*", 4)) && b.has(4, 4)) return tiff(b);
  return {};
}

}  // namespace kualik::video
