#pragma once
// One reader for each kind of document, working on a range of a sheet; parse.cpp chooses among them.

#include <optional>

#include "kualik/documents/parse.h"
#include "sheet.h"

namespace kualik::documents {

Document read_cn_id_portrait(const Sheet& sheet, Range range, const ParseOptions& options);
Document read_cn_id_emblem(const Sheet& sheet, Range range, const ParseOptions& options);
Document read_court_document(const Sheet& sheet, Range range, const ParseOptions& options);
Document read_official_document(const Sheet& sheet, Range range, const ParseOptions& options);
Document read_passport(const Sheet& sheet, Range range, const ParseOptions& options);
Document read_kz_id_front(const Sheet& sheet, Range range, const ParseOptions& options);
Document read_kz_id_back(const Sheet& sheet, Range range, const ParseOptions& options);
Document read_other_document(const Sheet& sheet, Range range, const ParseOptions& options);

/// The individual number of Kazakhstan within the range, as `iin`: twelve digits, letters that look like digits read as
/// such (`repaired`).
std::optional<Field> read_iin(const Sheet& sheet, Range r, const ParseOptions& options);

/// The labelled values of the front of Kazakhstan's cards as fields that the document lacks; how many labels there are.
int add_front_labels(const Sheet& sheet, Range range, const ParseOptions& options, Document& document);
/// The same of the back.
int add_back_labels(const Sheet& sheet, Range range, Document& document);
/// The card's number, which has no label: nine digits alone on a line.
void add_card_number(const Sheet& sheet, Range range, Document& document);

/// A document of a kind with its span and text, and no fields yet.
Document begin_document(const Sheet& sheet, Range range, Kind kind);
/// Runs the cross-checks that tell on the fields themselves: what disagrees is marked, and a sentence is checkable only
/// where its dates bear it out.
void settle(Document& document, const ParseOptions& options);

}  // namespace kualik::documents
