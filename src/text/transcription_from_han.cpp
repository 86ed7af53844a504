// Chinese characters into letters: what each may write, by how often it does in the tables of names, decided by how
// letters follow one another in names.

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "han_readings.h"
#include "kazakh_lattice.h"
#include "kualik/text/normalize.h"
#include "kualik/text/translit.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "name_tables.h"
#include "transcription_parts.h"

namespace kualik::names {

namespace {

using text::to_u32;
using text::to_utf8;

constexpr double lower_rank = 0.6;  // A later variant in a row of the tables.
constexpr double an_element = 0.4;  // A piece of several characters that a table has.
constexpr std::size_t beam_width = 48;
// Uyghur: of what a character writes, of that behind the character before it, of the letters' order in names.
constexpr double reading_weight = 0.5;
constexpr double order_weight = 0.5;
constexpr double model_weight = 0.7;
constexpr double known_name = 3;
constexpr double joined_names = 2.5;  // Mettursun, Rozimemet
constexpr double temperature = 2.5;   // The models are small and surer than they should be.

std::u32string simplified(std::u32string_view han) {
  std::u32string simple(han);
  for (char32_t& c : simple) c = text::to_simplified(c);
  return simple;
}

/// Cyrillic letters for a pinyin syllable, for characters in no table.
std::vector<text::LetterOption> letters_of_pinyin(std::string_view syllable) {
  std::vector<text::LetterOption> out;
  for (const auto& reading : text::transliterations(syllable, text::Spelling::kk_cyrl,
                                                    {.from = text::Spelling::icao, .capitalise = false}, 3)) {
    out.push_back({to_u32(reading.text), 1.0 + (1 - reading.score)});
  }
  if (out.empty()) out.push_back({U"", 2});
  return out;
}

double rank_cost(const TablePart& part, const std::u32string& han) {
  const auto at = std::find_if(part.hans.begin(), part.hans.end(), [&](const auto& h) { return h.first == han; });
  return lower_rank * static_cast<double>(at - part.hans.begin());
}

// What the characters write, alone and several together: syllables (哈力, 托合) and parts of names (努尔, 古丽).
text::WordLattice lattice_of_han(std::u32string_view simple) {
  const HanSounds& sounds = han_sounds(Sounding::kazakh);
  text::WordLattice lattice(simple.size());
  for (std::size_t i = 0; i < simple.size(); ++i) {
    const std::size_t longest = std::max(longest_syllable, longest_han_part());
    for (std::size_t size = 1; size <= std::min(longest, simple.size() - i); ++size) {
      const std::u32string han(simple.substr(i, size));
      if (size <= longest_unit_in_hans) {
        for (const SoundUnit& unit : sounds.of_hans(han)) lattice[i].push_back({unit.letters, unit.reading, size});
      }
      if (size > 1 && size <= longest_syllable) {
        for (const HanSyllable& s : syllables_of_han(han))
          lattice[i].push_back({s.cyrl, an_element + lower_rank * (s.rank - 1), size});
      }
      for (const std::uint16_t row : parts_of_han(han)) {
        const TablePart& part = table_parts()[row];
        if (!part.uyghur) lattice[i].push_back({part.cyrl, an_element + rank_cost(part, han), size});
      }
    }
    const bool alone =
        std::any_of(lattice[i].begin(), lattice[i].end(), [](const auto& o) { return o.positions == 1; });
    if (alone) continue;
    for (text::LetterOption& option : letters_of_pinyin(text::han_reading(simple[i])))
      lattice[i].push_back(std::move(option));
  }
  return lattice;
}

/// Shares of the words by their costs, best first.
template <typename Add>
void add_shares(const std::vector<text::CostedWord>& words, std::size_t limit, const Add& add) {
  double total = 0;
  const auto share = [&](double cost) { return std::exp((words.front().first - cost) / temperature); };
  for (const auto& [cost, word] : words) total += share(cost);
  for (std::size_t i = 0; i < std::min(limit, words.size()); ++i) add(words[i].second, share(words[i].first) / total);
}

}  // namespace

ReadWord read_kazakh(std::u32string_view han, std::size_t limit) {
  const std::u32string simple = simplified(han);
  ReadWord read;
  const auto add = [&](const std::u32string& cyrl, double score, Basis basis) {
    read.candidates.push_back({to_utf8(text::capitalised(cyrl)), score, Series::either, basis});
  };
  for (const std::uint16_t row : parts_of_han(simple)) {
    const TablePart& part = table_parts()[row];
    // Uyghur parts have only a guess at Cyrillic, so Kazakh rows come first.
    add(part.cyrl, (part.uyghur ? 0.6 : 0.95) - 0.05 / lower_rank * rank_cost(part, simple), Basis::table);
  }
  const std::vector<text::CostedWord> words = text::decode_kazakh_costs(lattice_of_han(simple));
  if (!words.empty()) {
    read.cost = words.front().first;
    add_shares(words, limit, [&](const std::u32string& word, double share) {
      const bool joined = text::known_kazakh_word(word) == text::Known::joined;
      add(word, 0.85 * share, joined ? Basis::elements : Basis::syllables);
    });
  }
  rank(read.candidates, limit);
  return read;
}

ReadWord read_uyghur(std::u32string_view han, std::size_t limit) {
  struct State {
    std::u32string word{};
    double cost{};
    std::u32string last{};  // Number of the unit before, if any.
  };
  const std::u32string simple = simplified(han);
  const HanSounds& sounds = han_sounds(Sounding::uyghur);
  const text::LetterModel& model = uyghur_letters();
  static const std::unordered_set<std::u32string> known = [] {
    std::unordered_set<std::u32string> all;
    for (const TablePart& part : table_parts())
      if (part.uyghur) all.insert(one_letter_a_sound(to_u32(part.shown)));
    return all;
  }();
  std::vector<std::vector<State>> at(simple.size() + 1);
  at[0].emplace_back();
  const auto keep_best = [](std::vector<State>& states) {
    const std::size_t keep = std::min(beam_width, states.size());
    std::partial_sort(
        states.begin(), states.begin() + static_cast<std::ptrdiff_t>(keep), states.end(),
        [](const State& a, const State& b) { return a.cost != b.cost ? a.cost < b.cost : a.word < b.word; });
    states.resize(keep);
  };
  for (std::size_t i = 0; i < simple.size(); ++i) {
    keep_best(at[i]);
    for (std::size_t size = 1; size <= std::min(longest_unit_in_hans, simple.size() - i); ++size) {
      for (const SoundUnit& unit : sounds.of_hans(simple.substr(i, size))) {
        for (const State& state : at[i]) {
          State next = state;
          next.cost += reading_weight * unit.reading + order_weight * sounds.units().cost(state.last, unit.number);
          for (const char32_t c : unit.letters) {
            next.cost += model_weight * model.cost(next.word, c);
            next.word.push_back(c);
          }
          next.last.assign(1, unit.number);
          at[i + size].push_back(std::move(next));
        }
      }
    }
  }
  const auto joined = [&](const std::u32string& word) {
    for (std::size_t cut = 2; cut + 2 <= word.size(); ++cut)
      if (known.contains(word.substr(0, cut)) && known.contains(word.substr(cut))) return true;
    return false;
  };
  std::unordered_map<std::u32string, double> best;
  keep_best(at.back());
  for (const State& state : at.back()) {
    double cost =
        state.cost + model_weight * model.cost(state.word, 0) + order_weight * sounds.units().cost(state.last, 0);
    if (known.contains(state.word)) {
      cost -= known_name;
    } else if (joined(state.word)) {
      cost -= joined_names;
    }
    const auto [there, fresh] = best.try_emplace(state.word, cost);
    if (!fresh) there->second = std::min(there->second, cost);
  }
  std::vector<text::CostedWord> words;
  words.reserve(best.size());
  for (const auto& [word, cost] : best) words.emplace_back(cost, word);
  std::sort(words.begin(), words.end());
  ReadWord read;
  const auto add = [&](const std::u32string& word, double score, Basis basis) {
    read.candidates.push_back({to_utf8(text::capitalised(as_uyghur_latin(word))), score, Series::either, basis});
  };
  for (const std::uint16_t row : parts_of_han(simple)) {
    const TablePart& part = table_parts()[row];
    if (part.uyghur)
      add(one_letter_a_sound(to_u32(part.shown)), 0.95 - 0.05 / lower_rank * rank_cost(part, simple), Basis::table);
  }
  if (!words.empty()) {
    read.cost = words.front().first;
    add_shares(words, limit,
               [&](const std::u32string& word, double share) { add(word, 0.85 * share, Basis::syllables); });
  }
  rank(read.candidates, limit);
  return read;
}

}  // namespace kualik::names
