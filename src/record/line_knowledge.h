#pragma once
// What is known of a line of running text: the numbers of persons in it. Internal to the stage.

#include <string_view>

#include "kualik/core/date.h"

namespace kualik::record {

/// Log-probability that knowledge gives a resident number of 18 characters, wherever it stands (knowledge.cpp).
double resident_number(std::string_view text, Date today);

/// The same for a line of a page: resident numbers in it, and behind ИИН or ЖСН, or alone on the line, a number of
/// Kazakhstan; years before 年 that no paper of our time tells of. 0 for a line without any. Seventeen figures within
/// the line lack one; numbers of other lengths say nothing, and at its end a number may run on in the next line.
double line_likelihood(std::string_view text, Date today);

}  // namespace kualik::record
