#pragma once
// Crops and thumbnails become files: encoded, named, hashed, and noted in the records.
//
//   ScanResult scan = reader.read_file("a.mp4");                          // with keep_crops
//   std::vector<record::Picture> pictures = name_pictures(scan, "a.mp4.d");  // before the records are written

#include <string>
#include <vector>

#include "kualik/core/image.h"
#include "kualik/reader/reader.h"
#include "kualik/record/database.h"

namespace kualik::desk {

/// PNG without metadata (`.png`) or JPEG of quality 85 (`.jpg`). Throws std::runtime_error if it cannot be encoded.
std::string encode(const ImageView& image, const std::string& ending);

/// Encodes all pictures of a result under `folder` (a name relative to the output folder) and notes path and hash in
/// its records.
std::vector<record::Picture> name_pictures(ScanResult& result, const std::string& folder);

}  // namespace kualik::desk
