#pragma once
// What of a text is the apparatus of subtitles rather than speech: cue numbers, times, headers, notes and tags of
// SubRip and WebVTT.

#include <string_view>
#include <vector>

#include "kualik/core/geometry.h"

namespace kualik::documents {

/// Bytes to pass over, ascending; empty for a text without a time line (`00:01:02,345 --> 00:01:04,000`).
std::vector<Span> subtitle_marks(std::string_view text);

}  // namespace kualik::documents
