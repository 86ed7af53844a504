#pragma once
// Files that spreadsheets save as "Unicode text" are UTF-16; this gives them as UTF-8, with the mark of UTF-16 or
// without. Other files pass as they are.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace kualik::numbers::detail {

class Utf16Reader {
 public:
  using Read = std::function<std::size_t(char*, std::size_t)>;
  /// `read` must live as long as the reader.
  explicit Utf16Reader(const Read& read) : read_(read) {}

  /// As `read`: the bytes put there, 0 at the end. `size` must be 4 at least, and 128 at the first call for
  /// files without a mark to be known.
  std::size_t operator()(char* buffer, std::size_t size);

 private:
  enum class Form : unsigned char { unknown, plain, little, big };
  std::size_t first(char* buffer, std::size_t size);
  static Form unmarked(std::string_view bytes) noexcept;
  void convert(std::string_view bytes, bool ended);

  const Read& read_;
  Form form_{Form::unknown};
  std::string held_{};   ///< Bytes that do not make a character yet.
  std::string ready_{};  ///< UTF-8 that was not asked for yet.
};

}  // namespace kualik::numbers::detail
