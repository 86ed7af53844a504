#include "record/address_words.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "kualik/record/fusion.h"
#include "place_words.h"

namespace kualik::record {
namespace {

using Symbols = std::vector<std::string>;

constexpr double unknown_symbol = -0.7;
/// Single characters that end or count the parts of an address.
constexpr std::string_view parts =
    "号室组村乡镇路街巷队栋楼院排户师团连层门区里庄屯湾营厂东西南北上下中前后大小新老一二三四五六七八九十";

struct Words {
  std::unordered_set<std::string> exact;
  std::unordered_map<std::string, std::vector<std::string>> masked;
  std::unordered_set<std::string> single;
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

const Words& words() {
  static const Words built = [] {
    Words w;
    for (const auto& row : text::tables::place_words_rows) {
      const Symbols symbols = symbols_of(row.word);
      if (symbols.size() < 2) continue;
      w.exact.insert(std::string(row.word));
      w.longest = std::max(w.longest, symbols.size());
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

double tail_of(const Symbols& symbols, std::size_t from) {
  const std::size_t n = symbols.size() - std::min(from, symbols.size());
  std::vector<std::size_t> known(n + 1, 0);  // Symbols covered so far, at most.
  for (std::size_t i = 0; i < n; ++i) {
    known[i + 1] = std::max(known[i + 1], known[i] + (is_plain(symbols[from + i]) ? 1 : 0));
    for (std::size_t length = 2; length <= words().longest && i + length <= n; ++length)
      if (words().exact.contains(joined(symbols, from + i, from + i + length)))
        known[i + length] = std::max(known[i + length], known[i] + length);
  }
  return unknown_symbol * static_cast<double>(n - known[n]);
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
