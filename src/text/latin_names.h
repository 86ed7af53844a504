#pragma once
// How letters follow one another in names as zones of passports print them.

namespace kualik::names {

/// What it costs (a negative logarithm, about 1 to 6) that `c` stands behind `b`, which stands behind `a`, in a name in
/// Latin capitals. `<` is the border of a word. Other characters cost as much as the rarest. Counted once from the
/// tables of Kazakh, Uyghur, Chinese and other names, so smoothed that no letter is ruled out. Thread-safe.
double latin_letter_cost(char a, char b, char c);

}  // namespace kualik::names
