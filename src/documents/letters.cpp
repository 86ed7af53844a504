#include "letters.h"

#include <algorithm>

#include "anchors.h"
#include "documents/kz_labels.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {

struct Known {
  std::u32string word;
  std::string_view side;
  std::string_view key;
};

const std::vector<Known>& known() {
  static const auto made = [] {
    std::vector<Known> all;
    for (const auto& row : tables::kz_labels)
      for (const std::string_view word : {row.kazakh, row.russian, row.english})
        if (!word.empty()) all.push_back({letter_skeleton(word), row.side, row.key});
    // The stroke between the two languages is often lost: ТЕГІФАМИЛИЯ.
    for (const auto& row : tables::kz_labels)
      if (!row.kazakh.empty() && !row.russian.empty())
        all.push_back({letter_skeleton(std::string(row.kazakh) + std::string(row.russian)), row.side, row.key});
    std::stable_sort(all.begin(), all.end(),
                     [](const Known& a, const Known& b) { return a.word.size() > b.word.size(); });
    return all;
  }();
  return made;
}

constexpr std::size_t longest_before = 16;  // letters of a label's other half

// Letters of a line with their places.
struct Letters {
  std::u32string text;
  std::vector<std::size_t> at;
};

// A figure between letters that was read for one: ТЕГ1, ҚA3AҚCTAH. Not one of a number.
char32_t letter_of_figure(const Sheet& sheet, Range line, std::size_t i) noexcept {
  const auto& f = sheet.folded();
  const char32_t letter = f[i] == U'1' ? U'І' : f[i] == U'3' ? U'З' : f[i] == U'0' ? U'О' : 0;
  if (letter == 0) return 0;
  const auto figure = [&](std::size_t k) { return f[k] >= U'0' && f[k] <= U'9'; };
  const bool before = i > line.begin && f.gap(i) == text::Gap::none;
  const bool behind = i + 1 < line.end && f.gap(i + 1) == text::Gap::none;
  if ((before && figure(i - 1)) || (behind && figure(i + 1))) return 0;
  return before && letter_skeleton(f[i - 1]) != 0 ? letter : 0;
}

Letters letters_of(const Sheet& sheet, Range line) {
  Letters letters;
  for (std::size_t i = line.begin; i < line.end; ++i) {
    char32_t c = letter_skeleton(sheet.folded()[i]);
    if (c == 0) c = letter_of_figure(sheet, line, i);
    if (c == 0) continue;
    if (letters.at.empty()) {
      letters.text.reserve(line.end - i);
      letters.at.reserve(line.end - i);
    }
    letters.text += c;
    letters.at.push_back(i);
  }
  return letters;
}

// Whether the word can stand at `pos` with so many letters wrong, missing or too many: a letter of it that is not among
// those around its place is one of them. Rules out nearly every word for a tenth of what the edit distance costs.
bool may_stand(std::u32string_view letters, std::size_t pos, std::u32string_view word, std::size_t budget) noexcept {
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < word.size() && wrong <= budget; ++i) {
    const std::size_t from = pos + (i > budget ? i - budget : 0);
    if (from >= letters.size()) return wrong + (word.size() - i) <= budget;
    wrong += letters.substr(from, pos + i + budget + 1 - from).find(word[i]) == std::u32string_view::npos ? 1 : 0;
  }
  return wrong <= budget;
}

// How many letters at `pos` are the word, 0 if it does not stand there: a fifth of them may be wrong, in words of six
// and more also missing or too many, none in words of up to four.
std::size_t matched(std::u32string_view letters, std::size_t pos, std::u32string_view word) {
  const std::size_t n = word.size();
  if (pos + n <= letters.size()) {
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < n; ++i) wrong += letters[pos + i] != word[i] ? 1 : 0;
    if (wrong <= (n <= 4 ? 0 : n / 5)) return n;
  }
  if (n < 6) return 0;
  const std::size_t budget = n / 4;
  if (!may_stand(letters, pos, word, budget)) return 0;
  std::size_t best = 0;
  std::size_t least = budget + 1;
  for (std::size_t taken = n - budget; taken <= n + budget && pos + taken <= letters.size(); ++taken) {
    const auto cost =
        static_cast<std::size_t>(edit_cost(letters.substr(pos, taken), word, 2 * static_cast<int>(budget)));
    if ((cost + 1) / 2 < least) {
      least = (cost + 1) / 2;
      best = taken;
    }
  }
  return best;
}

}  // namespace

