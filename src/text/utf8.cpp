#include "kualik/text/utf8.h"

namespace kualik::text {

namespace {

constexpr char32_t replacement = 0xFFFD;

constexpr bool continues(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }
constexpr char32_t low6(char c) noexcept { return static_cast<unsigned char>(c) & 0x3FU; }

}  // namespace

char32_t decode_utf8(std::string_view s, std::size_t& pos) noexcept {
  const auto lead = static_cast<unsigned char>(s[pos]);
  const std::size_t left = s.size() - pos;
  if (lead < 0x80) {
    ++pos;
    return lead;
  }
  if (lead >= 0xC2 && lead < 0xE0 && left >= 2 && continues(s[pos + 1])) {
    const char32_t c = (static_cast<char32_t>(lead & 0x1FU) << 6) | low6(s[pos + 1]);
    pos += 2;
    return c;
  }
  if (lead >= 0xE0 && lead < 0xF0 && left >= 3 && continues(s[pos + 1]) && continues(s[pos + 2])) {
    const char32_t c = (static_cast<char32_t>(lead & 0x0FU) << 12) | (low6(s[pos + 1]) << 6) | low6(s[pos + 2]);
    if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
      pos += 3;
      return c;
    }
  }
  if (lead >= 0xF0 && lead < 0xF5 && left >= 4 && continues(s[pos + 1]) && continues(s[pos + 2]) &&
      continues(s[pos + 3])) {
    const char32_t c = (static_cast<char32_t>(lead & 0x07U) << 18) | (low6(s[pos + 1]) << 12) |
                       (low6(s[pos + 2]) << 6) | low6(s[pos + 3]);
    if (c >= 0x10000 && c <= 0x10FFFF) {
      pos += 4;
      return c;
    }
  }
  ++pos;
  return replacement;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12));
    out += static_cast<char>(0x80U | ((c >> 6) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | (c >> 18));
    out += static_cast<char>(0x80U | ((c >> 12) & 0x3FU));
    out += static_cast<char>(0x80U | ((c >> 6) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  }
}

std::u32string to_u32(std::string_view s) {
  std::u32string out;
  out.reserve(s.size());
  for (std::size_t pos = 0; pos < s.size();) out += decode_utf8(s, pos);
  return out;
}

std::string to_utf8(std::u32string_view s) {
  std::string out;
  out.reserve(s.size() * 3);
  for (char32_t c : s) append_utf8(out, c);
  return out;
}

std::size_t count_code_points(std::string_view s) noexcept {
  std::size_t n = 0;
  for (std::size_t pos = 0; pos < s.size(); ++n) decode_utf8(s, pos);
  return n;
}

}  // namespace kualik::text
