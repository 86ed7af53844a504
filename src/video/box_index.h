#pragma once
// The index of an ISO base media file (ISO/IEC 14496-12), looked at before FFmpeg believes it. Internal to the stage.

#include <cstdint>
#include <string>

namespace kualik::video {

/// Whether the index of an MP4 or QuickTime file names more samples than the file has bytes (and a million). Where all
/// samples have one size their number alone stands in the file, and FFmpeg takes some fifty bytes of memory for each
/// before it reads one. False for other files. Cost: some reads for each box of the index.
bool names_more_than_it_holds(const std::string& path, std::uint64_t file_size);

}  // namespace kualik::video
