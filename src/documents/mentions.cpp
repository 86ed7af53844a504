#include "mentions.h"

#include <algorithm>
#include <map>
#include <string>

#include "anchors.h"
#include "kualik/numbers/case_number.h"
#include "kualik/text/dates.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {

constexpr double even = 0.5;  // of an alternative that stands there as plainly as the value

bool is_letter(char32_t c) noexcept { return text::is_han(c) || (c > 0xFF && !text::is_name_dot(c)); }

// The characters of a name without its dots.
std::u32string bare(std::u32string_view printed) {
  std::u32string out;
  for (const char32_t c : printed)
    if (is_letter(c)) out += c;
  return out;
}

struct Mention {
  std::u32string name;  // without dots
  std::size_t end;
  bool dotted;
};

// `size` letters from `begin` on, dots between them skipped.
std::optional<Mention> mention_at(std::u32string_view chars, std::size_t begin, std::size_t end, std::size_t size) {
  Mention made{{}, begin, false};
  while (made.end < end && made.name.size() < size) {
    const char32_t c = chars[made.end];
    if (is_letter(c)) {
      made.name += c;
    } else if (text::is_name_dot(c) && !made.name.empty()) {
      made.dotted = true;
    } else {
      return std::nullopt;
    }
    ++made.end;
  }
  if (made.name.size() < size) return std::nullopt;
  return made;
}

// The same name with a character or two misread, or one lost or added within it.
bool misread_of(const std::u32string& other, const std::u32string& name) {
  if (other == name) return false;
  if (other.size() != name.size()) {
    const bool ends = other.front() == name.front() && other.back() == name.back();
    return name.size() >= 5 && ends && edit_cost(other, name, 2) <= 2;
  }
  std::size_t wrong = 0;
  std::size_t alike = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (other[i] == name[i]) continue;
    ++wrong;
    alike += is_lookalike(other[i], name[i]) ? 1 : 0;
  }
  if (name.size() <= 3) return wrong == 1 && alike == 1;
  return wrong <= (name.size() >= 6 ? 2U : 1U);
}

struct Counted {
  std::size_t exact{};   // other places where the name stands as it was read
  std::size_t dotted{};  // of them with a dot
  std::size_t longer{};  // of them a dot and more of a name behind
  std::string with_dot{};
  std::map<std::u32string, std::pair<std::size_t, std::string>> otherwise{};  // how often, and as printed
};

Counted count_mentions(const Sheet& sheet, Range paper, Range own, const std::u32string& name) {
  Counted counted;
  const auto chars = sheet.chars();
  for (std::size_t i = paper.begin; i < paper.end;) {
    if (i >= own.begin && i < own.end) {
      i = own.end;
      continue;
    }
    const bool likely = is_letter(chars[i]) &&
                        (chars[i] == name[0] || (i + 1 < paper.end && name.size() > 1 && chars[i + 1] == name[1]));
    if (!likely) {
      ++i;
      continue;
    }
    const auto same = mention_at(chars, i, paper.end, name.size());
    if (same && same->name == name) {
      ++counted.exact;
      if (same->dotted) {
        ++counted.dotted;
        counted.with_dot = sheet.printed({i, same->end});
      } else if (same->end + 1 < paper.end && text::is_name_dot(chars[same->end]) && is_letter(chars[same->end + 1])) {
        ++counted.longer;
      }
      i = same->end;
      continue;
    }
    std::size_t next = i + 1;
    for (const std::size_t size : {name.size(), name.size() + 1, name.size() - 1}) {
      const auto other = mention_at(chars, i, paper.end, size);
      if (!other || !misread_of(other->name, name)) continue;
      auto& [times, printed] = counted.otherwise[other->name];
      ++times;
      printed = sheet.printed({i, other->end});
      next = other->end;
      break;
    }
    i = next;
  }
  return counted;
}

void doubt(Field& f, std::string_view why, const std::string& alternative) {
  f.reasons.add(Reason::ambiguous);
  if (!f.detail.empty()) f.detail += "; ";
  f.detail += why;
  if (!alternative.empty() && alternative != f.value) f.alternatives.push_back({alternative, even});
}

}  // namespace

