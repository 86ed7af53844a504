// Letters into Chinese characters: every cut of a word into pieces that one character writes, by how usual the
// character is for the piece and behind the character before it.

#include <algorithm>
#include <cmath>

#include "kualik/text/utf8.h"
#include "letters.h"
#include "name_tables.h"
#include "transcription_parts.h"

namespace kualik::names {

namespace {

using text::to_utf8;

constexpr std::size_t beam_width = 24;
constexpr double spelling_weight = 0.7;  // Of the characters' order beside the sounds.
constexpr double passed_over = 9;        // A sign without a sound (ь, a foreign letter).
constexpr double best_by_sound = 0.6;
constexpr double temperature = 2;

struct Path {
  std::u32string han{};
  double cost{};
};

void keep_best(std::vector<Path>& paths) {
  std::sort(paths.begin(), paths.end(),
            [](const Path& a, const Path& b) { return a.cost != b.cost ? a.cost < b.cost : a.han < b.han; });
  paths.erase(std::unique(paths.begin(), paths.end(), [](const Path& a, const Path& b) { return a.han == b.han; }),
              paths.end());
  if (paths.size() > beam_width) paths.resize(beam_width);
}

void append(Path& path, std::u32string_view hans, const text::LetterModel& spellings) {
  for (const char32_t c : hans) {
    path.cost += spelling_weight * spellings.cost(path.han, c);
    path.han.push_back(c);
  }
}

/// Put together from two parts of the tables: 努尔 + 巴合提.
bool of_elements(std::u32string_view word, const std::u32string& han) {
  const auto spells = [](std::u32string_view letters, const std::u32string& wanted) {
    const auto& rows = parts_of_cyrillic(std::u32string(letters));
    return std::any_of(rows.begin(), rows.end(), [&](std::uint16_t row) {
      const auto& hans = table_parts()[row].hans;
      return std::any_of(hans.begin(), hans.end(), [&](const auto& h) { return h.first == wanted; });
    });
  };
  for (std::size_t cut = 2; cut + 2 <= word.size(); ++cut) {
    if (parts_of_cyrillic(std::u32string(word.substr(0, cut))).empty()) continue;
    for (std::size_t at = 1; at < han.size(); ++at) {
      if (spells(word.substr(0, cut), han.substr(0, at)) && spells(word.substr(cut), han.substr(at))) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<Candidate> spell_in_han(std::u32string_view word, Sounding which, double share, std::size_t limit) {
  const HanSounds& sounds = han_sounds(which);
  std::vector<std::vector<Path>> at(word.size() + 1);
  at[0].emplace_back();
  for (std::size_t i = 0; i < word.size(); ++i) {
    std::vector<Path>& here = at[i];
    keep_best(here);
    for (std::size_t size = 1; size <= std::min(longest_unit, word.size() - i); ++size) {
      for (const SoundUnit& unit : sounds.of_letters(std::u32string(word.substr(i, size)))) {
        for (const Path& path : here) {
          Path next = path;
          next.cost += unit.writing;
          append(next, unit.hans, sounds.spellings());
          at[i + size].push_back(std::move(next));
        }
      }
    }
    if (here.empty()) continue;
    Path skipped = here.front();
    skipped.cost += passed_over;
    at[i + 1].push_back(std::move(skipped));
  }
  std::vector<Path>& done = at[word.size()];
  for (Path& path : done) path.cost += spelling_weight * sounds.spellings().cost(path.han, 0);
  keep_best(done);
  std::vector<Candidate> out;
  for (const Path& path : done) {
    if (path.han.empty() || out.size() == limit) continue;
    const double score = best_by_sound * share * std::exp((done.front().cost - path.cost) / temperature);
    const bool elements = which == Sounding::kazakh && of_elements(word, path.han);
    const Series series = which == Sounding::uyghur_older  ? Series::older
                          : which == Sounding::uyghur_2002 ? Series::y2002
                                                           : series_of(path.han);
    out.push_back({to_utf8(path.han), score, series, elements ? Basis::elements : Basis::syllables});
  }
  return out;
}

}  // namespace kualik::names
