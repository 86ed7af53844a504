#pragma once
// The program `ffmpeg` as a writer of videos: frames go in through a pipe. Started without a shell.

#include <sys/types.h>

#include <string>
#include <vector>

#include "kualik/core/image.h"

namespace kualik::desk {

class FfmpegWriter {
 public:
  /// Starts encoding to `path` (H.264, no metadata). `sound_from`, if not empty, is a file whose sound is copied in.
  FfmpegWriter(const std::string& path, int width, int height, double fps, const std::string& sound_from);
  ~FfmpegWriter();
  FfmpegWriter(const FfmpegWriter&) = delete;
  FfmpegWriter& operator=(const FfmpegWriter&) = delete;
  /// Appends a BGR frame of the given size.
  void write(const ImageView& frame);
  /// Waits until the file is whole. Throws std::runtime_error if ffmpeg failed.
  void finish();

 private:
  pid_t child_ = -1;
  int pipe_ = -1;
};

}  // namespace kualik::desk
