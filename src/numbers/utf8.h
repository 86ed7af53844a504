#pragma once
// Reading UTF-8 one code point at a time. numbers links no other stage, so that text/utf8.h cannot serve here.

#include <cstdint>
#include <string>
#include <string_view>

namespace kualik::numbers::detail {

struct CodePoint {
  char32_t point{0};
  std::uint8_t size{1};  ///< Bytes taken; a byte that is no UTF-8 stands for itself as U+FFFD.
};

/// The code point at the start of `t`, which is not empty.
constexpr CodePoint decode(std::string_view t) noexcept {
  const auto byte = [&t](std::size_t i) { return static_cast<unsigned char>(t[i]); };
  const auto tail = [&](std::size_t i) { return i < t.size() && (byte(i) & 0xC0) == 0x80; };
  const unsigned a = byte(0);
  if (a < 0x80) return {a, 1};
  if (a >= 0xC2 && a < 0xE0 && tail(1)) return {((a & 0x1FU) << 6) | (byte(1) & 0x3FU), 2};
  if (a >= 0xE0 && a < 0xF0 && tail(1) && tail(2))
    return {((a & 0x0FU) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU), 3};
  if (a >= 0xF0 && a < 0xF5 && tail(1) && tail(2) && tail(3))
    return {((a & 0x07U) << 18) | ((byte(1) & 0x3FU) << 12) | ((byte(2) & 0x3FU) << 6) | (byte(3) & 0x3FU), 4};
  return {0xFFFD, 1};
}

/// `point` is a code point and no surrogate.
inline void append_utf8(std::string& out, char32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
    return;
  }
  if (point < 0x800) {
    out += static_cast<char>(0xC0 | point >> 6);
  } else {
    if (point < 0x10000) {
      out += static_cast<char>(0xE0 | point >> 12);
    } else {
      out += static_cast<char>(0xF0 | point >> 18);
      out += static_cast<char>(0x80 | (point >> 12 & 0x3F));
    }
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
  }
  out += static_cast<char>(0x80 | (point & 0x3F));
}

}  // namespace kualik::numbers::detail
