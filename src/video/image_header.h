#pragma once
// What headers of still images tell beside the size (`sniff_image_size`). Internal to the stage.

#include <string>

namespace kualik::video {

/// Whether the picture of a JPEG is given in more than `most` scans (ITU-T T.81, G.1). Each costs the decoder a pass
/// over all its pixels, and a scan of nothing takes some ten bytes. Cost: reads the file once.
bool has_more_scans(const std::string& path, int most);

}  // namespace kualik::video
