// Numerals, dates, terms, money and folding on any bytes.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kualik/text/dates.h"
#include "kualik/text/duration.h"
#include "kualik/text/money.h"
#include "kualik/text/normalize.h"
#include "kualik/text/numerals.h"
#include "kualik/text/script.h"
#include "kualik/text/utf8.h"

using namespace kualik;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  text::parse_numeral(input);
  text::parse_duration(input);
  text::parse_money(input);
  text::duration_from_iso(input);
  text::script_of(input);
  text::count_scripts(input);
  if (text::count_code_points(text::to_utf8(text::to_u32(input))) != text::to_u32(input).size()) std::abort();
  text::fold_to_utf8(input);
  for (std::size_t begin = 1; begin < std::min<std::size_t>(size, 6); ++begin)
    text::fold(input, {{0, begin / 2}, {begin, std::min(size, 2 * begin)}});
  if (const auto date = text::parse_date(input); date.value && date.value->date.valid()) {
    const Date end = text::end_of_term(date.value->date, {3, 6, 0}, 14);
    if (!end.valid()) std::abort();
  }
  const text::Folded folded = text::fold(input);
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const Span span = folded.span(i, i + 1);
    if (span.begin >= span.end || span.end > size) std::abort();
    if (const auto m = text::match_numeral(folded.chars(), i); m && (m->end <= i || m->end > folded.size()))
      std::abort();
    if (const auto d = text::find_date(folded.chars(), i, folded.size());
        d && (d->begin < i || d->match.end <= d->begin || d->match.end > folded.size()))
      std::abort();
    if (const auto m = text::match_date(folded.chars(), i, true); m && (m->end <= i || m->end > folded.size()))
      std::abort();
    if (const auto m = text::match_duration(folded.chars(), i); m && (m->end <= i || m->end > folded.size()))
      std::abort();
    if (const auto m = text::match_money(folded.chars(), i); m && (m->end <= i || m->end > folded.size())) std::abort();
  }
  return 0;
}
