#include "kualik/text/transcription.h"

#include <algorithm>
#include <cmath>

#include "han_readings.h"
#include "kazakh_lattice.h"
#include "kualik/text/names.h"
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

Series merge(Series a, Series b) {
  return a == Series::either || a == b ? b : b == Series::either ? a : Series::either;
}

std::vector<Candidate> join(const std::vector<Candidate>& left, const std::vector<Candidate>& right,
                            std::string_view between, std::size_t limit) {
  std::vector<Candidate> all;
  for (const Candidate& a : left) {
    for (const Candidate& b : right) {
      // Nobody writes one part before and the other after the respelling: 买买提·图尔荪.
      const bool mixed = a.series != Series::either && b.series != Series::either && a.series != b.series;
      all.push_back({a.text + std::string(between) + b.text, a.score * b.score * (mixed ? 0.7 : 1),
                     merge(a.series, b.series), std::max(a.basis, b.basis)});
    }
  }
  rank(all, limit);
  return all;
}

/// Latin or Arabic letters without one that only Kazakh has.
bool may_be_uyghur(text::Spelling spelling, const std::string& stem) {
  if (spelling == text::Spelling::kk_arab) return to_u32(stem).find_first_of(U"ٴعحءۆ") == std::u32string::npos;
  return (spelling == text::Spelling::icao || spelling == text::Spelling::kk_latn || spelling == text::Spelling::bgn) &&
         to_u32(stem).find_first_of(U"ışğñäūīėİŞĞÑÄŪ") == std::u32string::npos;
}

/// How likely a word in plain Latin is Uyghur rather than Kazakh, by the letters of either's names.
double share_of_uyghur(std::u32string_view sounds, const std::string& stem, text::Spelling spelling) {
  constexpr double temperature = 3;
  const double uyghur = uyghur_letters().cost_of(sounds);
  double kazakh = 40;
  const text::TransliterationOptions options{spelling, false};
  for (const auto& reading : text::transliterations(stem, text::Spelling::kk_cyrl, options, 2))
    kazakh = std::min(kazakh, text::cost_of_kazakh(text::lower(to_u32(reading.text))));
  return 1 / (1 + std::exp(std::clamp((uyghur - kazakh) / temperature, -30.0, 30.0)));
}

bool has_han(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return text::is_han(c); });
}

/// One word. Uyghur and Kazakh names share the Latin alphabet, so that a word in plain Latin may be either.
std::vector<Candidate> word_in_han(const std::string& stem, std::size_t limit, text::Spelling from) {
  constexpr double least_reading = 0.05;
  std::vector<Candidate> word;
  const text::Spelling spelling = from == text::Spelling::automatic ? text::detect_spelling(stem) : from;
  if (spelling == text::Spelling::automatic || spelling == text::Spelling::han) return word;
  // The two series stand side by side: the usual spelling of either comes before rarer ones.
  const auto add_row = [&](const TablePart& row) {
    double older = 0.95;
    double newer = 0.945;
    for (const auto& [han, series] : row.hans) {
      double& score = series == Series::y2002 ? newer : older;
      word.push_back({to_utf8(han), score, series, Basis::table});
      score -= 0.05;
    }
  };
  const auto add_uyghur = [&](const std::u32string& sounds, double share) {
    for (const TablePart& row : table_parts()) {
      if (row.uyghur && one_letter_a_sound(to_u32(row.shown)) == sounds) add_row(row);
    }
    for (const Sounding series : {Sounding::uyghur_older, Sounding::uyghur_2002}) {
      for (Candidate& c : spell_in_han(sounds, series, share, limit)) word.push_back(std::move(c));
    }
  };
  const auto add_kazakh = [&](double share) {
    const text::TransliterationOptions options{spelling, false};
    for (const auto& reading : text::transliterations(stem, text::Spelling::kk_cyrl, options, 4)) {
      if (!word.empty() && reading.score < least_reading) continue;
      const std::u32string cyrl = text::lower(to_u32(reading.text));
      for (const std::uint16_t row : parts_of_cyrillic(cyrl)) {
        if (!table_parts()[row].uyghur && reading.score > 0.5) add_row(table_parts()[row]);
      }
      for (Candidate& c : spell_in_han(cyrl, Sounding::kazakh, share * std::max(reading.score, 0.05), limit))
        word.push_back(std::move(c));
    }
  };
  if (spelling == text::Spelling::ug_arab || spelling == text::Spelling::ug_latn) {
    add_uyghur(one_letter_a_sound(to_u32(text::transliterate(stem, text::Spelling::ug_latn, {.from = spelling}))), 1);
  } else if (from == text::Spelling::automatic && may_be_uyghur(spelling, stem)) {
    const bool arabic = spelling == text::Spelling::kk_arab;
    const std::u32string sounds = one_letter_a_sound(
        to_u32(arabic ? text::transliterate(stem, text::Spelling::ug_latn, {.from = text::Spelling::ug_arab}) : stem));
    const double uyghur = share_of_uyghur(sounds, stem, spelling);
    add_uyghur(sounds, uyghur);
    add_kazakh(1 - uyghur);
  } else {
    add_kazakh(1);
  }
  rank(word, limit);
  return word;
}

