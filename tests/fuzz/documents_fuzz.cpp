// Every parser of documents on any bytes: no crash, spans inside the text, values only with a place.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string_view>

#include "kualik/documents/charges.h"
#include "kualik/documents/checks.h"
#include "kualik/documents/parse.h"

using namespace kualik;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void inspect(const documents::Document& d, std::size_t size, const Date& today) {
  require(d.score >= 0 && d.score <= 1);
  for (const documents::Field& f : d.fields) {
    require(!f.key.empty() && f.span.begin <= f.span.end && f.span.end <= size);
    require(f.confidence >= 0 && f.confidence <= 1);
  }
  documents::cross_check(d.fields, d.kind, today);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const PageText page = PageText::from_text(text);
  const std::size_t length = page.text().size();
  documents::ParseOptions options;
  options.today = {2026, 11, 23};
  if (size > 0) options.hint = static_cast<documents::Kind>(data[0] % 8);
  for (const documents::Document& d : documents::parse(page, options)) inspect(d, length, options.today);
  // One of the parsers besides, by the size, so that an input costs little and every input meets each of them in turn.
  using Parser = documents::Document (*)(const PageText&, const documents::ParseOptions&);
  constexpr Parser parsers[] = {documents::parse_cn_id_portrait, documents::parse_cn_id_emblem,
                                documents::parse_court_document, documents::parse_official_document,
                                documents::parse_passport,       documents::parse_kz_id_front,
                                documents::parse_kz_id_back,     documents::parse_other_document};
  inspect(parsers[size % std::size(parsers)](page, options), length, options.today);
  documents::match_charge(text.substr(0, 200));
  return 0;
}
