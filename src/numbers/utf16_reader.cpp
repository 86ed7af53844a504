#include "numbers/utf16_reader.h"

#include <algorithm>
#include <cstring>

#include "numbers/utf8.h"

namespace kualik::numbers::detail {

namespace {
constexpr std::size_t looked_at = 128;  // Bytes that tell the form of a file without a mark.
}

std::size_t Utf16Reader::operator()(char* buffer, std::size_t size) {
  if (form_ == Form::plain) return read_(buffer, size);
  if (form_ == Form::unknown) {
    const std::size_t got = first(buffer, size);
    if (form_ == Form::plain) return got;
  }
  char raw[16384];
  bool ended = false;
  while (ready_.empty() && !ended) {
    const std::size_t got = read_(raw, sizeof raw);
    ended = got == 0;
    convert({raw, got}, ended);
  }
  const std::size_t given = std::min(size, ready_.size());
  std::memcpy(buffer, ready_.data(), given);
  ready_.erase(0, given);
  return given;
}

std::size_t Utf16Reader::first(char* buffer, std::size_t size) {
  std::size_t got = 0;
  while (got < std::min(size, looked_at)) {
    const std::size_t more = read_(buffer + got, size - got);
    if (more == 0) break;
    got += more;
  }
  const std::string_view mark(buffer, std::min<std::size_t>(got, 2));
  form_ = mark == "\xFF\xFE" ? Form::little : mark == "\xFE\xFF" ? Form::big : Form::plain;
  const std::size_t begin = form_ == Form::plain ? 0 : 2;
  // No more than that, however much came: pieces of another size must not tell another form.
  if (form_ == Form::plain) form_ = unmarked({buffer, std::min(got, looked_at)});
  if (form_ != Form::plain) convert({buffer + begin, got - begin}, false);
  return got;
}

/// In UTF-16 the first or the second byte of each digit and comma is zero; of few others the other one is (一 is 4E00).
/// A stray zero in other text is no sign of it.
Utf16Reader::Form Utf16Reader::unmarked(std::string_view bytes) noexcept {
  std::size_t zeros[2]{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if (bytes[i] == '\0') ++zeros[i % 2];
  if (16 * (zeros[0] + zeros[1]) < bytes.size()) return Form::plain;
  if (zeros[1] > 4 * zeros[0]) return Form::little;
  return zeros[0] > 4 * zeros[1] ? Form::big : Form::plain;
}

void Utf16Reader::convert(std::string_view bytes, bool ended) {
  held_ += bytes;
  const auto unit = [this](std::size_t i) {
    const auto a = static_cast<unsigned char>(held_[i]);
    const auto b = static_cast<unsigned char>(held_[i + 1]);
    return static_cast<char32_t>(form_ == Form::little ? a | b << 8 : a << 8 | b);
  };
  std::size_t at = 0;
  while (at + 2 <= held_.size()) {
    char32_t c = unit(at);
    std::size_t used = 2;
    if (c >= 0xD800 && c < 0xDC00) {
      if (at + 4 > held_.size() && !ended) break;
      const char32_t low = at + 4 <= held_.size() ? unit(at + 2) : 0;
      const bool pair = low >= 0xDC00 && low < 0xE000;
      c = pair ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : U'\uFFFD';
      if (pair) used = 4;
    } else if (c >= 0xDC00 && c < 0xE000) {
      c = U'\uFFFD';
    }
    append_utf8(ready_, c);
    at += used;
  }
  held_.erase(0, at);
  if (ended) held_.clear();
}

}  // namespace kualik::numbers::detail
