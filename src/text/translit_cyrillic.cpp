// From Kazakh and Russian Cyrillic, letter by letter.

#include "letters.h"
#include "translit_parts.h"

namespace kualik::text {

namespace {

bool is_upper(char32_t c) noexcept { return to_lower(c) != c; }

/// BGN/PCGN 1947 for Russian. е is "ye" at the head of a word, after a vowel, й, ъ and ь; ё likewise.
std::u32string russian_bgn(char32_t lower, char32_t before) {
  const bool soft = before == 0 || is_cyrillic_vowel(before) || before == U'й' || before == U'ъ' || before == U'ь';
  switch (lower) {
    case U'е':
      return soft ? U"ye" : U"e";
    case U'ё':
      return soft ? U"yë" : U"ë";
    case U'и':
      return U"i";
    case U'й':
      return U"y";
    case U'у':
      return U"u";
    case U'э':
      return U"e";
    case U'ъ':
      return U"ʺ";
    case U'ь':
      return U"ʹ";
    case U'і':
      return U"i";
    case U'қ':
      return U"k";
    case U'ғ':
      return U"g";
    case U'ң':
      return U"n";
    case U'ә':
      return U"a";
    case U'ө':
      return U"o";
    case U'ұ':
    case U'ү':
      return U"u";
    case U'һ':
      return U"kh";
    default:
      break;
  }
  const KazakhLetter* letter = find_kazakh_letter(lower);
  return letter == nullptr ? std::u32string(1, lower) : letter->bgn;
}

std::u32string letter_in(const KazakhLetter& letter, Spelling to, char32_t before) {
  switch (to) {
    case Spelling::kk_latn:
      return letter.latin;
    case Spelling::bgn:
      return letter.bgn;
    case Spelling::icao:
      return letter.icao;
    case Spelling::ru_cyrl:
      return std::u32string(1, letter.russian);
    case Spelling::ru_latn:
      return russian_bgn(letter.cyrl, before);
    default:
      return std::u32string(1, letter.cyrl);
  }
}

}  // namespace

std::u32string from_cyrillic(std::u32string_view word, Spelling to) {
  std::u32string out;
  char32_t before = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char32_t low = to_lower(word[i]);
    const KazakhLetter* letter = find_kazakh_letter(low);
    if (letter == nullptr) {
      out.push_back(word[i]);
      before = low;
      continue;
    }
    std::u32string put = letter_in(*letter, to, before);
    if (is_upper(word[i])) {
      // A letter that becomes several is capital throughout only inside a word in capitals: Жанар, ЖАНАР.
      const bool all = i + 1 < word.size() ? is_upper(word[i + 1]) : (i > 0 && is_upper(word[i - 1]));
      for (std::size_t k = 0; k < put.size(); ++k) {
        if (k == 0 || all) put[k] = to == Spelling::kk_latn && put[k] == U'i' ? U'İ' : to_upper(put[k]);
      }
    }
    out += put;
    before = low;
  }
  return out;
}

std::u32string cyrillic_to_arabic(std::u32string_view word, bool separate_i) {
  std::u32string body;
  bool front = false;
  bool settled = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char32_t c = word[i];
    const char32_t low = to_lower(c);
    const KazakhLetter* letter = find_kazakh_letter(low);
    if (letter == nullptr) {
      body.push_back(c);
      continue;
    }
    front = front || letter->harmony == Harmony::front;
    settled = settled || letter->harmony == Harmony::soft;
    // One ي writes both letters of ия: ماريا, ٴاليا.
    if (low == U'и' && i + 1 < word.size() && to_lower(word[i + 1]) == U'я') continue;
    if (separate_i && low == U'и') {
      body += U"ىي";
    } else {
      body += letter->arab;
    }
  }
  if (front && !settled) body.insert(body.begin(), U'ٴ');
  return body;
}

}  // namespace kualik::text
