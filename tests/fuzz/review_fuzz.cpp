// Any bytes as a reviewer's file of decisions: refused with one line, or merged; and what is written reads as itself
// again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "kualik/record/review.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik::record;
  std::vector<Decision> decisions;
  try {
    decisions = read_decisions({reinterpret_cast<const char*>(data), size});
  } catch (const std::runtime_error& fault) {
    if (std::string_view(fault.what()).find('\n') != std::string_view::npos) std::abort();
    return 0;
  }
  Entry entry;
  entry.record.source.sha256 = std::string(64, '0');
  entry.record.fields.push_back({});
  entry.record.fields.back().key = "name";
  entry.record.fields.back().value = "v";
  std::vector<Entry> entries{entry, entry};
  const MergeResult merged = merge_decisions(entries, {1, 2}, decisions);
  if (merged.merged + merged.stale + merged.unknown != decisions.size()) std::abort();
  for (const Entry& e : entries)
    if (e.reviews.size() > e.record.fields.size() || e.record.fields[0].value != "v") std::abort();
  if (read_decisions(write_decisions(decisions, "r")).size() != decisions.size()) std::abort();
  return 0;
}
