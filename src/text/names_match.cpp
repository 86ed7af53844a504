#include <algorithm>
#include <array>
#include <numeric>

#include "kualik/text/utf8.h"
#include "letters.h"
#include "name_prepared.h"
#include "name_tables.h"

namespace kualik::names {

namespace {

using text::to_utf8;

constexpr std::size_t most_words = 4;
constexpr double table_score = 0.985;  // Both spellings stand in one row of a table.
constexpr double other_row = 0.93;     // Both stand in tables, but in different rows.
constexpr double swapped = 0.86;       // Given and father's name change places: more often father and son than one man.
constexpr double homophone = 0.90;     // 伟 and 卫: two Han names of one sound.
constexpr double pinyin_score = 0.98;  // A Han name and its pinyin.
constexpr double other_syllables = 0.80;
constexpr double joined_factor = 0.97;  // Compared across the border of words.

bool share_row(const PreparedWord& a, const PreparedWord& b, std::uint16_t& row) {
  for (const std::uint16_t x : a.rows) {
    if (std::find(b.rows.begin(), b.rows.end(), x) != b.rows.end()) {
      row = x;
      return true;
    }
  }
  return false;
}

double best_similarity(const WordSounds& a, const WordSounds& b) {
  double best = similarity(a.plain, b.plain);
  if (!a.pinyin.empty()) best = std::max(best, similarity(a.pinyin, b.plain));
  if (!b.pinyin.empty()) best = std::max(best, similarity(a.plain, b.pinyin));
  if (!a.pinyin.empty() && !b.pinyin.empty()) best = std::max(best, similarity(a.pinyin, b.pinyin));
  return best;
}

struct WordMatch {
  double score{};
  std::string basis{};
  std::string detail{};
};

std::string shown(const Sounds& sounds) {
  std::string out;
  for (const Sound sound : sounds) {
    if (!sound.weak) out += sound.kind;
  }
  return out;
}

/// A Han name is no transcription: its syllables are the same or they are not. -1 if neither word is of a Han name.
double han_name_score(const PreparedWord& a, const PreparedWord& b) {
  const PreparedWord& han = a.syllables.empty() ? b : a;
  const PreparedWord& other = a.syllables.empty() ? a : b;
  if (han.syllables.empty() || other.key.empty()) return -1;
  if (!other.syllables.empty()) return han.syllables == other.syllables ? homophone : -1;
  return text::is_latin_letter(other.key[0]) && to_utf8(other.key) == han.syllables ? pinyin_score : -1;
}

double word_score(const PreparedWord& a, const PreparedWord& b) {
  if (a.key == b.key && !a.key.empty()) return 1;
  if (const double same = han_name_score(a, b); same > 0) return same;
  double sound = best_similarity(a.stem, b.stem);
  // Other syllables of a Han name are another name, however near they sound.
  if (!a.syllables.empty() || !b.syllables.empty()) sound *= other_syllables;
  // A suffix may belong to the name itself (Әлиев beside 阿里耶夫), so the words are heard with it too.
  const Sounds& full_a = a.full.empty() ? a.stem.plain : a.full;
  const Sounds& full_b = b.full.empty() ? b.stem.plain : b.full;
  if (!a.full.empty() || !b.full.empty()) sound = std::max(sound, 0.98 * similarity(full_a, full_b));
  std::uint16_t row = 0;
  if (share_row(a, b, row)) return std::clamp(sound, table_score, 0.99);
  // One Han spelling is shared by names of different rows (帕丽达: Парида, Фарида), and rows hold variants of one name.
  if (!a.rows.empty() && !b.rows.empty()) sound *= other_row;
  // Only the same letters score 1.
  return std::min(sound, 0.98);
}

WordMatch explain(const PreparedWord& a, const PreparedWord& b) {
  WordMatch made;
  made.score = word_score(a, b);
  std::uint16_t row = 0;
  if (a.key == b.key) {
    made.basis = "same";
  } else if (share_row(a, b, row)) {
    made.basis = table_parts()[row].uyghur ? "Uyghur parts table" : "parts table";
    made.detail = table_parts()[row].shown;
  } else {
    made.basis = a.stem.han || b.stem.han ? "Chinese readings" : "sounds";
    made.detail = shown(a.stem.plain) + " ~ " + shown(b.stem.plain);
  }
  return made;
}

Sounds joined(const PreparedName& name, bool pinyin, bool reversed) {
  Sounds all;
  for (std::size_t i = 0; i < name.words.size(); ++i) {
    const PreparedWord& word = name.words[reversed ? name.words.size() - 1 - i : i];
    const Sounds& sounds = pinyin && !word.stem.pinyin.empty() ? word.stem.pinyin : word.stem.plain;
    all.insert(all.end(), sounds.begin(), sounds.end());
  }
  return all;
}

bool any_pinyin(const PreparedName& name) {
  return std::any_of(name.words.begin(), name.words.end(),
                     [](const PreparedWord& w) { return !w.stem.pinyin.empty(); });
}

double joined_score(const PreparedName& a, const PreparedName& b) {
  double best = 0;
  for (const bool pinyin_a : {false, true}) {
    if (pinyin_a && !any_pinyin(a)) continue;
    const Sounds left = joined(a, pinyin_a, false);
    for (const bool pinyin_b : {false, true}) {
      if (pinyin_b && !any_pinyin(b)) continue;
      best = std::max(best, similarity(left, joined(b, pinyin_b, false)));
      if (b.words.size() == 2) best = std::max(best, swapped * similarity(left, joined(b, pinyin_b, true)));
      if (a.words.size() == 2 && b.words.size() != 2) {
        best = std::max(best, swapped * similarity(joined(a, pinyin_a, true), joined(b, pinyin_b, false)));
      }
    }
  }
  return joined_factor * std::min(best, 0.99);
}

/// The pairing of words that fits best. `pair[i]` is the word of `b` for word i of `a`, or npos.
struct Pairing {
  double score{-1};
  std::array<std::size_t, most_words> pair{};
};

Pairing pair_words(const PreparedName& a, const PreparedName& b) {
  const std::size_t m = std::min(a.words.size(), most_words);
  const std::size_t n = std::min(b.words.size(), most_words);
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::array<std::array<double, most_words>, most_words> scores{};
  std::array<std::array<double, most_words>, most_words> weights{};
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      scores[i][j] = word_score(a.words[i], b.words[j]);
      weights[i][j] = 1.5 + (weight(a.words[i].stem.plain) + weight(b.words[j].stem.plain)) / 2;
    }
  }
  Pairing best;
  best.pair.fill(none);
  std::array<std::size_t, most_words> order{};
  std::iota(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::max(m, n)), std::size_t{0});
  // All ways to lay the words of one name beside those of the other: at most 24.
  do {
    double sum = 0;
    double total = 0;
    double least = 1;
    bool rising = true;
    std::size_t before = 0;
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < std::max(m, n); ++i) {
      const std::size_t j = order[i];
      if (i >= m || j >= n) continue;
      sum += scores[i][j] * weights[i][j];
      total += weights[i][j];
      least = std::min(least, scores[i][j]);
      rising = rising && (pairs == 0 || j > before);
      before = j;
      ++pairs;
    }
    if (pairs == 0) continue;
    double score = 0.5 * sum / total + 0.5 * least;
    if (!rising) score *= swapped;
    // A name of one word beside one of two says less than it seems; a third word (a surname) is often left out.
    const std::size_t over = std::max(m, n) - pairs;
    if (over > 0) score *= pairs == 1 ? 0.82 : 0.94;
    if (score > best.score) {
      best.score = score;
      for (std::size_t i = 0; i < most_words; ++i) best.pair[i] = i < m && order[i] < n ? order[i] : none;
    }
  } while (std::next_permutation(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::max(m, n))));
  return best;
}

