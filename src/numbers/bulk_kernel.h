#pragma once
// What the paths of the bulk check share.

#include <cstddef>
#include <cstdint>
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

inline std::uint32_t check_one(std::string_view text, const Rules& rules) noexcept {
  return check_resident_id(text, *rules.options).bits();
}

/// 18 bytes. The portable fast path; whatever is not 17 digits and a check character goes through the parser.
inline std::uint32_t check_18(const char* p, const Rules& rules) noexcept {
  unsigned digit[17];
  unsigned worst = 0;
  int sum = 0;
  constexpr int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  for (int i = 0; i < 17; ++i) {
    digit[i] = static_cast<unsigned char>(p[i]) - static_cast<unsigned>('0');
    worst |= digit[i] > 9 ? 1U : 0U;
    sum += weights[i] * static_cast<int>(digit[i]);
  }
  const char c = p[17];
  int check = c - '0';
  std::uint32_t bits = 0;
  if (c == 'X' || c == 'x') {
    check = 10;
    if (c == 'x') bits |= bit(Reason::normalised);
  } else if (check < 0 || check > 9) {
    worst = 1;
  }
  if (worst != 0) return check_one({p, 18}, rules);
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

/// Stands in for texts that are not 18 bytes long, so that a vector can be filled.
inline constexpr char filler[] = "440524188001010014";

/// Elements of one width, 18 bytes each.
struct StrideSource {
  static constexpr bool always_plain = true;
  const char* data;
  std::ptrdiff_t stride;
  const char* at(std::size_t i) const noexcept { return data + static_cast<std::ptrdiff_t>(i) * stride; }
  bool plain(std::size_t) const noexcept { return true; }
  bool contiguous() const noexcept { return stride == 18; }
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
  bool contiguous() const noexcept { return false; }
  const char* at(std::size_t i) const noexcept { return plain(i) ? views[i].data() : filler; }
  std::string_view text(std::size_t i) const noexcept { return views[i]; }
};

template <class Offset>
struct ArrowSource {
  static constexpr bool always_plain = false;
  const char* data;
  const Offset* offsets;
  bool plain(std::size_t i) const noexcept { return offsets[i + 1] - offsets[i] == 18; }
  bool contiguous() const noexcept { return false; }
  const char* at(std::size_t i) const noexcept { return plain(i) ? data + offsets[i] : filler; }
  std::string_view text(std::size_t i) const noexcept {
    return {data + offsets[i], static_cast<std::size_t>(offsets[i + 1] - offsets[i])};
  }
};

template <class Source>
void check_portable(const Source& in, std::size_t first, std::size_t last, std::uint32_t* out,
                    const Rules& rules) noexcept {
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view text = in.text(i);
    out[i] = text.size() == 18 ? check_18(text.data(), rules) : check_one(text, rules);
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
void check_batch_avx512(const char* const* texts, std::size_t count, const Rules& rules, std::uint32_t* out,
                        std::uint16_t* slow) noexcept;
/// The same for numbers that lie one behind the other, 18 bytes each.
void check_run_avx512(const char* data, std::size_t count, const Rules& rules, std::uint32_t* out,
                      std::uint16_t* slow) noexcept;

/// Copies results past the caches; `out` is aligned to 64 bytes, `count` a multiple of 16.
void stream_out(std::uint32_t* out, const std::uint32_t* from, std::size_t count) noexcept;
void stream_done() noexcept;

}  // namespace kualik::numbers::detail
