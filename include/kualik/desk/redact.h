#pragma once
// A copy of a video or image with solid boxes over what documents say of people. The source is never written to.
//
//   RedactSummary done = redact("a.mp4", "a.redacted.mp4");
//
// Without `keys` every document is covered whole, as soon as the tracker follows something that may be a document,
// whether it was read or not. With `keys` only those fields are covered, and the whole document wherever a field's
// place is not sure. Boxes are wider than the outline. From 1.2 s before a document is first seen until 0.8 s after,
// from its last sight on for 1.2 s, and while it is lost, the whole frame is covered, since it moves then: what
// is covered too much can be looked up in the source, what is covered too little cannot be taken back. Sound is dropped
// unless asked for, metadata always.

#include <string>
#include <vector>

#include "kualik/reader/reader.h"

namespace kualik::desk {

struct RedactOptions {
  std::vector<std::string> keys{};  ///< Field keys to cover; empty: whole documents (default: empty).
  bool keep_audio{false};           ///< Copy the sound (default: false, a voice identifies a person).
  ReaderOptions reader{};
};

struct RedactSummary {
  std::size_t documents{0};  ///< Read in the source.
  std::size_t tracks{0};     ///< Followed in the source, read or not.
  std::int64_t frames{0};
  std::int64_t frames_covered{0};
  std::string sha256{};    ///< Of the copy.
  std::string manifest{};  ///< Path of the manifest.
};

/// Writes the copy with mode 0600 and, beside it, `COPY.manifest.json` with both hashes; the manifest names the source
/// and stays with its keeper. An existing file is replaced only when the copy is whole. Needs the program `ffmpeg`
/// for videos. Throws InputError if the source cannot be read, std::runtime_error if the copy cannot be written, is the
/// source itself, or ffmpeg is missing. Cost: two passes over the video and one encoding.
RedactSummary redact(const std::string& source, const std::string& copy, const RedactOptions& options = {},
                     const Progress& progress = {});

}  // namespace kualik::desk
