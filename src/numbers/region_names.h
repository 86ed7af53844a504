#pragma once
// The names of regions as rows of `check_table` want them: found for many numbers at once, made when a code is first
// met.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/reasons.h"
#include "numbers/resident_check.h"

namespace kualik::numbers::detail {

/// A number of 18 characters without bad or hidden ones, where it stands, and its reasons.
struct ResidentText {
  std::uint64_t line;
  const char* id;
  std::uint32_t bits;
  bool dated() const noexcept { return (bits & bit(Reason::bad_date)) == 0; }
};

class RegionNames {
 public:
  RegionNames();

  /// Names can be copied this much at once, whatever their own size: copies of a fixed size are the quickest.
  static constexpr std::size_t overrun = 48;
  static constexpr std::size_t most = 32;
  /// For `most` numbers at most, by the names that hold in the year of birth. Several at once, since lists in random
  /// order are bound by the caches. Empty if no code begins like this one. They hold until the next call.
  void find(std::span<const ResidentText> numbers, std::string_view* names);

 private:
  std::uint32_t name_region(int code);
  std::uint32_t number_at(std::uint32_t at) const noexcept;

  std::vector<std::uint32_t> newest_;  ///< Where the newest name lies, by the place of a code in the region index.
  /// Names, each behind its size in two bytes; that has the bit `renamed` if older names of the code are there, and
  /// stands behind the year from which the name holds and the place of the next older one then, four bytes each. The
  /// caches must hold as much of it as they can. `overrun` bytes at the end are none.
  std::string texts_;
};

/// The code that a number's region is shown with: a foreigner's card has the province behind its 9.
int region_code_of(const char* id) noexcept;

}  // namespace kualik::numbers::detail
