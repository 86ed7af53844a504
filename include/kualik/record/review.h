#pragma once
// Decisions of a reviewer as the review page saves them (schema kualik.review/1), on their way back into the archive.
//
//   std::vector<Decision> decisions = read_decisions(text);
//   MergeResult result = database.merge(decisions);   // or merge_decisions(entries, decisions)
//
// Decisions name what they were made on: the source's hash, the document's and field's place, the key and the value as
// it was shown. If the archive holds another value there by now (the source was read again), the decision is stale and
// is not applied.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/record/entry.h"

namespace kualik::record {

struct Decision {
  std::string source_sha256{};
  std::size_t document_no{0};  ///< From 1, in order of sight in its source.
  std::size_t field{0};        ///< Index into Record::fields.
  std::string key{};
  std::string value_seen{};  ///< The value that the reviewer saw.
  Review review{};
};

/// What became of the decisions.
struct MergeResult {
  std::size_t merged{0};
  std::size_t stale{0};    ///< Another value stands there by now.
  std::size_t unknown{0};  ///< No such source, document or field.
};

/// Reads the page's file. Throws std::runtime_error naming the place of the fault, never a value: no JSON, another
/// schema, a wrong type, an unknown state, an edit without a value, a text longer than 10,000 bytes, more than a
/// million decisions. Thread-safe.
std::vector<Decision> read_decisions(std::string_view json);

/// Writes decisions in the same form.
std::string write_decisions(const std::vector<Decision>& decisions, std::string_view reviewer = {});

/// Applies decisions to entries of which `document_nos` gives each one's place in its source.
MergeResult merge_decisions(std::vector<Entry>& entries, const std::vector<std::size_t>& document_nos,
                            const std::vector<Decision>& decisions);

}  // namespace kualik::record
