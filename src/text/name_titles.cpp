#include "name_titles.h"

#include <algorithm>
#include <array>

#include "kualik/text/normalize.h"
#include "letters.h"

namespace kualik::names {

namespace {

constexpr std::array<std::u32string_view, 20> before{
    U"mr", U"mrs",  U"ms",    U"miss",      U"dr",        U"prof",     U"professor", U"sir",    U"г-н",  U"г-жа",
    U"гр", U"гр-н", U"гр-ка", U"гражданин", U"гражданка", U"господин", U"госпожа",   U"доктор", U"проф", U"профессор"};
constexpr std::array<std::u32string_view, 9> behind{U"апа",  U"апай", U"апке", U"әпке", U"аға",
                                                    U"ағай", U"ага",  U"көке", U"тәте"};
constexpr std::array<std::u32string_view, 5> behind_han{U"先生", U"女士", U"同志", U"小姐", U"老师"};

template <std::size_t size>
bool is_one_of(std::u32string_view word, const std::array<std::u32string_view, size>& list) {
  return std::find(list.begin(), list.end(), text::lower(word)) != list.end();
}

bool is_letter(char32_t c) {
  return text::is_han(c) || text::is_cyrillic(c) || text::is_arabic_letter(c) || text::is_latin_letter(c);
}

bool has_letter(std::u32string_view text) { return std::any_of(text.begin(), text.end(), is_letter); }

bool ends_word(char32_t c) { return text::is_space(c) || c == U'.' || c == U','; }

std::u32string without_notes(std::u32string_view written) {
  std::u32string out;
  int depth = 0;
  for (const char32_t c : written) {
    const bool opens = c == U'(' || c == U'（' || c == U'[';
    const bool closes = c == U')' || c == U'）' || c == U']';
    if (opens) ++depth;
    if (depth == 0 && !closes) out.push_back(c);
    if (closes && depth > 0) {
      --depth;
      out.push_back(U' ');
    }
  }
  return out;
}

}  // namespace

std::u32string bare_name(std::u32string_view written) {
  const std::u32string open = without_notes(written);
  if (!has_letter(open)) return std::u32string(written);
  std::u32string_view rest = open;
  const auto trim = [&] {
    while (!rest.empty() && ends_word(rest.front())) rest.remove_prefix(1);
    while (!rest.empty() && ends_word(rest.back())) rest.remove_suffix(1);
  };
  trim();
  for (;;) {
    const auto end = static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), ends_word) - rest.begin());
    if (end == rest.size() || !is_one_of(rest.substr(0, end), before)) break;
    rest.remove_prefix(end);
    trim();
  }
  const auto last = static_cast<std::size_t>(rest.rend() - std::find_if(rest.rbegin(), rest.rend(), ends_word));
  if (last > 0 && is_one_of(rest.substr(last), behind)) rest.remove_suffix(rest.size() - last);
  for (const std::u32string_view title : behind_han) {
    if (rest.size() >= title.size() + 2 && rest.ends_with(title)) rest.remove_suffix(title.size());
  }
  trim();
  // "N." keeps its dot, which tells an initial; a comma tells the order.
  return rest.empty() || !has_letter(rest) ? std::u32string(written) : std::u32string(rest);
}

}  // namespace kualik::names
