#pragma once
// Case numbers of courts, procuratorates and police papers.
//
//   Checked<CaseNumber> n = parse_case_number("(2018) 新40刑初12号");
//   n.value->canonical;      // （2018）新40刑初12号
//   n.value->court->name;    // 新疆维吾尔自治区高级人民法院伊犁哈萨克自治州分院
//
//   court since 2016 (法〔2015〕137号, art. 3-10; 法〔2018〕335号)   （year）court [知] type serial号
//   court before 2016                                             （year）abbreviation fragment字第serial号[-n]
//   procuratorate                                                 abbreviation检[department]kind〔year〕serial号
//   police                                                        abbreviation公[（unit）]kind字〔year〕serial号
// Some courts of Shanghai bracket the kind of case within the fragment: 民一（民）终字.
//
// All bracket shapes （） () 〔〕 [] 【】 ﹝﹞ are read, as are spaces inside, full-width digits and a missing 号
// (reported as `normalised`). A court, type or year that the tables do not know is a doubt (`unknown_court`,
// `unknown_type`, `period_mismatch`), never an error. Pure functions, safe from any thread; they allocate the strings
// of the value.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kualik/core/checked.h"
#include "kualik/numbers/court.h"
#include "kualik/numbers/options.h"

namespace kualik::numbers {

enum class CaseNumberKind : std::uint8_t { court, court_pre2016, procuratorate, police };
std::string_view name(CaseNumberKind kind) noexcept;

struct CaseNumber {
  CaseNumberKind kind{CaseNumberKind::court};
  int year{0};
  std::string issuer{};  ///< Court code (新40), or the abbreviation before 检, 公 or the type (新伊, 霍).
  std::string
      special{};  ///< 知 of a special court; department of a procuratorate (公诉, 一部); unit of the police (刑, 禁毒).
  std::string type{};    ///< 刑初; 刑一终字; 刑诉; 拘通字.
  std::string serial{};  ///< As printed, zeros and a leading Z included; `number` is its value.
  long long number{-1};
  std::string suffix{};  ///< 之一 or -1; empty mostly.
  std::string
      canonical{};  ///< （2018）新40刑初12号; procuratorates and police with 〔〕, as 新伊检公诉刑诉〔2018〕12号.
  std::optional<Court> court{};  ///< Resolved from the code; before 2016 no code exists.
  std::optional<CaseType> case_type{};
};

/// Reads one case number that is the whole text. Empty value with `bad_structure` if it has no such form.
/// Errors besides: out_of_range (year before 1949 or serial 0). Doubts: unknown_court, unknown_type, period_mismatch
/// (form, court or type not in use in that year), future_date (year after today's), normalised.
Checked<CaseNumber> parse_case_number(std::string_view text, const Options& options = {});
ReasonSet check_case_number(std::string_view text, const Options& options = {});

/// As `parse_case_number`, for a number at the start of `text` with anything behind it; `used` becomes its size in
/// bytes, 0 if none is there. Needs 号 at the end. Cost: linear in the first 200 bytes, whatever follows.
Checked<CaseNumber> parse_case_number_prefix(std::string_view text, std::size_t& used, const Options& options = {});

}  // namespace kualik::numbers
