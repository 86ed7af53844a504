// Letters of Kazakh Cyrillic that readers trained on Russian or Latin confuse.

#include <algorithm>
#include <array>

#include "kazakh_lattice.h"
#include "kualik/text/names.h"
#include "kualik/text/utf8.h"
#include "letters.h"

namespace kualik::names {

namespace {

using text::LetterOption;

/// What a sign may stand for besides itself, with the cost of the confusion. A reader drops the tail of қ far more
/// often than it adds one. Latin look-alikes are folded without asking.
std::vector<LetterOption> options_for(char32_t c) {
  switch (c) {
    case U'ә':
      return {{U"ә", 0}, {U"э", 5}, {U"а", 5}};
    case U'э':
      return {{U"э", 0.5}, {U"ә", 0.7}, {U"а", 4}};
    case U'а':
    case U'a':
      return {{U"а", 0}, {U"ә", 1.8}};
    case U'к':
    case U'k':
      return {{U"к", 0}, {U"қ", 1.2}};
    case U'қ':
      return {{U"қ", 0}, {U"к", 5}};
    case U'г':
      return {{U"г", 0}, {U"ғ", 1.2}};
    case U'ғ':
      return {{U"ғ", 0}, {U"г", 5}};
    case U'н':
      return {{U"н", 0}, {U"ң", 1.6}};
    case U'ң':
      return {{U"ң", 0}, {U"н", 5}, {U"ц", 5}};
    case U'ц':
      return {{U"ц", 0.5}, {U"ң", 1.2}};
    case U'о':
    case U'o':
    case U'0':
      return {{U"о", 0}, {U"ө", 1.4}};
    case U'ө':
      return {{U"ө", 0}, {U"о", 5}, {U"е", 5}};
    case U'е':
    case U'e':
      return {{U"е", 0}, {U"ө", 3}};
    case U'у':
    case U'y':
      return {{U"у", 0}, {U"ұ", 1.0}, {U"ү", 1.0}};
    case U'ұ':
      return {{U"ұ", 0}, {U"ү", 1.5}, {U"у", 5}};
    case U'ү':
      return {{U"ү", 0}, {U"ұ", 1.5}, {U"у", 5}};
    case U'v':
      return {{U"ү", 0}, {U"ұ", 1}};
    case U'і':
      return {{U"і", 0}, {U"и", 3}};
    case U'i':
    case U'1':
    case U'l':
    case U'|':
    case U'!':
    case U'ї':
      return {{U"і", 0}};
    case U'и':
      return {{U"и", 0}, {U"і", 3.6}, {U"й", 3.6}};
    case U'й':
      return {{U"й", 0}, {U"и", 2.5}};
    case U'һ':
      return {{U"һ", 0}, {U"х", 5}};
    case U'h':
      return {{U"һ", 0}, {U"н", 2}};
    case U'х':
    case U'x':
      return {{U"х", 0}, {U"ж", 5}};
    case U'c':
      return {{U"с", 0}};
    case U'p':
      return {{U"р", 0}};
    case U'b':
      return {{U"ь", 0}, {U"в", 0.5}};
    case U'm':
      return {{U"м", 0}, {U"т", 2}};
    case U't':
      return {{U"т", 0}};
    case U'n':
      return {{U"п", 0}, {U"н", 1}};
    case U'3':
      return {{U"з", 0}};
    case U'6':
      return {{U"б", 0}};
    default:
      return {{std::u32string(1, c), 0}};
  }
}

}  // namespace

std::vector<Restored> restore_kazakh_letters(std::string_view word, std::size_t limit) {
  const std::u32string points = text::to_u32(word);
  std::vector<Restored> out;
  if (points.empty() || points.size() > 40 || limit == 0) {
    if (!points.empty() && limit > 0) out.push_back({std::string(word), 1, false, false});
    return out;
  }
  text::WordLattice lattice;
  for (const char32_t c : points) {
    // A capital I read for і or l; В, Н, К … in Latin capitals look like Cyrillic ones.
    const char32_t low = c == U'I' ? U'i' : c == U'H' ? U'н' : c == U'B' ? U'в' : c == U'Y' ? U'ү' : text::to_lower(c);
    lattice.push_back(options_for(low));
  }
  for (const text::Reading& reading : text::decode_kazakh(lattice, std::max<std::size_t>(limit, 2))) {
    std::u32string made = text::to_u32(reading.text);
    const bool known = text::known_kazakh_word(made) != text::Known::no;
    for (std::size_t i = 0; i < made.size() && i < points.size(); ++i) {
      const auto upper = [&](std::size_t k) { return k < points.size() && text::to_lower(points[k]) != points[k]; };
      // A figure read for a letter has no case: it takes that of its neighbours.
      const bool figure = text::to_upper(points[i]) == points[i] && text::to_lower(points[i]) == points[i];
      const bool capital = upper(i) || (figure && i > 0 && upper(i - 1) && (i + 1 == points.size() || upper(i + 1)));
      if (capital) made[i] = text::to_upper(made[i]);
    }
    const std::string text = text::to_utf8(made);
    out.push_back({text, reading.score, text != word, known});
  }
  // What was read stays among the candidates whatever the model thinks of it.
  const bool there = std::any_of(out.begin(), out.end(), [](const Restored& r) { return !r.changed; });
  if (!there) {
    if (out.size() >= limit) out.resize(limit - 1);
    out.push_back({std::string(word), 0, false, text::known_kazakh_word(text::lower(points)) != text::Known::no});
  }
  if (out.size() > limit) {
    // The reading as read moves up rather than being cut off.
    const auto read = std::find_if(out.begin(), out.end(), [](const Restored& r) { return !r.changed; });
    if (read - out.begin() >= static_cast<std::ptrdiff_t>(limit))
      std::iter_swap(read, out.begin() + static_cast<std::ptrdiff_t>(limit) - 1);
    out.resize(limit);
  }
  return out;
}

}  // namespace kualik::names
