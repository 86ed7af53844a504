// Any bytes as names and words: nothing may crash, scores stay in 0..1 and symmetric, a word as read stays among its
// candidates.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kualik/text/names.h"
#include "kualik/text/pinyin.h"
#include "kualik/text/transcription.h"
#include "kualik/text/translit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  if (size < 2 || size > 400) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string_view a = text.substr(0, text.size() / 2);
  const std::string_view b = text.substr(text.size() / 2);
  const double there = names::match(a, b).score;
  const double back = names::match(b, a).score;
  if (!(there >= 0 && there <= 1) || std::abs(there - back) > 1e-5) std::abort();
  const int target = 1 + data[0] % 10;
  text::TransliterationOptions options;
  options.from = static_cast<text::Spelling>((data[0] / 10) % 12);
  (void)text::transliterations(text.substr(0, 120), static_cast<text::Spelling>(target), options, 3);
  (void)text::split_pinyin(text.substr(0, 60));
  (void)names::to_han(text.substr(0, 60), 3);
  (void)names::from_han(text.substr(0, 60), 3);
  (void)names::from_han_uyghur(text.substr(0, 60), 3);
  (void)names::skeleton(text);
  if (const names::SplitName parts = names::split(text); !(parts.score >= 0 && parts.score <= 1)) std::abort();
  (void)text::detect_spelling(text);
  (void)text::spelling_from_name(text);
  (void)text::pinyin(text);
  (void)text::pinyin_syllables(text);
  if (text::transliterate(text, static_cast<text::Spelling>(target), options).size() > 16 * text.size() + 64)
    std::abort();
  const names::Index index({std::string(a), std::string(b)});
  for (const names::Hit& hit : index.search(text))
    if (hit.row > 1 || !(hit.score >= 0 && hit.score <= 1)) std::abort();
  for (const auto& candidate : names::restore_kazakh_letters(text.substr(0, 60), 3)) {
    if (!(candidate.score >= 0 && candidate.score <= 1)) std::abort();
  }
  return 0;
}
