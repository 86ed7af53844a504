#pragma once
// Regions behind the first six digits of a resident number: GB/T 2260 with its whole history (data/regions.tsv).
//
//   find_region(654101, 1990)->name;       // 伊宁市, of the Ili prefecture that was
//   regions_today(654101);                 // {654002}
//   region_path(654023, 2018);             // 新疆维吾尔自治区伊犁哈萨克自治州霍城县
//
// A code is that of the place of the FIRST REGISTRATION and never changes afterwards: it is neither the place of birth
// nor an address. Real numbers carry codes that no table holds, so nothing here refuses a number; `check_region` gives
// doubts only. The table is constant data: every function may be called from any thread. Look-ups cost a binary search
// over 7,800 rows.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/reasons.h"

namespace kualik::numbers {

/// Where a code was found; data/regions.tsv says more about each class.
enum class RegionClass : std::uint8_t {
  gb,         ///< GB/T 2260.
  gb_new,     ///< Of 2025-26, after the last yearly table; unverified.
  aggregate,  ///< Summary codes xx01, xx20, xx00: in the printed standard and on cards.
  gb_print,   ///< In a printed edition only.
  mca_raw,    ///< In a raw ministry table only.
  seen,       ///< In no table, reported on real cards (xx19); years unknown; unverified.
  permit,     ///< Residence permit of 2018.
  pre1984,    ///< Ended before numbers were issued.
  nbs_zone,   ///< A statistical zone, never on cards; `check_region` treats it as unknown.
};
std::string_view name(RegionClass cls) noexcept;

enum class RegionLevel : std::uint8_t { province, prefecture, county };
std::string_view name(RegionLevel level) noexcept;

/// Where a region went.
struct RegionSuccessor {
  int code{0};
  int year{0};          ///< Of the change; 0 if unknown.
  bool partial{false};  ///< Only a part of the area went there, the rest stayed.
};

/// One code over one stretch of years. A code may have several records: places were renamed, and codes were given
/// again.
struct RegionRecord {
  int code{0};
  int year_from{0};  ///< 1981 means 1981 or earlier; 0 unknown.
  int year_to{0};    ///< Year of abolition, in force for a part of it; 0 in force today, or unknown (class `seen`).
  std::string_view name{};
  std::string_view
      parent{};  ///< Prefecture or province by name, 直辖 if the province governs it, empty for summary codes.
  RegionLevel level{RegionLevel::county};
  RegionClass cls{RegionClass::gb};
  /// Positions into an internal list; use `region_successors`.
  std::uint16_t successor_first{0};
  std::uint16_t successor_count{0};

  constexpr bool in_force(int year) const noexcept {
    return (year_from == 0 || year_from <= year) && (year_to == 0 || year <= year_to);
  }
};

/// Number of codes that can stand on cards: all but those that are `pre1984` or `nbs_zone` only.
int region_code_count() noexcept;
/// Number of rows, and the i-th in the order of codes and years, to go through the table.
int region_record_count() noexcept;
RegionRecord region_record(int index) noexcept;

/// All records of a code, oldest first; empty for a code in no table.
std::vector<RegionRecord> region_records(int code);

/// The record that names a code as of a year: the one in force then, else the next that began after it, else the last
/// that ended before. False if the code is in no table. Allocates nothing.
bool find_region(int code, int year, RegionRecord& found) noexcept;

std::vector<RegionSuccessor> region_successors(const RegionRecord& record);

/// Name with the regions above it as of a year, e.g. 新疆维吾尔自治区伊犁哈萨克自治州霍城县; empty for a code in no
/// table.
std::string region_path(int code, int year);

/// A region of today that holds the area of an old one or a part of it.
struct RegionToday {
  int code{0};
  bool partial{false};  ///< Some step on the way was the transfer of a part, or a split.
};
/// Follows successors of the code's stretch that was in force in `year` (0: its first) to what is in force today. A
/// split stays a set, ordered by code; a code in force gives itself (and, flagged partial, where parts of it went);
/// empty if the trail ends or the code is unknown.
std::vector<RegionToday> regions_today(int code, int year = 0);

/// The nearest known region above an unknown code: its prefecture (xxxx00), else its province (xx0000), else 0.
int nearest_known_region(int code) noexcept;

/// Doubts about a code on a number whose holder was born in `birth_year`, by the period rule: numbers exist since 1984
/// and carry the code of the first registration, so a code that ended before max(birth, 1984) could not be issued
/// (`region_ended`), and one that began more than 18 years after the birth, and after 1984, is unusual (`region_newer`:
/// late registration, renumbering). `unknown_region` if in no table. A code that was given twice counts from its first
/// to its last year. Permit codes (810000, 820000, 830000) have no first registration.
ReasonSet check_region(int code, int birth_year) noexcept;

/// A code of ISO 3166-1 or ICAO Doc 9303 (data/countries.tsv).
struct Country {
  std::string_view alpha3{};
  int numeric{0};  ///< 0 if none was given out.
  std::string_view name{};
  std::string_view name_zh{};
  bool state{false};  ///< A state of today's ISO 3166-1.
};
/// False if unknown. `alpha3` may end in '<'.
bool find_country(std::string_view alpha3, Country& found) noexcept;
bool find_country(int numeric, Country& found) noexcept;

}  // namespace kualik::numbers
