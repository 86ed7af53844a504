#include <algorithm>
#include <cmath>

#include "han_readings.h"
#include "kualik/text/names.h"
#include "kualik/text/normalize.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "name_tables.h"
#include "name_titles.h"

namespace kualik::names {

namespace {

using text::to_u32;
using text::to_utf8;

bool parts_names(char32_t c) {
  static constexpr std::u32string_view more = U"．.▪、-–—_,，/;|";
  return text::is_name_dot(c) || text::is_space(c) || more.find(c) != more.npos;
}

/// A part that only closes compounds (别克, 江, 古丽, 哈力), so that a father's name hardly consists of it.
bool only_element(const std::u32string& run) {
  const std::vector<std::uint16_t>& rows = parts_of_han(run);
  return !rows.empty() &&
         std::none_of(rows.begin(), rows.end(), [](std::uint16_t row) { return table_parts()[row].given; });
}

/// How well a run of characters reads as one name: known parts count, characters that only close syllables do not begin
/// a name.
double name_likeness(std::u32string_view run) {
  static constexpr std::u32string_view closing = U"尔克提孜斯勒甫特普恩";
  static constexpr std::u32string_view opening = U"阿艾叶吾玉哈赛努巴加沙库吐迪古帕热";
  double score = 0;
  const std::u32string whole(run);
  if (run.empty()) return -4;
  const std::vector<std::uint16_t>& rows = parts_of_han(whole);
  if (std::any_of(rows.begin(), rows.end(), [](std::uint16_t row) { return table_parts()[row].given; })) {
    score += 2.0 + 0.3 * static_cast<double>(run.size());
  } else {
    // The best chain of known elements (努尔 + 巴合提), each worth a little less than a name of its own.
    std::vector<double> best(run.size() + 1, -1e9);
    best[0] = 0;
    for (std::size_t end = 1; end <= run.size(); ++end) {
      for (std::size_t begin = end - std::min(end, longest_han_part()); begin < end; ++begin) {
        const std::u32string piece(run.substr(begin, end - begin));
        const double gain =
            parts_of_han(piece).empty() ? (piece.size() == 1 ? 0.0 : -1e9) : 0.25 * static_cast<double>(piece.size());
        best[end] = std::max(best[end], best[begin] + gain);
      }
    }
    score += best.back();
  }
  if (closing.find(run[0]) != closing.npos) score -= 2.5;
  if (opening.find(run[0]) != opening.npos) score += 0.4;
  if (run.size() == 1) score -= 2.5;
  if (run.size() == 2) score -= score < 1 ? 1.9 : 0.4;  // 努尔 alone begins names more often than it is one.
  return score;
}

Part make_part(std::u32string_view written, Role role) {
  Part part;
  part.text = to_utf8(written);
  const std::size_t suffix = name_suffix_length(text::lower(written));
  part.stem = to_utf8(written.substr(0, written.size() - suffix));
  part.suffix = to_utf8(written.substr(written.size() - suffix));
  part.role = role;
  return part;
}

bool is_patronymic(const Part& part) {
  const std::u32string low = text::lower(to_u32(part.suffix));
  return !low.empty() && low != U"ов" && low != U"ев" && low != U"ова" && low != U"ева" && low != U"ov" &&
         low != U"ev" && low != U"ova" && low != U"eva" && low != U"yev" && low != U"yeva";
}

// Papers of Kazakhstan print surname, given name, father's name; one with a suffix of surnames is the surname wherever
// it stands.
void give_roles(std::vector<Part>& parts) {
  if (parts.size() < 2) return;
  for (Part& part : parts)
    part.role = part.suffix.empty() ? Role::given : is_patronymic(part) ? Role::father : Role::surname;
  const auto bare = static_cast<std::size_t>(
      std::count_if(parts.begin(), parts.end(), [](const Part& p) { return p.suffix.empty(); }));
  if (bare == parts.size()) {
    parts[1].role = Role::father;
    if (parts.size() > 2) {
      parts[0].role = Role::surname;
      parts[1].role = Role::given;
      parts[2].role = Role::father;
    }
  } else if (parts.size() == 3 && bare == 2 && is_patronymic(parts[2])) {
    parts[0].role = Role::surname;
  }
}

/// Latin or Cyrillic "улы", "кызы" written as words of their own are suffixes of the word before.
bool is_lone_suffix(std::u32string_view word) {
  const std::u32string low = text::lower(word);
  for (const std::u32string_view suffix :
       {U"ұлы", U"улы",  U"қызы", U"кызы", U"уулу", U"кизи", U"қизи",  U"оғли", U"оғлы", U"uly", U"ūly",
        U"ulı", U"uulu", U"qyzy", U"kyzy", U"qızı", U"kizi", U"oghli", U"ogli", U"qizi", U"ۇلى", U"قىزى"}) {
    if (low == suffix) return true;
  }
  return false;
}

/// Han characters without a dot among which a border is looked for; what is longer is no name but a text.
constexpr std::size_t longest_unparted = 40;

SplitName split_han(std::u32string_view run) {
  SplitName made;
  const std::size_t family = text::surname_length(run);
  if (family > 0) {
    made.parts = {make_part(run.substr(0, family), Role::surname), make_part(run.substr(family), Role::given)};
    made.guessed = true;
    made.score = run.size() == 2 && text::count_transcribing(run) == 2 ? 0.5 : 0.9;
    return made;
  }
  made.parts = {make_part(run, Role::given)};
  if (run.size() < 4 || run.size() > longest_unparted) return made;
  // All borders and none compete; one whole known name (阿不都热合曼) is none.
  std::vector<double> scores{name_likeness(run) + (parts_of_han(std::u32string(run)).empty() ? 0 : 4) -
                             0.9 * std::max(0.0, static_cast<double>(run.size()) - 5)};
  std::size_t best = 0;
  for (std::size_t cut = 2; cut + 2 <= run.size(); ++cut) {
    const double balance = -0.15 * std::abs(static_cast<double>(run.size()) - 2.0 * static_cast<double>(cut));
    scores.push_back(name_likeness(run.substr(0, cut)) + name_likeness(run.substr(cut)) + balance -
                     (run.size() < 5 ? 0.9 : 0));
    if (only_element(std::u32string(run.substr(cut)))) scores.back() -= 3;
    if (scores.back() > scores[best]) best = scores.size() - 1;
  }
  double total = 0;
  for (const double score : scores) total += std::exp(score - scores[best]);
  made.guessed = true;
  made.score = 1 / total;
  if (best > 0) {
    const std::size_t cut = best + 1;
    made.parts = {make_part(run.substr(0, cut), Role::given), make_part(run.substr(cut), Role::father)};
  }
  return made;
}

}  // namespace

std::string_view name(Role role) noexcept {
  switch (role) {
    case Role::given:
      return "given";
    case Role::father:
      return "father";
    case Role::surname:
      return "surname";
  }
  return "given";
}

SplitName split(std::string_view name) {
  const std::u32string points = bare_name(text::composed(to_u32(name)));
  std::vector<std::u32string> words;
  std::u32string word;
  const auto finish = [&] {
    if (word.find_first_not_of(U"'’") == word.npos) word.clear();  // A lone apostrophe is no name.
    if (!word.empty() && !words.empty() && is_lone_suffix(word)) {
      words.back() += word;
    } else if (!word.empty()) {
      words.push_back(word);
    }
    word.clear();
  };
  for (const char32_t c : points) {
    if (parts_names(c)) {
      finish();
    } else if (text::is_han(c) || text::is_cyrillic(c) || text::is_arabic_letter(c) || text::is_latin_letter(c) ||
               c == U'\'' || c == U'’') {
      if (!word.empty() && text::is_han(c) != text::is_han(word.back())) finish();
      word.push_back(c);
    }
  }
  finish();
  if (words.empty()) return {};
  if (words.size() == 1 && text::is_han(words[0][0])) return split_han(words[0]);
  SplitName made;
  for (const std::u32string& w : words) made.parts.push_back(make_part(w, Role::given));
  give_roles(made.parts);
  return made;
}

}  // namespace kualik::names
