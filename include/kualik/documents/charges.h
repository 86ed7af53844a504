#pragma once
// Charges of the Criminal Law: found in the table as printed, as a known variant, as a part of a selective charge, or
// nearly.
//
//   ChargeMatch m = match_charge("参加恐怖组织罪");
//   m.how == ChargeHow::variant; m.official == "组织、领导、参加恐怖组织罪";
//   charge_in_force(m, {2018, 5, 3}) == true
//
// Pure functions, safe from any thread. Cost: a hash look-up; about 0.2 ms for a text that is no charge as printed.

#include <cstdint>
#include <string>
#include <string_view>

#include "kualik/core/date.h"

namespace kualik::documents {

/// How a printed charge was found.
enum class ChargeHow : std::uint8_t {
  none,
  exact,    ///< A name of the table.
  variant,  ///< A form known to be printed for a name of the table.
  part,     ///< Some of the enumerated parts of a selective charge.
  fuzzy,    ///< A name but for misread characters; a repair.
};
std::string_view name(ChargeHow how) noexcept;

struct ChargeMatch {
  ChargeHow how{ChargeHow::none};
  std::string charge{};         ///< As a paper prints it, repaired if `fuzzy`.
  std::string_view official{};  ///< The table's full name.
  std::string_view article{};   ///< E.g. 第120条.
  std::string_view replaced_by{};
  Date from{};            ///< In force from this day …
  Date abolished{};       ///< … until this one (not in force on it); empty: in force.
  bool ambiguous{false};  ///< Another charge fits as well.
};

/// `printed` with or without 罪 at the end, in Simplified characters.
ChargeMatch match_charge(std::string_view printed);

/// The charge exists on that day. True for a charge that was not found.
bool charge_in_force(const ChargeMatch& match, const Date& day) noexcept;

}  // namespace kualik::documents
