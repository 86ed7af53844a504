#include "kazakh_lattice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "kazakh_names.h"
#include "kazakh_parts.h"
#include "kazakh_words.h"
#include "kualik/text/utf8.h"
#include "letter_model.h"
#include "letters.h"

namespace kualik::text {

namespace {

constexpr std::size_t beam_width = 48;
constexpr double switch_cost = 1.5;    // A back vowel after a front one or the other way round; compounds do it.
constexpr double model_weight = 0.75;  // The letters as read or written count more than what usually stands there.
constexpr double temperature = 2.5;
constexpr double clash_cost = 2.0;  // қ or ғ beside a front vowel, к or г beside a back one.

struct Knowledge {
  LetterModel model{4, 44};
  std::set<std::u32string, std::less<>> parts{};
  std::set<std::u32string, std::less<>> words{};

  Knowledge() {
    for (const auto& row : tables::kazakh_parts_rows) add_name(lower(to_u32(row.cyrl)));
    for (const auto& row : tables::kazakh_names_rows) add_name(lower(to_u32(row.cyrl)));
    for (const auto& row : tables::kazakh_words_rows) {
      const std::u32string word = to_u32(row.word);
      if (row.kind == "name") {
        add_name(word);
      } else {
        model.add(word, 0.5);
        words.insert(word);
      }
    }
    for (const std::u32string_view suffix : suffixes) words.insert(std::u32string(suffix));
  }
  void add_name(const std::u32string& word) {
    if (parts.insert(word).second) model.add(word, 1);
  }
  static constexpr std::array<std::u32string_view, 10> suffixes{U"ұлы", U"қызы", U"ова",  U"ева",  U"ов",
                                                                U"ев",  U"ович", U"овна", U"евич", U"евна"};
};

const Knowledge& knowledge() {
  static const Knowledge made;
  return made;
}

enum class Side : unsigned char { none, back, front };

Side vowel_side(char32_t c) {
  const KazakhLetter* letter = find_kazakh_letter(c);
  if (letter == nullptr) return Side::none;
  if (letter->harmony == Harmony::back) return Side::back;
  if (letter->harmony == Harmony::front || c == U'е' || c == U'э') return Side::front;
  return Side::none;
}

struct State {
  std::u32string word{};
  Side side{Side::none};  // Of the last vowel.
  char32_t guttural{0};   // қ ғ к г since the last vowel.
  double cost{};
};

void extend(State& state, char32_t c) {
  state.cost += model_weight * knowledge().model.cost(state.word, c);
  if (c == 0) return;
  state.word.push_back(c);
  const Side side = vowel_side(c);
  const auto clashes = [](char32_t consonant, Side vowel) {
    return ((consonant == U'қ' || consonant == U'ғ') && vowel == Side::front) ||
           ((consonant == U'к' || consonant == U'г') && vowel == Side::back);
  };
  if (side != Side::none) {
    if (state.side != Side::none && state.side != side) state.cost += switch_cost;
    if (clashes(state.guttural, side)) state.cost += clash_cost;
    state.side = side;
    state.guttural = 0;
  } else if (c == U'қ' || c == U'ғ' || c == U'к' || c == U'г') {
    if (clashes(c, state.side)) state.cost += clash_cost;
    state.guttural = c;
  }
}

double known_bonus(const std::u32string& word) {
  switch (known_kazakh_word(word)) {
    case Known::part:
      return 5;
    case Known::word:
      return 4.5;
    case Known::suffixed:
      return 4;
    case Known::joined:
      return 3.5;
    case Known::no:
      return 0;
  }
  return 0;
}

}  // namespace

double cost_of_kazakh(std::u32string_view word) { return knowledge().model.cost_of(word); }

Known known_kazakh_word(std::u32string_view word) {
  const Knowledge& known = knowledge();
  if (known.parts.contains(word)) return Known::part;
  if (known.words.contains(word)) return Known::word;
  for (const std::u32string_view suffix : Knowledge::suffixes) {
    if (word.size() > suffix.size() + 2 && word.ends_with(suffix) &&
        known.parts.contains(word.substr(0, word.size() - suffix.size()))) {
      return Known::suffixed;
    }
  }
  for (std::size_t cut = 2; cut + 2 <= word.size(); ++cut) {
    if (known.parts.contains(word.substr(0, cut)) && known.parts.contains(word.substr(cut))) return Known::joined;
  }
  return Known::no;
}

std::vector<CostedWord> decode_kazakh_costs(const WordLattice& lattice) {
  std::vector<std::vector<State>> beams(lattice.size() + 1);
  beams.front().emplace_back();
  const auto keep_best = [](std::vector<State>& beam) {
    const std::size_t keep = std::min(beam_width, beam.size());
    std::partial_sort(beam.begin(), beam.begin() + static_cast<std::ptrdiff_t>(keep), beam.end(),
                      [](const State& a, const State& b) { return a.cost < b.cost; });
    beam.resize(keep);
  };
  for (std::size_t i = 0; i < lattice.size(); ++i) {
    std::vector<State> here = std::move(beams[i]);
    keep_best(here);
    for (const State& state : here) {
      for (const LetterOption& option : lattice[i]) {
        State grown = state;
        grown.cost += option.cost;
        for (const char32_t c : option.text) extend(grown, c);
        beams[std::min(i + option.positions, lattice.size())].push_back(std::move(grown));
      }
    }
  }
  std::vector<State>& beam = beams.back();
  keep_best(beam);
  std::unordered_map<std::u32string, double> best;
  for (State& state : beam) {
    if (state.word.empty()) continue;
    extend(state, 0);
    const double cost = state.cost - known_bonus(state.word);
    const auto [at, fresh] = best.try_emplace(state.word, cost);
    if (!fresh) at->second = std::min(at->second, cost);
  }
  std::vector<CostedWord> ranked;
  ranked.reserve(best.size());
  for (const auto& [word, cost] : best) ranked.emplace_back(cost, word);
  std::sort(ranked.begin(), ranked.end());
  return ranked;
}

std::vector<Reading> decode_kazakh(const WordLattice& lattice, std::size_t limit) {
  const std::vector<CostedWord> ranked = decode_kazakh_costs(lattice);
  // The model is small and surer than it should be, so the shares are flattened.
  const auto share = [&](double cost) { return std::exp((ranked.front().first - cost) / temperature); };
  double total = 0;
  for (const auto& [cost, word] : ranked) total += share(cost);
  std::vector<Reading> readings;
  for (std::size_t i = 0; i < std::min(limit, ranked.size()); ++i) {
    readings.push_back({to_utf8(ranked[i].second), share(ranked[i].first) / total});
  }
  return readings;
}

}  // namespace kualik::text
