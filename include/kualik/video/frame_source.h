#pragma once
// Frames of a video, or the one frame of a still image, with their true presentation times.
//
//   auto source = FrameSource::open("a.mp4");
//   for (FrameView frame; source.read(frame);) use(frame.view, frame.time_s);
//
// Any container and codec that FFmpeg reads; rotation metadata is applied; times are those of the stream, also with a
// varying frame rate. Of several videos in one file FFmpeg's choice is read (the default, or else the largest). All
// frames have one size: what a stream gives in another is scaled to fit. Still images are told by content, not by name,
// and their size is checked before anything is decoded. Files are opened for reading only. One thread at a time;
// several sources run side by side.

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "kualik/core/image.h"

namespace kualik::video {

/// The file cannot be opened: one line that names the cause, without the file's name.
class OpenError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What is known of the source as a whole.
struct SourceInfo {
  int width{0};  ///< Of the frames as shown.
  int height{0};
  double fps{0};         ///< Mean frame rate; 0 for a still image.
  double duration_s{0};  ///< By the container; 0 for a still image or where it does not say.
  bool still{false};
  int rotation{0};  ///< Degrees clockwise that were applied because of metadata.
  int streams{1};   ///< Videos in the file, of which one is read.
};

/// One frame. `view` is valid until the next call to the source.
struct FrameView {
  ImageView view{};       ///< BGR.
  std::int64_t index{0};  ///< Counting decoded frames from 0.
  double time_s{0};       ///< Presentation time from the start of the stream.
};

/// Limits for what is opened.
struct SourceOptions {
  std::int64_t max_pixels{100'000'000};  ///< Larger frames and images are refused (default: 100 million).
  int width{0};                          ///< Frames are given in this size; 0: in that of the first frame.
  int height{0};
};

/// In pixels.
struct ImageSize {
  std::int64_t width{0};
  std::int64_t height{0};
};

/// A file's frames in order.
class FrameSource {
 public:
  /// Opens a video or image. Throws OpenError: no such file, a folder, empty, not a media file, cut short, no video
  /// stream, too large.
  static FrameSource open(const std::string& path, const SourceOptions& options = {});
  ~FrameSource();
  FrameSource(FrameSource&&) noexcept;
  FrameSource& operator=(FrameSource&&) noexcept;
  FrameSource(const FrameSource&) = delete;  ///< A decoder has one position; open the file again.
  FrameSource& operator=(const FrameSource&) = delete;

  const SourceInfo& info() const noexcept;
  /// Decodes the next frame without converting it: cheap. What cannot be decoded is passed over. False at the end.
  bool grab();
  /// The grabbed frame's place, without its pixels.
  std::int64_t index() const noexcept;
  double time_s() const noexcept;
  /// Pixels of the grabbed frame; an empty view if it is damaged. Valid until the next grab.
  FrameView retrieve();
  /// `grab`, then `retrieve`; damaged frames are passed over.
  bool read(FrameView& frame);
  /// Frames that could not be decoded so far, those that `grab` passed over among them.
  std::int64_t damaged() const noexcept;
  /// Frames so far of which the decoder lost a part and filled it in by guess. They are given as frames.
  std::int64_t patched() const noexcept;
  /// Some frames so far (three in a row at least) were wider or higher than `info` says, so that detail is lost;
  /// `widest` is a size that holds all frames so far unscaled (within `max_pixels`). Only grabbed frames are counted,
  /// which costs no conversion.
  bool outgrown() const noexcept;
  ImageSize widest() const noexcept;

 private:
  struct Impl;
  explicit FrameSource(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Width and height by an image file's header alone, without decoding; zeros if the bytes are no PNG, JPEG, GIF, BMP,
/// WebP or TIFF.
ImageSize sniff_image_size(const unsigned char* bytes, std::size_t size) noexcept;

/// The file's header says still image (one of the formats above, animated GIF excepted).
bool is_still_image(const std::string& path);

}  // namespace kualik::video
