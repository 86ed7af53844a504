#pragma once
// Typed text, a transcript, subtitles or OCR text to entries whose spans count the code points of the text as it was
// given.
//
//   for (const record::Entry& e : parse_transcript(text)) std::cout << record::to_json(e) << '\n';

#include <string>
#include <string_view>
#include <vector>

#include "kualik/record/entry.h"

namespace kualik::desk {

/// Why a text cannot be taken as UTF-8, in words; empty if it can.
std::string encoding_fault(std::string_view text);

/// Parses all documents in `text`. `today` is an ISO date, empty for the system's. Throws std::runtime_error with
/// `encoding_fault`. Thread-safe; needs no engine.
std::vector<record::Entry> parse_transcript(std::string_view text, const record::Source& source = {},
                                            const std::string& today = {});

}  // namespace kualik::desk
