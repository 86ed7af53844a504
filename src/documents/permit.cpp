#include "permit.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "kinds.h"
#include "letters.h"
#include "zone.h"

namespace kualik::documents {

namespace {

// In speech the words stand in small letters.
bool is_in_capitals(const Sheet& sheet, Range line) {
  const std::u32string_view text = sheet.view(line);
  return std::none_of(text.begin(), text.end(), [](char32_t c) {
    return (c >= U'а' && c <= U'ё') || (c >= U'a' && c <= U'z') ||
           std::u32string_view(U"әғқңөұүһі").find(c) != std::u32string_view::npos;
  });
}

}  // namespace

std::optional<Range> permit_title(const Sheet& sheet, Range range) {
  static constexpr std::array<std::string_view, 4> words{"ВИД НА ЖИТЕЛЬСТВО", "ЫҚТИЯРХАТ", "БЕЗ ГРАЖДАНСТВА",
                                                         "АЗАМАТТЫҒЫ ЖОҚ"};
  for (const std::string_view word : words) {
    for (std::size_t i = range.begin; i < range.end;) {
      std::size_t end = i + 1;
      while (end < range.end && !sheet.folded().starts_line(end)) ++end;
      if (mentions(sheet, {i, end}, word) && is_in_capitals(sheet, {i, end})) return Range{i, end};
      i = end;
    }
  }
  return std::nullopt;
}

bool is_permit(const numbers::Mrz& mrz, bool sound) {
  return mrz.format == numbers::MrzFormat::td1 && mrz.issuing_state == "KAZ" && !mrz.nationality.empty() &&
         mrz.nationality != "KAZ" && (sound || mrz.document_code != "ID");
}

std::optional<Range> whole_permit(const Sheet& sheet, Range range, const ParseOptions& options) {
  constexpr int of_the_back = 3;
  const auto title = permit_title(sheet, range);
  if (!title) return std::nullopt;
  Document back = begin_document(sheet, range, Kind::kz_id_back);
  if (add_back_labels(sheet, range, back) >= of_the_back) return title;
  const auto zones = find_zones(sheet, range, options);
  const bool zone = !zones.empty() && is_permit(*zones.front().mrz.value, !zones.front().mrz.reasons.has_error());
  return zone ? title : std::nullopt;
}

void add_permit(const Sheet& sheet, Range range, Range title, const ParseOptions& options, Document& document) {
  document.fields.push_back(sheet.field("title", spaced(sheet, title), title));
  add_front_labels(sheet, range, options, document);
  add_back_labels(sheet, range, document);
  add_card_number(sheet, range, document);
}

}  // namespace kualik::documents
