#pragma once
// Titles of papers (data/doc_types.tsv), and where a text with several papers is to be cut.

#include <optional>
#include <string_view>
#include <vector>

#include "kualik/documents/document.h"
#include "sheet.h"

namespace kualik::documents {

enum class Family {
  judgment,
  ruling,
  decision,
  civil,  ///< Of courts, in civil and administrative cases: nobody is sentenced by it.
  indictment,
  notice,
  enforcement,
  release,
  penalty,
  certificate,
  form
};

struct DocumentType {
  std::string_view title{};
  Kind kind{Kind::official_document};
  Family family{Family::notice};
  std::string_view issuer{};  ///< How the issuing body's name ends.
  std::string_view types{};   ///< Words of the case types that fit, joined by commas.
};

struct TitleHit {
  Range range{};
  const DocumentType* type{};
  int cost{};
  bool own_line{};  ///< Stands alone on its line, or behind the issuer's name.
};

/// All titles that stand as titles in `within`, in order: on a line of their own or behind the issuer's name.
std::vector<TitleHit> find_titles(const Sheet& sheet, Range within);
/// The first such title, or the first title at all within the first 200 characters.
std::optional<TitleHit> find_title(const Sheet& sheet, Range within);
/// The type of a title by its exact name; nothing if it is in no row.
const DocumentType* find_type(std::string_view title);

/// The name of the body on the lines right above `title` (or before it on its line) that ends in one of `endings`.
std::optional<Range> issuer_above(const Sheet& sheet, Range within, std::size_t title, std::u32string_view ending);

/// Where the paper with this title begins: at the issuer's line or the title's.
std::size_t paper_begin(const Sheet& sheet, Range within, const TitleHit& title);

}  // namespace kualik::documents
