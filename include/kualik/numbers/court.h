#pragma once
// Courts of China by code (法院代字) and by name, and the types of cases (data/courts.tsv, data/case_types*.tsv).
//
//   find_court("新4023", 2018)->name;          // 霍城县人民法院
//   courts_by_name("新疆维吾尔自治区霍城县人民法院");   // {新4023}
//
// The list is that of 2015/16 with later courts as far as known: an unknown court is a doubt, never an error.
// Constant data; every function may be called from any thread. Cost: a binary search.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kualik::numbers {

enum class CourtLevel : std::uint8_t { supreme, high, intermediate, basic };
std::string_view name(CourtLevel level) noexcept;

struct Court {
  std::string_view code{};  ///< 新40, 新4023, 最高法.
  std::string_view name{};
  std::string_view province{};  ///< 新, 兵, 最高法.
  CourtLevel level{CourtLevel::basic};
  int region_code{0};  ///< GB/T 2260 of 2015; 0 if the list names none.
  int year_from{0};    ///< First year of the code or the name; 0 unknown.
  bool unverified{false};
};

/// By code, under the name in use in `year` (0: the newest). Empty for an unknown code.
std::optional<Court> find_court(std::string_view code, int year = 0) noexcept;

/// Every court of that name. Papers print the province before the name of a county's court and the table does not: if
/// the whole name is not found, the longest tail of it that is a court's name counts, provided the head names the
/// court's province, or is a prefecture and no other court has that name; else the courts whose name ends in it
/// (乌鲁木齐市中级人民法院). 中华人民共和国 before a name is passed over. Cost: some 0.1 ms for a name that is in no
/// table.
std::vector<Court> courts_by_name(std::string_view name);

/// Province or 兵 by the character of a case number: 新 → 650000; 0 for an unknown one. 兵 gives 650000, 军 and 最高法
/// 0.
int province_of(std::string_view court_code) noexcept;
/// True for the 31 province characters, 兵, 军 and 最高法.
bool is_court_prefix(std::string_view prefix) noexcept;

/// A type of case, e.g. 刑初: 刑事一审案件.
struct CaseType {
  std::string_view code{};
  std::string_view meaning{};
  std::string_view category{};
  int year_from{0};
};
/// Types since 2016.
std::optional<CaseType> find_case_type(std::string_view code) noexcept;
/// Fragments before 2016, with 字: 刑一终字.
std::optional<CaseType> find_legacy_case_type(std::string_view fragment) noexcept;
/// The longest legacy fragment that ends `text`; empty if none does.
std::optional<CaseType> legacy_case_type_at_end(std::string_view text) noexcept;

}  // namespace kualik::numbers
