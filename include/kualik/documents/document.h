#pragma once
// What a document parser gives: the kind of document, its fields with the places they came from, and checks between
// fields. Kinds and keys are those of the record format (docs/record.md). Plain values; no thread-safety concerns.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/core/checked.h"
#include "kualik/core/geometry.h"
#include "kualik/core/reasons.h"

namespace kualik::documents {

/// The kinds of the record format; the names in JSON are the enumerators'.
enum class Kind : unsigned char {
  cn_id_portrait,
  cn_id_emblem,
  court_document,
  official_document,
  passport,
  kz_id_front,
  kz_id_back,
  other_document,
};

constexpr std::string_view name(Kind kind) noexcept {
  switch (kind) {
    case Kind::cn_id_portrait:
      return "cn_id_portrait";
    case Kind::cn_id_emblem:
      return "cn_id_emblem";
    case Kind::court_document:
      return "court_document";
    case Kind::official_document:
      return "official_document";
    case Kind::passport:
      return "passport";
    case Kind::kz_id_front:
      return "kz_id_front";
    case Kind::kz_id_back:
      return "kz_id_back";
    case Kind::other_document:
      return "other_document";
  }
  return "other_document";
}

/// Another value a field may have, with its score in 0..1.
struct Alternative {
  std::string value{};
  double confidence{};
};

/// One field as read from one page or text.
struct Field {
  std::string key{};     ///< As in the record format: "id_number", "birth_date", …
  std::string value{};   ///< Normalised: dates ISO 8601, sex M/F, names with `·`, sentences as codes.
  std::string raw{};     ///< As it stands in the text, nothing folded.
  std::string script{};  ///< ISO 15924 of `raw`.
  Span span{};  ///< Bytes of `PageText::text()`; empty if the field does not stand there (read from its own crop).
  std::size_t line{static_cast<std::size_t>(-1)};  ///< Index into PageText::lines of the first line; npos if none.
  Quad quad{};                                     ///< In page pixels; all zero without an image.
  double confidence{1.0};                          ///< Reading score 0..1 (1 for typed text).
  ReasonSet reasons{};
  bool checkable{false};  ///< A rule or table checks this kind of field; without reasons it may pass.
  bool repeats_zone{
      false};      ///< The machine-readable zone gave it and nothing else: that it agrees with the zone proves nothing.
  int subject{0};  ///< With several defendants: 1, 2, …; 0 if the document has one subject.
  std::string detail{};  ///< In words, e.g. how a charge was matched. Holds no value of another field.
  std::vector<Alternative> alternatives{};
};

/// How a cross-check ended.
enum class Verdict : unsigned char { agrees, disagrees, cannot_tell };

constexpr std::string_view name(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::agrees:
      return "agrees";
    case Verdict::disagrees:
      return "disagrees";
    case Verdict::cannot_tell:
      return "cannot_tell";
  }
  return "cannot_tell";
}

/// One rule between fields, e.g. birth_date_matches_id_number.
struct Check {
  std::string rule{};
  Verdict verdict{Verdict::cannot_tell};
  std::vector<std::string> fields{};  ///< Keys of the fields compared.
  int subject{0};                     ///< As in Field.
  std::string detail{};
};

/// One document as read from one page (or one stretch of a typed text).
struct Document {
  Kind kind{Kind::other_document};
  double score{};  ///< How surely the text is of this kind, 0..1.
  std::vector<Field> fields{};
  std::string text{};  ///< The whole page as read.
  Span span{};         ///< Where the document stands in a text that holds several.

  const Field* find(std::string_view key, int subject = 0) const noexcept {
    for (const Field& f : fields)
      if (f.key == key && (subject == 0 || f.subject == 0 || f.subject == subject)) return &f;
    return nullptr;
  }
};

}  // namespace kualik::documents
