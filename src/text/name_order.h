#pragma once
// Which word of a name is the given name and which the father's, how sure that is, and what the order and the suffixes
// of two names say about each other. Internal to the stage.

#include <string_view>

#include "kualik/text/names.h"
#include "name_prepared.h"

namespace kualik::names {

/// Gives the words of a name their places, `order` and `sex`; `written` is the text as it was given.
void give_places(std::string_view written, const SplitName& parts, PreparedName& name);

/// Of a pairing in which the given name of one stands beside the father's name of the other (`crossed`), or not:
/// 1 where that agrees with what is known of the order, less the more is against it. Certainties -1..1: what speaks for
/// the places as assumed.
double order_factor(double certainty_a, double certainty_b, bool crossed);

/// -ұлы beside -қызы is no one person; -ов beside -ова may be. 1 if nothing disagrees.
double sex_factor(const PreparedName& a, const PreparedName& b);

}  // namespace kualik::names
