// Counting what a masked number can stand for, and the best path through a reader's alternatives: both go by the
// remainders of MOD 11-2.

#include <algorithm>
#include <array>
#include <string>

#include "kualik/numbers/region.h"
#include "kualik/numbers/repair.h"
#include "kualik/numbers/resident_id.h"
#include "numbers/region_index.h"
#include "numbers/resident_check.h"

namespace kualik::numbers {
namespace {

using detail::is_digit;
using Remainders = std::array<std::uint64_t, 11>;  // How many ways lead to each remainder of the weighted sum.

constexpr int weights[18] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1};

bool fits(std::string_view pattern, int value) {
  for (std::size_t i = pattern.size(); i-- > 0; value /= 10)
    if (pattern[i] != '*' && pattern[i] - '0' != value % 10) return false;
  return true;
}

std::size_t remainder(int value, std::size_t first, std::size_t size) {
  int sum = 0;
  for (std::size_t i = first + size; i-- > first; value /= 10) sum += value % 10 * weights[i];
  return static_cast<std::size_t>(sum % 11);
}

Remainders join(const Remainders& a, const Remainders& b) {
  Remainders out{};
  for (std::size_t i = 0; i < 11; ++i)
    for (std::size_t j = 0; j < 11; ++j) out[(i + j) % 11] += a[i] * b[j];
  return out;
}

Remainders free_digits(std::string_view text, std::size_t first, std::size_t size) {
  Remainders ways{1};
  for (std::size_t i = first; i < first + size; ++i) {
    Remainders one{};
    for (int d = 0; d < 10; ++d)
      if (text[i] == '*' || text[i] - '0' == d) ++one[static_cast<std::size_t>(d * weights[i] % 11)];
    ways = join(ways, one);
  }
  return ways;
}

struct Path {
  std::array<char, 18> text{};
  double score{1};
};

/// Can the first `size` characters begin a number without errors?
bool can_begin(const Path& path, std::size_t size) {
  const auto two = [&path](std::size_t i) { return (path.text[i] - '0') * 10 + (path.text[i + 1] - '0'); };
  if (size == 10) return two(6) * 100 >= detail::oldest_year && two(6) * 100 + two(8) <= detail::newest_year;
  if (size == 12) return two(10) >= 1 && two(10) <= 12;
  if (size == 14) return Date{two(6) * 100 + two(8), two(10), two(12)}.valid();
  return true;
}

}  // namespace

Completions count_completions(std::string_view masked, const Options& options) {
  Completions result;
  if (masked.size() != 18) return result;
  for (std::size_t i = 0; i < 18; ++i)
    if (!is_digit(masked[i]) && masked[i] != '*' && !(i == 17 && masked[i] == 'X')) return result;

  Remainders dates{};
  const int last_year = options.today.empty() ? detail::newest_year : options.today.year;
  for (int year = detail::oldest_year; year <= last_year; ++year) {
    if (!fits(masked.substr(6, 4), year)) continue;
    for (int month = 1; month <= 12; ++month) {
      if (!fits(masked.substr(10, 2), month)) continue;
      for (int day = 1; day <= days_in_month(year, month); ++day) {
        if (!fits(masked.substr(12, 2), day)) continue;
        const int date = Date{year, month, day}.packed();
        if (detail::date_doubts(date, options.today.packed()) == 0) ++dates[remainder(date, 6, 8)];
      }
    }
  }
  Remainders check{};
  for (int d = 0; d <= 10; ++d)
    if (masked[17] == '*' || masked[17] == (d == 10 ? 'X' : '0' + d)) ++check[static_cast<std::size_t>(d)];
  const Remainders rest = join(join(dates, free_digits(masked, 14, 3)), check);

  Remainders known{};
  for (int i = 0, last = 0; i < region_record_count(); ++i) {
    const RegionRecord record = region_record(i);
    const bool on_cards = record.cls != RegionClass::pre1984 && record.cls != RegionClass::nbs_zone;
    if (!on_cards || record.code == last) continue;
    last = record.code;
    if (fits(masked.substr(0, 6), record.code)) ++known[remainder(record.code, 0, 6)];
  }
  // The whole sum with the check digit is 1 mod 11.
  result.known_region = join(known, rest)[1];
  result.any_region = join(free_digits(masked, 0, 6), rest)[1];
  return result;
}

std::vector<Repair> decode_resident_lattice(std::span<const std::vector<LatticeSymbol>> lattice,
                                            const RepairOptions& options) {
  if (lattice.size() != 18) return {};
  constexpr std::size_t beam = 24;  // For each remainder: 264 paths in all.
  std::array<std::vector<Path>, 11> paths;
  paths[0].push_back({});
  for (std::size_t i = 0; i < 18; ++i) {
    std::array<std::vector<Path>, 11> next;
    for (std::size_t r = 0; r < 11; ++r)
      for (const Path& path : paths[r])
        for (std::size_t a = 0; a < lattice[i].size(); ++a) {
          const LatticeSymbol& s = lattice[i][a];
          // A symbol given twice counts once, as it was first given.
          const auto same = [&s](const LatticeSymbol& other) { return other.symbol == s.symbol; };
          if (std::any_of(lattice[i].begin(), lattice[i].begin() + static_cast<std::ptrdiff_t>(a), same)) continue;
          const bool x = i == 17 && (s.symbol == 'X' || s.symbol == 'x');
          if ((!is_digit(s.symbol) && !x) || !(s.probability > 0)) continue;
          Path longer = path;
          longer.text[i] = x ? 'X' : s.symbol;
          longer.score *= static_cast<double>(s.probability);
          if (i == 5) {  // An unknown region is possible, only rare: it must not crowd out the known ones.
            int code = 0;
            for (std::size_t k = 0; k < 6; ++k) code = code * 10 + (longer.text[k] - '0');
            if (region_index().at(code) >> 8 == 0) longer.score *= 0.02;
          }
          if (!can_begin(longer, i + 1)) continue;
          const int value = x ? 10 : s.symbol - '0';
          next[(r + static_cast<std::size_t>(value * weights[i])) % 11].push_back(longer);
        }
    for (std::vector<Path>& list : next) {
      std::stable_sort(list.begin(), list.end(), [](const Path& a, const Path& b) { return a.score > b.score; });
      if (list.size() > beam) list.resize(beam);
    }
    paths = std::move(next);
  }
  std::vector<Repair> found;
  double sum = 0;
  for (const Path& path : paths[1]) {
    const std::string_view text(path.text.data(), 18);
    const double prior = resident_plausibility(text, options.check);
    if (prior <= 0) continue;
    double score = prior;
    for (std::size_t i = 0; i < 18; ++i)
      for (const LatticeSymbol& s : lattice[i])
        if (s.symbol == path.text[i] || (s.symbol == 'x' && path.text[i] == 'X')) {
          score *= static_cast<double>(s.probability);
          break;
        }
    sum += score;
    found.push_back({FixedText<18>(text), score, RepairKind::lattice, -1, check_resident_id(text, options.check)});
  }
  std::stable_sort(found.begin(), found.end(), [](const Repair& a, const Repair& b) { return a.score > b.score; });
  for (Repair& r : found) r.score /= sum;
  std::erase_if(found, [&options](const Repair& r) { return r.score < options.least_score; });
  if (found.size() > options.limit) found.resize(options.limit);
  return found;
}

}  // namespace kualik::numbers
