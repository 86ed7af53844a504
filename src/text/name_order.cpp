#include "name_order.h"

#include <algorithm>
#include <array>
#include <string>

#include "kualik/text/utf8.h"
#include "letters.h"

namespace kualik::names {

namespace {

using text::to_u32;

// How sure the order given · father is where no suffix and no comma tells.
constexpr double han_order = 0.9;  // Cards of the PRC always print given · father.
constexpr double arabic_order = 0.6;
constexpr double bare_order = 0.5;     // Papers of Kazakhstan print the surname first.
constexpr double pinyin_order = 0.45;  // Passports of the PRC are met in both orders.
constexpr double comma_order = 0.8;    // "Bakyt, Nurlan"

template <std::size_t size>
bool one_of(std::u32string_view suffix, const std::array<std::u32string_view, size>& list) {
  return std::find(list.begin(), list.end(), suffix) != list.end();
}

enum class Ending : std::uint8_t { none, surname, patronymic };

struct Told {
  Ending ending{Ending::none};
  char sex{0};
};

Told told_by(const std::string& suffix) {
  static constexpr std::array<std::u32string_view, 21> men{
      U"ұлы", U"улы", U"ұлі", U"уулу", U"оғлу",  U"оғли",  U"оғлы",   U"ович", U"евич",  U"uly", U"ūly",
      U"ulı", U"uli", U"ulu", U"uulu", U"ovich", U"evich", U"yevich", U"ۇلى",  U"oghli", U"ogli"};
  static constexpr std::array<std::u32string_view, 16> women{U"қызы", U"кызы", U"қизи",  U"кизи", U"овна", U"евна",
                                                             U"qyzy", U"kyzy", U"qızı",  U"kizi", U"qizi", U"kyz",
                                                             U"ovna", U"evna", U"yevna", U"قىزى"};
  static constexpr std::array<std::u32string_view, 6> men_surnames{U"ов", U"ев", U"ov", U"ev", U"yev", U"ин"};
  static constexpr std::array<std::u32string_view, 6> women_surnames{U"ова", U"ева", U"ova", U"eva", U"yeva", U"ина"};
  const std::u32string low = text::lower(to_u32(suffix));
  if (low.empty()) return {};
  if (one_of(low, men)) return {Ending::patronymic, 'M'};
  if (one_of(low, women)) return {Ending::patronymic, 'F'};
  if (one_of(low, men_surnames)) return {Ending::surname, 'm'};
  if (one_of(low, women_surnames)) return {Ending::surname, 'f'};
  return {Ending::patronymic, 0};
}

bool has_comma(std::string_view written) {
  return written.find(',') != written.npos || written.find("，") != written.npos || written.find("<<") != written.npos;
}

double bare_certainty(const PreparedName& name) {
  bool han = true;
  bool arabic = true;
  bool pinyin = true;
  for (const PreparedWord& word : name.words) {
    han = han && word.stem.han;
    arabic = arabic && !word.key.empty() && text::is_arabic_letter(word.key[0]);
    pinyin = pinyin && !word.stem.pinyin.empty();
  }
  return han ? han_order : arabic ? arabic_order : pinyin ? pinyin_order : bare_order;
}

}  // namespace

void give_places(std::string_view written, const SplitName& parts, PreparedName& name) {
  const std::size_t count = std::min(name.words.size(), parts.parts.size());
  std::array<Told, 3> told{};
  for (std::size_t i = 0; i < count; ++i) {
    const Told here = told_by(parts.parts[i].suffix);
    // A patronymic's word on the sex outweighs a surname's.
    const bool sure = here.sex == 'M' || here.sex == 'F';
    if (here.sex != 0 && (name.sex == 0 || (sure && (name.sex == 'm' || name.sex == 'f')))) {
      name.sex = here.sex;
      name.sex_word = name.words[i].text;
    }
    if (i < told.size()) told[i] = here;
  }
  std::vector<PreparedWord>& words = name.words;
  const auto place = [&](std::size_t given, std::size_t father, double certainty) {
    words[given].place = Place::given;
    words[father].place = Place::father;
    name.order = certainty;
  };
  if (name.han_name) return;
  if (count == 2) {
    const bool first = told[0].ending != Ending::none;
    const bool second = told[1].ending != Ending::none;
    if (first != second) {
      const Ending ending = first ? told[0].ending : told[1].ending;
      place(first ? 1 : 0, first ? 0 : 1, ending == Ending::patronymic ? 1 : 0.9);
    } else if (has_comma(written)) {
      place(1, 0, comma_order);
    } else if (words[0].initial != words[1].initial) {
      place(0, 1, words[0].initial ? 0.8 : 0.2);  // "N. Bakyt" is plain, "Nurlan B." may be either.
    } else {
      place(0, 1, bare_certainty(name));
    }
  } else if (count == 3) {
    // A patronymic's suffix tells the father's name, a surname's the surname; else the surname is the word beside
    // initials (Ахмет Н. Б., Dauren S. Akhmet) or the first one.
    constexpr std::size_t none = 3;
    std::size_t father = none;
    std::size_t surname = none;
    for (std::size_t i = 3; i-- > 0;) {
      if (told[i].ending == Ending::patronymic) father = i;
      if (told[i].ending == Ending::surname) surname = i;
    }
    const double certainty = father != none ? 1 : surname != none ? 0.8 : bare_order;
    if (surname == none) {
      const bool last = words[1].initial && !words[2].initial && father != 2;
      surname = father == 0 && words[2].initial ? 1 : last || father < 2 ? 2 : 0;
    }
    if (father == none) father = surname == 2 ? 1 : 2;
    place(3 - father - surname, father, certainty);
    words[surname].place = Place::surname;
  }
}

double order_factor(double certainty_a, double certainty_b, bool crossed) {
  // How likely the two were written in the order that this pairing takes for granted.
  const double same = (1 + certainty_a * certainty_b) / 2;
  const double likely = crossed ? 1 - same : same;
  // More often father and son than one man: found with the benchmark for two names without any mark (0.375).
  if (likely >= 0.55) return 1;
  if (likely >= 0.375) return 1 - 0.8 * (0.55 - likely);
  return 0.86 - 0.32 * (0.375 - likely);
}

double sex_factor(const PreparedName& a, const PreparedName& b) {
  const auto capital = [](char c) { return c == 'm' ? 'M' : c == 'f' ? 'F' : c; };
  if (a.sex == 0 || b.sex == 0 || capital(a.sex) == capital(b.sex)) return 1;
  const bool sure = a.sex == capital(a.sex) && b.sex == capital(b.sex);
  return sure ? 0.84 : 0.92;
}

}  // namespace kualik::names
