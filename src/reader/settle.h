#pragma once
// Which document a sight shows: poses are read in turn until a document is there, and the document's own layout is used
// from then on.

#include <optional>

#include "kualik/core/date.h"
#include "reader/page_reading.h"

namespace kualik::reader {

/// What a first reading settled.
struct Settled {
  PageReading reading{};
  documents::Kind kind{documents::Kind::other_document};
  double score{0};  ///< 0..1: how surely a document of this kind is there.
};

/// Reads the first of the sights (of one track, best first) in its best poses; empty if nothing can be read. Cost: some
/// readings of a page.
std::optional<Settled> settle(PageReader& reader, const std::vector<Sight>& sights, const Date& today);

/// How much of a known document a reading holds, 0..1, and of which kind.
std::pair<documents::Kind, double> judge(const PageReading& reading, const Date& today);

}  // namespace kualik::reader
