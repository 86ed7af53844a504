#pragma once
// All readings of one document become one record: lines are fused over frames and readers, parsed once, checked,
// scored.

#include <string>
#include <vector>

#include "kualik/core/date.h"
#include "kualik/reader/reader.h"
#include "kualik/record/record.h"
#include "reader/page_reading.h"

namespace kualik::reader {

/// One document sighted: when and where, besides what was read.
struct Sighting {
  double first_seen_s{0};
  double last_seen_s{0};
  int frames_seen{1};
  documents::Kind kind{documents::Kind::other_document};  ///< What the first reading was judged to be.
  std::vector<PageReading> readings{};                    ///< Of one pose; any order.
};

/// The record of one sighting. Pictures of fields are added to `crops` for each field with a place, if the readings
/// keep pictures; `record_index` goes into them. Several documents on one page give several records.
std::vector<record::Record> make_records(const Sighting& sighting, const Date& today, std::size_t record_index,
                                         std::vector<FieldCrop>* crops, std::vector<Image>* thumbnails);

/// The record of one document parsed from typed text.
record::Record make_record(const documents::Document& document, const Date& today);

/// The kind of page that a parsed document kind is drawn on; unknown where layouts do not matter.
page::PageKind page_kind_of(documents::Kind kind) noexcept;

}  // namespace kualik::reader
