#pragma once
// What each kind of number shows of the reasons against it, for explain.cpp. A function gives an empty string (or adds
// nothing) where there is no more to say than `in_words`.

#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/reasons.h"
#include "kualik/numbers/options.h"

namespace kualik::numbers::detail {

/// The text as the check took it: folded if it was folded.
std::string as_checked(std::string_view text, ReasonSet reasons);

/// "3 characters, 12 are wanted", with what spreadsheets do to numbers.
std::string length_sentence(std::string_view text, std::string_view wanted);
/// "character 3 is the letter O, no digit". `letters`: places at the start where letters stand; `x_at`: the place that
/// may hold X, 0 for none.
std::string character_sentence(std::string_view text, std::size_t letters, std::size_t x_at);
/// "the last character does not follow from the others (they would give 4): one of them is wrong"
std::string check_sentence(char wanted);
/// Of a date after today, or of more than 120 years ago; empty for another reason.
std::string age_sentence(Reason reason, const Date& date);

std::string why_resident(std::string_view text, Reason reason, ReasonSet reasons);
std::string why_iin(std::string_view text, Reason reason, ReasonSet reasons);
std::string why_bin(std::string_view text, Reason reason, ReasonSet reasons);
std::string why_case_number(std::string_view text, Reason reason);
/// One sentence or more, since several fields of a zone may have the same fault.
std::vector<std::string> why_zone(std::string_view text, Reason reason, ReasonSet reasons);

}  // namespace kualik::numbers::detail
