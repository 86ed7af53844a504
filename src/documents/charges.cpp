#include "kualik/documents/charges.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "anchors.h"
#include "documents/charge_variants.h"
#include "documents/charges.h"
#include "kualik/text/dates.h"
#include "kualik/text/normalize.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {

Date table_date(std::string_view text) {
  const auto read = text.empty() ? Checked<text::DateReading>{} : text::parse_date(text);
  return read.value ? read.value->date : Date{};
}

struct Entry {
  std::u32string name;         // with 罪
  std::u32string joined;       // without 、
  std::vector<bool> boundary;  // a 、 stood before joined[i]; one more for the end
  std::size_t row;
};

void join_parts(std::u32string_view name, std::u32string& joined, std::vector<bool>* boundary) {
  bool mark = false;
  for (char32_t c : name) {
    if (c == U'、' || c == U',') {
      mark = true;
      continue;
    }
    joined += c;
    if (boundary) boundary->push_back(mark);
    mark = false;
  }
  if (boundary) boundary->push_back(false);
}

struct Index {
  std::vector<Entry> entries;
  std::unordered_map<std::u32string, std::size_t> by_name;                              // → row
  std::unordered_map<std::u32string, std::pair<std::u32string, std::size_t>> variants;  // joined → printed form, row

  Index() {
    for (std::size_t row = 0; row < std::size(tables::charges); ++row) {
      Entry e{text::to_u32(tables::charges[row].charge), {}, {}, row};
      join_parts(e.name, e.joined, &e.boundary);
      by_name.emplace(e.joined, row);
      entries.push_back(std::move(e));
    }
    for (const auto& v : tables::charge_variants) {
      std::u32string key;
      const std::u32string printed = text::to_u32(v.variant);
      join_parts(printed, key, nullptr);
      std::u32string official;
      join_parts(text::to_u32(v.charge), official, nullptr);
      if (const auto found = by_name.find(official); found != by_name.end()) {
        variants.emplace(key, std::make_pair(printed, found->second));
      }
    }
  }
};

const Index& index() {
  static const Index made;
  return made;
}

ChargeMatch from_row(ChargeHow how, std::u32string_view printed, std::size_t row) {
  const auto& r = tables::charges[row];
  return {how,
          text::to_utf8(printed),
          r.charge,
          r.article,
          r.replaced_by,
          table_date(r.in_force_from),
          table_date(r.abolished_on),
          false};
}

struct LeftOut {
  int characters{-1};  // -1: `part` does not come from `whole`.
  bool whole_words{};  // Every stretch left out can be of whole words.
};

// `part` comes from `whole` by leaving out enumerated items: every stretch left out touches a 、. Greedy from both
// sides would miss cases such as 组织…组织, so all alignments are tried by dynamic programming. Words have two or four
// characters: where the piece of an item that is left out has an odd number of them (外窃取、 out of 为境外窃取、刺探),
// one of the charge's own characters was lost beside it.
LeftOut left_out(std::u32string_view part, const Entry& whole) {
  const std::size_t n = whole.joined.size();
  const std::size_t m = part.size();
  if (m >= n || m < 3) return {};
  // State: i of whole, j of part, whether a stretch is being left out, whether it has touched a 、 yet, and whether the
  // characters left out since that 、 (or since the stretch began) are odd in number; all this once more for alignments
  // with an odd piece.
  enum : std::size_t { keep, loose_even, loose_odd, good_even, good_odd, states };
  std::vector<char> reach((n + 1) * (m + 1) * states * 2, 0);
  const auto at = [&](std::size_t i, std::size_t j, std::size_t s, std::size_t odd) -> char& {
    return reach[((i * (m + 1) + j) * states + s) * 2 + odd];
  };
  at(0, 0, keep, 0) = 1;
  for (std::size_t i = 0; i < n; ++i) {
    const bool mark = whole.boundary[i];
    const bool item = mark || i + 1 == n;  // 罪 stands behind the last item, whatever its length
    for (std::size_t j = 0; j <= m; ++j) {
      for (std::size_t s = keep; s < states; ++s) {
        for (const std::size_t odd : {std::size_t{0}, std::size_t{1}}) {
          if (!at(i, j, s, odd)) continue;
          const bool loose = s == loose_even || s == loose_odd;
          const bool uneven = s == loose_odd || s == good_odd;
          // A piece of an item ends here: before its 、, or before what is kept of it.
          const std::size_t ended = odd | static_cast<std::size_t>(uneven && (loose ? mark : !item));
          if ((!loose || mark) && j < m && whole.joined[i] == part[j])
            at(i + 1, j + 1, keep, s == keep ? odd : ended) = 1;
          const bool good = mark || s == good_even || s == good_odd;
          const bool next_odd = mark || s == keep || !uneven;
          at(i + 1, j, good ? (next_odd ? good_odd : good_even) : (next_odd ? loose_odd : loose_even),
             loose && mark ? ended : odd) = 1;
        }
      }
    }
  }
  if (!at(n, m, keep, 0) && !at(n, m, keep, 1)) return {};
  return {static_cast<int>(n - m), at(n, m, keep, 0) != 0};
}

