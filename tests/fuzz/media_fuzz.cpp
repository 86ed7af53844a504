// Any bytes as an image or a video, within small limits: refused with one line, or frames of the size that was promised
// to fit, at times that do not run backwards. The file exists in memory alone.

#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kualik/video/frame_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik::video;
  const ImageSize told = sniff_image_size(data, size);
  (void)told;
  const int file = ::memfd_create("media", 0);
  if (file < 0) return 0;
  struct Closed {
    int fd;
    ~Closed() { ::close(fd); }
  } const closed{file};
  for (std::size_t at = 0; at < size;) {
    const ssize_t written = ::write(file, data + at, size - at);
    if (written <= 0) return 0;
    at += static_cast<std::size_t>(written);
  }
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  SourceOptions options;
  options.max_pixels = 1 << 20;
  try {
    FrameSource source = FrameSource::open(path, options);
    double last = -1;
    FrameView frame;
    for (int n = 0; n < 4 && source.read(frame); ++n) {
      const std::int64_t pixels = static_cast<std::int64_t>(frame.view.width) * frame.view.height;
      if (pixels <= 0 || pixels > options.max_pixels) std::abort();
      if (!std::isfinite(frame.time_s) || frame.time_s < last) std::abort();
      last = frame.time_s;
    }
  } catch (const OpenError& fault) {
    if (std::string_view(fault.what()).find('\n') != std::string_view::npos) std::abort();
  }
  return 0;
}