std::string whole(const PreparedName& name) {
  std::string all;
  for (const PreparedWord& word : name.words) {
    if (!all.empty()) all += ' ';
    all += word.text;
  }
  return all;
}

}  // namespace

double compare(const PreparedName& a, const PreparedName& b, std::vector<MatchReason>* reasons) {
  if (a.words.empty() || b.words.empty()) return 0;
  const Pairing pairing = pair_words(a, b);
  const bool may_join = a.words.size() != b.words.size() || a.border_open || b.border_open;
  const double across = may_join && (a.words.size() > 1 || b.words.size() > 1) ? joined_score(a, b) : 0;
  const double score = std::clamp(std::max(pairing.score, across), 0.0, 1.0);
  if (reasons == nullptr) return score;
  if (across > pairing.score) {
    reasons->push_back({whole(a), whole(b), across, "joined",
                        shown(joined(a, false, false)) + " ~ " + shown(joined(b, false, false))});
    return score;
  }
  std::vector<bool> used(b.words.size(), false);
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    const std::size_t j = i < most_words ? pairing.pair[i] : static_cast<std::size_t>(-1);
    if (j >= b.words.size()) {
      reasons->push_back({a.words[i].text, "", 0, "missing", ""});
      continue;
    }
    used[j] = true;
    WordMatch word = explain(a.words[i], b.words[j]);
    reasons->push_back({a.words[i].text, b.words[j].text, word.score, std::move(word.basis), std::move(word.detail)});
  }
  for (std::size_t j = 0; j < b.words.size(); ++j) {
    if (!used[j]) reasons->push_back({"", b.words[j].text, 0, "missing", ""});
  }
  return score;
}

Match match(std::string_view a, std::string_view b, const MatchOptions& options) {
  Match made;
  made.score = compare(prepare(a, options), prepare(b, options), &made.reasons);
  return made;
}

std::string skeleton(std::string_view name) {
  std::string all;
  for (const PreparedWord& word : prepare(name, {}).words) {
    const Sounds& sounds = word.stem.pinyin.empty() ? word.stem.plain : word.stem.pinyin;
    const std::string key = coarse_key(sounds);
    if (!all.empty()) all += ' ';
    all += key.empty() ? std::string("-") : key;
  }
  return all;
}

}  // namespace kualik::names