void doubt_names(const Sheet& sheet, Range paper, std::vector<Person>& persons) {
  std::vector<std::u32string> names;
  names.reserve(persons.size());
  for (const Person& p : persons) names.push_back(bare(sheet.view(p.name_range)));
  for (std::size_t k = 0; k < persons.size(); ++k) {
    Person& p = persons[k];
    if (!p.name || names[k].size() < 2) continue;
    Counted counted = count_mentions(sheet, paper, p.name_range, names[k]);
    for (std::size_t other = 0; other < names.size(); ++other) counted.otherwise.erase(names[other]);
    const auto most = std::max_element(counted.otherwise.begin(), counted.otherwise.end(),
                                       [](const auto& a, const auto& b) { return a.second.first < b.second.first; });
    if (most != counted.otherwise.end() && most->second.first > counted.exact) {
      doubt(*p.name, "written otherwise elsewhere in the paper", most->second.second);
    } else if (counted.longer > 0 && 2 * counted.longer >= counted.exact) {
      doubt(*p.name, "the name goes on elsewhere in the paper", {});
    } else if (p.name->value.find("·") == std::string::npos && 2 * counted.dotted > counted.exact) {
      doubt(*p.name, "written with a dot elsewhere in the paper", counted.with_dot);
    }
  }
}

namespace {

constexpr std::size_t most_persons = 40;

// 三被告人, 两名被告人: how many stand before the word at `at`; 0 if no number does.
std::size_t counted_before(std::u32string_view chars, std::size_t at) {
  constexpr std::u32string_view numerals = U"二三四五六七八九十";
  if (at > 0 && (chars[at - 1] == U'名' || chars[at - 1] == U'个' || chars[at - 1] == U'位')) --at;
  if (at == 0) return 0;
  const char32_t before = at > 1 ? chars[at - 2] : U'。';
  if (before == U'第' || before == U'、' || before == U'十' || before == U'百') return 0;
  if (chars[at - 1] == U'两') return 2;
  const std::size_t value = numerals.find(chars[at - 1]);
  return value == std::u32string_view::npos ? 0 : value + 2;
}

// 被告人甲、乙、丙犯: how many names stand from `at` on, behind the word, if a deed or a suspicion follows them.
std::size_t listed_from(std::u32string_view chars, std::size_t at, std::size_t end) {
  std::size_t names = 0;
  std::size_t letters = 0;
  for (; at < end; ++at) {
    const char32_t c = chars[at];
    if (chars[at] == U'犯' || word_at(chars, at, U"涉嫌")) return letters >= 2 ? names + 1 : 0;
    if (c == U'、') {
      if (letters < 2) return 0;
      ++names;
      letters = 0;
      if (word_at(chars, at + 1, U"被告人")) at += 3;
    } else if (text::is_han(c)) {
      if (++letters > 18) return 0;
    } else if (!text::is_name_dot(c) && c != U'.') {
      return 0;
    }
  }
  return 0;
}

}  // namespace

void doubt_number_of_persons(const Sheet& sheet, Range paper, bool said_of_nobody, std::vector<Person>& persons) {
  const auto chars = sheet.chars();
  std::size_t told = 0;
  for (std::size_t from = paper.begin; from < paper.end;) {
    const auto hit = find_exact(chars, {from, paper.end}, U"被告人");
    if (!hit) break;
    from = hit->end;
    told = std::max({told, counted_before(chars, hit->begin), listed_from(chars, hit->end, paper.end)});
  }
  const bool fewer = persons.size() < std::min(told, most_persons);
  if (!fewer && !said_of_nobody) return;
  for (Person& p : persons) {
    if (!p.name) continue;
    doubt(*p.name,
          fewer ? "the paper speaks of " + std::to_string(told) + " defendants"
                : std::string("something is ordered of somebody whose name was not read"),
          {});
  }
}

void doubt_place_words(Field& place) {
  constexpr std::u32string_view words[] = {U"自治区",   U"自治州", U"自治县", U"人民检察院",
                                           U"人民法院", U"公安局", U"民族乡", U"监狱"};
  const std::u32string printed = text::to_u32(place.value);
  const std::u32string_view chars = printed;
  // What a reader makes of 市, 区 and 号; no place is named with them.
  bool odd = chars.find_first_of(U"巾囗另") != std::u32string_view::npos;
  // Behind the beginning of its name.
  for (const std::u32string_view rest :
       {std::u32string_view(U"治区"), std::u32string_view(U"县公"), std::u32string_view(U"市公"),
        std::u32string_view(U"县人"), std::u32string_view(U"市人"), std::u32string_view(U"自治区人")})
    odd = odd || word_at(chars, 0, rest);
  for (const std::u32string_view word : words) {
    for (std::size_t i = 0; i + word.size() <= chars.size() && !odd; ++i) {
      const auto hit = label_at(chars, i, word, word.size() < 5 ? 1 : 2);
      odd = hit && hit->cost > 0 && hit->range.size() == word.size();
    }
  }
  if (odd) doubt(place, "a word of its places is misread", {});
}

