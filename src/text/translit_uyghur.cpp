// Uyghur in Arabic letters and in Uyghur Latin, and both beside Kazakh Cyrillic.

#include <array>
#include <utility>

#include "kazakh_lattice.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "translit_parts.h"
#include "uyghur_letters.h"

namespace kualik::text {

namespace {

struct UyghurLetter {
  char32_t arab{};
  std::u32string latin{};
  bool vowel{};
};

const std::vector<UyghurLetter>& letters() {
  static const std::vector<UyghurLetter> made = [] {
    std::vector<UyghurLetter> all;
    all.reserve(tables::uyghur_letters_rows.size());
    for (const auto& row : tables::uyghur_letters_rows) {
      all.push_back({to_u32(row.arab)[0], to_u32(row.latin), row.kind == "vowel"});
    }
    return all;
  }();
  return made;
}

bool is_apostrophe(char32_t c) noexcept { return c == U'\'' || c == U'’' || c == U'ʼ'; }

/// The letter that the text begins with, two-letter ones first.
const UyghurLetter* letter_at(std::u32string_view rest) {
  const UyghurLetter* best = nullptr;
  for (const UyghurLetter& letter : letters()) {
    if (rest.starts_with(letter.latin) && (best == nullptr || letter.latin.size() > best->latin.size())) best = &letter;
  }
  return best;
}

std::u32string fold_latin(std::u32string_view text) {
  std::u32string out = lower(text);
  for (char32_t& c : out) {
    if (c == U'ë' || c == U'ė') c = U'é';
  }
  return out;
}

}  // namespace

std::u32string uyghur_to_arabic(std::u32string_view latin) {
  const std::u32string folded = fold_latin(latin);
  std::u32string out;
  bool head = true;  // A vowel here carries ئ: at the head of the word, after a vowel, after an apostrophe.
  for (std::size_t i = 0; i < folded.size();) {
    if (is_apostrophe(folded[i])) {
      head = true;
      ++i;
      continue;
    }
    const std::u32string_view rest = std::u32string_view(folded).substr(i);
    // -gül is a word of its own: Chimengül without the apostrophe of ULY.
    const UyghurLetter* letter = letter_at(rest.starts_with(U"ngül") ? rest.substr(0, 1) : rest);
    if (letter == nullptr) {
      out.push_back(folded[i++]);
      head = true;
      continue;
    }
    if (letter->vowel && head) out.push_back(U'ئ');
    out.push_back(letter->arab);
    head = letter->vowel;
    i += letter->latin.size();
  }
  return out;
}

std::u32string uyghur_to_latin(std::u32string_view arabic) {
  const std::u32string folded = fold_arabic(arabic, true);
  std::u32string out;
  bool hamza = false;
  bool after_vowel = false;
  for (char32_t c : folded) {
    if (c == U'ئ') {
      hamza = true;
      continue;
    }
    if (c == U'ه') c = U'ھ';
    const UyghurLetter* found = nullptr;
    for (const UyghurLetter& letter : letters()) {
      if (letter.arab == c) found = &letter;
    }
    if (found == nullptr) {
      out.push_back(c);
      continue;
    }
    // ULY parts with an apostrophe what would read as one letter, and marks a ئ behind a consonant (sür'et).
    const bool joins = !out.empty() && !found->latin.empty() &&
                       ((out.back() == U'n' && found->latin[0] == U'g') ||
                        (found->latin[0] == U'h' &&
                         (out.back() == U's' || out.back() == U'g' || out.back() == U'z' || out.back() == U'c')));
    if ((hamza && found->vowel && !out.empty() && !after_vowel) || joins) out.push_back(U'\'');
    out += found->latin;
    hamza = false;
    after_vowel = found->vowel;
  }
  return out;
}

std::u32string cyrillic_to_uyghur_latin(std::u32string_view word) {
  static const std::array<std::pair<char32_t, std::u32string_view>, 44> map{
      {{U'а', U"a"}, {U'ә', U"e"},  {U'б', U"b"}, {U'в', U"w"},  {U'г', U"g"},  {U'ғ', U"gh"}, {U'д', U"d"},
       {U'е', U"é"}, {U'ё', U"yo"}, {U'ж', U"j"}, {U'з', U"z"},  {U'и', U"i"},  {U'й', U"y"},  {U'к', U"k"},
       {U'қ', U"q"}, {U'л', U"l"},  {U'м', U"m"}, {U'н', U"n"},  {U'ң', U"ng"}, {U'о', U"o"},  {U'ө', U"ö"},
       {U'п', U"p"}, {U'р', U"r"},  {U'с', U"s"}, {U'т', U"t"},  {U'у', U"w"},  {U'ұ', U"u"},  {U'ү', U"ü"},
       {U'ф', U"f"}, {U'х', U"x"},  {U'һ', U"h"}, {U'ц', U"ts"}, {U'ч', U"ch"}, {U'ш', U"sh"}, {U'щ', U"sh"},
       {U'ъ', U""},  {U'ы', U"i"},  {U'і', U"i"}, {U'ь', U""},   {U'э', U"é"},  {U'ю', U"yu"}, {U'я', U"ya"},
       {U'җ', U"j"}, {U'ѐ', U"é"}}};
  std::u32string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char32_t c = to_lower(word[i]);
    bool found = false;
    for (const auto& [from, to] : map) {
      if (from != c) continue;
      // у is the vowel u between consonants.
      const bool vowel_u = c == U'у' && !(i > 0 && is_cyrillic_vowel(to_lower(word[i - 1]))) &&
                           !(i + 1 < word.size() && is_cyrillic_vowel(to_lower(word[i + 1])));
      out += vowel_u ? std::u32string_view(U"u") : to;
      found = true;
    }
    if (!found) out.push_back(word[i]);
  }
  return out;
}

