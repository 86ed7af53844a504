#pragma once
// Two sightings of one document: a card lost from sight for a moment begins a new track.

#include "reader/sighting.h"

namespace kualik::reader {

/// Whether two sightings of resident cards show one and the same card: the same side, one after the other with little
/// time between (or at once in one place: two outlines of it), and print that is alike where both could be read (the
/// number above all). False for other kinds.
bool same_card(const Sighting& a, const Sighting& b, const Date& today);

/// Adds the readings and times of `more` to `all`.
void merge(Sighting& all, Sighting&& more);

}  // namespace kualik::reader
