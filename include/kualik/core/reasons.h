#pragma once
// What speaks against a value, as bits: the same in C++, NumPy (uint32) and JSON (the names below).
//
//   ReasonSet r{Reason::bad_check_digit, Reason::unknown_region};
//   if (r.has_error()) ...                 // cannot be this number
//   for (Reason x : r) std::cout << name(x);  // bad_check_digit unknown_region
//
// Bits 0-15 are errors: the text cannot be what it claims to be. Bits 16-31 are doubts: it can be, but something
// disagrees. A fact table raises doubts only. All functions are pure, noexcept and allocate nothing.

#include <array>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace kualik {

/// One thing that speaks against a value; the enumerator's value is its bit.
enum class Reason : std::uint8_t {
  // Errors.
  bad_length = 0,           ///< Not a length this kind of number has.
  bad_character = 1,        ///< A character that cannot stand at its place.
  bad_check_digit = 2,      ///< The check digit (or one of several) does not follow from the rest.
  bad_date = 3,             ///< A date inside that no calendar has.
  bad_structure = 4,        ///< The parts do not stand in the order that the form prescribes.
  bad_composite_check = 5,  ///< MRZ: the composite check digit does not follow from the fields.
  unusable_number = 6,      ///< A body for which no check digit exists, so that it is never issued (IIN, BIN).
  out_of_range = 7,         ///< A quantity beyond what the form or the law knows (month 13, a term of 60 years).
  not_found = 8,            ///< Nothing of the kind was found in the text.
  // Doubts.
  unknown_region = 16,   ///< The region code is in no table.
  region_ended = 17,     ///< The region code had ended before the number could have been issued.
  region_newer = 18,     ///< The region code began more than 18 years after the birth.
  future_date = 19,      ///< A date after `today`.
  implausible_age = 20,  ///< An age beyond 120 years (or one that the document's kind makes implausible).
  unknown_court = 21,    ///< The court code is in no table.
  unknown_type = 22,     ///< The type (case type, document type, state code) is in no table.
  normalised = 23,  ///< Characters were folded before parsing (full-width, Cyrillic look-alikes, spaces, lower-case x).
  repaired = 24,    ///< A character was changed on evidence; the raw reading is kept beside the value.
  low_score = 25,   ///< The reading's score is below what `passes` needs.
  frames_disagree = 26,  ///< The readings of several frames differ.
  masked = 27,           ///< Positions are hidden (`*`), so that not everything could be checked.
  cross_check = 28,      ///< Another field of the same document disagrees.
  unknown_value = 29,    ///< A word that the table for its field does not hold (ethnic group, charge, authority).
  ambiguous = 30,        ///< More than one reading satisfies the rules (century, 15-digit upgrade, two scripts).
  period_mismatch = 31,  ///< In a table, not in force at the date in question (charge, court, case type, validity).
};

/// The name used in JSON, CSV and messages.
constexpr std::string_view name(Reason reason) noexcept {
  switch (reason) {
    case Reason::bad_length:
      return "bad_length";
    case Reason::bad_character:
      return "bad_character";
    case Reason::bad_check_digit:
      return "bad_check_digit";
    case Reason::bad_date:
      return "bad_date";
    case Reason::bad_structure:
      return "bad_structure";
    case Reason::bad_composite_check:
      return "bad_composite_check";
    case Reason::unusable_number:
      return "unusable_number";
    case Reason::out_of_range:
      return "out_of_range";
    case Reason::not_found:
      return "not_found";
    case Reason::unknown_region:
      return "unknown_region";
    case Reason::region_ended:
      return "region_ended";
    case Reason::region_newer:
      return "region_newer";
    case Reason::future_date:
      return "future_date";
    case Reason::implausible_age:
      return "implausible_age";
    case Reason::unknown_court:
      return "unknown_court";
    case Reason::unknown_type:
      return "unknown_type";
    case Reason::normalised:
      return "normalised";
    case Reason::repaired:
      return "repaired";
    case Reason::low_score:
      return "low_score";
    case Reason::frames_disagree:
      return "frames_disagree";
    case Reason::masked:
      return "masked";
    case Reason::cross_check:
      return "cross_check";
    case Reason::unknown_value:
      return "unknown_value";
    case Reason::ambiguous:
      return "ambiguous";
    case Reason::period_mismatch:
      return "period_mismatch";
  }
  return "reserved";
}

/// A set of reasons. Regular value type of four bytes.
class ReasonSet {
 public:
  static constexpr std::uint32_t error_mask = 0x0000FFFFu;
  static constexpr std::uint32_t doubt_mask = 0xFFFF0000u;

  constexpr ReasonSet() noexcept = default;
  constexpr ReasonSet(std::initializer_list<Reason> reasons) noexcept {
    for (Reason r : reasons) add(r);
  }
  /// From the bits that `bits()` gave; every value is accepted.
  static constexpr ReasonSet from_bits(std::uint32_t bits) noexcept {
    ReasonSet set;
    set.bits_ = bits;
    return set;
  }

  constexpr void add(Reason r) noexcept { bits_ |= bit(r); }
  constexpr void remove(Reason r) noexcept { bits_ &= ~bit(r); }
  constexpr bool has(Reason r) const noexcept { return (bits_ & bit(r)) != 0; }
  constexpr bool has_error() const noexcept { return (bits_ & error_mask) != 0; }
  constexpr bool has_doubt() const noexcept { return (bits_ & doubt_mask) != 0; }
  constexpr bool empty() const noexcept { return bits_ == 0; }
  constexpr std::uint32_t bits() const noexcept { return bits_; }

  constexpr ReasonSet& operator|=(ReasonSet other) noexcept {
    bits_ |= other.bits_;
    return *this;
  }
  friend constexpr ReasonSet operator|(ReasonSet a, ReasonSet b) noexcept { return a |= b; }
  friend constexpr bool operator==(ReasonSet, ReasonSet) noexcept = default;

  /// Iterates over the reasons in bit order, errors first.
  class iterator {
   public:
    constexpr explicit iterator(std::uint32_t rest) noexcept : rest_(rest) {}
    constexpr Reason operator*() const noexcept { return static_cast<Reason>(std::countr_zero(rest_)); }
    constexpr iterator& operator++() noexcept {
      rest_ &= rest_ - 1;
      return *this;
    }
    friend constexpr bool operator==(iterator, iterator) noexcept = default;

   private:
    std::uint32_t rest_;
  };
  constexpr iterator begin() const noexcept { return iterator(bits_); }
  constexpr iterator end() const noexcept { return iterator(0); }

 private:
  static constexpr std::uint32_t bit(Reason r) noexcept { return std::uint32_t{1} << static_cast<unsigned>(r); }
  std::uint32_t bits_ = 0;
};

}  // namespace kualik
