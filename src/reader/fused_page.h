#pragma once
// The pages that several frames gave, as one page: each line is fused from the readings that show it.

#include <string>
#include <vector>

#include "kualik/core/date.h"
#include "kualik/core/page_text.h"
#include "kualik/record/fusion.h"
#include "reader/page_reading.h"

namespace kualik::reader {

/// One page made of many.
struct FusedPage {
  PageText page{};
  std::vector<std::size_t> source{};          ///< For each line the reading whose boxes it carries.
  std::vector<record::FusedReading> fused{};  ///< For each line what fusion said.
  std::vector<std::string> keys{};            ///< For each line its field, on cards read by layout; else empty.
};

/// Cards: the same field of every reading, all readers voting.
FusedPage fuse_cards(const std::vector<PageReading>& readings, const Date& today);
/// Pages: lines matched over frames by their text; lines that only some frames show are put where those frames have
/// them.
FusedPage fuse_pages(const std::vector<PageReading>& readings, const Date& today);

}  // namespace kualik::reader
