#include "record/name_knowledge.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "kualik/record/fusion.h"
#include "kualik/text/utf8.h"
#include "text/name_tables.h"

namespace kualik::record {
namespace {

using Symbols = std::vector<std::string>;

constexpr std::string_view dot = "·";
/// Han names have up to four characters; longer ones are transcriptions, and those have a dot as a rule.
constexpr std::size_t longest_han_name = 4;
constexpr double no_dot = -1.5;
constexpr double unknown_part = -0.8;

struct Parts {
  std::unordered_set<std::string> exact;
  std::unordered_map<std::string, std::vector<std::string>> masked;
  std::size_t longest{0};
};

std::string joined(const Symbols& symbols, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to && i < symbols.size(); ++i) out += symbols[i];
  return out;
}

std::string with_mask(const Symbols& symbols, std::size_t from, std::size_t to, std::size_t at) {
  return joined(symbols, from, at) + "*" + joined(symbols, at + 1, to);
}

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
    if (dotted || symbols.size() > longest_han_name) lp += unknown_part * (1 - covered(symbols, from, i));
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
