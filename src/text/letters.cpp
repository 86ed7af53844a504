#include "letters.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "kazakh_letters.h"
#include "kualik/text/utf8.h"

namespace kualik::text {

namespace {

Harmony harmony_of(std::string_view word) {
  if (word == "back") return Harmony::back;
  if (word == "front") return Harmony::front;
  if (word == "soft") return Harmony::soft;
  if (word == "hard") return Harmony::hard;
  return Harmony::none;
}

std::vector<KazakhLetter> load() {
  std::vector<KazakhLetter> letters;
  letters.reserve(tables::kazakh_letters_rows.size());
  for (const auto& row : tables::kazakh_letters_rows) {
    letters.push_back({to_u32(row.cyrl)[0], to_u32(row.arab), to_u32(row.latin), to_u32(row.bgn), to_u32(row.icao),
                       to_u32(row.russian)[0], harmony_of(row.harmony)});
  }
  return letters;
}

}  // namespace

const std::vector<KazakhLetter>& kazakh_letters() {
  static const std::vector<KazakhLetter> letters = load();
  return letters;
}

const KazakhLetter* find_kazakh_letter(char32_t lower) noexcept {
  static const auto index = [] {
    std::array<const KazakhLetter*, 0x100> by_low{};  // All letters lie in U+0400..U+04FF.
    for (const KazakhLetter& letter : kazakh_letters()) by_low[letter.cyrl - 0x400] = &letter;
    return by_low;
  }();
  return lower >= 0x400 && lower < 0x500 ? index[lower - 0x400] : nullptr;
}

bool is_cyrillic(char32_t c) noexcept { return c >= 0x400 && c < 0x530; }

bool is_arabic_letter(char32_t c) noexcept {
  return (c >= 0x621 && c <= 0x652) || (c >= 0x670 && c <= 0x6D3) || c == 0x6D5 || (c >= 0xFB50 && c <= 0xFDFF) ||
         (c >= 0xFE70 && c <= 0xFEFC);
}

bool is_latin_letter(char32_t c) noexcept {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
         c == 0x2B9 || c == 0x2BA;
}

bool is_cyrillic_vowel(char32_t c) noexcept {
  return std::u32string_view(U"аәеёиоөуұүыіэюя").find(c) != std::u32string_view::npos;
}

char32_t base_letter(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString made;
  if (U_FAILURE(status) || !nfd->getDecomposition(static_cast<UChar32>(c), made)) return c;
  return static_cast<char32_t>(made.char32At(0));
}

std::u32string composed(std::u32string_view text) {
  const auto mark = [](char32_t c) { return c >= 0x300 && c <= 0x36F; };
  if (std::none_of(text.begin(), text.end(), mark)) return std::u32string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return std::u32string(text);
  const icu::UnicodeString made = nfc->normalize(icu::UnicodeString::fromUTF8(to_utf8(text)), status);
  if (U_FAILURE(status)) return std::u32string(text);
  std::string utf8;
  made.toUTF8String(utf8);
  return to_u32(utf8);
}

char32_t to_lower(char32_t c) noexcept {
  if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 32 : c;
  if (c == U'İ') return U'i';
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

char32_t to_upper(char32_t c) noexcept {
  if (c == U'ı') return U'I';
  return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)));
}

std::u32string lower(std::u32string_view text) {
  std::u32string out(text);
  for (char32_t& c : out) c = to_lower(c);
  return out;
}

std::u32string capitalised(std::u32string_view text, bool latin_2021) {
  std::u32string out(text);
  bool inside = false;
  for (char32_t& c : out) {
    const bool letter = u_isalpha(static_cast<UChar32>(c)) != 0;
    if (letter && !inside) c = latin_2021 && c == U'i' ? U'İ' : to_upper(c);
    inside = letter || c == U'\'' || c == U'’';
  }
  return out;
}

std::u32string fold_arabic(std::u32string_view text, bool uyghur) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  std::u32string out;
  for (const char32_t c : text) {
    std::u32string pieces(1, c);
    // The letters with a high hamza (U+0675..U+0678) open into letter and hamza, presentation forms into plain letters.
    if (nfkc != nullptr && ((c >= 0x675 && c <= 0x678) || c >= 0xFB50)) {
      const icu::UnicodeString opened = nfkc->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
      if (U_SUCCESS(status)) {
        pieces.clear();
        for (int32_t i = 0; i < opened.length(); i = opened.moveIndex32(i, 1)) {
          pieces.push_back(static_cast<char32_t>(opened.char32At(i)));
        }
      }
    }
    for (char32_t p : pieces) {
      if (p == 0x640 || (p >= 0x64B && p <= 0x652) || p == 0x200C || p == 0x200D || p == 0x20) continue;
      if (p == 0x621 && !uyghur) p = 0x674;
      if (p == U'ك' || p == U'ک') p = U'ك';
      if (p == U'ه' && !uyghur) p = U'ە';
      if (p == 0x6BE && !uyghur) p = U'ھ';
      if (p == U'أ' || p == U'إ' || p == U'آ') p = U'ا';
      if (p == U'ی') p = U'ى';
      out.push_back(p);
    }
  }
  return out;
}

}  // namespace kualik::text
