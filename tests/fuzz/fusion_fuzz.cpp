// Any bytes as readings of a field: what is known of fields, its proposals and the decision hold whatever was read.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/record/fusion.h"
#include "kualik/record/knowledge.h"
#include "kualik/record/spans.h"

namespace {

constexpr std::array<std::string_view, 20> keys{"id_number",         "iin",         "birth_date",  "sex",
                                                "ethnicity",         "validity",    "mrz",         "name",
                                                "address",           "address_row", "surname",     "given_names",
                                                "patronymic",        "issue_date",  "expiry_date", "document_number",
                                                "issuing_authority", "birth_place", "court",       "x"};

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::record;
  if (size < 2 || size > 400) return 0;
  const std::string_view key = keys[data[0] % keys.size()];
  KnowledgeOptions known;
  if ((data[1] & 1U) != 0) known.today = {2026, 11, 23};
  // One reading a line; a byte 1 parts a symbol from another that may stand in its place.
  std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  if ((data[1] & 2U) != 0) known.id_number = std::string(rest.substr(0, 18));
  if ((data[1] & 4U) != 0) known.above = std::string(rest.substr(0, 30));
  std::vector<Reading> readings;
  std::string first;
  while (!rest.empty() && readings.size() < 6) {
    const std::string line(rest.substr(0, std::min<std::size_t>(rest.find('\n'), 60)));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (first.empty()) first = line;
    Reading reading;
    bool other = false;
    for (const std::string& s : symbols_of(line)) {
      if (s == "\1") {
        other = true;
      } else if (other && !reading.symbols.empty()) {
        reading.symbols.back().alternatives = {{reading.symbols.back().text, 0.6F}, {s, 0.3F}};
        other = false;
      } else {
        Symbol symbol;
        symbol.text = s;
        symbol.probability = 0.9F;
        reading.symbols.push_back(symbol);
      }
    }
    readings.push_back(std::move(reading));
  }
  const Prior prior = prior_for(key, known);
  const Propose propose = proposals_for(key, known);
  const FusedReading fused = fuse(readings, {}, prior, propose);
  require(fused.score >= 0 && fused.score <= 1.0000001 && fused.agree <= fused.seen);
  require(std::isfinite(fused.support));
  for (const documents::Alternative& a : fused.alternatives) require(a.value != fused.text && a.confidence >= 0);
  if (prior) require(!std::isnan(prior(first)));
  const CodePoints points(first);
  for (std::size_t i = 0, last = 0; i <= first.size() + 1; ++i) {
    require(points.at(i) >= last && points.at(i) <= first.size());
    last = points.at(i);
  }
  return 0;
}
