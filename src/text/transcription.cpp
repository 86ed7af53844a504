#include "kualik/text/transcription.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "han_readings.h"
#include "kazakh_lattice.h"
#include "kualik/text/names.h"
#include "kualik/text/normalize.h"
#include "kualik/text/translit.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "name_tables.h"
#include "syllables_han.h"

namespace kualik::names {

namespace {

using text::to_u32;
using text::to_utf8;

constexpr std::size_t beam_width = 24;

Series merge(Series a, Series b) {
  return a == Series::either || a == b ? b : b == Series::either ? a : Series::either;
}

void rank(std::vector<Candidate>& all, std::size_t limit) {
  std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  std::vector<Candidate> kept;
  for (Candidate& candidate : all) {
    const bool there =
        std::any_of(kept.begin(), kept.end(), [&](const Candidate& c) { return c.text == candidate.text; });
    if (!there && kept.size() < limit) kept.push_back(std::move(candidate));
  }
  all = std::move(kept);
}

std::vector<Candidate> join(const std::vector<Candidate>& left, const std::vector<Candidate>& right,
                            std::string_view between, std::size_t limit) {
  std::vector<Candidate> all;
  for (const Candidate& a : left) {
    for (const Candidate& b : right) {
      all.push_back({a.text + std::string(between) + b.text, a.score * b.score, merge(a.series, b.series),
                     std::max(a.basis, b.basis)});
    }
  }
  rank(all, limit);
  return all;
}

struct HanUnit {
  std::u32string han{};
  double cost{};
  bool coda{false};
  Series series{Series::either};
  Basis basis{Basis::syllables};
};

/// Units by their Cyrillic letters: syllables, and elements of names as units that cost little.
const std::unordered_map<std::u32string, std::vector<HanUnit>>& units() {
  static const auto made = [] {
    std::unordered_map<std::u32string, std::vector<HanUnit>> all;
    for (const auto& row : text::tables::syllables_han_rows) {
      const bool coda = row.position == "coda";
      all[to_u32(row.cyrl)].push_back({to_u32(row.hans), 0.9 + 0.5 * (row.rank[0] - '1') + (coda ? 0.1 : 0), coda,
                                       Series::either, Basis::syllables});
    }
    for (const TablePart& part : table_parts()) {
      for (std::size_t i = 0; i < part.hans.size(); ++i) {
        all[part.cyrl].push_back({part.hans[i].first, 0.35 + (part.uyghur ? 0.4 : 0) + 0.35 * static_cast<double>(i),
                                  false, part.hans[i].second, Basis::elements});
      }
    }
    return all;
  }();
  return made;
}

struct Path {
  std::u32string han{};
  double cost{};
  bool after_coda{false};
  bool after_element{false};  // An element is followed by another one rather than by a lone consonant.
  Series series{Series::either};
  Basis basis{Basis::table};
  std::size_t pieces{};
};

std::vector<Candidate> han_of_cyrillic(std::u32string_view word, double share, std::size_t limit) {
  std::vector<std::vector<Path>> at(word.size() + 1);
  at[0].push_back({});
  for (std::size_t i = 0; i < word.size(); ++i) {
    std::vector<Path>& here = at[i];
    std::sort(here.begin(), here.end(), [](const Path& a, const Path& b) { return a.cost < b.cost; });
    if (here.size() > beam_width) here.resize(beam_width);
    for (std::size_t size = 1; size <= word.size() - i; ++size) {
      const auto found = units().find(std::u32string(word.substr(i, size)));
      if (found == units().end()) continue;
      for (const Path& path : here) {
        for (const HanUnit& unit : found->second) {
          if (unit.coda && i == 0) continue;
          Path next = path;
          next.han += unit.han;
          // A vowel of its own behind a closed syllable means that the consonant should have opened the next one.
          const bool hiatus = path.after_coda && text::is_cyrillic_vowel(word[i]);
          next.cost += unit.cost + (hiatus ? 1.5 : 0) + (unit.coda && path.after_coda ? 0.3 : 0) +
                       (unit.coda && path.after_element ? 0.9 : 0);
          next.after_coda = unit.coda;
          next.after_element = unit.basis == Basis::elements;
          next.series = merge(next.series, unit.series);
          next.basis = std::max(next.basis, unit.basis);
          ++next.pieces;
          at[i + size].push_back(std::move(next));
        }
      }
    }
    if (here.empty()) continue;
    // A sign without a syllable (ь, a foreign letter) is passed over.
    Path skipped = here.front();
    skipped.cost += 3;
    at[i + 1].push_back(skipped);
  }
  std::vector<Path>& done = at[word.size()];
  std::sort(done.begin(), done.end(), [](const Path& a, const Path& b) { return a.cost < b.cost; });
  std::vector<Candidate> out;
  for (const Path& path : done) {
    if (path.han.empty()) continue;
    const Basis basis = path.basis == Basis::elements && path.pieces == 1 ? Basis::table : path.basis;
    out.push_back({to_utf8(path.han), share * std::exp(-0.35 * path.cost), path.series, basis});
  }
  rank(out, limit);
  return out;
}

/// Cyrillic letters for a pinyin syllable, for characters in no table of syllables.
std::vector<text::LetterOption> letters_of_pinyin(std::string_view syllable) {
  std::vector<text::LetterOption> out;
  for (const auto& reading : text::transliterations(syllable, text::Spelling::kk_cyrl,
                                                    {.from = text::Spelling::icao, .capitalise = false}, 3)) {
    out.push_back({to_u32(reading.text), 1.0 + (1 - reading.score)});
  }
  if (out.empty()) out.push_back({U"", 2});
  return out;
}

// What the characters write, alone and several together: syllables (哈力, 托合) and elements of names (努尔, 古丽).
text::WordLattice lattice_of_han(std::u32string_view simple) {
  constexpr double lower_rank = 0.6;
  constexpr double closes_at_head = 6;  // 提 for т, where a syllable begins
  text::WordLattice lattice(simple.size());
  for (std::size_t i = 0; i < simple.size(); ++i) {
    for (std::size_t size = 1; size <= std::min(longest_syllable, simple.size() - i); ++size) {
      const std::u32string han(simple.substr(i, size));
      for (const HanSyllable& s : syllables_of_han(han))
        lattice[i].push_back({s.cyrl, lower_rank * (s.rank - 1) + (s.coda && i == 0 ? closes_at_head : 0), size});
      if (size == simple.size()) continue;
      for (const std::uint16_t row : parts_of_han(han)) {
        const TablePart& part = table_parts()[row];
        if (part.uyghur) continue;
        const auto at = std::find_if(part.hans.begin(), part.hans.end(), [&](const auto& h) { return h.first == han; });
        lattice[i].push_back({part.cyrl, lower_rank * static_cast<double>(at - part.hans.begin()), size});
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

std::vector<Candidate> cyrillic_of_part(std::u32string_view han, std::size_t limit) {
  std::u32string simple(han);
  for (char32_t& c : simple) c = text::to_simplified(c);
  std::vector<Candidate> out;
  const auto add = [&](const std::u32string& cyrl, double score, Basis basis) {
    out.push_back({to_utf8(text::capitalised(cyrl)), score, Series::either, basis});
  };
  for (const std::uint16_t row : parts_of_han(simple)) {
    const TablePart& part = table_parts()[row];
    const auto at = std::find_if(part.hans.begin(), part.hans.end(), [&](const auto& h) { return h.first == simple; });
    // Uyghur parts have only a guess at Cyrillic, so Kazakh rows come first.
    add(part.cyrl, (part.uyghur ? 0.8 : 0.95) - 0.05 * static_cast<double>(at - part.hans.begin()), Basis::table);
  }
  // Two or three elements.
  const std::size_t longest = longest_han_part();
  for (std::size_t cut = 1; cut < simple.size() && simple.size() <= 2 * longest; ++cut) {
    for (const std::uint16_t left : parts_of_han(simple.substr(0, cut))) {
      for (const std::uint16_t right : parts_of_han(simple.substr(cut))) {
        if (table_parts()[left].uyghur || table_parts()[right].uyghur) continue;
        add(table_parts()[left].cyrl + table_parts()[right].cyrl, table_parts()[left].suffix ? 0.6 : 0.75,
            Basis::elements);
      }
    }
  }
  const text::WordLattice lattice = lattice_of_han(simple);
  for (const text::Reading& reading : text::decode_kazakh(lattice, limit))
    add(to_u32(reading.text), 0.7 * reading.score, Basis::syllables);
  rank(out, limit);
  return out;
}

bool has_han(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return text::is_han(c); });
}

}  // namespace

std::vector<Candidate> to_han(std::string_view name, std::size_t limit) {
  std::vector<Candidate> out{{"", 1, Series::either, Basis::table}};
  bool any = false;
  for (const Part& part : split(name).parts) {
    if (part.stem.empty() || has_han(to_u32(part.stem))) continue;
    std::vector<Candidate> word;
    const text::Spelling spelling = text::detect_spelling(part.stem);
    if (spelling == text::Spelling::automatic || spelling == text::Spelling::han) continue;
    // Uyghur parts by their own Latin.
    const std::u32string low = text::lower(to_u32(
        text::transliterate(part.stem, spelling == text::Spelling::ug_arab ? text::Spelling::ug_latn : spelling)));
    for (const TablePart& row : table_parts()) {
      if (!row.uyghur || to_u32(row.shown) != low) continue;
      for (std::size_t i = 0; i < row.hans.size(); ++i) {
        word.push_back(
            {to_utf8(row.hans[i].first), 0.95 - 0.1 * static_cast<double>(i), row.hans[i].second, Basis::table});
      }
    }
    const text::TransliterationOptions options{spelling, false};
    for (const auto& reading : text::transliterations(part.stem, text::Spelling::kk_cyrl, options, 4)) {
      for (Candidate& c : han_of_cyrillic(text::lower(to_u32(reading.text)), std::max(reading.score, 0.05), limit))
        word.push_back(std::move(c));
    }
    if (word.empty()) continue;
    rank(word, limit);
    out = join(out, word, any ? "·" : "", limit);
    any = true;
  }
  return any ? out : std::vector<Candidate>{};
}

std::vector<Candidate> from_han(std::string_view han, std::size_t limit) {
  std::vector<Candidate> out{{"", 1, Series::either, Basis::table}};
  bool any = false;
  const SplitName parted = split(han);
  std::u32string whole;
  for (const Part& part : parted.parts) {
    if (!has_han(to_u32(part.text))) continue;
    out = join(out, cyrillic_of_part(to_u32(part.text), limit), any ? " " : "", limit);
    any = true;
    whole += to_u32(part.text);
  }
  // A border that was only guessed may be none: 比比古丽 is one name.
  if (parted.guessed && parted.parts.size() == 2 && parted.parts[0].role == Role::given) {
    for (Candidate& candidate : out) candidate.score *= parted.score;
    for (Candidate& candidate : cyrillic_of_part(whole, limit)) {
      candidate.score *= 1 - parted.score;
      out.push_back(std::move(candidate));
    }
    rank(out, limit);
  }
  return any ? out : std::vector<Candidate>{};
}

std::vector<Candidate> from_han_uyghur(std::string_view han, std::size_t limit) {
  std::vector<Candidate> out{{"", 1, Series::either, Basis::table}};
  bool any = false;
  for (const Part& part : split(han).parts) {
    std::vector<Candidate> word;
    for (const std::uint16_t row : parts_of_han(to_u32(part.text))) {
      if (table_parts()[row].uyghur)
        word.push_back(
            {to_utf8(text::capitalised(to_u32(table_parts()[row].shown))), 0.9, Series::either, Basis::table});
    }
    if (word.empty()) return {};
    out = join(out, word, any ? " " : "", limit);
    any = true;
  }
  return any ? out : std::vector<Candidate>{};
}

}  // namespace kualik::names
