#include "han_sounds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "han_sounds_table.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "name_tables.h"

namespace kualik::names {

namespace {

using text::to_u32;

constexpr std::array<std::pair<std::u32string_view, char32_t>, 5> pairs{
    {{U"gh", U'ğ'}, {U"sh", U'š'}, {U"ch", U'č'}, {U"ng", U'ŋ'}, {U"zh", U'ž'}}};

bool is_of(std::string_view language, Sounding which) {
  switch (which) {
    case Sounding::kazakh:
      return language == "kk";
    case Sounding::uyghur:
      return language != "kk";
    case Sounding::uyghur_older:
      return language == "ug";
    case Sounding::uyghur_2002:
      return language == "ug2002";
  }
  return false;
}

}  // namespace

HanSounds::HanSounds(Sounding which) {
  // A character met once or letters met once are no sure guide, so a share is left for what was never met.
  constexpr double never_read = 0.5;
  constexpr double never_written = 2;
  std::unordered_map<std::u32string, std::unordered_map<std::u32string, double>> counts;
  std::unordered_map<std::u32string, double> of_letters;
  for (const auto& row : text::tables::han_sounds_table_rows) {
    if (!is_of(row.language, which)) continue;
    const double count = std::stod(std::string(row.count)) / 100;
    counts[to_u32(row.hans)][to_u32(row.letters)] += count;
    of_letters[to_u32(row.letters)] += count;
  }
  char32_t number = 0;
  for (const auto& [hans, letters] : counts) {
    double total = 0;
    for (const auto& [text, count] : letters) total += count;
    for (const auto& [text, count] : letters) {
      // Letters that are hardly ever one piece (има) would else be written by the one character met for them.
      const double writing =
          std::log(count / (of_letters[text] + never_written)) / 2 + std::log(count / (total + never_written)) / 2;
      const SoundUnit unit{text, hans, -std::log(count / (total + never_read)), -writing, ++number};
      by_hans_[hans].push_back(unit);
      by_letters_[text].push_back(unit);
    }
  }
  for (const TablePart& part : table_parts()) {
    if (part.uyghur != (which != Sounding::kazakh)) continue;
    double weight = 1;
    for (const auto& [spelling, series] : part.hans) {
      if ((which == Sounding::uyghur_older && series == Series::y2002) ||
          (which == Sounding::uyghur_2002 && series == Series::older))
        continue;
      spellings_.add(spelling, weight);
      add_units(part.uyghur ? one_letter_a_sound(to_u32(part.shown)) : part.cyrl, spelling, weight);
      weight *= 0.6;
    }
  }
}

/// Cuts a name of the tables as its units explain it best, and counts which follow one another.
void HanSounds::add_units(std::u32string_view letters, std::u32string_view hans, double weight) {
  struct Cut {
    double cost{1e9};
    std::u32string numbers{};
  };
  std::vector<std::vector<Cut>> at(hans.size() + 1, std::vector<Cut>(letters.size() + 1));
  at[0][0].cost = 0;
  for (std::size_t j = 0; j < hans.size(); ++j) {
    for (std::size_t size = 1; size <= std::min(longest_unit_in_hans, hans.size() - j); ++size) {
      for (const SoundUnit& unit : of_hans(std::u32string(hans.substr(j, size)))) {
        for (std::size_t i = 0; i + unit.letters.size() <= letters.size(); ++i) {
          const Cut& from = at[j][i];
          Cut& there = at[j + size][i + unit.letters.size()];
          const double cost = from.cost + unit.reading;
          if (cost >= there.cost || !letters.substr(i).starts_with(unit.letters)) continue;
          there.cost = cost;
          there.numbers = from.numbers + unit.number;
        }
      }
    }
  }
  if (at[hans.size()][letters.size()].cost < 1e9) units_.add(at[hans.size()][letters.size()].numbers, weight);
}

const std::vector<SoundUnit>& HanSounds::find(const Units& units, const std::u32string& key) {
  static const std::vector<SoundUnit> none;
  const auto found = units.find(key);
  return found == units.end() ? none : found->second;
}

const std::vector<SoundUnit>& HanSounds::of_hans(const std::u32string& hans) const { return find(by_hans_, hans); }

const std::vector<SoundUnit>& HanSounds::of_letters(const std::u32string& letters) const {
  return find(by_letters_, letters);
}

const HanSounds& han_sounds(Sounding which) {
  static const HanSounds kazakh(Sounding::kazakh);
  static const HanSounds uyghur(Sounding::uyghur);
  static const HanSounds older(Sounding::uyghur_older);
  static const HanSounds y2002(Sounding::uyghur_2002);
  switch (which) {
    case Sounding::kazakh:
      return kazakh;
    case Sounding::uyghur:
      return uyghur;
    case Sounding::uyghur_older:
      return older;
    case Sounding::uyghur_2002:
      return y2002;
  }
  return kazakh;
}

std::u32string one_letter_a_sound(std::u32string_view uly) {
  const std::u32string low = text::lower(uly);
  std::u32string out;
  for (std::size_t i = 0; i < low.size();) {
    const std::u32string_view rest = std::u32string_view(low).substr(i);
    char32_t put = rest[0] == U'ë' || rest[0] == U'ė' ? U'é' : rest[0];
    std::size_t used = 1;
    // -gül is a word of its own: Chimengül.
    for (const auto& [pair, letter] : pairs) {
      if (!rest.starts_with(pair) || rest.starts_with(U"ngül")) continue;
      put = letter;
      used = 2;
    }
    if (put != U'\'' && put != U'’') out.push_back(put);
    i += used;
  }
  return out;
}

std::u32string as_uyghur_latin(std::u32string_view sounds) {
  std::u32string out;
  for (std::size_t i = 0; i < sounds.size(); ++i) {
    std::u32string_view put = sounds.substr(i, 1);
    for (const auto& [pair, letter] : pairs) {
      if (letter == put[0]) put = pair;
    }
    // What would read as one sound is parted, but for -gül, which nobody parts.
    const bool joins = !out.empty() && ((out.back() == U'n' && put[0] == U'g' && sounds.substr(i, 3) != U"gül") ||
                                        (put == U"h" && std::u32string_view(U"sgzc").find(out.back()) != put.npos));
    if (joins) out.push_back(U'\'');
    out += put;
  }
  return out;
}

const text::LetterModel& uyghur_letters() {
  static const text::LetterModel made = [] {
    text::LetterModel model(4, 34);
    for (const TablePart& part : table_parts()) {
      if (part.uyghur) model.add(one_letter_a_sound(to_u32(part.shown)), 1);
    }
    return model;
  }();
  return made;
}

}  // namespace kualik::names
