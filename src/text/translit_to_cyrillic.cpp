// To Kazakh Cyrillic from spellings that say less: the letters that fit each position, decided by kazakh_lattice.

#include <algorithm>
#include <vector>

#include "kazakh_lattice.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "translit_parts.h"

namespace kualik::text {

namespace {

struct Rule {
  std::u32string_view from{};
  std::vector<LetterOption> to{};
};

bool ends_in_vowel(const WordLattice& lattice) {
  if (lattice.empty() || lattice.back().empty() || lattice.back().front().text.empty()) return false;
  return is_cyrillic_vowel(lattice.back().front().text.back());
}

// ي is я with alef behind it (ия behind a consonant: ماريا) and ю with ve; й beside a vowel; и elsewhere.
std::size_t add_arabic_ya(std::u32string_view rest, WordLattice& lattice) {
  const bool after_vowel = ends_in_vowel(lattice);
  if (rest.size() > 1 && rest[1] == U'ا') {
    if (after_vowel || lattice.empty()) {
      lattice.push_back({{U"я", 0}, {U"ия", 3}, {U"йа", 4}, {U"йә", 4}});
    } else {
      lattice.push_back({{U"ия", 0}, {U"я", 1}});
    }
    return 2;
  }
  if (rest.size() > 1 && rest[1] == U'ۋ' && !after_vowel) {
    lattice.push_back({{U"ю", 0}, {U"иу", 1.5}});
    return 2;
  }
  if (rest.size() > 1 && rest[1] == U'ۋ') {
    lattice.push_back({{U"ю", 0}, {U"йу", 3}});
    return 2;
  }
  if (after_vowel) {
    lattice.push_back({{U"й", 0}, {U"и", 3}});
  } else {
    lattice.push_back({{U"и", 0}, {U"й", 2.5}});
  }
  return 1;
}

// Vowels as the hamza rule leaves them: with a hamza all front; without one and without е г к all back, or else the
// writer would have put a hamza, so that a front reading is only a guess at a slip; with е г к open.
std::vector<LetterOption> vowel_pair(char32_t back, char32_t front, bool hamza, bool soft) {
  const double back_cost = hamza ? 5.0 : 0.0;
  const double front_cost = hamza || soft ? 0.0 : 3.0;
  return {{std::u32string(1, back), back_cost}, {std::u32string(1, front), front_cost}};
}

}  // namespace

namespace {

/// An alef that stays back behind a hamza: in -бай, -жан, -хан, which are words of their own (Сүйінбай), and at the end
/// of names from Arabic (Жәмила).
bool alef_stays_back(std::u32string_view folded, std::size_t at) {
  const std::u32string_view rest = folded.substr(at);
  if (rest.size() == 1) return folded.size() > 5;
  const char32_t before = at > 0 ? folded[at - 1] : U' ';
  if (rest.size() != 2 || folded.size() < 7) return false;
  return (rest[1] == U'ي' && before == U'ب') || (rest[1] == U'ن' && (before == U'ج' || before == U'ح'));
}

}  // namespace

std::vector<Reading> arabic_to_cyrillic(std::u32string_view word, std::size_t limit) {
  const std::u32string folded = fold_arabic(word, false);
  const bool hamza = folded.find(U'ٴ') != std::u32string::npos;
  const bool soft = folded.find_first_of(U"ەكگ") != std::u32string::npos;
  WordLattice lattice;
  for (std::size_t i = 0; i < folded.size();) {
    const std::u32string_view rest = std::u32string_view(folded).substr(i);
    std::size_t used = 1;
    switch (rest[0]) {
      case U'ٴ':
        break;
      case U'ا':
        if (hamza && alef_stays_back(folded, i)) {
          lattice.push_back({{U"а", 0}, {U"ә", 2.5}});
        } else {
          lattice.push_back(vowel_pair(U'а', U'ә', hamza, soft));
        }
        break;
      case U'و':
        lattice.push_back(vowel_pair(U'о', U'ө', hamza, soft));
        break;
      case U'ۇ':
        lattice.push_back(vowel_pair(U'ұ', U'ү', hamza, soft));
        break;
      case U'ى':
        if (rest.size() > 1 && rest[1] == U'ي' && !(rest.size() > 2 && rest[2] == U'ا')) {
          lattice.push_back({{U"и", 0}, {U"ый", 1.0}, {U"ій", 1.0}});
          used = 2;
        } else {
          lattice.push_back(vowel_pair(U'ы', U'і', hamza, soft));
        }
        break;
      case U'ي':
        used = add_arabic_ya(rest, lattice);
        break;
      case U'ە':
        lattice.push_back({{U"е", 0}, {U"э", 4}});
        break;
      case U'ح':
        lattice.push_back({{U"х", 0}, {U"һ", 2}});
        break;
      case U'ھ':
        lattice.push_back({{U"һ", 0}, {U"х", 2}});
        break;
      case U'ت':
        if (rest.size() > 1 && rest[1] == U'س') {
          lattice.push_back({{U"тс", 0}, {U"ц", 1.5}});
          used = 2;
        } else if (rest.size() > 1 && rest[1] == U'ش') {
          lattice.push_back({{U"тш", 1}, {U"ч", 0}});
          used = 2;
        } else {
          lattice.push_back({{U"т", 0}});
        }
        break;
      case U'ش':
        if (rest.size() > 1 && rest[1] == U'ش') {
          lattice.push_back({{U"щ", 0}, {U"шш", 0}});
          used = 2;
        } else {
          lattice.push_back({{U"ш", 0}});
        }
        break;
      default: {
        std::u32string put(1, rest[0]);
        for (const KazakhLetter& letter : kazakh_letters()) {
          if (letter.arab.size() == 1 && letter.arab[0] == rest[0]) {
            put = std::u32string(1, letter.cyrl);
            break;
          }
        }
        lattice.push_back({{put, 0}});
      }
    }
    i += used;
  }
  return decode_kazakh(lattice, limit);
}

namespace {

using Rules = std::vector<Rule>;

// Longest first; the first rule that fits is taken.
const Rules& rules_2021() {
  static const Rules rules{{U"ştş", {{U"щ", 0}}},
                           {U"şş", {{U"щ", 0}, {U"шш", 0}}},
                           {U"tş", {{U"ч", 0}, {U"тш", 2}}},
                           {U"ts", {{U"ц", 1}, {U"тс", 0}}},
                           {U"ia", {{U"я", 0}, {U"иа", 2.5}}},
                           {U"iu", {{U"ю", 0}, {U"иу", 1.5}, {U"йу", 3}}},
                           {U"io", {{U"ё", 1}, {U"йо", 1}, {U"ио", 2}}},
                           {U"ä", {{U"ә", 0}}},
                           {U"ğ", {{U"ғ", 0}}},
                           {U"ı", {{U"і", 0}}},
                           {U"ñ", {{U"ң", 0}}},
                           {U"ö", {{U"ө", 0}}},
                           {U"ū", {{U"ұ", 0}}},
                           {U"ü", {{U"ү", 0}}},
                           {U"ş", {{U"ш", 0}}},
                           {U"ç", {{U"ч", 0}}},
                           {U"y", {{U"ы", 0}}},
                           {U"u", {{U"у", 0}}},
                           {U"j", {{U"ж", 0}}},
                           {U"q", {{U"қ", 0}}},
                           {U"h", {{U"х", 0}, {U"һ", 1.5}}},
                           {U"c", {{U"ц", 0}}},
                           {U"e", {{U"е", 0}, {U"э", 4}}}};
  return rules;
}

const Rules& rules_bgn() {
  static const Rules rules{{U"shch", {{U"щ", 0}}},
                           {U"zh", {{U"ж", 0}}},
                           {U"kh", {{U"х", 0}}},
                           {U"sh", {{U"ш", 0}}},
                           {U"ch", {{U"ч", 0}}},
                           {U"gh", {{U"ғ", 0}}},
                           {U"ng", {{U"ң", 0}, {U"нг", 1.5}}},
                           {U"ts", {{U"ц", 1}, {U"тс", 0}}},
                           {U"ya", {{U"я", 0}, {U"ыа", 3}}},
                           {U"yu", {{U"ю", 1}, {U"йұ", 1}}},
                           {U"yū", {{U"ю", 0}}},
                           {U"yo", {{U"ё", 1}, {U"йо", 0}}},
                           {U"ä", {{U"ә", 0}}},
                           {U"ö", {{U"ө", 0}}},
                           {U"ü", {{U"ү", 0}}},
                           {U"ī", {{U"и", 0}}},
                           {U"ū", {{U"у", 0}}},
                           {U"ė", {{U"э", 0}}},
                           {U"ë", {{U"ё", 0}}},
                           {U"ʺ", {{U"ъ", 0}}},
                           {U"ʹ", {{U"ь", 0}}},
                           {U"i", {{U"і", 0}}},
                           {U"u", {{U"ұ", 0}}},
                           {U"q", {{U"қ", 0}}},
                           {U"h", {{U"һ", 0}}},
                           {U"j", {{U"ж", 0}}},
                           {U"w", {{U"у", 0}}},
                           {U"c", {{U"ц", 0}}},
                           {U"x", {{U"кс", 0}}}};
  return rules;
}

// Passports and spellings made up on the spot. "shch" before "sh", "dzh" before "zh"; k and h stand for half a dozen
// letters.
const Rules& rules_ascii() {
  static const Rules rules{{U"shch", {{U"щ", 0}, {U"шч", 2}}},
                           {U"dzh", {{U"ж", 0}}},
                           {U"dj", {{U"ж", 0}}},
                           {U"zh", {{U"ж", 0}}},
                           {U"kh", {{U"х", 0}, {U"қ", 1.5}, {U"һ", 2}}},
                           {U"sh", {{U"ш", 0}}},
                           {U"ch", {{U"ч", 0}, {U"ш", 2}}},
                           {U"gh", {{U"ғ", 0}}},
                           {U"ng", {{U"ң", 0}, {U"нг", 0.7}, {U"нғ", 0.7}}},
                           {U"ts", {{U"тс", 0}, {U"ц", 1}}},
                           {U"iya", {{U"ия", 0}}},
                           {U"iia", {{U"ия", 0}}},
                           {U"ia", {{U"я", 0}, {U"ия", 0.3}, {U"иа", 2}}},
                           {U"iu", {{U"ю", 0}, {U"иу", 1}}},
                           {U"gul", {{U"гүл", 0}, {U"ғұл", 1.5}, {U"гул", 2}}},
                           {U"ss", {{U"с", 0}, {U"сс", 0}}},
                           {U"tleu", {{U"тілеу", 0}, {U"тлеу", 2}}},
                           {U"ya", {{U"я", 0}, {U"ыа", 3}}},
                           {U"ye", {{U"е", 0}, {U"йе", 3}}},
                           {U"yu", {{U"ю", 0}, {U"йұ", 2}}},
                           {U"yo", {{U"ё", 1}, {U"йо", 0.5}}},
                           {U"oo", {{U"у", 0}, {U"ұ", 0}}},
                           {U"ee", {{U"и", 0}, {U"і", 0}}},
                           {U"a", {{U"а", 0}, {U"ә", 0.7}}},
                           {U"e", {{U"е", 0}, {U"ә", 2.5}, {U"э", 4}}},
                           {U"g", {{U"ғ", 0.3}, {U"г", 0}}},
                           {U"i", {{U"и", 0}, {U"і", 0}, {U"й", 0.5}, {U"ы", 2.5}}},
                           {U"y", {{U"ы", 0}, {U"й", 0}, {U"і", 2}}},
                           {U"k", {{U"к", 0}, {U"қ", 0}}},
                           {U"q", {{U"қ", 0}}},
                           {U"n", {{U"н", 0}, {U"ң", 1.5}}},
                           {U"o", {{U"о", 0}, {U"ө", 0.7}}},
                           {U"u", {{U"у", 0.3}, {U"ұ", 0}, {U"ү", 0.3}}},
                           {U"w", {{U"у", 0}, {U"в", 1}}},
                           {U"h", {{U"х", 0}, {U"қ", 1.5}, {U"һ", 1.5}}},
                           {U"j", {{U"ж", 0}, {U"й", 3}}},
                           {U"x", {{U"х", 0}, {U"кс", 1}, {U"ш", 2}}},
                           {U"c", {{U"ц", 1}, {U"к", 1}, {U"ж", 2}}},
                           {U"ä", {{U"ә", 0}}},
                           {U"ö", {{U"ө", 0}}},
                           {U"ü", {{U"ү", 0}}}};
  return rules;
}

bool is_latin_vowel(char32_t c) noexcept {
  return std::u32string_view(U"aeiouyäöüūīıėé").find(c) != std::u32string_view::npos;
}

// i of 2021 and y of BGN are й beside a vowel (but not after one of these letters between consonants).
bool add_glide(std::u32string_view folded, std::size_t i, Spelling from, WordLattice& lattice) {
  const char32_t glide = from == Spelling::bgn ? U'y' : U'i';
  if (from == Spelling::icao || folded[i] != glide) return false;
  const bool after = i > 0 && is_latin_vowel(folded[i - 1]);
  const std::u32string other = from == Spelling::bgn ? U"ы" : U"и";
  // "uy" and "ūy" may be ұй or уы, "yy" ый or йы: the letter model decides.
  const bool open = after && (folded[i - 1] == U'u' || folded[i - 1] == U'ū' || folded[i - 1] == U'y');
  lattice.push_back({{U"й", after ? 0 : 4.0}, {other, open ? 0.0 : after ? 3.0 : 0.0}});
  return true;
}

}  // namespace

std::vector<Reading> latin_to_cyrillic(std::u32string_view word, Spelling from, std::size_t limit) {
  std::u32string folded;
  for (const char32_t c : word) {
    // I of the 2021 alphabet is the capital of ı; in all other spellings it is that of i.
    folded.push_back(from == Spelling::kk_latn && c == U'I' ? U'ı' : to_lower(c));
  }
  const Rules& rules = from == Spelling::kk_latn ? rules_2021() : from == Spelling::bgn ? rules_bgn() : rules_ascii();
  WordLattice lattice;
  for (std::size_t i = 0; i < folded.size();) {
    const std::u32string_view rest = std::u32string_view(folded).substr(i);
    const Rule* found = nullptr;
    for (const Rule& rule : rules) {
      if (rest.starts_with(rule.from)) {
        found = &rule;
        break;
      }
    }
    if ((found == nullptr || found->from.size() == 1) && add_glide(folded, i, from, lattice)) {
      ++i;
    } else if (found != nullptr) {
      lattice.emplace_back(found->to);
      i += found->from.size();
    } else {
      std::u32string put(1, rest[0]);
      for (const KazakhLetter& letter : kazakh_letters()) {
        if (letter.icao.size() == 1 && letter.icao[0] == rest[0]) {
          put = std::u32string(1, letter.cyrl);
          break;
        }
      }
      if (rest[0] != U'\'' && rest[0] != U'’') lattice.push_back({{put, 0}});
      ++i;
    }
  }
  return decode_kazakh(lattice, limit);
}

// Russian letters, as registry offices and the press wrote the names of Kazakhs: Нурлан, Бахыт, Гульнара, Тлеуберди.
std::vector<Reading> russian_to_kazakh(std::u32string_view word, std::size_t limit) {
  static const Rules rules{{U"тлеу", {{U"тілеу", 0}, {U"тлеу", 3}}},
                           {U"гуль", {{U"гүл", 0}}},
                           {U"куль", {{U"күл", 0}, {U"құл", 1.5}}},
                           {U"жан", {{U"жан", 0}, {U"жән", 1.2}, {U"жаң", 1.2}}},
                           {U"дж", {{U"ж", 0}}},
                           {U"нг", {{U"ң", 0}, {U"нг", 1}, {U"нғ", 0.5}}},
                           {U"иль", {{U"іл", 0}, {U"ил", 0.5}}},
                           {U"ль", {{U"л", 0}}},
                           {U"ья", {{U"ия", 0}, {U"я", 1}}},
                           {U"ш", {{U"ш", 0}}},
                           {U"ч", {{U"ш", 0.3}, {U"ч", 0}}},
                           {U"а", {{U"а", 0}, {U"ә", 0.8}}},
                           {U"г", {{U"г", 0}, {U"ғ", 0}}},
                           {U"е", {{U"е", 0}, {U"ә", 3}}},
                           {U"э", {{U"е", 0.5}, {U"ә", 0.7}, {U"э", 0.5}}},
                           {U"ё", {{U"ө", 0.5}, {U"ё", 0}}},
                           {U"и", {{U"и", 0}, {U"і", 0}}},
                           {U"к", {{U"к", 0}, {U"қ", 0}}},
                           {U"н", {{U"н", 0}, {U"ң", 1.5}}},
                           {U"о", {{U"о", 0}, {U"ө", 0.7}}},
                           {U"у", {{U"ұ", 0}, {U"ү", 0.3}, {U"у", 0}}},
                           {U"ю", {{U"ю", 0}, {U"ү", 1.5}}},
                           {U"я", {{U"я", 0}, {U"ә", 2}}},
                           {U"х", {{U"х", 0}, {U"қ", 1}, {U"һ", 2}}},
                           {U"ы", {{U"ы", 0}, {U"і", 3}}},
                           {U"ь", {{U"", 0}, {U"ь", 1.5}}},
                           {U"ъ", {{U"", 1}, {U"ъ", 1}}}};
  const std::u32string folded = lower(word);
  // Letters that only Kazakh has say that the word is no Russian spelling: what is written stands.
  if (folded.find_first_of(U"әғқңөұүһі") != folded.npos) return {{to_utf8(folded), 1}};
  WordLattice lattice;
  for (std::size_t i = 0; i < folded.size();) {
    const std::u32string_view rest = std::u32string_view(folded).substr(i);
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rest.starts_with(rule.from); });
    lattice.push_back(found == rules.end() ? std::vector<LetterOption>{{std::u32string(1, rest[0]), 0}} : found->to);
    i += found == rules.end() ? 1 : found->from.size();
  }
  return decode_kazakh(lattice, limit);
}

}  // namespace kualik::text
