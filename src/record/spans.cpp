#include "kualik/record/spans.h"

#include <algorithm>

namespace kualik::record {
namespace {

constexpr std::size_t block = 64;

// The first byte of a character, not one of its continuation bytes (10xxxxxx).
bool begins(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

CodePoints::CodePoints(std::string_view text) : text_(text) {
  before_.reserve(text.size() / block + 1);
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % block == 0) before_.push_back(count);
    if (begins(text[i])) ++count;
  }
  if (text.size() % block == 0) before_.push_back(count);
}

std::size_t CodePoints::at(std::size_t byte) const noexcept {
  byte = std::min(byte, text_.size());
  std::size_t count = before_[byte / block];
  for (std::size_t i = byte / block * block; i < byte; ++i)
    if (begins(text_[i])) ++count;
  // Inside a character: the count already holds its first byte.
  if (byte < text_.size() && !begins(text_[byte]) && count > 0) --count;
  return count;
}

void CodePoints::spans(Record& record) const noexcept {
  for (Field& field : record.fields)
    if (field.span) field.span = span(*field.span);
}

}  // namespace kualik::record
