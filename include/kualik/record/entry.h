#pragma once
// One line of output: a record together with what made it, the archive's own columns and the decisions of a reviewer.
// Plain values. In an Entry, spans are code points (spans.h turns the bytes of a fresh Record into them).

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "kualik/record/record.h"

namespace kualik::record {

/// The archive's own data on an input, from `--list table.csv`; carried through to every output unread.
struct Catalogue {
  std::string entry_no{};  ///< The archive's number of the entry; empty if it has none.
  std::vector<std::pair<std::string, std::string>> columns{};  ///< All other columns, in the order of the list.
  bool empty() const noexcept { return entry_no.empty() && columns.empty(); }
  friend bool operator==(const Catalogue&, const Catalogue&) = default;
};

/// What a reviewer decided on one field. The value that was read is never overwritten; an edit stands beside it.
enum class ReviewState : unsigned char { unreviewed, accepted, edited, rejected };

constexpr std::string_view name(ReviewState state) noexcept {
  switch (state) {
    case ReviewState::unreviewed:
      return "unreviewed";
    case ReviewState::accepted:
      return "accepted";
    case ReviewState::edited:
      return "edited";
    case ReviewState::rejected:
      return "rejected";
  }
  return "unreviewed";
}

struct Review {
  std::size_t field{0};  ///< Index into Record::fields.
  ReviewState state{ReviewState::unreviewed};
  std::string value{};  ///< With `edited`: what the reviewer says should stand there.
  std::string reviewer{};
  std::string note{};
  std::string reviewed_at{};  ///< ISO 8601, UTC.
  /// A decision, or a note that stands without one.
  bool says_something() const noexcept { return state != ReviewState::unreviewed || !note.empty(); }
  friend bool operator==(const Review&, const Review&) = default;
};

/// Everything that one line of JSON holds.
struct Entry {
  Record record{};
  Engine engine{};
  Catalogue catalogue{};
  std::vector<Review> reviews{};  ///< At most one a field.

  const Review* review_of(std::size_t field) const noexcept {
    for (const Review& r : reviews)
      if (r.field == field) return &r;
    return nullptr;
  }
};

}  // namespace kualik::record
