#include "name_prepared.h"

#include <algorithm>
#include <unordered_map>

#include "han_readings.h"
#include "kualik/text/normalize.h"
#include "kualik/text/pinyin.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "name_order.h"
#include "name_tables.h"
#include "palladius.h"
#include "translit_parts.h"

namespace kualik::names {

namespace {

using text::Spelling;
using text::to_u32;

std::u32string plain_arabic(std::u32string_view text) {
  std::u32string folded = text::fold_arabic(text, false);
  std::erase(folded, U'ٴ');
  return folded;
}

std::u32string table_key(std::u32string_view word) {
  std::u32string key = text::lower(word);
  if (!key.empty() && text::is_arabic_letter(key[0])) return plain_arabic(key);
  for (char32_t& c : key) {
    if (c == U'ë') c = U'é';
  }
  return key;
}

/// As Russian offices wrote the names of Kazakhs, beyond letter for letter: Бахыт, Гульнара.
std::vector<std::u32string> usual_in_russian(std::u32string_view cyrl) {
  std::vector<std::u32string> out;
  std::u32string with_x(cyrl);
  std::replace(with_x.begin(), with_x.end(), U'қ', U'х');
  if (with_x != cyrl) out.push_back(with_x);
  for (const std::u32string_view flower : {U"гүл", U"күл"}) {
    if (const std::size_t at = cyrl.find(flower); at != cyrl.npos)
      out.push_back(std::u32string(cyrl).insert(at + flower.size(), U"ь"));
  }
  return out;
}

/// Rows of the tables by every spelling of a part.
const std::unordered_map<std::u32string, std::vector<std::uint16_t>>& rows_by_spelling() {
  static const auto made = [] {
    std::unordered_map<std::u32string, std::vector<std::uint16_t>> rows;
    const auto add = [&](const std::u32string& spelling, std::size_t row) {
      std::vector<std::uint16_t>& there = rows[table_key(spelling)];
      if (there.empty() || there.back() != row) there.push_back(static_cast<std::uint16_t>(row));
    };
    for (std::size_t i = 0; i < table_parts().size(); ++i) {
      const TablePart& part = table_parts()[i];
      for (const auto& [han, series] : part.hans) add(han, i);
      if (part.uyghur) {
        const std::u32string uly = to_u32(part.shown);
        add(uly, i);
        add(text::uyghur_to_arabic(uly), i);
        continue;
      }
      add(part.cyrl, i);
      add(text::cyrillic_to_arabic(part.cyrl), i);
      for (const Spelling spelling : {Spelling::kk_latn, Spelling::bgn, Spelling::icao, Spelling::ru_cyrl}) {
        add(text::from_cyrillic(part.cyrl, spelling), i);
      }
      for (const std::u32string& usual : usual_in_russian(part.cyrl)) {
        add(text::from_cyrillic(usual, Spelling::ru_cyrl), i);
        add(text::from_cyrillic(usual, Spelling::icao), i);
      }
    }
    return rows;
  }();
  return made;
}

/// One letter, or two that write one sound: Н, Zh, Дж.
bool is_initial(const std::u32string& stem) {
  if (stem.empty() || text::is_han(stem[0]) || stem.size() > 2) return false;
  if (stem.size() == 1) return true;
  const std::u32string low = text::lower(stem);
  static constexpr std::u32string_view pairs[] = {U"zh", U"sh", U"ch", U"kh", U"gh", U"дж"};
  return std::find(std::begin(pairs), std::end(pairs), low) != std::end(pairs);
}

std::u32string in_russian(const std::vector<std::string>& syllables) {
  std::u32string all;
  for (const std::string& syllable : syllables) {
    const std::u32string one = text::palladius(syllable);
    if (one.empty()) return {};
    all += one;
  }
  return all;
}

/// The name as one run of pinyin and of Russian letters, for what is parted otherwise: 马玉兰, Ma Yu-lan, Ма Юйлань.
void join_syllables(PreparedName& name) {
  std::vector<std::string> all;
  bool pinyin = true;
  for (const PreparedWord& word : name.words) {
    if (!word.key.empty() && text::is_cyrillic(word.key[0])) name.russian += word.whole;
    std::vector<std::string> syllables;
    if (word.stem.han) {
      syllables = text::pinyin_syllables(word.text);
      if (&word == &name.words.front() && !syllables.empty()) {
        // 单国华 may be one word here, where its characters all serve to transcribe.
        const std::u32string first = to_u32(word.text).substr(0, name.han_name ? word.text.size() : 1);
        const std::string_view special =
            name.han_name || name.words.size() == 1 ? text::surname_reading(first) : std::string_view{};
        if (first.size() == 1 && !special.empty()) syllables[0] = special;
      }
      name.han = true;
    } else if (!word.stem.pinyin.empty()) {
      syllables = text::split_pinyin(word.text);
    }
    pinyin = pinyin && !syllables.empty();
    all.insert(all.end(), syllables.begin(), syllables.end());
  }
  if (!pinyin) return;
  name.russian = in_russian(all);
  for (std::string& syllable : all) {
    if (const std::size_t at = syllable.find("ü"); at != std::string::npos) syllable.replace(at, 2, "yu");
    name.syllables += syllable;
  }
}

}  // namespace

PreparedName prepare(std::string_view name, const MatchOptions& options) {
  PreparedName made;
  const SplitName split_name = split(name);
  const bool han_name = split_name.guessed && split_name.score > 0.8 && split_name.parts[0].role == Role::surname;
  for (const Part& part : split_name.parts) {
    PreparedWord word;
    word.text = part.text;
    const std::u32string stem = to_u32(part.stem);
    word.key = table_key(stem);
    word.whole = part.suffix.empty() ? word.key : table_key(to_u32(part.text));
    word.stem = sounds_of(stem);
    if (!part.suffix.empty()) word.full = sounds_of(to_u32(part.text)).plain;
    if (han_name && word.stem.han) {
      std::vector<std::string> syllables = text::pinyin_syllables(part.text);
      // As a surname the character may be read otherwise (单, 曾); ü as passports write it.
      const std::string_view special = part.role == Role::surname ? text::surname_reading(stem) : std::string_view{};
      if (const std::size_t gap = special.find(' '); gap != special.npos) {
        syllables = {std::string(special.substr(0, gap)), std::string(special.substr(gap + 1))};
      } else if (!special.empty()) {
        syllables = {std::string(special)};
      }
      for (const std::string& syllable : syllables) word.syllables += syllable;
      word.russian = in_russian(syllables);
      if (const std::size_t at = word.syllables.find("ü"); at != std::string::npos) word.syllables.replace(at, 2, "yu");
    }
    if (!word.stem.pinyin.empty()) word.russian = in_russian(text::split_pinyin(part.stem));
    word.initial = is_initial(stem);
    if (options.use_tables) {
      const auto found = rows_by_spelling().find(word.key);
      if (found != rows_by_spelling().end()) word.rows = found->second;
    }
    made.words.push_back(std::move(word));
  }
  made.han_name = han_name;
  give_places(name, split_name, made);
  join_syllables(made);
  made.border_open = (made.words.size() == 1 || split_name.guessed) && !han_name;
  return made;
}

std::string coarse_key(const Sounds& sounds) {
  std::string key;
  for (const Sound sound : sounds) {
    const char kind = coarse(sound);
    if (kind != 0) key += kind;
  }
  return key;
}

}  // namespace kualik::names
