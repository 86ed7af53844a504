#include "numbers/region_names.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "kualik/numbers/region.h"
#include "numbers/region_index.h"

namespace kualik::numbers::detail {
namespace {

constexpr int first_names = 1984;  // Names before the first issue are those of the first issue.
constexpr std::uint16_t renamed = 0x8000;

int two(const char* p) noexcept { return (p[0] - '0') * 10 + (p[1] - '0'); }
int four(const char* p) noexcept { return two(p) * 100 + two(p + 2); }

/// The region as the index takes it: the first four digits, and the next two.
struct Split {
  std::size_t first;
  std::size_t last;
};
Split split(const char* id) noexcept {
  // A foreigner's card has the province behind its 9.
  if (id[0] == '9') return {static_cast<std::size_t>(two(id + 1) * 100), 0};
  if constexpr (std::endian::native == std::endian::little) {
    std::uint64_t digits = 0;
    std::memcpy(&digits, id, sizeof digits);
    digits &= 0x0F0F0F0F0F0F0F0FU;
    const std::uint64_t pairs = digits * 10 + (digits >> 8);  // In every second byte.
    return {(pairs & 0xFF) * 100 + (pairs >> 16 & 0xFF), pairs >> 32 & 0xFF};
  }
  return {static_cast<std::size_t>(four(id)), static_cast<std::size_t>(two(id + 4))};
}

template <class Number>
void append(std::string& text, Number number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  text.append(bytes, sizeof number);
}

void prefetch(const void* p) noexcept {
#if defined(__GNUC__)
  __builtin_prefetch(p);
#else
  (void)p;
#endif
}

}  // namespace

int region_code_of(const char* id) noexcept {
  const auto [first, last] = split(id);
  return static_cast<int>(first * 100 + last);
}

RegionNames::RegionNames() : newest_(region_index().entry.size()), texts_(2 + overrun, '\0') {
  newest_[0] = 2;  // Where no code begins like this, the name is empty.
}

std::uint32_t RegionNames::number_at(std::uint32_t at) const noexcept {
  std::uint32_t number = 0;
  std::memcpy(&number, texts_.data() + at, sizeof number);
  return number;
}

std::uint32_t RegionNames::name_region(int code) {
  // A name can change only when the code, or one above it, begins or ends.
  std::vector<int> years{first_names};
  for (int c : {code, code / 100 * 100, code / 10000 * 10000})
    for (const RegionRecord& r : region_records(c))
      for (int year : {r.year_from, r.year_to + 1})
        if (year > first_names) years.push_back(year);
  std::sort(years.begin(), years.end());
  std::uint32_t newest = 0;
  std::string last;
  for (int year : years) {
    const std::string path = region_path(code, year);
    if (newest != 0 && path == last) continue;
    std::string text;
    std::uint16_t size = static_cast<std::uint16_t>(path.size());
    if (newest != 0) {
      append(text, newest);
      append(text, static_cast<std::uint32_t>(year));
      size |= renamed;
    }
    append(text, size);
    const std::size_t at = texts_.size() - overrun;
    newest = static_cast<std::uint32_t>(at + text.size());
    texts_.insert(at, text + path);
    last = path;
  }
  return newest;
}

void RegionNames::find(std::span<const ResidentText> numbers, std::string_view* names) {
  std::size_t where[most]{};
  const RegionIndex& index = region_index();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto [first, last] = split(numbers[i].id);
    // From 900000 on the index holds foreigners' cards.
    const std::size_t start = first < 9000 ? index.start[first] : 0;
    where[i] = start == 0 ? 0 : start + last;
    prefetch(&newest_[where[i]]);
  }
  // New names move the others: all must be known before the first address is taken.
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::uint32_t& newest = newest_[where[i]];
    if (newest == 0) newest = name_region(region_code_of(numbers[i].id));
    prefetch(texts_.data() + newest);
    prefetch(texts_.data() + newest + 32);  // It may lie in two lines of the caches.
  }
  const char* const texts = texts_.data();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::uint32_t at = newest_[where[i]];
    std::uint16_t size = 0;
    std::memcpy(&size, texts + at - 2, 2);
    if ((size & renamed) != 0) {
      // Without a date the first names stand.
      const auto year = static_cast<std::uint32_t>(numbers[i].dated() ? four(numbers[i].id + 6) : first_names);
      while ((size & renamed) != 0 && number_at(at - 6) > year) {
        at = number_at(at - 10);
        std::memcpy(&size, texts + at - 2, 2);
      }
    }
    names[i] = {texts + at, static_cast<std::size_t>(size & ~renamed)};
  }
}

}  // namespace kualik::numbers::detail
