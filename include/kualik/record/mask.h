#pragma once
// Masking for exports that leave the archive (`--redact`): what is left cannot be joined back to a person by the values
// themselves.
//
//   std::cout << to_json(mask(entry)) << '\n';
//
// Kept as they are: kind, scores, statuses, reasons, times and frames, and the keys for which `masking_of` says `keep`
// (sex, ethnicity, title, charge, sentence, deprivation, fine, issuing_state, nationality). Of dates other than births
// the year is kept, the rest becomes
// `*`. Every other value becomes `***` whatever its length, and so do raw readings; alternatives, details, page text,
// crops, spans, notes and free columns are dropped, because each repeats what was masked. The file's name becomes
// `sha256-<12 digits>.<ending>`, since names of files often hold names of people. `entry_no` stays: it is the archive's
// own public reference.
//
// Whoever holds the full export can still join by the source's hash, frame and entry number; that is what those are
// for. Of a typed text hash and size are left out as well: a text can be guessed, and the guess held against them.

#include <string>
#include <string_view>

#include "kualik/record/entry.h"

namespace kualik::record {

enum class Masking : unsigned char { keep, year_only, hide };

/// How a key is masked; keys that are not known are hidden. Never throws, allocates nothing.
Masking masking_of(std::string_view key) noexcept;

/// Whether a field of this key is covered in a redacted video: everything but what `masking_of` keeps.
inline bool is_private(std::string_view key) noexcept { return masking_of(key) != Masking::keep; }

/// A masked copy. Thread-safe.
Entry mask(const Entry& entry);

}  // namespace kualik::record