char32_t letter_skeleton(char32_t c) noexcept {
  if (c >= U'a' && c <= U'z') c -= 32;
  if (c >= U'а' && c <= U'я') c -= 32;
  switch (c) {
    case U'ё':
    case U'Ё':
      return U'Е';
    case U'ә':
    case U'Ә':
    case U'A':
      return U'А';
    case U'ғ':
    case U'Ғ':
      return U'Г';
    case U'қ':
    case U'Қ':
    case U'K':
      return U'К';
    case U'ң':
    case U'Ң':
    case U'H':
      return U'Н';
    case U'ө':
    case U'Ө':
    case U'O':
      return U'О';
    case U'ұ':
    case U'Ұ':
    case U'ү':
    case U'Ү':
    case U'Y':
      return U'У';
    case U'һ':
    case U'Һ':
      return U'Н';
    case U'і':
    case U'І':
    case U'I':
      return U'І';
    case U'B':
      return U'В';
    case U'C':
      return U'С';
    case U'E':
      return U'Е';
    case U'M':
      return U'М';
    case U'P':
      return U'Р';
    case U'T':
      return U'Т';
    case U'X':
      return U'Х';
    default:
      break;
  }
  if ((c >= U'А' && c <= U'Я') || (c >= U'A' && c <= U'Z')) return c;
  return 0;
}

std::u32string letter_skeleton(std::string_view text) {
  std::u32string out;
  for (char32_t c : text::to_u32(text))
    if (const char32_t letter = letter_skeleton(c)) out += letter;
  return out;
}

bool mentions(const Sheet& sheet, Range range, std::string_view words) {
  constexpr std::size_t letters_for_an_error = 9;
  const std::u32string text = letters_of(sheet, range).text;
  const std::u32string wanted = letter_skeleton(words);
  for (std::size_t at = 0; at + wanted.size() <= text.size(); ++at) {
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < wanted.size() && wrong <= wanted.size() / letters_for_an_error; ++i)
      wrong += text[at + i] != wanted[i] ? 1 : 0;
    if (wrong <= wanted.size() / letters_for_an_error) return true;
  }
  return false;
}

std::optional<LetterLabel> label_of_line(const Sheet& sheet, Range line, std::string_view side) {
  const Letters letters = letters_of(sheet, line);
  std::optional<LetterLabel> found;
  std::size_t pos = 0;
  std::size_t first = 0;
  const auto begins_word = [&](std::size_t at) {
    return at == 0 || letters.at[at] != letters.at[at - 1] + 1 || sheet.folded().gap(letters.at[at]) != text::Gap::none;
  };
  while (pos < letters.text.size()) {
    const Known* best = nullptr;
    std::size_t taken = 0;
    for (const Known& k : known()) {
      if (!side.empty() && k.side != side) continue;
      if (found && k.key != found->key && !(found->key == "dates" || k.key == "dates")) continue;
      // Behind something that is no label only a long word is believed: ТЕП/ФАМИЛИЯ.
      if (!found && pos > 0 && k.word.size() < 5) continue;
      taken = matched(letters.text, pos, k.word);
      if (taken == 0) continue;
      // A label is a whole word: ПОЛ is none in ПОЛЕВОЙ.
      const std::size_t behind = pos + taken;
      const bool whole = behind == letters.text.size() || letters.at[behind] != letters.at[behind - 1] + 1 ||
                         sheet.folded().gap(letters.at[behind]) != text::Gap::none;
      if (!whole) continue;
      best = &k;
      break;
    }
    if (!best) {
      if (found) break;
      // Its other half may be bent or covered.
      ++pos;
      while (pos < letters.text.size() && !begins_word(pos)) ++pos;
      if (pos > longest_before) break;
      continue;
    }
    if (!found) {
      found = LetterLabel{best->side, best->key, 0};
      first = pos;
    }
    pos += taken;
    found->end = letters.at[pos - 1] + 1;
  }
  if (!found) return std::nullopt;
  // The label begins the line: nothing but marks before it.
  for (std::size_t i = line.begin; i < letters.at[first]; ++i)
    if (text::is_han(sheet.folded()[i]) || (sheet.folded()[i] >= U'0' && sheet.folded()[i] <= U'9'))
      return std::nullopt;
  return found;
}

