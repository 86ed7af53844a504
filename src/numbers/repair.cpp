#include "kualik/numbers/repair.h"

#include <algorithm>
#include <array>
#include <string>

#include "kualik/numbers/fold.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/resident_id.h"
#include "numbers/region_index.h"
#include "numbers/resident_check.h"

namespace kualik::numbers {
namespace {

using detail::is_digit;

// Relative likelihoods of damage. Orders of magnitude from the kinds of error that OCR and typing make (of those who
// type digits, four errors in five are one wrong digit, any for any, one in ten is a swap of neighbours, one in a
// hundred a swap over one: Verhoeff 1969), not fitted to a corpus; the order matters.
constexpr double any_digits = 0.01;
constexpr double any_letter = 0.004;
constexpr double swap_neighbours = 0.03;
constexpr double swap_distant = 0.0005;
constexpr double lost = 0.01;
constexpr double lost_of_pair = 0.05;
constexpr double doubled = 0.05;

struct Confusion {
  char a, b;
  double weight;
};
// Digits that printed and handwritten forms mix up, both ways.
constexpr Confusion digit_pairs[] = {
    {'3', '8', 0.10}, {'1', '7', 0.10}, {'5', '6', 0.08}, {'0', '8', 0.06}, {'6', '8', 0.08}, {'0', '6', 0.05},
    {'5', '3', 0.05}, {'9', '8', 0.05}, {'0', '9', 0.04}, {'4', '9', 0.04}, {'2', '7', 0.04}, {'3', '9', 0.03},
    {'5', '8', 0.03}, {'1', '4', 0.03}, {'5', '9', 0.03}, {'2', '3', 0.02}, {'6', '4', 0.01}, {'0', '5', 0.01}};
// Letters for digits: what a reader with letters in its alphabet gives.
constexpr Confusion letters[] = {
    {'O', '0', 0.90}, {'D', '0', 0.50}, {'Q', '0', 0.50}, {'U', '0', 0.10}, {'C', '0', 0.10}, {'I', '1', 0.80},
    {'L', '1', 0.80}, {'J', '1', 0.20}, {'T', '7', 0.50}, {'T', '1', 0.20}, {'Z', '2', 0.80}, {'E', '3', 0.20},
    {'A', '4', 0.50}, {'S', '5', 0.80}, {'S', '8', 0.10}, {'G', '6', 0.70}, {'B', '8', 0.80}, {'B', '6', 0.15},
    {'B', '3', 0.10}, {'P', '9', 0.20}, {'P', '8', 0.05}, {'Y', '7', 0.20}, {'H', '4', 0.10}, {'K', 'X', 0.50},
    {'Y', 'X', 0.10}, {'R', '8', 0.05}, {'X', '4', 0.01}, {'I', '7', 0.05}, {'F', '7', 0.10}, {'G', '9', 0.15}};

constexpr std::string_view symbols = "0123456789X";

/// How well a number without errors agrees with what stands beside it. Each part that differs counts, since what stands
/// beside it may be misread as well.
double agreement(std::string_view number, const KnownHolder& known) {
  constexpr double differs = 0.03;
  constexpr double moved = 0.3;  // The code is that of the first registration, the address that of today.
  double share = 1;
  const std::size_t year_size = number.size() == 18 ? 4 : 2;
  if (number[0] > '9' && !known.birth.empty()) return share;  // The card of 2017 has its date elsewhere.
  const auto part = [number](std::size_t first, std::size_t size) {
    int value = 0;
    for (std::size_t i = first; i < first + size; ++i) value = value * 10 + (number[i] - '0');
    return value;
  };
  const std::size_t month = 6 + year_size;
  if (known.birth.year != 0 && part(6, year_size) != (year_size == 4 ? known.birth.year : known.birth.year % 100))
    share *= differs;
  if (known.birth.month != 0 && part(month, 2) != known.birth.month) share *= differs;
  if (known.birth.day != 0 && part(month + 2, 2) != known.birth.day) share *= differs;
  const bool male = part(month + 6, 1) % 2 == 1;
  if (known.sex != Sex::unknown && male != (known.sex == Sex::male)) share *= differs;
  if (known.region_code != 0) {
    const int code = part(0, 6);
    if (code / 10000 != known.region_code / 10000)
      share *= moved * moved;
    else if (known.region_code % 10000 != 0 && code / 100 != known.region_code / 100)
      share *= moved;
    if (known.region_code % 100 != 0 && code != known.region_code) share *= moved;
  }
  return share;
}

/// Holders of each age beside those of working age: China's census of 2020 by age (0-14 18.0 %, 15-59 63.4 %,
/// 60-79 16.2 %, 80-99 2.5 %, above 0.01 %), the oldest counted for more, since papers outlive their holders.
double share_of_age(int age) noexcept {
  if (age < 15) return 0.85;
  if (age < 60) return 1;
  if (age < 80) return 0.6;
  if (age < 90) return 0.15;
  if (age < 100) return 0.04;
  return 0.01;
}

/// Codes of some classes exist, but few numbers carry them.
double share_of_class(const RegionRecord& region) noexcept {
  if (region.level != RegionLevel::county) return 0.02;
  switch (region.cls) {
    case RegionClass::gb:
    case RegionClass::gb_new:
    case RegionClass::permit:
      return 1;
    case RegionClass::seen:
      return 0.3;
    case RegionClass::aggregate:
    case RegionClass::gb_print:
      return 0.1;
    default:
      return 0.03;
  }
}

class Search {
 public:
  explicit Search(const RepairOptions& options) : options_(options) {}

