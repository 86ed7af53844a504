#include "named.h"

#include <algorithm>
#include <optional>

#include "anchors.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {

constexpr std::size_t longest_name = 24;
constexpr std::u32string_view labels[] = {U"被告人", U"上诉人", U"罪犯"};

std::u32string bare(std::u32string_view printed) {
  std::u32string out;
  for (char32_t c : printed)
    if (text::is_han(c) || (c > 0xFF && !text::is_name_dot(c))) out += c;
  return out;
}

bool is_dot(char32_t c) noexcept { return text::is_name_dot(c) || c == U'.' || c == U':'; }
bool is_joint(char32_t c) noexcept { return c == U'、' || c == U'和' || c == U'及' || c == U'与'; }
bool is_numeral(char32_t c) noexcept {
  return (c >= U'0' && c <= U'9') || std::u32string_view(U"一二三四五六七八九十").find(c) != std::u32string_view::npos;
}

// 、 at `at` is the mark of an item (一、, 12、) and joins no names.
bool marks_item(const Sheet& sheet, std::size_t at, std::size_t floor) {
  const auto chars = sheet.chars();
  std::size_t begin = at;
  while (begin > floor && is_numeral(chars[begin - 1])) --begin;
  if (begin == at) return false;
  return begin == floor || sheet.folded().gap(begin) != text::Gap::none || is_clause_mark(chars[begin - 1]) ||
         is_close_bracket(chars[begin - 1]) || chars[begin - 1] == U'.';
}

struct NameEnd {
  std::size_t begin{nobody};
  int wrong{};
};

// `name` ends right before `end` (dots skipped), one character in four misread at most.
NameEnd name_ends_at(std::u32string_view chars, std::size_t end, std::u32string_view name, std::size_t floor) {
  if (name.empty()) return {};
  std::size_t i = end;
  std::size_t k = name.size();
  int wrong = 0;
  while (k > 0) {
    if (i == floor) return {};
    const char32_t c = chars[i - 1];
    if (is_dot(c)) {
      --i;
      continue;
    }
    if (c != name[k - 1] && ++wrong * 4 > static_cast<int>(name.size())) return {};
    --i;
    --k;
  }
  return {i, wrong};
}

struct Likest {
  std::size_t person{nobody};
  std::size_t begin{};
  int wrong{};
  bool another{false};  // somebody else's name would do as well
};

// Whose name ends right before `end`: the one with the fewest characters misread, of equals the longest.
Likest likest_before(std::u32string_view chars, std::size_t end, std::size_t floor,
                     const std::vector<std::u32string>& names) {
  Likest best;
  for (std::size_t p = 0; p < names.size(); ++p) {
    const NameEnd hit = name_ends_at(chars, end, names[p], floor);
    if (hit.begin == nobody) continue;
    const bool better = best.person == nobody || hit.wrong < best.wrong ||
                        (hit.wrong == best.wrong && names[p].size() > names[best.person].size());
    const bool misread = hit.wrong > 0 && (best.person == nobody || best.wrong > 0);
    const bool another = best.person != nobody && misread;
    if (better) best = {p, hit.begin, hit.wrong, another};
    best.another = best.another || another;
  }
  return best;
}

// Whether one name is the other with half of its characters misread, in its first half and in its second: kin share the
// name behind the dot.
bool alike(std::u32string_view token, std::u32string_view name) {
  const auto part = [](std::u32string_view a, std::u32string_view b) {
    const int limit = static_cast<int>(std::max(a.size(), b.size()));  // half of it, in half steps
    return edit_cost(a, b, limit) <= limit;
  };
  if (!part(token, name)) return false;
  const std::size_t half = (name.size() + 1) / 2;
  for (const std::size_t cut : {half, half - 1, half + 1})  // a character lost or added before it moves the middle
    if (cut > 0 && cut < token.size() && part(token.substr(0, cut), name.substr(0, half)) &&
        part(token.substr(cut), name.substr(half)))
      return true;
  return false;
}

// Whose name the token is like; nobody's if it could be two persons'.
std::size_t alike_to(std::u32string_view token, const std::vector<std::u32string>& names) {
  std::size_t found = nobody;
  for (std::size_t p = 0; p < names.size(); ++p) {
    if (names[p].size() < 2 || !alike(token, names[p])) continue;
    if (found != nobody) return nobody;
    found = p;
  }
  return found;
}

// The word before a name (被告人, 上诉人（原审被告人）) that ends right before `end`, look-alikes allowed; `end` if
// none does.
std::size_t label_before(std::u32string_view chars, std::size_t end, std::size_t floor) {
  std::size_t begin = end;
  for (;;) {
    std::size_t at = begin;
    if (at > floor && is_close_bracket(chars[at - 1])) --at;
    std::size_t found = at;
    for (const auto label : labels)
      if (at >= floor + label.size() && label_at(chars, at - label.size(), label, 2)) found = at - label.size();
    if (found == at) return begin;
    begin = found;
    if (begin >= floor + 2 && word_at(chars, begin - 2, U"原审")) begin -= 2;
    if (begin > floor && is_open_bracket(chars[begin - 1])) --begin;
  }
}

