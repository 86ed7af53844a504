#pragma once
// Punishments as judgments word them: 判处有期徒刑十年，剥夺政治权利三年，并处罚金人民币二千元；… 决定执行 …; and the
// dates of a term.

#include <optional>
#include <string>
#include <vector>

#include "kualik/text/dates.h"
#include "kualik/text/duration.h"
#include "sheet.h"

namespace kualik::documents {

/// A quantity with its place.
struct Phrase {
  Range range{};
  std::string value{};
  ReasonSet reasons{};
  std::string detail{};
};

/// What one clause imposes.
struct Penalty {
  std::optional<Phrase> sentence{};      ///< P10Y, life, death, death_suspended, exempted, acquitted.
  std::optional<Phrase> deprivation{};   ///< P3Y or life.
  std::vector<Phrase> fines{};           ///< Yuan, or all_property.
  std::optional<text::Duration> term{};  ///< Of a sentence in years, months and days.
  bool empty() const noexcept { return !sentence && !deprivation && fines.empty(); }
};

/// The punishments in `within`; of two sentences the first.
Penalty read_penalty(const Sheet& sheet, Range within);

/// The punishments in `within` one after another, each from its sentence to the next one.
std::vector<Penalty> penalties_in_turn(const Sheet& sheet, Range within);

/// The punishments in `within`; of several penalties what they are joined to (决定执行, 合并执行).
Penalty read_ordered(const Sheet& sheet, Range within);

/// What a decision on a penalty orders: from its 决定 on. What is told before names other days, and penalties of the
/// past (违法经历). All of `body` without that word.
Range ordered_part(const Sheet& sheet, Range body);

/// 自Y年M月D日起至Y年M月D日止 in `within`, or the end alone where no day of its start is named (刑期至…届满).
struct TermDates {
  Range from_range{};
  Range to_range{};
  std::optional<text::DateMatch> from{};
  std::optional<text::DateMatch> to{};
};
std::optional<TermDates> read_term_dates(const Sheet& sheet, Range within);

/// Days credited in so many words: 折抵刑期十四日, 先行羁押的14日. 0 if none are named.
int read_credit_days(const Sheet& sheet, Range within);

}  // namespace kualik::documents
