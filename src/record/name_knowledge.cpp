#include "record/name_knowledge.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "han_given_chars.h"
#include "kualik/record/fusion.h"
#include "kualik/text/utf8.h"
#include "record/masked.h"
#include "text/han_readings.h"
#include "text/name_tables.h"

namespace kualik::record {
namespace {

constexpr std::string_view dot = "·";
/// Han names have up to four characters; longer ones are transcriptions, and those have a dot as a rule.
constexpr std::size_t longest_han_name = 4;
constexpr double no_dot = -1.5;
constexpr double unknown_part = -1.2;
/// Of a character in a transcribed name that writes no sound of Kazakh or Uyghur.
constexpr double no_sound = -1.8;
/// Of a name as the Han have it: a first character that is no surname, and a character that hardly stands in names.
constexpr double no_surname = -2;
constexpr double odd_character = -2.5;
/// Transcriptions without a dot are shorter names by far.
constexpr double undotted = -0.3;

struct Parts {
  std::unordered_set<std::string> exact;
  std::unordered_map<std::string, std::vector<std::string>> masked;
  std::size_t longest{0};
};

const Parts& parts() {
  static const Parts built = [] {
    Parts p;
    for (const names::TablePart& row : names::table_parts()) {
      for (const auto& [han, series] : row.hans) {
        const std::string text = text::to_utf8(han);
        const Symbols symbols = symbols_of(text);
        if (symbols.size() < 2 || !p.exact.insert(text).second) continue;
        p.longest = std::max(p.longest, symbols.size());
        if (symbols.size() < 3) continue;
        for (std::size_t k = 0; k < symbols.size(); ++k)
          p.masked[with_mask(symbols, 0, symbols.size(), k)].push_back(text);
      }
    }
    return p;
  }();
  return built;
}

/// The share of symbols [from, to) that known parts cover, each symbol once.
double covered(const Symbols& symbols, std::size_t from, std::size_t to) {
  if (to <= from) return 0;
  std::vector<std::size_t> best(to - from + 1, 0);
  for (std::size_t i = from; i < to; ++i) {
    const std::size_t here = best[i - from];
    best[i - from + 1] = std::max(best[i - from + 1], here);
    for (std::size_t length = 2; length <= parts().longest && i + length <= to; ++length)
      if (parts().exact.contains(joined(symbols, i, i + length)))
        best[i - from + length] = std::max(best[i - from + length], here + length);
  }
  return static_cast<double>(best.back()) / static_cast<double>(to - from);
}

bool is_han(const std::string& s) {
  return s.size() >= 3 && static_cast<unsigned char>(s[0]) >= 0xE3 && static_cast<unsigned char>(s[0]) <= 0xF0;
}

double given_character(const std::string& symbol) {
  static const std::unordered_map<std::string, double> usual = [] {
    std::unordered_map<std::string, double> out;
    for (const auto& row : text::tables::han_given_chars_rows)
      for (const std::string& s : symbols_of(row.hans)) out[s] = row.rank == "1" ? 0 : row.rank == "2" ? -0.15 : -0.4;
    return out;
  }();
  const auto at = usual.find(symbol);
  return at == usual.end() ? odd_character : at->second;
}

/// A name of two to four characters as the Han have them: surname, given name.
double as_han_name(const Symbols& symbols) {
  std::size_t surname = symbols.size() > 2 ? 2 : 1;
  while (surname > 0 && !text::is_surname(text::to_u32(joined(symbols, 0, surname)))) --surname;
  double lp = surname == 0 ? no_surname : 0;
  for (std::size_t i = std::max<std::size_t>(surname, 1); i < symbols.size(); ++i) lp += given_character(symbols[i]);
  return lp;
}

/// A part of a transcribed name.
double as_transcription(const Symbols& symbols, std::size_t from, std::size_t to) {
  const std::size_t sounds = text::count_transcribing(text::to_u32(joined(symbols, from, to)));
  return unknown_part * (1 - covered(symbols, from, to)) + no_sound * static_cast<double>(to - from - sounds);
}

}  // namespace

double han_name_likelihood(std::string_view name) {
  const Symbols symbols = symbols_of(name);
  double lp = 0;
  std::size_t from = 0;
  bool dotted = false;
  for (std::size_t i = 0; i <= symbols.size(); ++i) {
    if (i < symbols.size() && symbols[i] != dot) {
      if (!is_han(symbols[i])) lp -= 1;
      continue;
    }
    dotted = dotted || i < symbols.size();
    if (i == from) lp -= 3;  // A dot at an end, or two together.
    const double transcribed = as_transcription(symbols, from, i);
    if (dotted || symbols.size() > longest_han_name)
      lp += transcribed;
    else
      lp += std::max(as_han_name(symbols), transcribed + undotted);
    from = i + 1;
  }
  if (!dotted && symbols.size() > longest_han_name) lp += no_dot;
  if (symbols.size() < 2) lp -= 1;
  return lp;
}

std::vector<std::string> similar_names(std::string_view name, std::size_t limit) {
  const Symbols symbols = symbols_of(name);
  std::vector<std::pair<double, std::string>> found;
  std::set<std::string> met{std::string(name)};
  auto add = [&](std::string text) {
    if (!met.insert(text).second) return;
    const double lp = han_name_likelihood(text);
    found.emplace_back(lp, std::move(text));
  };
  std::vector<Symbols> forms{symbols};
  if (std::find(symbols.begin(), symbols.end(), dot) == symbols.end() && symbols.size() > longest_han_name) {
    for (std::size_t i = 1; i < symbols.size(); ++i) {
      Symbols with = symbols;
      with.insert(with.begin() + static_cast<std::ptrdiff_t>(i), std::string(dot));
      add(joined(with, 0, with.size()));
      forms.push_back(std::move(with));
    }
  }
  for (const Symbols& form : forms) {
    for (std::size_t from = 0; from + 3 <= form.size(); ++from) {
      for (std::size_t to = from + 3; to <= form.size() && to - from <= parts().longest; ++to) {
        for (std::size_t k = from; k < to; ++k) {
          const auto at = parts().masked.find(with_mask(form, from, to, k));
          if (at == parts().masked.end()) continue;
          for (const std::string& part : at->second) add(joined(form, 0, from) + part + joined(form, to, form.size()));
        }
      }
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> out;
  for (auto& [lp, text] : found)
    if (out.size() < limit) out.push_back(std::move(text));
  return out;
}

}  // namespace kualik::record
