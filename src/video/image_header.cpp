// Width and height from the headers of still-image files: PNG (ISO/IEC 15948, 11.2.2), JPEG (ITU-T T.81, B.2.2), GIF89a
// (18), BMP, WebP (RIFF container), TIFF 6.0 (tags 256 and 257). Reading a dozen bytes before decoding is what keeps a
// decompression bomb out.
#include "video/image_header.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>

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
    // 0 is no marker but a stuffed byte: decoders pass over it, and taking it for a segment would hide what lies in it.
    if (marker == 0xFF || marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
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

constexpr std::int64_t usual_tile = 1024;

ImageSize tiff(const Bytes& b) {
  const bool low_first = b.data[0] == 'I';
  const auto number = [&](std::size_t at, std::size_t count) {
    return low_first ? b.little(at, count) : b.big(at, count);
  };
  const auto directory = static_cast<std::size_t>(number(4, 4));
  if (!b.has(directory, 2)) return {};
  const auto entries = static_cast<std::size_t>(number(directory, 2));
  if (!b.has(directory + 2, entries * 12)) return {};
  ImageSize size, tile;
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = directory + 2 + i * 12;
    const std::int64_t tag = number(at, 2), type = number(at + 2, 2);
    if (tag != 256 && tag != 257 && tag != 322 && tag != 323) continue;
    // Decoders take other types too, whose value stands elsewhere, and of a tag that comes twice the first.
    if (type != 3 && type != 4) return {-1, -1};
    ImageSize& of = tag < 300 ? size : tile;
    std::int64_t& side = tag == 256 || tag == 322 ? of.width : of.height;
    side = std::max(side, number(at + 8, type == 3 ? 2 : 4));
  }
  // A tile is decoded whole, however little of it the picture needs.
  const bool larger_tile =
      tile.width > std::max(size.width, usual_tile) || tile.height > std::max(size.height, usual_tile);
  return larger_tile ? ImageSize{std::max(size.width, tile.width), std::max(size.height, tile.height)} : size;
}

}  // namespace

bool has_more_scans(const std::string& path, int most) {
  std::ifstream file(path, std::ios::binary);
  std::streambuf& in = *file.rdbuf();
  constexpr int end = std::char_traits<char>::eof();
  int scans = 0;
  for (int c = in.sbumpc(); c != end; c = in.sbumpc()) {
    if (c != 0xFF || in.sgetc() == 0xFF) continue;
    const int marker = in.sbumpc();
    if (marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8)) continue;  // Nothing follows these.
    if (marker == 0xD9) return false;
    if (marker == 0xDA && ++scans > most) return true;
    const int high = in.sbumpc(), low = in.sbumpc();
    if (high == end || low == end) return false;
    for (int rest = high * 256 + low - 2; rest > 0; --rest) in.sbumpc();
  }
  return false;
}

ImageSize sniff_image_size(const unsigned char* bytes, std::size_t size) noexcept {
  const Bytes b{bytes, size};
  if (b.starts(0, "\x89PNG\r\n\x1a\n", 8) && b.has(16, 8)) {
    // A decoder passes over a chunk that it does not know, also in front of the header.
    if (!b.starts(12, "IHDR", 4)) return {-1, -1};
    return {b.big(16, 4), b.big(20, 4)};
  }
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