  void add(std::string_view number, double weight, RepairKind kind, int position) {
    double prior = resident_plausibility(number, options_.check);
    if (prior <= 0) return;
    prior *= agreement(number, options_.known);
    for (Repair& r : found_)
      if (r.number.view() == number) {
        if (weight * prior > r.score) r = made(number, weight * prior, kind, position);
        return;
      }
    found_.push_back(made(number, weight * prior, kind, position));
  }

  std::vector<Repair> take() {
    double sum = 0;
    for (const Repair& r : found_) sum += r.score;
    std::stable_sort(found_.begin(), found_.end(), [](const Repair& a, const Repair& b) {
      return a.score != b.score ? a.score > b.score : a.number.view() < b.number.view();
    });
    for (Repair& r : found_) r.score /= sum;
    std::erase_if(found_, [this](const Repair& r) { return r.score < options_.least_score; });
    if (found_.size() > options_.limit) found_.resize(options_.limit);
    return std::move(found_);
  }

 private:
  Repair made(std::string_view number, double score, RepairKind kind, int position) const {
    return {FixedText<18>(number), score, kind, position, check_resident_id(number, options_.check)};
  }

  const RepairOptions& options_;
  std::vector<Repair> found_;
};

/// A reading with its letters resolved, one of several ways.
struct Base {
  std::string text;
  double weight;
};

/// Ways to read letters as digits. X stays only where it can be a check character.
std::vector<Base> resolve_letters(std::string_view read) {
  std::vector<Base> ways{{"", 1}};
  constexpr std::size_t most = 256;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const char c = read[i];
    std::vector<Base> next;
    for (const Base& way : ways) {
      if (is_digit(c) || c == '*' || (c == 'X' && i + 1 == read.size())) {
        next.push_back({way.text + c, way.weight});
        continue;
      }
      bool any = false;
      for (const Confusion& pair : letters)
        if (pair.a == c && (pair.b != 'X' || i + 1 == read.size())) {
          next.push_back({way.text + pair.b, way.weight * pair.weight});
          any = true;
        }
      if (!any) next.push_back({way.text + '*', way.weight * any_letter});  // Whatever it was, it was one character.
    }
    std::stable_sort(next.begin(), next.end(), [](const Base& a, const Base& b) { return a.weight > b.weight; });
    if (next.size() > most) next.resize(most);
    ways = std::move(next);
  }
  return ways;
}

bool body_is_digits(std::string_view s) {
  for (std::size_t i = 0; i < s.size(); ++i)
    if (!is_digit(s[i]) && !(s[i] == 'X' && i == 17)) return false;
  return true;
}

void complete(Search& search, std::string& text, std::size_t at, double weight, RepairKind kind) {
  const std::size_t hole = text.find('*', at);
  if (hole == std::string::npos) {
    search.add(text, weight, kind, -1);
    return;
  }
  for (char c : symbols) {
    if (c == 'X' && hole != 17) continue;
    text[hole] = c;
    // The last hole is settled by the check digit; ten of eleven tries fail at the first test.
    complete(search, text, hole + 1, weight, kind);
  }
  text[hole] = '*';
}

void substitute(Search& search, const std::string& text, std::string_view read, double weight) {
  std::string tried = text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (char c : symbols) {
      if (c == text[i] || (c == 'X' && i != 17)) continue;
      tried[i] = c;
      search.add(tried, weight * confusion_weight(i < read.size() ? read[i] : text[i], c), RepairKind::substitution,
                 static_cast<int>(i));
    }
    tried[i] = text[i];
  }
}

void swap_two(Search& search, const std::string& text, double weight) {
  std::string tried = text;
  for (std::size_t i = 0; i < text.size(); ++i)
    for (std::size_t j = i + 1; j < text.size(); ++j) {
      if (text[i] == text[j]) continue;
      std::swap(tried[i], tried[j]);
      if (body_is_digits(tried))
        search.add(tried, weight * (j == i + 1 ? swap_neighbours : swap_distant), RepairKind::transposition,
                   static_cast<int>(i));
      std::swap(tried[i], tried[j]);
    }
}

