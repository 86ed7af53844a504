#pragma once
// Copies of cards: a sheet of paper on which one or both sides of a card were copied or printed. The sheet has the
// outline, the cards have the print.

#include <vector>

#include "kualik/core/date.h"
#include "reader/settle.h"

namespace kualik::reader {

/// Whether what the quad holds is paper with little on it, or as plain. Cost: 1 ms.
bool is_mostly_blank(const ImageView& image, const Quad& quad);

/// The cards on the sheet that the sights (of one track, best first) show, each read once; `settled` is what was made
/// of the sights before, empty or not. Empty where the sights are no mostly blank sheet, or hold no more than `settled`
/// has of them already. Cost: 2 ms where the sights are no such sheet, else up to a second for each of two sights.
std::vector<Settled> settle_copies(PageReader& reader, const std::vector<Sight>& sights,
                                   const std::optional<Settled>& settled, const Date& today);

}  // namespace kualik::reader