std::string spaced(const Sheet& sheet, Range r) {
  std::string out;
  for (std::size_t i = r.begin; i < r.end; ++i) {
    if (i > r.begin && sheet.folded().gap(i) != text::Gap::none) out += ' ';
    out += sheet.printed({i, i + 1});
  }
  return out;
}

bool is_cyrillic_capital(char32_t c) noexcept {
  return (c >= U'А' && c <= U'Я') || c == U'Ё' || c == U'Ә' || c == U'Ғ' || c == U'Қ' || c == U'Ң' || c == U'Ө' ||
         c == U'Ұ' || c == U'Ү' || c == U'Һ' || c == U'І';
}

std::vector<LabelledValue> labelled_values(const Sheet& sheet, Range within, std::string_view side) {
  std::vector<LabelledValue> values;
  const auto& f = sheet.folded();
  within.end = std::min(within.end, f.size());
  std::string_view waiting;
  // What a reader makes of the ground and the frame: « БАТЫРХАН.
  const auto speck = [&](std::size_t k) {
    return std::u32string_view(U"«»“”„\"'`^=+°~_").find(f[k]) != std::u32string_view::npos;
  };
  const auto without_specks = [&](Range r) {
    r = trim(sheet, r);
    while (!r.empty() && speck(r.begin)) ++r.begin;
    while (!r.empty() && speck(r.end - 1)) --r.end;
    return trim(sheet, r);
  };
  // The card prints its values in capitals and figures: a few small letters, or one alone, are its ground, and the
  // value stands below.
  const auto scrap = [&](Range r) {
    constexpr std::size_t longest = 5;
    if (side.empty() || waiting == "sex") return false;
    r = without_specks(r);
    if (r.size() > longest) return false;
    const std::u32string_view text = sheet.view(r);
    return r.size() < 2 || std::none_of(text.begin(), text.end(), [](char32_t c) {
             return is_cyrillic_capital(c) || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
           });
  };
  for (std::size_t i = within.begin; i < within.end;) {
    std::size_t end = i + 1;
    while (end < within.end && !f.starts_line(end)) ++end;
    const Range line{i, end};
    if (const auto label = label_of_line(sheet, line, side)) {
      std::size_t begin = label->end;
      const auto mark = [&](std::size_t k) {
        return is_clause_mark(f[k]) || f[k] == U'/' || f[k] == U'|' || f[k] == U'-' || f[k] == U'.' || f[k] == U'№';
      };
      while (begin < end && mark(begin)) ++begin;
      if (begin < end) {
        values.push_back({label->key, without_specks({begin, end})});
        waiting = {};
      } else {
        waiting = label->key;
      }
    } else if (!waiting.empty() && !scrap(line)) {
      values.push_back({waiting, without_specks(line)});
      waiting = {};
    }
    i = end;
  }
  return values;
}

std::string_view sex_in_words(const Sheet& sheet, Range r) {
  const auto chars = sheet.view(r);
  if (chars.find(U'男') != std::u32string_view::npos) return "M";
  if (chars.find(U'女') != std::u32string_view::npos) return "F";
  std::u32string letters;
  for (char32_t c : chars)
    if (const char32_t letter = letter_skeleton(c)) letters += letter;
  for (const std::u32string_view male :
       {std::u32string_view(U"МУЖ"), std::u32string_view(U"ЕР"), std::u32string_view(U"МАLЕ")})
    if (letters.substr(0, male.size()) == male) return "M";
  for (const std::u32string_view female :
       {std::u32string_view(U"ЖЕН"), std::u32string_view(U"АЙЕЛ"), std::u32string_view(U"FЕМАLЕ")})
    if (letters.substr(0, female.size()) == female) return "F";
  if (letters == U"М" || letters == U"МЕ" || letters == U"МЕР" || letters == U"МЕРМУЖ" || letters == U"ЕМ")
    return "M";  // Е/М: Kazakh and Russian initials.
  if (letters == U"F" || letters == U"Ж" || letters == U"А" || letters == U"АЖ") return "F";
  return {};
}

}  // namespace kualik::documents
