#pragma once
// Messages are one line, whatever a file is called and whatever a library has to say.

#include <string>

namespace kualik {

/// The text with `instead` for every control character of ASCII.
inline std::string in_one_line(std::string text, char instead = ' ') {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = instead;
  return text;
}

}  // namespace kualik
