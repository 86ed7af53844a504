#pragma once
// The record of one document sighted: the schema kualik.record/1 as C++ values (docs/record.md describes every key).
// Writers (jsonl.h, csv.h, database.h) take it; `read_video` and `read_image` give it. Plain values.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kualik/core/checked.h"
#include "kualik/core/geometry.h"
#include "kualik/documents/document.h"

namespace kualik::record {

/// The file a record came from. Its content is hashed before it is opened, and it is never written to.
struct Source {
  std::string name{};    ///< As given on the command line, without folders.
  std::string path{};    ///< As given; not part of the JSON.
  std::string sha256{};  ///< 64 lower-case hex digits; "SHA-256:<hex>" in tables.
  std::uint64_t size{0};
  int width{0};  ///< Of the frames as shown (after rotation metadata).
  int height{0};
  double fps{0};  ///< 0 for a still image or a text.
  double duration_s{0};
};

/// Where a value was seen.
struct Evidence {
  std::int64_t frame{0};  ///< Counting decoded frames from 0.
  double time_s{0};       ///< Presentation time of that frame.
  Quad quad{};            ///< Of the field, in source pixels.
  std::string crop{};     ///< Path relative to the output folder; empty unless crops were asked for.
  std::string crop_sha256{};
};

/// One field of the record.
struct Field {
  std::string key{};
  std::string value{};
  std::string raw{};
  std::string script{};
  double confidence{0};  ///< Calibrated: of the fields at 0.9, nine in ten are right.
  Status status{Status::unchecked};
  ReasonSet reasons{};
  int agree{0};  ///< Readings that gave this value …
  int seen{0};   ///< … of so many.
  int subject{0};
  std::string detail{};
  std::vector<documents::Alternative> alternatives{};
  std::optional<Evidence> evidence{};  ///< Of a scan.
  std::optional<Span> span{};          ///< Of a parsed text: bytes; the writers give code points.
};

/// One document sighted, or one document found in a text.
struct Record {
  Source source{};
  documents::Kind kind{documents::Kind::other_document};
  double score{0};
  double first_seen_s{0};
  double last_seen_s{0};
  int frames_seen{0};
  int frames_read{0};
  int rotation{0};  ///< 0, 90, 180 or 270: by how much the document is turned clockwise in the frame.
  bool mirrored{false};
  Quad quad{};  ///< The document's outline in `quad_frame`, source pixels; all zero for a text.
  std::int64_t quad_frame{0};
  double quad_time_s{0};
  std::string
      thumbnail{};  ///< Path of that frame, small, relative to the output folder; empty unless crops were asked for.
  std::string thumbnail_sha256{};
  Rect thumbnail_area{};  ///< The part of the frame that the thumbnail shows, source pixels; empty: all of it.
  std::vector<Field> fields{};
  std::vector<documents::Check> checks{};
  std::string text{};  ///< The whole page as read.
  std::string text_script{};
};

/// A reader model in use, for the record's "engine" part.
struct Model {
  std::string name{};
  std::string sha256{};
};

/// What made the record.
struct Engine {
  std::string kualik{};
  std::string tesseract{};
  std::vector<Model> models{};
};

}  // namespace kualik::record
