#include "record/address_words.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "kualik/record/fusion.h"
#include "kualik/text/utf8.h"
#include "place_words.h"
#include "record/masked.h"
#include "record/place_names.h"
#include "text/han_readings.h"

namespace kualik::record {
namespace {

/// A character that no word covers: one that names of places are made of, or that writes the sounds of another language
/// (阔斯铁热克), and one that stands in neither.
constexpr double usual_symbol = -0.8;
constexpr double odd_symbol = -2.0;
/// A character of a word speaks for its reading, or the shortest reading were the best.
constexpr double in_word = 0.3;
/// The head of a word that the next row may go on with.
constexpr double begun_word = -0.4;
/// Single characters that end or count the parts of an address.
constexpr std::string_view parts =
    "号室组村乡镇路街巷队栋楼院排户师团连层门区里庄屯湾营厂东西南北上下中前后大小新老一二三四五六七八九十";

struct Words {
  std::unordered_set<std::string> exact;
  std::unordered_map<std::string, std::vector<std::string>> masked;
  std::unordered_set<std::string> single;
  std::unordered_set<std::string> begun;  // Heads of words.
  std::size_t longest{0};
};

const Words& words() {
  static const Words built = [] {
    Words w;
    for (const auto& row : text::tables::place_words_rows) {
      const Symbols symbols = symbols_of(row.word);
      if (symbols.size() < 2) continue;
      w.exact.insert(std::string(row.word));
      w.longest = std::max(w.longest, symbols.size());
      for (std::size_t k = 1; k < symbols.size(); ++k) w.begun.insert(joined(symbols, 0, k));
      for (std::size_t k = 0; k < symbols.size(); ++k)
        w.masked[with_mask(symbols, 0, symbols.size(), k)].emplace_back(row.word);
    }
    for (const std::string& s : symbols_of(parts)) w.single.insert(s);
    return w;
  }();
  return built;
}

bool is_plain(const std::string& symbol) {
  return (symbol.size() == 1 && symbol[0] >= '0' && symbol[0] <= '9') || symbol == "-" ||
         words().single.contains(symbol);
}

double alone(const std::string& symbol) {
  if (is_plain(symbol)) return 0;
  return in_place_names(symbol) || text::count_transcribing(text::to_u32(symbol)) > 0 ? usual_symbol : odd_symbol;
}

double tail_of(const Symbols& symbols, std::size_t from) {
  const std::size_t n = symbols.size() - std::min(from, symbols.size());
  std::vector<double> best(n + 1, -1e9);  // Of the symbols so far.
  best[0] = 0;
  for (std::size_t i = 0; i < n; ++i) {
    best[i + 1] = std::max(best[i + 1], best[i] + alone(symbols[from + i]));
    for (std::size_t length = 2; length <= words().longest && i + length <= n; ++length)
      if (words().exact.contains(joined(symbols, from + i, from + i + length)))
        best[i + length] = std::max(best[i + length], best[i] + in_word * static_cast<double>(length));
  }
  // A row ends where the card has no more room, within a word as well.
  double all = best[n];
  for (std::size_t length = 1; length < words().longest && length <= n; ++length)
    if (words().begun.contains(joined(symbols, symbols.size() - length, symbols.size())))
      all = std::max(all, best[n - length] + begun_word);
  return all;
}

}  // namespace

double address_tail(std::string_view tail) { return tail_of(symbols_of(tail), 0); }

std::vector<std::string> similar_address_words(std::string_view text, std::size_t from, std::size_t limit) {
  const Symbols symbols = symbols_of(text);
  std::vector<std::pair<double, std::string>> found;
  std::set<std::string> met{std::string(text)};
  for (std::size_t at = from; at + 2 <= symbols.size(); ++at) {
    for (std::size_t to = at + 2; to <= symbols.size() && to - at <= words().longest; ++to) {
      for (std::size_t k = at; k < to; ++k) {
        // A digit misread as a character would turn a number into a word.
        if (symbols[k].size() == 1) continue;
        const auto hit = words().masked.find(with_mask(symbols, at, to, k));
        if (hit == words().masked.end()) continue;
        for (const std::string& word : hit->second) {
          std::string whole = joined(symbols, 0, at) + word + joined(symbols, to, symbols.size());
          if (met.insert(whole).second) found.emplace_back(tail_of(symbols_of(whole), from), std::move(whole));
        }
      }
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> out;
  for (auto& [lp, whole] : found)
    if (out.size() < limit) out.push_back(std::move(whole));
  return out;
}

}  // namespace kualik::record
