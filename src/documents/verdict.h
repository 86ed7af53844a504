#pragma once
// What the operative part of a court's paper does to the persons it names and to the judgment that it recites.

#include <string_view>
#include <vector>

#include "commutation.h"
#include "convictions.h"
#include "person.h"

namespace kualik::documents {

/// Whom the verdict alone names becomes a person of the paper: the paragraph that introduced him was not read, or
/// stands on another page. True if something is ordered of nobody at all.
bool add_named_in_verdict(const Sheet& sheet, std::vector<Conviction>& convictions, std::vector<Person>& persons);

/// What a judgment on appeal leaves as it was (维持…对被告人乙的量刑部分): of those of whom it orders nothing new
/// (`ordered` holds what it does), the convictions that it recites, unless 撤销 takes back what was said of them.
std::vector<Conviction> left_standing(const Sheet& sheet, Range recital, Range operative,
                                      const std::vector<Conviction>& ordered, const std::vector<Person>& persons);

/// What a ruling does to the judgment that it recites.
struct Recital {
  std::string_view note{};  ///< In words, for the fields.
  bool stands{};            ///< What was recited is in force.
};
/// `punished`: the recital names penalties.
Recital recital_of(const Sheet& sheet, Range operative, const Commutation& commutation, bool punished);

}  // namespace kualik::documents