// 走私运输毒品罪: a whole item of the enumeration right before the beginning of another one has lost its 、.
std::u32string with_marks(std::u32string_view printed, const Entry& whole) {
  std::vector<std::u32string_view> items;
  const std::u32string_view name = whole.name;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find(U'、', begin), name.size());
    items.push_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  std::u32string out;
  for (std::size_t i = 0; i < printed.size(); ++i) {
    out += printed[i];
    bool lost = false;
    for (std::size_t a = 0; a + 1 < items.size() && !lost; ++a) {
      if (items[a].size() < 2 || !printed.substr(0, i + 1).ends_with(items[a])) continue;
      for (std::size_t b = a + 1; b < items.size() && !lost; ++b)
        lost = items[b].size() >= 2 && printed.substr(i + 1).starts_with(items[b].substr(0, 2));
    }
    if (lost) out += U'、';
  }
  return out;
}

ChargeMatch match_part(std::u32string_view printed, std::u32string_view joined) {
  ChargeMatch best;
  int fewest = 1000;
  for (const Entry& e : index().entries) {
    if (e.name.find(U'、') == std::u32string::npos) continue;
    const auto [out, whole_words] = left_out(joined, e);
    if (out < 0) continue;
    ChargeMatch match = from_row(ChargeHow::part, with_marks(printed, e), e.row);
    match.ambiguous = !whole_words;
    // Among equals one in force: an abolished form is a part of nothing today.
    const bool better = out < fewest || (out == fewest && !best.abolished.empty() && match.abolished.empty());
    if (!better && out == fewest && best.official != match.official &&
        best.abolished.empty() == match.abolished.empty()) {
      best.ambiguous = true;
    }
    if (better) {
      best = match;
      fewest = out;
    }
  }
  return best;
}

ChargeMatch match_fuzzy(std::u32string_view joined) {
  const int limit = joined.size() <= 4 ? 1 : joined.size() <= 7 ? 2 : static_cast<int>(joined.size() / 3);
  int lowest = limit + 1;
  int second = limit + 1;
  ChargeMatch best;
  const auto consider = [&](std::u32string_view printed, std::u32string_view name, std::size_t row) {
    const int cost = edit_cost(joined, name, limit);
    if (cost > limit) return;
    if (cost < lowest) {
      if (best.official != tables::charges[row].charge) second = lowest;
      lowest = cost;
      best = from_row(ChargeHow::fuzzy, printed, row);
    } else if (best.official != tables::charges[row].charge && cost < second) {
      second = cost;
    }
  };
  for (const Entry& e : index().entries) consider(e.name, e.joined, e.row);
  for (const auto& [key, form] : index().variants) consider(form.first, key, form.second);
  best.ambiguous = lowest <= limit && second <= lowest + 1;
  return best;
}

// A character more would make it a name of its own: 宣扬端主义罪 can be cut out of the long form, and is 宣扬极端主义罪
// with a character lost.
bool one_character_short(std::u32string_view joined) {
  constexpr int budget = 2;
  const auto near = [joined](std::u32string_view name) {
    return name.size() == joined.size() + 1 && edit_cost(joined, name, budget) <= budget;
  };
  const Index& all = index();
  return std::any_of(all.entries.begin(), all.entries.end(), [&](const Entry& e) { return near(e.joined); }) ||
         std::any_of(all.variants.begin(), all.variants.end(), [&](const auto& v) { return near(v.first); });
}

}  // namespace

std::string_view name(ChargeHow how) noexcept {
  switch (how) {
    case ChargeHow::none:
      return "none";
    case ChargeHow::exact:
      return "exact";
    case ChargeHow::variant:
      return "variant";
    case ChargeHow::part:
      return "part";
    case ChargeHow::fuzzy:
      return "fuzzy";
  }
  return "none";
}

ChargeMatch match_charge(std::string_view printed_utf8) {
  std::u32string printed;
  for (char32_t c : text::to_u32(printed_utf8)) {
    if (text::is_space(c)) continue;
    // The table prints 偷越国（边）境罪 with wide brackets.
    printed += c == U',' || c == U'，' || c == U'､' ? U'、' : c == U'(' ? U'（' : c == U')' ? U'）' : c;
  }
  if (printed.size() > 60) printed.resize(60);
  if (printed.empty()) return {};
  if (printed.back() != U'罪') printed += U'罪';
  std::u32string joined;
  join_parts(printed, joined, nullptr);
  if (const auto found = index().by_name.find(joined); found != index().by_name.end()) {
    return from_row(ChargeHow::exact, index().entries[found->second].name, found->second);
  }
  if (const auto found = index().variants.find(joined); found != index().variants.end()) {
    return from_row(ChargeHow::variant, found->second.first, found->second.second);
  }
  if (ChargeMatch part = match_part(printed, joined); part.how != ChargeHow::none) {
    part.ambiguous = part.ambiguous || one_character_short(joined);
    return part;
  }
  if (ChargeMatch fuzzy = match_fuzzy(joined); fuzzy.how != ChargeHow::none) return fuzzy;
  ChargeMatch none;
  none.charge = text::to_utf8(printed);
  return none;
}

bool charge_in_force(const ChargeMatch& match, const Date& day) noexcept {
  if (match.how == ChargeHow::none || !day.valid()) return true;
  return day >= match.from && (match.abolished.empty() || day < match.abolished);
}

}  // namespace kualik::documents
