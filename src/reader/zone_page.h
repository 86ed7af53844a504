#pragma once
// Documents told by their machine-readable zone: the zone is found in the picture itself, turned any way, and the page
// is laid around it. It needs no outline, so that a scan cropped to the page, or a page on paper of its own colour, is
// read all the same.

#include <optional>
#include <vector>

#include "kualik/core/date.h"
#include "kualik/core/image.h"
#include "kualik/ocr/mrz_reader.h"
#include "kualik/ocr/recognizers.h"
#include "kualik/page/kinds.h"
#include "reader/page_reading.h"

namespace kualik::reader {

/// A page laid around its zone.
struct ZonePage {
  page::PageKind kind{page::PageKind::unknown};
  Quad quad{};  ///< In image pixels, from the page's own top left; counter-clockwise for mirrored pages.
  ocr::MrzReading zone{};
  bool sound{false};  ///< Every check digit of the zone is right.
};

/// Decides the zone's doubtful characters with what is known of zones (record/zone_knowledge.h); `as_read` then keeps
/// what the reader gave. Zones that were read too badly stay as they are.
void settle_zone(ocr::MrzReading& zone);

/// Whether what was read as a zone on a sheet of text is one: every check digit fits, or it was read surely and begins
/// as zones do. Rows of Chinese print also read as something, in the zone's length and with some confidence.
bool is_zone(const ocr::MrzReading& zone);

/// The outline of the page that carries the zone, from the pitch of its columns and the direction of its lines (ICAO
/// Doc 9303: ten characters an inch). A quad without area if the zone says too little.
Quad page_around(const ocr::MrzReading& zone);

/// Zones in the picture that parse as one, each place once, with the candidate whose check digits fit best. Cost:
/// 10-40 ms to look, 0.1-0.3 s for each zone.
/// `closer`: a large picture is looked at twice (ocr::MrzOptions).
std::vector<ZonePage> find_zone_pages(const ImageView& image, ocr::Recognizers& readers, const Date& today,
                                      bool closer = false);

/// How the page lies in the quads of the sights (of one track, the same corner first), where a sound zone is seen in
/// one of the first two. Cost as for `find_zone_pages`.
std::optional<Pose> pose_by_zone(ocr::Recognizers& readers, const std::vector<Sight>& sights, const Date& today);

/// The page of a zone as a sight is read, with the zone that was found.
PageReading read_zone_page(PageReader& reader, const ImageView& image, const ZonePage& page);

}  // namespace kualik::reader
