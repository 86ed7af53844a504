#pragma once
// One video stream of a file, decoded frame by frame by FFmpeg's libraries. Internal to the stage.
//
// The file is opened here and FFmpeg reads its bytes through us, so that no name is taken for a protocol and nothing
// that stands in a file (a playlist, a reference) can open another file or a network connection.

#include <cstdint>
#include <memory>
#include <opencv2/core.hpp>
#include <string>

namespace kualik::video {

/// One thread at a time; several decoders run side by side.
class Decoder {
 public:
  /// Null if the file holds no video stream that can be decoded. Frames of more than about `max_pixels` are refused by
  /// the decoder itself, before memory is taken for them.
  static std::unique_ptr<Decoder> open(const std::string& path, std::int64_t max_pixels);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// As the container has it, before rotation.
  int width() const noexcept;
  int height() const noexcept;
  double fps() const noexcept;         ///< Mean rate; 0 if unknown.
  double duration_s() const noexcept;  ///< 0 if unknown.
  int rotation() const noexcept;       ///< Degrees clockwise that show the frame upright: 0, 90, 180, 270.
  int streams() const noexcept;        ///< Video streams in the file, pictures of covers left out.

  /// The next frame; false at the end. What cannot be decoded is passed over and counted.
  bool grab();
  /// Of the grabbed frame, as it is shown: its size, and its time in the stream's own clock (NaN if it has none).
  cv::Size size() const noexcept;
  double time_s() const noexcept;
  /// The decoder says that a part of the grabbed frame was lost and filled in by guess.
  bool patched() const noexcept;
  /// Packets that the decoder refused so far.
  std::int64_t lost() const noexcept;
  /// The grabbed frame in BGR, rotated as it is shown; empty if its pixels cannot be converted. Valid until the next
  /// call.
  cv::Mat pixels();

 private:
  struct Impl;
  explicit Decoder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kualik::video