// Words that may stand between a name and what is said of it.
constexpr std::u32string_view adverbs[] = {U"共同", U"同时", U"伙同", U"均", U"又", U"还", U"另", U"曾", U"因", U"其"};

std::size_t before_adverbs(std::u32string_view chars, std::size_t end, std::size_t floor) {
  for (bool again = true; again;) {
    again = false;
    for (const auto word : adverbs) {
      if (end < floor + word.size() || !word_at(chars, end - word.size(), word)) continue;
      end -= word.size();
      again = true;
    }
  }
  return end;
}

}  // namespace

std::vector<std::u32string> bare_names(const Sheet& sheet, const std::vector<Person>& persons) {
  std::vector<std::u32string> names;
  names.reserve(persons.size());
  for (const Person& p : persons) names.push_back(bare(sheet.view(p.name_range)));
  return names;
}

Named named_before(const Sheet& sheet, std::size_t end, std::size_t floor, const std::vector<std::u32string>& names) {
  Named found;
  const auto chars = sheet.chars();
  for (std::size_t at = end; at > floor;) {
    Likest hit = likest_before(chars, at, floor, names);
    if (hit.person == nobody && found.empty()) {
      const std::size_t earlier = before_adverbs(chars, at, floor);
      if (earlier != at) hit = likest_before(chars, earlier, floor, names);
      if (hit.person == nobody) at = earlier;
    }
    std::size_t begin = at;
    if (hit.person != nobody) {
      begin = hit.begin;
      found.persons.push_back(hit.person);
      found.alike = found.alike || hit.wrong > 0 || hit.another;
    } else {
      // A name that is like nobody's: from the label, or from the mark that joins it to another name.
      while (begin > floor && at - begin < longest_name &&
             (text::is_han(chars[begin - 1]) || is_dot(chars[begin - 1])) && !is_joint(chars[begin - 1]) &&
             label_before(chars, begin, floor) == begin)
        --begin;
      const bool labelled = label_before(chars, begin, floor) != begin;
      const bool joined = begin > floor && is_joint(chars[begin - 1]) && !marks_item(sheet, begin - 1, floor);
      const std::u32string token = bare(chars.substr(begin, at - begin));
      const bool deed = token.find_first_of(U"罪犯判") != std::u32string::npos;  // A罪、被告人乙犯B罪
      if (token.size() < 2 || token.size() > 20 || deed || (!labelled && (found.empty() || !joined))) break;
      if (const std::size_t p = alike_to(token, names); p != nobody) {
        found.persons.push_back(p);
        found.alike = found.far = true;
      } else {
        found.others.push_back({begin, at});
      }
    }
    begin = label_before(chars, begin, floor);
    found.begin = begin;
    at = begin;
    if (at == floor || !is_joint(chars[at - 1]) || marks_item(sheet, at - 1, floor)) break;
    --at;
  }
  std::reverse(found.persons.begin(), found.persons.end());
  std::reverse(found.others.begin(), found.others.end());
  return found;
}

std::vector<std::size_t> persons_named_in(const Sheet& sheet, Range within, const std::vector<Person>& persons) {
  const auto names = bare_names(sheet, persons);
  std::vector<bool> seen(persons.size());
  for (std::size_t end = within.begin + 1; end <= within.end; ++end) {
    const Likest hit = likest_before(sheet.chars(), end, within.begin, names);
    if (hit.person != nobody) seen[hit.person] = true;
  }
  std::vector<std::size_t> named;
  for (std::size_t p = 0; p < seen.size(); ++p)
    if (seen[p]) named.push_back(p);
  return named;
}

NextPerson next_person(const Sheet& sheet, Range within, const std::vector<std::u32string>& own) {
  const auto chars = sheet.chars();
  for (std::size_t i = within.begin + 1; i < within.end; ++i) {
    const char32_t before = chars[i - 1];
    const bool begins = before == U'。' || before == U';' || is_close_bracket(before) ||
                        (before == U'、' && marks_item(sheet, i - 1, within.begin));
    if (!begins) continue;
    for (const auto label : labels) {
      if (!label_at(chars.substr(0, within.end), i, label, 2)) continue;
      const std::size_t name = i + label.size();
      std::size_t end = name;
      while (end < within.end && end - name < longest_name && (text::is_han(chars[end]) || is_dot(chars[end]))) ++end;
      const std::u32string token = bare(chars.substr(name, end - name));
      const bool same = std::any_of(own.begin(), own.end(), [&](const std::u32string& o) {
        return !o.empty() &&
               edit_cost(token.substr(0, o.size()), o, static_cast<int>(o.size())) <= static_cast<int>(o.size());
      });
      if (token.size() >= 2 && !same) return {i, {name, end}};
    }
  }
  return {within.end, {}};
}

}  // namespace kualik::documents