void doubt_body(const Sheet& sheet, Range paper, Field& body) {
  const auto chars = sheet.chars();
  const std::size_t begin = sheet.folded().index_at(body.span.begin);
  const std::u32string name = text::to_u32(body.value);
  if (name.size() < 5) return;
  std::string otherwise;
  for (std::size_t i = begin + name.size(); i + name.size() <= paper.end + 1 && i < paper.end; ++i) {
    if (!sheet.folded().starts_line(i)) continue;
    for (const std::size_t size : {name.size(), name.size() + 1, name.size() - 1}) {
      if (i + size > paper.end) continue;
      if (!sheet.folded().ends_line(i + size) && !is_open_bracket(chars[i + size])) continue;
      const std::string there = sheet.simplified({i, i + size});
      const int cost = edit_cost(text::to_u32(there), name, 2);
      if (cost == 0) return;
      if (cost <= 2) otherwise = there;
    }
  }
  if (!otherwise.empty()) doubt(body, "written otherwise elsewhere in the paper", otherwise);
}

void doubt_date(const Sheet& sheet, Range told, Field& issued) {
  const auto read = text::parse_date(issued.value);
  if (!read.value || !read.value->complete()) return;
  const auto chars = sheet.chars();
  told.end = std::min(told.end, chars.size());
  for (std::size_t from = told.begin; from < told.end;) {
    const auto found = text::find_date(chars, from, told.end);
    if (!found) return;
    from = found->match.end;
    const bool past = found->begin > told.begin && chars[found->begin - 1] == U'于' &&
                      !(from < told.end && (chars[from] == U'前' || chars[from] == U'起' || chars[from] == U'至'));
    if (!past || !found->match.reading.complete() || found->match.reading.date <= read.value->date) continue;
    doubt(issued, "before a day that the paper tells of", {});
    return;
  }
}

void doubt_case_year(const Sheet& sheet, Range told, Field& number) {
  const auto parsed = numbers::parse_case_number(number.value);
  if (!parsed.value || parsed.value->type.find("刑初") == std::string::npos) return;
  const auto chars = sheet.chars();
  const auto brought = find_exact(chars, told, U"提起公诉");
  if (!brought) return;
  constexpr std::size_t longest = 30;  // from the day to the word
  std::size_t from = std::max(told.begin, brought->begin - std::min(brought->begin, longest));
  std::optional<Date> day;
  while (const auto found = text::find_date(chars, from, brought->begin)) {
    from = found->match.end;
    if (found->match.reading.complete()) day = found->match.reading.date;
  }
  if (!day) return;
  const int years = parsed.value->year - day->year;
  if (years != 0 && !(years == 1 && day->month >= 11))
    doubt(number, "the paper tells that the case was brought in another year", {});
}

void doubt_number(Field& number, const Field* issuer) {
  const auto ends = [&](std::string_view ending) {
    return issuer && issuer->value.size() > ending.size() &&
           issuer->value.compare(issuer->value.size() - ending.size(), ending.size(), ending) == 0;
  };
  const auto has = [&](std::string_view part) { return number.value.find(part) != std::string::npos; };
  bool odd = (ends("检察院") && !has("检")) || ((ends("公安局") || ends("公安分局")) && !has("公"));
  odd = odd || number.value.rfind("公", 0) == 0 ||
        number.value.rfind("检", 0) == 0;  // whose: its first character is lost
  // A letter behind a digit (1B8号) is a digit misread; Z12号 is a form of serial number.
  for (std::size_t i = 1; i < number.value.size(); ++i) {
    const char c = number.value[i];
    const char before = number.value[i - 1];
    odd = odd || (((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) && before >= '0' && before <= '9');
  }
  if (odd) number.reasons.add(Reason::ambiguous);
}

}  // namespace kualik::documents
