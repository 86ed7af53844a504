#pragma once
// Bad text is a value, not an exception: a parser gives what it could read together with every reason against it.
//
//   Checked<ResidentId> id = parse_resident_id(text);
//   if (id.ok()) use(*id.value);            // no error and no doubt
//   else if (id.value) show(*id.value, id.reasons);   // readable, with reasons
//
// Aggregates of plain values; safe to share between threads as long as nobody writes.

#include <optional>
#include <utility>

#include "kualik/core/reasons.h"

namespace kualik {

/// A value that was read from text, and what speaks against it. `value` is empty only if nothing could be read.
template <class T>
struct Checked {
  std::optional<T> value{};
  ReasonSet reasons{};

  /// There is a value, and no error and no doubt. Not a proof that it is the right one.
  constexpr bool ok() const noexcept { return value.has_value() && reasons.empty(); }
  /// There is a value without an error; doubts may stand.
  constexpr bool possible() const noexcept { return value.has_value() && !reasons.has_error(); }
  constexpr explicit operator bool() const noexcept { return possible(); }
};

/// What can be said of a reading as a whole (README.md, "What the statuses mean").
enum class Status : unsigned char {
  passes,     ///< Every check that applies agrees, the frames agree, the score is high. Not a proof.
  doubtful,   ///< A doubt, a low score, or a repair.
  fails,      ///< An error stands.
  unchecked,  ///< Nothing checks this kind of field.
};

/// The name used in JSON and CSV.
constexpr std::string_view name(Status status) noexcept {
  switch (status) {
    case Status::passes:
      return "passes";
    case Status::doubtful:
      return "doubtful";
    case Status::fails:
      return "fails";
    case Status::unchecked:
      return "unchecked";
  }
  return "unchecked";
}

}  // namespace kualik
