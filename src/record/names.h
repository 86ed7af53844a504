#pragma once
// From the names in JSON back to enumerators; each enumerator's own name() gives the other way.

#include <optional>
#include <string_view>

#include "kualik/core/reasons.h"

namespace kualik::record {

/// The enumerator in first..last whose name() is `text`.
template <class E>
std::optional<E> named(std::string_view text, E first, E last) noexcept {
  for (auto i = static_cast<unsigned>(first); i <= static_cast<unsigned>(last); ++i)
    if (name(static_cast<E>(i)) == text) return static_cast<E>(i);
  return std::nullopt;
}

inline std::optional<Reason> reason_named(std::string_view text) noexcept {
  if (text == "reserved") return std::nullopt;
  return named(text, Reason::bad_length, static_cast<Reason>(31));
}

}  // namespace kualik::record