std::vector<Reading> uyghur_latin_to_cyrillic(std::u32string_view latin, std::size_t limit) {
  static const std::array<std::pair<std::u32string_view, std::vector<LetterOption>>, 37> map{
      {{U"ya", {{U"я", 0}}},
       {U"yu", {{U"ю", 0}, {U"йұ", 1}}},
       {U"ch", {{U"ч", 0.5}, {U"ш", 0.5}}},
       {U"sh", {{U"ш", 0}}},
       {U"gh", {{U"ғ", 0}}},
       {U"ng", {{U"ң", 0}}},
       {U"zh", {{U"ж", 0}}},
       {U"a", {{U"а", 0}}},
       {U"e", {{U"ә", 0}, {U"е", 0.3}, {U"а", 2}}},
       {U"b", {{U"б", 0}}},
       {U"p", {{U"п", 0}}},
       {U"t", {{U"т", 0}}},
       {U"j", {{U"ж", 0}}},
       {U"x", {{U"х", 0}}},
       {U"d", {{U"д", 0}}},
       {U"r", {{U"р", 0}}},
       {U"z", {{U"з", 0}}},
       {U"s", {{U"с", 0}}},
       {U"f", {{U"ф", 0}}},
       {U"q", {{U"қ", 0}}},
       {U"k", {{U"к", 0}}},
       {U"g", {{U"г", 0}}},
       {U"l", {{U"л", 0}}},
       {U"m", {{U"м", 0}}},
       {U"n", {{U"н", 0}}},
       {U"h", {{U"һ", 0.5}, {U"х", 0}}},
       {U"o", {{U"о", 0}}},
       {U"u", {{U"ұ", 0}, {U"у", 1}}},
       {U"ö", {{U"ө", 0}}},
       {U"ü", {{U"ү", 0}}},
       {U"w", {{U"у", 0}, {U"в", 1.5}}},
       {U"é", {{U"е", 0}}},
       {U"i", {{U"и", 0}, {U"ы", 0.3}, {U"і", 0.3}}},
       {U"y", {{U"й", 0}}},
       {U"'", {{U"", 0}}},
       {U"’", {{U"", 0}}},
       {U"c", {{U"к", 0}}}}};
  const std::u32string folded = fold_latin(latin);
  WordLattice lattice;
  for (std::size_t i = 0; i < folded.size();) {
    std::size_t used = 1;
    std::vector<LetterOption> options{{std::u32string(1, folded[i]), 0}};
    for (const auto& [from, to] : map) {
      if (std::u32string_view(folded).substr(i).starts_with(from)) {
        options = to;
        used = from.size();
        break;
      }
    }
    lattice.push_back(std::move(options));
    i += used;
  }
  return decode_kazakh(lattice, limit);
}

}  // namespace kualik::text
