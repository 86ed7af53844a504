#include "kualik/text/script.h"

#include <algorithm>

#include "kualik/text/normalize.h"
#include "kualik/text/utf8.h"

namespace kualik::text {

namespace {

bool is_arabic(char32_t c) noexcept {
  return (c >= 0x0620 && c <= 0x06FF) || (c >= 0x0750 && c <= 0x077F) || (c >= 0xFB50 && c <= 0xFDFF) ||
         (c >= 0xFE70 && c <= 0xFEFC);
}
bool is_latin(char32_t c) noexcept {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= 0x00C0 && c <= 0x024F && c != 0xD7 && c != 0xF7);
}

}  // namespace

ScriptCounts count_scripts(std::string_view text) {
  ScriptCounts counts;
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = fold_char(decode_utf8(text, pos)).c;
    if (c >= U'0' && c <= U'9') {
      ++counts.digits;
    } else if (is_latin(c)) {
      ++counts.latin;
    } else if (c >= 0x0400 && c <= 0x052F) {
      ++counts.cyrillic;
    } else if (is_arabic(c)) {
      ++counts.arabic;
    } else if (is_han(c)) {
      ++counts.han;
      if (is_simplified_form(c)) ++counts.simplified;
    }
  }
  // Folding has turned Traditional characters into their Simplified images, so those are counted on the text as it
  // stands.
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = decode_utf8(text, pos);
    if (is_han(c) && to_simplified(c) != c) {
      ++counts.traditional;
      --counts.simplified;
    }
  }
  counts.simplified = std::max(counts.simplified, 0);
  return counts;
}

std::string script_of(std::string_view text) {
  const ScriptCounts n = count_scripts(text);
  const int han = 2 * n.han;
  const int best = std::max({han, n.cyrillic, n.latin, n.arabic});
  if (best == 0) return n.digits > 0 ? "Zyyy" : "";
  if (best == han) return n.traditional > n.simplified ? "Hant" : "Hans";
  if (best == n.cyrillic) return "Cyrl";
  if (best == n.arabic) return "Arab";
  return "Latn";
}

}  // namespace kualik::text
