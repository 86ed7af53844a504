#pragma once
// Which document a sight shows: poses are read in turn until a document is there, and the document's own layout is used
// from then on.

#include <optional>

#include "kualik/core/date.h"
#include "reader/page_reading.h"
#include "reader/print_page.h"

namespace kualik::reader {

/// How much more than its outline is looked over of a sheet with copies of cards.
constexpr double sheet_margin = 1.03;

/// What a first reading settled.
struct Settled {
  PageReading reading{};
  documents::Kind kind{documents::Kind::other_document};
  double score{0};  ///< 0..1: how surely a document of this kind is there.
  /// Set where the outline did not hold the card, and its print told where it lies.
  std::optional<PrintPage> by_print{};
  std::size_t sight{0};  ///< Which of the sights was read.
  bool tells{false};     ///< A page of text that is no known paper and is worth a record (plain_text.h).
};

/// Reads the first of the sights (of one track, best first) in its best poses, or the first of them whose print tells
/// where a card lies; empty if nothing can be read. Cost: half a second where a card's number shows, else some readings
/// of a page. `on_page`: the sights lie on a page that was read already, so that only what tells itself by a number or
/// a zone is another document.
std::optional<Settled> settle(PageReader& reader, const std::vector<Sight>& sights, const Date& today,
                              bool on_page = false);

/// The sight read as the card that `card` places in it; empty if it reads as no such card, or if the part of the frame
/// that was kept does not hold it. Cost: a reading.
std::optional<Settled> settle_at(PageReader& reader, const Sight& sight, const PrintPage& card, const Date& today);

/// The sight with the outline that its print gives, where `by_print` was found in `first`; where too little print is
/// read with that outline moved as the sights' own outlines moved, if those lie on the card. Its pose is that of the
/// settled reading. Cost: 0.3 s.
std::optional<Sight> placed_by_print(const Sight& sight, const Sight& first, const PrintPage& by_print,
                                     ocr::Recognizers& readers);

/// How much of a known document a reading holds, 0..1, and of which kind.
std::pair<documents::Kind, double> judge(const PageReading& reading, const Date& today);

}  // namespace kualik::reader
