#pragma once
// The two-level index of the bulk check: six digits -> period, in two loads. Shared by the scalar and the vector paths.

#include <array>
#include <cstdint>
#include <vector>

namespace kualik::numbers {

/// An entry is (last year - 1900) << 8 | (first year - 1900).
///   last 255: in force; 0: unknown region. first 1: as good as always; 0: the nationality of a foreigner's card is
///   unknown.
struct RegionIndex {
  std::array<std::uint16_t, 10000 + 2>
      block{};  ///< By the first four digits; padded, since vector gathers read four bytes.
  std::array<std::uint16_t, 10000> start{};  ///< block * 100.
  std::vector<std::uint16_t> entry{};        ///< start + the last two of the six digits.

  std::uint16_t at(int code) const noexcept {
    return entry[static_cast<std::size_t>(block[static_cast<std::size_t>(code / 100)]) * 100 +
                 static_cast<std::size_t>(code % 100)];
  }
};

/// Built once, at the first call; safe from any thread.
const RegionIndex& region_index();

inline constexpr std::uint16_t unknown_entry = 0x0001;
inline constexpr int first_issue_year =
    1984;  ///< Resident identity cards were introduced by the regulation of 1984-04-06.
inline constexpr int late_registration = 18;  ///< Years after birth beyond which a newer code is worth a look.

/// The doubts of an entry for a birth year, as reason bits. The vector paths compute the same.
constexpr std::uint32_t region_doubts(std::uint16_t entry, int birth_year) noexcept {
  const int last = entry >> 8;
  const int first = entry & 0xFF;
  const int year = (birth_year < 2155 ? birth_year : 2155) - 1900;
  const int issued = year > first_issue_year - 1900 ? year : first_issue_year - 1900;
  const int late =
      year + late_registration > first_issue_year - 1900 ? year + late_registration : first_issue_year - 1900;
  std::uint32_t bits = 0;
  if (last == 0) bits |= 1U << 16;                   // unknown_region
  if (last != 0 && last < issued) bits |= 1U << 17;  // region_ended
  if (first > late) bits |= 1U << 18;                // region_newer
  if (first == 0) bits |= 1U << 22;                  // unknown_type: nationality
  return bits;
}

}  // namespace kualik::numbers
