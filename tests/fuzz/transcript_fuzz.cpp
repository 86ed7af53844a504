// Any bytes as a transcript or subtitle file: refused as no UTF-8, or spans within the text's code points.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "kualik/desk/transcript.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const bool broken = !desk::encoding_fault(text).empty();
  try {
    std::size_t points = 0;
    for (const char c : text) points += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1U : 0U;
    for (const record::Entry& e : desk::parse_transcript(text, {}, "2026-11-23")) {
      for (const record::Field& f : e.record.fields)
        if (f.span && (f.span->begin > f.span->end || f.span->end > points)) std::abort();
    }
    if (broken) std::abort();
  } catch (const std::runtime_error&) {
    if (!broken) std::abort();
  }
  return 0;
}
