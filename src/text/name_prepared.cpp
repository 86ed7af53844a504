#include "name_prepared.h"

#include <algorithm>
#include <unordered_map>

#include "han_readings.h"
#include "kualik/text/pinyin.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "name_tables.h"
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
    }
    return rows;
  }();
  return made;
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
    word.stem = sounds_of(stem);
    if (!part.suffix.empty()) word.full = sounds_of(to_u32(part.text)).plain;
    if (han_name && word.stem.han) {
      for (const std::string& syllable : text::pinyin_syllables(part.text)) word.syllables += syllable;
      // As a surname the character may be read otherwise (单, 曾); ü as passports write it.
      if (part.role == Role::surname && !text::surname_reading(stem).empty())
        word.syllables = text::surname_reading(stem);
      std::erase(word.syllables, ' ');
      if (const std::size_t at = word.syllables.find("ü"); at != std::string::npos) word.syllables.replace(at, 2, "yu");
    }
    if (options.use_tables) {
      const auto found = rows_by_spelling().find(word.key);
      if (found != rows_by_spelling().end()) word.rows = found->second;
    }
    made.words.push_back(std::move(word));
  }
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
