#pragma once
// From the text of a page to the documents on it, their kinds and their fields.
//
//   for (const Document& d : documents::parse(page, {.today = {2026, 11, 23}}))
//     for (const Field& f : d.fields) use(f.key, f.value, f.span, f.quad, f.reasons);
//
// Parsers find labels and formulas, exact or as OCR bends them (被吿人, broken lines, missing brackets), and never
// change a value in silence: what was read otherwise than printed carries `repaired` or `normalised`, and `Field::raw`
// keeps the print. Fields that are not on the page are left out. All functions are pure and safe from any thread. Cost:
// linear in the text, about 1 ms for a page.

#include <optional>
#include <string_view>
#include <vector>

#include "kualik/core/date.h"
#include "kualik/core/page_text.h"
#include "kualik/documents/document.h"

namespace kualik::documents {

/// How to parse.
struct ParseOptions {
  Date today{};  ///< The clock for ages and future dates; empty: nothing is said of them (default: empty).
  std::optional<Kind>
      hint{};  ///< What the page looked like; taken unless the text speaks for another kind (default: none).
};

/// The documents of one page or text in the order they stand in it. A text that fits no known paper gives one
/// `other_document` with the numbers found in it; an empty text gives nothing.
std::vector<Document> parse(const PageText& page, const ParseOptions& options = {});

/// As `parse`, for a text that may hold many papers one after another, speech between them, and the cue numbers and
/// times of subtitles (SubRip, WebVTT), which are passed over. `Document::span` says where each stands.
std::vector<Document> parse_documents(const PageText& page, const ParseOptions& options = {});

/// As `parse_documents`, for typed text in UTF-8. Spans are bytes of `PageText::from_text(text).text()`, which is
/// `text` without carriage returns before line feeds.
std::vector<Document> parse_text(std::string_view text, const ParseOptions& options = {});

// One entry for each kind: parses the page as that kind whatever it says. `score` tells how much of the kind was there
// (0: nothing).
Document parse_cn_id_portrait(const PageText& page, const ParseOptions& options = {});
Document parse_cn_id_emblem(const PageText& page, const ParseOptions& options = {});
Document parse_court_document(const PageText& page, const ParseOptions& options = {});
Document parse_official_document(const PageText& page, const ParseOptions& options = {});
Document parse_passport(const PageText& page, const ParseOptions& options = {});
Document parse_kz_id_front(const PageText& page, const ParseOptions& options = {});
Document parse_kz_id_back(const PageText& page, const ParseOptions& options = {});
Document parse_other_document(const PageText& page, const ParseOptions& options = {});

}  // namespace kualik::documents
