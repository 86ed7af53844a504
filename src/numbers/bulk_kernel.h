#pragma once
// What the paths of the bulk check share.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "kualik/core/date.h"
#include "kualik/numbers/options.h"
#include "kualik/numbers/resident_id.h"
#include "numbers/region_index.h"
#include "numbers/resident_check.h"

namespace kualik::numbers::detail {

/// The options in the form that the inner loops use.
struct Rules {
  const Options* options;
  const RegionIndex* index;
  std::int32_t today;               ///< yyyymmdd, 0 without a clock.
  std::uint32_t region_mask;        ///< All ones, or 0 if regions are not asked.
  std::uint32_t citizen_structure;  ///< The bit of bad_structure if the form is not accepted, else 0.
  std::uint32_t foreigner_structure;
};

/// Through the parser, which takes any text.
inline std::uint32_t check_one(std::string_view text, const Rules& rules) noexcept {
  return check_resident_id(text, *rules.options).bits();
}

/// 18 bytes with some that fit no place of a number, hidden ones (`*`) left to the parser: what the others say. `bad`
/// has the places of the first 17 that are no digits. One number in some hundred comes here, which is too many for the
/// parser.
inline std::uint32_t check_broken_18(const char* p, std::uint32_t bad, const Rules& rules) noexcept {
  if (rules.options->fold.value_or(false) || std::memchr(p, '*', 18) != nullptr) return check_one({p, 18}, rules);
  const auto number = [p, bad](int first, int size) {
    if ((bad >> first & ((1U << size) - 1)) != 0) return -1;
    int value = 0;
    for (int i = first; i < first + size; ++i) value = value * 10 + (p[i] - '0');
    return value;
  };
  std::uint32_t bits = bit(Reason::bad_character);
  if (p[17] == 'x') bits |= bit(Reason::normalised);
  if (bad == 0) bits |= bit(Reason::bad_check_digit);  // Whatever stands at the end is none.
  const int year = number(6, 4);
  const int month = number(10, 2);
  const int day = number(12, 2);
  // As the parser: unknown parts are given the benefit.
  const int longest = days_in_month(year < 0 ? 2000 : year, month < 0 ? 1 : month);
  const bool bad_date = (year >= 0 && (year < oldest_year || year > newest_year)) || longest == 0 || day == 0 ||
                        (day > 0 && day > (month < 0 ? 31 : longest));
  if (bad_date)
    bits |= bit(Reason::bad_date);
  else if (year >= 0 && month >= 0 && day >= 0)
    bits |= date_doubts(Date{year, month, day}.packed(), rules.today);
  if (const int code = number(0, 6); code >= 0) {
    std::uint32_t doubts = region_doubts(rules.index->at(code), year < 0 ? first_issue_year : year);
    if (bad_date || year < 0) doubts &= ~(region_ended_bit | region_newer_bit);
    bits |= doubts & rules.region_mask;
  }
  return bits | (p[0] == '9' ? rules.foreigner_structure : rules.citizen_structure);
}

/// 18 bytes. The portable fast path.
inline std::uint32_t check_18(const char* p, const Rules& rules) noexcept {
  unsigned digit[17];
  std::uint32_t bad = 0;
  int sum = 0;
  constexpr int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  for (unsigned i = 0; i < 17; ++i) {
    digit[i] = static_cast<unsigned char>(p[i]) - static_cast<unsigned>('0');
    bad |= digit[i] > 9 ? 1U << i : 0U;
    sum += weights[i] * static_cast<int>(digit[i]);
  }
  const char c = p[17];
  int check = c - '0';
  std::uint32_t bits = 0;
  bool broken = bad != 0;
  if (c == 'X' || c == 'x') {
    check = 10;
    if (c == 'x') bits |= bit(Reason::normalised);
  } else if (check < 0 || check > 9) {
    broken = true;
  }
  if (broken) return check_broken_18(p, bad, rules);
  const auto number = [&digit](int first, int size) {
    int value = 0;
    for (int i = first; i < first + size; ++i) value = value * 10 + static_cast<int>(digit[i]);
    return value;
  };
  if ((sum + check) % 11 != 1) bits |= bit(Reason::bad_check_digit);
  const Date birth{number(6, 4), number(10, 2), number(12, 2)};
  const bool date_ok = birth.year >= oldest_year && birth.year <= newest_year && birth.valid();
  std::uint32_t doubts = region_doubts(rules.index->at(number(0, 6)), birth.year);
  if (date_ok) {
    bits |= date_doubts(birth.packed(), rules.today);
  } else {
    bits |= bit(Reason::bad_date);
    doubts &= ~(region_ended_bit | region_newer_bit);
  }
  bits |= doubts & rules.region_mask;
  bits |= digit[0] == 9 ? rules.foreigner_structure : rules.citizen_structure;
  return bits;
}

inline std::uint32_t check_any(std::string_view text, const Rules& rules) noexcept {
  return text.size() == 18 ? check_18(text.data(), rules) : check_one(text, rules);
}

/// Stands in for texts that are not 18 bytes long, so that a vector can be filled.
inline constexpr char filler[] = "440524188001010014";

/// Elements of one width, 18 bytes each.
struct StrideSource {
  static constexpr bool always_plain = true;
  const char* data;
  std::ptrdiff_t stride;
  const char* at(std::size_t i) const noexcept { return data + static_cast<std::ptrdiff_t>(i) * stride; }
  bool plain(std::size_t) const noexcept { return true; }
  const char* run(bool any_stride) const noexcept { return any_stride || stride == 18 ? data : nullptr; }
  std::string_view text(std::size_t i) const noexcept {
    const char* p = at(i);
    std::size_t size = 18;
    while (size > 0 && p[size - 1] == '\0') --size;
    return {p, size};
  }
};

struct ViewSource {
  static constexpr bool always_plain = false;
  const std::string_view* views;
  bool plain(std::size_t i) const noexcept { return views[i].size() == 18; }
  static const char* run(bool) noexcept { return nullptr; }
  static constexpr std::ptrdiff_t stride = 0;
  const char* at(std::size_t i) const noexcept { return plain(i) ? views[i].data() : filler; }
  std::string_view text(std::size_t i) const noexcept { return views[i]; }
};

template <class Offset>
struct ArrowSource {
  static constexpr bool always_plain = false;
  const char* data;
  const Offset* offsets;
  bool plain(std::size_t i) const noexcept { return offsets[i + 1] - offsets[i] == 18; }
  static const char* run(bool) noexcept { return nullptr; }
  static constexpr std::ptrdiff_t stride = 0;
  const char* at(std::size_t i) const noexcept { return plain(i) ? data + offsets[i] : filler; }
  std::string_view text(std::size_t i) const noexcept {
    return {data + offsets[i], static_cast<std::size_t>(offsets[i + 1] - offsets[i])};
  }
};

template <class Source>
void check_portable(const Source& in, std::size_t first, std::size_t last, std::uint32_t* out,
                    const Rules& rules) noexcept {
  for (std::size_t i = first; i < last; ++i) {
    out[i] = check_any(in.text(i), rules);
  }
}

/// Numbers that a vector path takes at once; a multiple of 16, small enough that pointers and results stay in the
/// nearest cache.
inline constexpr std::size_t batch = 256;

// Each checks `count` numbers (a multiple of 16, at most `batch`) of 18 bytes each, and tells by bits which ones need
// the parser: slow[i / 16], bit i % 16. No templates here: a function's target attribute does not survive instantiation
// in g++ 12, and compiling a whole file for a newer processor would leak its code into inline functions that older ones
// run.
void check_batch_avx2(const char* const* texts, std::size_t count, const Rules& rules, std::uint32_t* out,
                      std::uint16_t* slow) noexcept;
/// The same for numbers whose starts lie `stride` bytes apart.
void check_run_avx2(const char* data, std::ptrdiff_t stride, std::size_t count, const Rules& rules, std::uint32_t* out,
                    std::uint16_t* slow) noexcept;
void check_batch_avx512(const char* const* texts, std::size_t count, const Rules& rules, std::uint32_t* out,
                        std::uint16_t* slow) noexcept;
/// The same for numbers that lie one behind the other: `stride` is 18.
void check_run_avx512(const char* data, std::ptrdiff_t stride, std::size_t count, const Rules& rules,
                      std::uint32_t* out, std::uint16_t* slow) noexcept;

/// Copies results past the caches; `out` is aligned to 64 bytes, `count` a multiple of 16.
void stream_out(std::uint32_t* out, const std::uint32_t* from, std::size_t count) noexcept;
void stream_done() noexcept;

}  // namespace kualik::numbers::detail
