#pragma once
// Two sightings of one document: a card lost from sight for a moment begins a new track.

#include "reader/sighting.h"

namespace kualik::reader {

/// Whether two sightings of resident cards show one and the same card: the same side, one after the other with little
/// time between (or at once, or in turns, in one place: two outlines of it), and print that is alike where both could
/// be read (the number above all). False for other kinds.
bool same_card(const Sighting& a, const Sighting& b, const Date& today);

/// Whether two sightings of sheets show one and the same page, as a page that is moved before the camera, or shown in
/// parts, makes them: little time between, the same case or person where both could be read, and else most lines alike.
/// False where a case number, a person's number or name differs, and for cards.
bool same_sheet(const Sighting& a, const Sighting& b, const Date& today);

/// Whether what is at `quad` at that time lies within a sheet of text that `sighting` shows.
bool lies_within(const Quad& quad, double time_s, const Sighting& sighting);

/// Whether `loose` is a card read as a page of text, its layout not found, while `card` shows it by its layout at the
/// same time and place.
bool is_shadow_of(const Sighting& loose, const Sighting& card);

/// Adds the readings and times of `more` to `all`.
void merge(Sighting& all, Sighting&& more);

}  // namespace kualik::reader