void insert_one(Search& search, const std::string& text, double weight) {
  for (std::size_t i = 0; i <= text.size(); ++i)
    for (char c : symbols) {
      if (c == 'X' && i != 17) continue;
      std::string tried = text;
      tried.insert(i, 1, c);
      if (!body_is_digits(tried)) continue;
      const bool pair = (i > 0 && text[i - 1] == c) || (i < text.size() && text[i] == c);
      search.add(tried, weight * (pair ? lost_of_pair : lost), RepairKind::insertion, static_cast<int>(i));
    }
}

void delete_one(Search& search, const std::string& text, double weight) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string tried = text;
    tried.erase(i, 1);
    if (!body_is_digits(tried)) continue;
    const bool pair = (i > 0 && text[i - 1] == text[i]) || (i + 1 < text.size() && text[i + 1] == text[i]);
    search.add(tried, weight * (pair ? doubled : lost), RepairKind::deletion, static_cast<int>(i));
  }
}

}  // namespace

std::string_view name(RepairKind kind) noexcept {
  constexpr std::string_view names[] = {"none",      "confusion", "substitution", "transposition",
                                        "insertion", "deletion",  "completion",   "lattice"};
  return names[static_cast<std::size_t>(kind)];
}

double confusion_weight(char read, char truth) noexcept {
  if (read == truth) return 1;
  double best = is_digit(read) ? any_digits : any_letter;
  for (const Confusion& p : digit_pairs)
    if ((p.a == read && p.b == truth) || (p.a == truth && p.b == read)) best = std::max(best, p.weight);
  for (const Confusion& p : letters)
    if (p.a == read && p.b == truth) best = std::max(best, p.weight);
  return best;
}

double resident_plausibility(std::string_view number, const Options& options) noexcept {
  Options all = options;
  all.check_region = true;
  all.fold = false;
  const Checked<ResidentId> id = parse_resident_id(number, all);
  if (!id.possible()) return 0;
  double prior = 1;
  // Of 11,943 numbers of customers 18 had codes that a table did not know (an issue of id-validator.py); of misread
  // codes about half have.
  if (id.reasons.has(Reason::unknown_region)) prior *= 0.005;
  if (id.reasons.has(Reason::region_ended)) prior *= 0.01;
  if (id.reasons.has(Reason::region_newer)) prior *= 0.1;
  if (id.reasons.has(Reason::unknown_type)) prior *= 0.02;
  if (id.reasons.has(Reason::future_date)) prior *= 0.0005;
  if (id.reasons.has(Reason::implausible_age)) prior *= 0.05;
  const int year = id.value->birth.year;
  if (!options.today.empty()) {
    prior *= share_of_age(options.today.year - year);
  } else {
    // Without a clock: holders of the numbers of 1984 were hardly born before 1890, and no one reads numbers of the
    // next century today.
    if (year < 1890 || year > 2060) prior *= 0.05;
    if (year < 1925) prior *= 0.5;
  }
  if (RegionRecord region; find_region(id.value->region_code, year > 1984 ? year : 1984, region) && number[0] < '9')
    prior *= share_of_class(region);
  // Permits and foreigners' cards are one in a hundred at most.
  if (id.value->form != ResidentForm::citizen18 && id.value->form != ResidentForm::citizen15) prior *= 0.05;
  return prior;
}

std::vector<Repair> repair_resident_id(std::string_view damaged, const RepairOptions& options) {
  Folded<24> folded;
  fold_number(damaged, folded);
  std::string read;
  for (char c : folded.text.view()) read += c == '\1' || c == '<' ? '*' : c;
  if (folded.too_long || read.size() < 14 || read.size() > 19) return {};
  Search search(options);
  if (const Checked<ResidentId> as_is = parse_resident_id(read, options.check);
      as_is.possible() && !as_is.reasons.has(Reason::masked)) {
    search.add(read, 1, RepairKind::none, -1);
    return search.take();
  }
  // The foreigner's card of 2017 begins with letters that are no misread digits; its single digits could be repaired,
  // but nobody asked yet.
  const bool seen_letters =
      std::any_of(read.begin(), read.end(), [](char c) { return c >= 'A' && c <= 'Z' && c != 'X'; });
  int ways = 0;
  for (const Base& base : resolve_letters(read)) {
    if (++ways > 32) break;  // Ordered by weight; the rest is far below.
    const auto holes = std::count(base.text.begin(), base.text.end(), '*');
    const bool full = base.text.size() == 18 || base.text.size() == 15;
    if (holes > 0) {
      std::string text = base.text;
      if (holes <= 4 && full) complete(search, text, 0, base.weight, RepairKind::completion);
      continue;
    }
    if (full && seen_letters) search.add(base.text, base.weight, RepairKind::confusion, -1);
    if (full) {
      substitute(search, base.text, read, base.weight);
      swap_two(search, base.text, base.weight);
    }
    if (base.text.size() == 17 || base.text.size() == 14) insert_one(search, base.text, base.weight);
    if (base.text.size() == 19 || base.text.size() == 16) delete_one(search, base.text, base.weight);
  }
  return search.take();
}

}  // namespace kualik::numbers
