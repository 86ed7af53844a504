#pragma once
// UTF-8 in and out, one code point at a time. Broken bytes never stop a parser: each becomes U+FFFD.
//
//   std::u32string chars = text::to_u32("民族");      // two code points
//   std::string back = text::to_utf8(chars);
//
// Pure functions; linear time.

#include <cstddef>
#include <string>
#include <string_view>

namespace kualik::text {

/// Reads the code point at `pos` and moves `pos` behind it. A byte that begins no valid sequence gives U+FFFD and
/// counts one byte. `pos` must be less than `s.size()`.
char32_t decode_utf8(std::string_view s, std::size_t& pos) noexcept;

/// Appends `c` as UTF-8 (U+FFFD for what is no scalar value).
void append_utf8(std::string& out, char32_t c);

/// All code points of `s`.
std::u32string to_u32(std::string_view s);

/// `s` as UTF-8.
std::string to_utf8(std::u32string_view s);

/// Number of code points in `s`: turns byte offsets into those of Python and JSON. Cost: one pass.
std::size_t count_code_points(std::string_view s) noexcept;

}  // namespace kualik::text