/// What is longer is no name but a text, and is read piece by piece, so that it takes no longer than its length.
constexpr std::size_t longest_word = 20;

template <typename Reader>
ReadWord read_word(std::u32string_view han, std::size_t limit, const Reader& reader) {
  if (han.size() <= longest_word) return reader(han, limit);
  ReadWord all;
  all.candidates.push_back({"", 1, Series::either, Basis::table});
  for (; !han.empty(); han.remove_prefix(std::min(longest_word, han.size()))) {
    const ReadWord piece = reader(han.substr(0, longest_word), 1);
    if (piece.candidates.empty()) return {};
    all.candidates = join(all.candidates, piece.candidates, "", 1);
    all.cost += piece.cost;
  }
  return all;
}

/// Chinese characters of a name by a reader of single words.
template <typename Reader>
std::vector<Candidate> read_name(std::string_view han, std::size_t limit, const Reader& reader) {
  std::vector<Candidate> out{{"", 1, Series::either, Basis::table}};
  bool any = false;
  const SplitName parted = split(han);
  std::u32string whole;
  double cost = 0;
  for (const Part& part : parted.parts) {
    if (!has_han(to_u32(part.text))) continue;
    const ReadWord word = read_word(to_u32(part.text), limit, reader);
    if (word.candidates.empty()) return {};
    out = join(out, word.candidates, any ? " " : "", limit);
    any = true;
    cost += word.cost;
    whole += to_u32(part.text);
  }
  // A border that was only guessed may be none: 比比古丽 is one name, and so may 马汗 be, whose 马 is a surname too.
  const bool surname = parted.guessed && parted.parts[0].role == Role::surname;
  if (parted.guessed && parted.parts.size() == 2 && (!surname || text::count_transcribing(whole) == whole.size())) {
    const ReadWord one = read_word(whole, limit, reader);
    // Cards write the dot, so that a short run without one is one name; two names are longer.
    const double prior = surname ? 3 : 2.0 * (7 - static_cast<double>(whole.size()));
    const double two = 1 / (1 + std::exp(std::clamp(cost + prior - one.cost, -30.0, 30.0) / 2));
    for (Candidate& candidate : out) candidate.score *= two;
    for (Candidate candidate : one.candidates) {
      candidate.score *= 1 - two;
      out.push_back(std::move(candidate));
    }
    rank(out, limit);
  }
  return any ? out : std::vector<Candidate>{};
}

}  // namespace

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

std::vector<Candidate> to_han(std::string_view name, std::size_t limit, text::Spelling from) {
  std::vector<Candidate> out{{"", 1, Series::either, Basis::table}};
  bool any = false;
  for (const Part& part : split(name).parts) {
    if (part.stem.empty() || has_han(to_u32(part.stem))) continue;
    std::vector<Candidate> word = word_in_han(part.stem, limit, from);
    if (word.empty()) continue;
    out = join(out, word, any ? "·" : "", limit);
    any = true;
  }
  return any ? out : std::vector<Candidate>{};
}

std::vector<Candidate> from_han(std::string_view han, std::size_t limit) { return read_name(han, limit, read_kazakh); }

std::vector<Candidate> from_han_uyghur(std::string_view han, std::size_t limit) {
  return read_name(han, limit, read_uyghur);
}

}  // namespace kualik::names
