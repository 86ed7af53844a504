#include <algorithm>
#include <array>
#include <numeric>

#include "kualik/text/utf8.h"
#include "letters.h"
#include "name_order.h"
#include "name_prepared.h"
#include "name_tables.h"

namespace kualik::names {

namespace {

using text::to_utf8;

constexpr std::size_t most_words = 4;
constexpr double table_score = 0.985;  // Both spellings stand in one row of a table.
constexpr double other_row = 0.93;     // Both stand in tables, but in different rows.
constexpr double same_stem = 0.99;     // Бақыт, Бақытұлы: only the same letters score 1.
constexpr double swapped = 0.86;       // Words of names of four and more change places.
constexpr double swapped_han = 0.95;   // Yulan Ma for 马玉兰
constexpr double one_run = 0.97;       // The same syllables, parted otherwise.
constexpr double own_surname = 0.96;   // A surname beside a father's name, though the own father's name is there too.
constexpr double initial_fits = 0.9;
constexpr double initial_differs = 0.1;
constexpr double initial_distance = 0.36;  // Ж for 加, К for 哈; not Н for М.
constexpr double with_initial = 0.92;      // Of the whole name: an initial fits one name in twenty.
constexpr double without_surname = 0.94;   // Of three words two are compared.
constexpr double heard = 0.95;             // Sounds alone tell that these are one: Sali, Сали.
constexpr double differing = 0.75;         // Parts that score less are said to differ.
constexpr double homophone = 0.90;         // 伟 and 卫: two Han names of one sound.
constexpr double pinyin_score = 0.98;      // A Han name and its pinyin.
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

/// Pinyin beside the same syllables in Russian letters (马福海 or Fuhai, Фухай). -1 if that is not what they are.
double palladius_score(const PreparedWord& a, const PreparedWord& b) {
  const PreparedWord& pinyin = a.russian.empty() ? b : a;
  const PreparedWord& other = a.russian.empty() ? a : b;
  if (pinyin.russian.empty() || other.whole.empty() || !text::is_cyrillic(other.whole[0])) return -1;
  if (other.whole == pinyin.russian) return pinyin_score;
  // Without the soft signs -ань and -ан are one. Latin that only could be pinyin (Hasan) is heard as any other.
  if (pinyin.syllables.empty()) return -1;
  const auto bare = [](std::u32string word) {
    std::erase_if(word, [](char32_t c) { return c == U'ь' || c == U'ъ'; });
    return word;
  };
  return bare(other.whole) == bare(pinyin.russian) ? homophone : -1;
}

/// An initial fits a word that begins with its sound. -1 if neither is an initial.
double initial_score(const PreparedWord& a, const PreparedWord& b) {
  if (!a.initial && !b.initial) return -1;
  const auto first = [](const Sounds& sounds) {
    return Sounds(sounds.begin(), sounds.begin() + (sounds.empty() ? 0 : 1));
  };
  double least = 1;
  for (const Sounds* left : {&a.stem.plain, &a.stem.pinyin}) {
    for (const Sounds* right : {&b.stem.plain, &b.stem.pinyin}) {
      if (!left->empty() && !right->empty()) least = std::min(least, distance(first(*left), first(*right)));
    }
  }
  return least <= initial_distance ? initial_fits : initial_differs;
}

double word_score(const PreparedWord& a, const PreparedWord& b) {
  if (a.key == b.key && !a.key.empty()) return a.whole == b.whole ? 1 : same_stem;
  if (const double fits = initial_score(a, b); fits >= 0) return fits;
  if (const double same = han_name_score(a, b); same > 0) return same;
  if (const double same = palladius_score(a, b); same > 0) return same;
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
  made.detail = shown(a.stem.plain) + " ~ " + shown(b.stem.plain);
  if (a.key == b.key) {
    made.basis = "same";
    made.detail = a.whole == b.whole ? "" : "without the suffix";
  } else if (made.score < differing) {
    made.basis = "differs";
  } else if (a.initial || b.initial) {
    made.basis = "initial";
    made.detail.clear();
  } else if (share_row(a, b, row)) {
    made.basis = table_parts()[row].uyghur ? "Uyghur parts table" : "parts table";
    made.detail = table_parts()[row].shown;
  } else if (palladius_score(a, b) > 0 && best_similarity(a.stem, b.stem) < heard) {
    made.basis = "pinyin in Russian letters";
    made.detail = to_utf8(a.russian.empty() ? b.russian : a.russian);
  } else {
    made.basis = a.stem.han || b.stem.han ? "Chinese readings" : "sounds";
  }
  return made;
}

/// The sounds of a whole name in one go, in an order of its words: how sure that order is given · father, and what is
/// left out.
struct Joined {
  Sounds sounds{};
  double certainty{};
  double factor{1};
};

Sounds joined(const PreparedName& name, const std::vector<std::size_t>& order, bool pinyin) {
  Sounds all;
  for (const std::size_t i : order) {
    const PreparedWord& word = name.words[i];
    const Sounds& sounds = pinyin && !word.stem.pinyin.empty() ? word.stem.pinyin : word.stem.plain;
    all.insert(all.end(), sounds.begin(), sounds.end());
  }
  return all;
}

std::vector<std::size_t> as_written(const PreparedName& name) {
  std::vector<std::size_t> order(name.words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

bool any_pinyin(const PreparedName& name) {
  return std::any_of(name.words.begin(), name.words.end(),
                     [](const PreparedWord& w) { return !w.stem.pinyin.empty(); });
}

std::vector<Joined> ways_to_join(const PreparedName& name) {
  std::vector<Joined> ways;
  std::size_t given = name.words.size();
  std::size_t father = given;
  for (std::size_t i = 0; i < name.words.size(); ++i) {
    if (name.words[i].place == Place::given) given = i;
    if (name.words[i].place == Place::father) father = i;
  }
  const bool placed = given < name.words.size() && father < name.words.size();
  for (const bool pinyin : {false, true}) {
    if (pinyin && !any_pinyin(name)) continue;
    if (placed) {
      const double factor = name.words.size() > 2 ? without_surname : 1;
      ways.push_back({joined(name, {given, father}, pinyin), name.order, factor});
      ways.push_back({joined(name, {father, given}, pinyin), -name.order, factor});
    }
    if (!placed || name.words.size() > 2) {
      // One run of characters is given · father, as cards of the PRC print it.
      const double certainty = name.words.size() > 1 || name.han_name ? 0 : name.words[0].stem.han ? 0.8 : 0.3;
      ways.push_back({joined(name, as_written(name), pinyin), certainty, 1});
    }
  }
  return ways;
}

double joined_score(const PreparedName& a, const PreparedName& b) {
  double best = 0;
  const std::vector<Joined> right = ways_to_join(b);
  for (const Joined& left : ways_to_join(a)) {
    for (const Joined& other : right) {
      const double factor = left.factor * other.factor * order_factor(left.certainty, other.certainty, false);
      if (factor > best) best = std::max(best, factor * similarity(left.sounds, other.sounds));
    }
  }
  return joined_factor * std::min(best, 0.99);
}

/// The pairing of words that fits best. `pair[i]` is the word of `b` for word i of `a`, or npos.
struct Pairing {
  double score{-1};
  bool crossed{false};  // A given name beside a father's name or surname.
  std::array<std::size_t, most_words> pair{};
};

bool are_crossed(Place a, Place b) {
  return (a == Place::given && (b == Place::father || b == Place::surname)) ||
         (b == Place::given && (a == Place::father || a == Place::surname));
}

/// Only names of three words have the place of a surname, so that the own father's name stands beside it.
bool is_surname_for_father(Place a, Place b) {
  return (a == Place::surname && b == Place::father) || (a == Place::father && b == Place::surname);
}

Pairing pair_words(const PreparedName& a, const PreparedName& b) {
  const std::size_t m = std::min(a.words.size(), most_words);
  const std::size_t n = std::min(b.words.size(), most_words);
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::array<std::array<double, most_words>, most_words> scores{};
  std::array<std::array<double, most_words>, most_words> weights{};
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      scores[i][j] = word_score(a.words[i], b.words[j]);
      const bool initial = a.words[i].initial || b.words[j].initial;
      weights[i][j] = initial ? 1.5 : 1.5 + (weight(a.words[i].stem.plain) + weight(b.words[j].stem.plain)) / 2;
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
    bool crossed = false;
    bool initial = false;
    bool surname_for_father = false;
    std::size_t before = 0;
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < std::max(m, n); ++i) {
      const std::size_t j = order[i];
      if (i >= m || j >= n) continue;
      sum += scores[i][j] * weights[i][j];
      total += weights[i][j];
      const bool letter = a.words[i].initial || b.words[j].initial;
      if (!letter || scores[i][j] < initial_fits) least = std::min(least, scores[i][j]);
      initial = initial || letter;
      surname_for_father = surname_for_father || is_surname_for_father(a.words[i].place, b.words[j].place);
      crossed = crossed || are_crossed(a.words[i].place, b.words[j].place);
      rising = rising && (pairs == 0 || j > before);
      before = j;
      ++pairs;
    }
    if (pairs == 0) continue;
    double score = 0.5 * sum / total + 0.5 * least;
    const bool places = a.order > 0 && b.order > 0;
    if (a.han_name || b.han_name) {
      score *= rising ? 1 : swapped_han;
    } else if (places) {
      score *= order_factor(a.order, b.order, crossed);
    } else if (!rising) {
      score *= swapped;
    }
    if (initial) score *= with_initial;
    if (surname_for_father) score *= own_surname;
    // A name of one word beside one of two says less than it seems; a third word (a surname) is often left out.
    const std::size_t over = std::max(m, n) - pairs;
    if (over > 0) score *= pairs == 1 ? 0.82 : 0.94;
    if (score > best.score) {
      best.score = score;
      best.crossed = places ? crossed : !rising;
      for (std::size_t i = 0; i < most_words; ++i) best.pair[i] = i < m && order[i] < n ? order[i] : none;
    }
  } while (std::next_permutation(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::max(m, n))));
  return best;
}

/// Pinyin of one name beside the same syllables of the other in another script, however they are parted: 马玉兰,
/// Ma Yu-lan, Ма Юйлань. 0 if they are not the same.
double same_syllables(const PreparedName& a, const PreparedName& b) {
  if (!a.syllables.empty() && !b.syllables.empty()) return a.han != b.han && a.syllables == b.syllables ? one_run : 0;
  if (a.syllables.empty() && b.syllables.empty()) return 0;
  return !a.russian.empty() && a.russian == b.russian ? one_run : 0;
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
  const double run = same_syllables(a, b);
  const double sex = sex_factor(a, b);
  const double score = std::clamp(std::max({pairing.score, across, run}) * sex, 0.0, 1.0);
  if (reasons == nullptr) return score;
  const auto tell_sex = [&] {
    if (sex < 1) reasons->push_back({a.sex_word, b.sex_word, 0, "sex", "the suffixes of a man and of a woman"});
  };
  if (run > pairing.score && run >= across) {
    const std::string& letters = a.syllables.empty() || b.syllables.empty() ? to_utf8(a.russian) : a.syllables;
    reasons->push_back({whole(a), whole(b), run, "Chinese readings", letters});
    tell_sex();
    return score;
  }
  if (across > pairing.score) {
    reasons->push_back({whole(a), whole(b), across, "joined",
                        shown(joined(a, as_written(a), false)) + " ~ " + shown(joined(b, as_written(b), false))});
    tell_sex();
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
  if (pairing.crossed) reasons->push_back({whole(a), whole(b), 0, "order", "given and father's name change places"});
  tell_sex();
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
