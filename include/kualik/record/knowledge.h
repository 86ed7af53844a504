#pragma once
// What is known of a field before it is read, as soft evidence for fusion: check digits, calendars, the words a field
// can hold.
//
//   FusedReading number = fuse(readings, {}, prior_for("id_number", {.today = today}));
//
// Knowledge chooses among readings that the pixels support; what it changed is reported (`changed_by_prior`, then
// Reason::repaired), and a value that it changed never has the status `passes`. Functions are pure; the callables they
// return hold copies and may be called from any thread.

#include <string>
#include <string_view>

#include "kualik/core/date.h"
#include "kualik/record/fusion.h"

namespace kualik::record {

struct KnowledgeOptions {
  Date today{};  ///< Dates after it are less likely; empty: not judged (default: empty).
  /// The resident number of the same card, where it was surely read: the birth date and the sex in it speak for the
  /// same ones in print (default: empty).
  std::string id_number{};
  /// For `address_row`: the rows of the address above it, since words run on from row to row (default: empty).
  std::string above{};
};

/// Log-probability of a string for a field by its key (`id_number`, `iin`, `birth_date`, `sex`, `ethnicity`,
/// `validity`, `mrz`, `name` …; `address_row` is a further row of an address, `line` one of running text, of which the
/// numbers of persons in it are judged). For keys about which nothing is known:
/// an empty function.
Prior prior_for(std::string_view key, const KnowledgeOptions& options = {});

/// Strings that the field can hold whatever was read: those of a short closed list (sex, ethnicity), the birth date of
/// the card's number, names and places that differ in a character. Empty function otherwise.
Propose proposals_for(std::string_view key, const KnowledgeOptions& options = {});

}  // namespace kualik::record
