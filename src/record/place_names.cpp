#include "record/place_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "kualik/numbers/region.h"
#include "kualik/record/fusion.h"
#include "record/masked.h"

namespace kualik::record {
namespace {

constexpr int deepest = 3;  // Province, prefecture, county.
/// Names of two characters (洋县) are compared by the second alone; shorter ones tell nothing.
constexpr std::size_t shortest_fuzzy = 2;
constexpr std::size_t shortest_uneven = 3;  // A character lost or added.

struct Name {
  std::string text;
  std::size_t length{0};
  std::set<int> codes{};
};

/// Names by themselves, with one character masked, and with one left out.
struct Index {
  std::vector<Name> names;
  std::unordered_map<std::string, std::size_t> exact;
  std::unordered_map<std::string, std::vector<std::size_t>> masked;
  std::unordered_map<std::string, std::vector<std::size_t>> shortened;
  std::set<std::string> symbols;
  std::size_t longest{0};
};

/// 新疆 for 新疆维吾尔自治区, as addresses often have it; empty where nothing is left out.
std::string_view short_province(std::string_view name) {
  for (const std::string_view rank :
       {std::string_view("维吾尔自治区"), std::string_view("壮族自治区"), std::string_view("回族自治区"),
        std::string_view("自治区"), std::string_view("省")})
    if (name.size() > rank.size() && name.substr(name.size() - rank.size()) == rank)
      return name.substr(0, name.size() - rank.size());
  return {};
}

Index build() {
  Index index;
  const auto add = [&index](std::string_view name, int code) {
    const Symbols symbols = symbols_of(name);
    if (symbols.size() < 2) return;
    index.symbols.insert(symbols.begin(), symbols.end());
    const auto [at, fresh] = index.exact.try_emplace(std::string(name), index.names.size());
    if (fresh) index.names.push_back({std::string(name), symbols.size(), {}});
    index.names[at->second].codes.insert(code);
    if (!fresh) return;
    index.longest = std::max(index.longest, symbols.size());
    if (symbols.size() < shortest_fuzzy) return;
    for (std::size_t k = 0; k < symbols.size(); ++k) {
      if (symbols.size() == shortest_fuzzy && k + 1 == shortest_fuzzy) continue;
      index.masked[with_mask(symbols, 0, symbols.size(), k)].push_back(at->second);
      if (symbols.size() < shortest_uneven) continue;
      index.shortened[joined(symbols, 0, k) + joined(symbols, k + 1, symbols.size())].push_back(at->second);
    }
  };
  for (int i = 0; i < numbers::region_record_count(); ++i) {
    const numbers::RegionRecord record = numbers::region_record(i);
    // Summary rows (市辖区, 县) are no names.
    if (record.cls == numbers::RegionClass::aggregate) continue;
    add(record.name, record.code);
    if (record.code % 10000 == 0) add(short_province(record.name), record.code);
  }
  return index;
}

const Index& index() {
  static const Index built = build();
  return built;
}

bool within(const Name& inner, const Name& outer) {
  for (const int code : inner.codes) {
    if (outer.codes.contains(code / 10000 * 10000) || outer.codes.contains(code / 100 * 100)) return true;
  }
  return false;
}

/// The longest name at a place; false if none stands there.
bool longest_name(const Symbols& symbols, std::size_t from, std::size_t& which) {
  for (std::size_t length = std::min(index().longest, symbols.size() - from); length >= 2; --length) {
    const auto at = index().exact.find(joined(symbols, from, from + length));
    if (at == index().exact.end()) continue;
    which = at->second;
    return true;
  }
  return false;
}

struct Guess {
  std::string head{};   ///< Names so far.
  std::size_t used{0};  ///< Symbols of the text that they stand for.
  const Name* last{nullptr};
  int changes{0};
  int names{0};
};

/// The names that can stand at `from`, with what they take of the text and how many characters differ.
std::vector<std::tuple<const Name*, std::size_t, int>> names_at(const Symbols& symbols, std::size_t from) {
  std::vector<std::tuple<const Name*, std::size_t, int>> out;
  const Index& all = index();
  auto add = [&](const std::vector<std::size_t>& rows, std::size_t length) {
    for (const std::size_t row : rows) out.emplace_back(&all.names[row], length, 1);
  };
  const std::size_t left = symbols.size() - from;
  for (std::size_t length = std::min(all.longest + 1, left); length >= 2; --length) {
    const std::string here = joined(symbols, from, from + length);
    if (const auto at = all.exact.find(here); at != all.exact.end())
      out.emplace_back(&all.names[at->second], length, 0);
    if (const auto at = all.shortened.find(here); at != all.shortened.end()) add(at->second, length);
    if (length < shortest_fuzzy) continue;
    for (std::size_t k = 0; k < length; ++k) {
      if (const auto at = all.masked.find(with_mask(symbols, from, from + length, from + k)); at != all.masked.end())
        add(at->second, length);
      if (length <= shortest_uneven) continue;
      const std::string shorter = joined(symbols, from, from + k) + joined(symbols, from + k + 1, from + length);
      if (const auto at = all.exact.find(shorter); at != all.exact.end())
        out.emplace_back(&all.names[at->second], length, 1);
    }
  }
  return out;
}

}  // namespace

bool in_place_names(const std::string& symbol) { return index().symbols.contains(symbol); }

PlaceHead place_head(std::string_view text) {
  PlaceHead head;
  const Symbols symbols = symbols_of(text);
  const Name* before = nullptr;
  for (std::size_t which = 0;
       head.names < deepest && head.symbols + 2 <= symbols.size() && longest_name(symbols, head.symbols, which);) {
    const Name& name = index().names[which];
    head.nested = head.nested && (before == nullptr || within(name, *before));
    before = &name;
    head.county = std::any_of(name.codes.begin(), name.codes.end(), [](int code) { return code % 100 != 0; });
    head.symbols += name.length;
    ++head.names;
  }
  return head;
}

std::vector<std::string> similar_places(std::string_view text, std::size_t limit) {
  const Symbols symbols = symbols_of(text);
  std::vector<Guess> done;
  std::vector<Guess> open{{}};
  for (int depth = 0; depth < deepest; ++depth) {
    std::vector<Guess> next;
    for (const Guess& guess : open) {
      if (guess.used + 2 > symbols.size()) continue;
      for (const auto& [name, length, changes] : names_at(symbols, guess.used)) {
        // Far-fetched: a second changed name must at least lie in the one before it.
        if (guess.last != nullptr && !within(*name, *guess.last)) continue;
        if (guess.changes + changes > 2) continue;
        next.push_back({guess.head + name->text, guess.used + length, name, guess.changes + changes, guess.names + 1});
      }
    }
    done.insert(done.end(), next.begin(), next.end());
    open = std::move(next);
  }
  std::erase_if(done, [](const Guess& g) { return g.changes == 0; });
  // More names recognised with fewer changes are likelier; then the order of the table, so that results repeat.
  std::stable_sort(done.begin(), done.end(), [](const Guess& a, const Guess& b) {
    return 2 * a.names - a.changes != 2 * b.names - b.changes ? 2 * a.names - a.changes > 2 * b.names - b.changes
                                                              : a.used > b.used;
  });
  std::vector<std::string> out;
  std::set<std::string> met{std::string(text)};
  for (const Guess& guess : done) {
    std::string whole = guess.head + joined(symbols, guess.used, symbols.size());
    if (out.size() < limit && met.insert(whole).second) out.push_back(std::move(whole));
  }
  return out;
}

}  // namespace kualik::record
