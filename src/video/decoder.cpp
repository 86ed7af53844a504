#include "video/decoder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <vector>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libswscale/swscale.h>
}

namespace kualik::video {
namespace {

constexpr int io_buffer_size = 1 << 16;
/// In a row: reads that fail (each sample of a file that is cut short), frames that fail while the decoder is emptied.
constexpr int most_failed_reads = 4096;

/// FFmpeg talks to stderr unless told not to; the library never prints. A level that the program has set stays.
void be_quiet() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (av_log_get_level() == AV_LOG_INFO) av_log_set_level(AV_LOG_QUIET);
  });
}

struct File {
  int descriptor{-1};
  ~File() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

int read_bytes(void* opaque, std::uint8_t* buffer, int room) {
  const ssize_t got = ::read(static_cast<File*>(opaque)->descriptor, buffer, static_cast<std::size_t>(room));
  if (got == 0) return AVERROR_EOF;
  return got < 0 ? AVERROR(errno) : static_cast<int>(got);
}

std::int64_t seek_bytes(void* opaque, std::int64_t offset, int whence) {
  const int file = static_cast<File*>(opaque)->descriptor;
  if ((whence & AVSEEK_SIZE) != 0) {
    struct ::stat status {};
    return ::fstat(file, &status) == 0 ? status.st_size : AVERROR(errno);
  }
  const off_t at = ::lseek(file, offset, whence & ~AVSEEK_FORCE);
  return at < 0 ? AVERROR(errno) : at;
}

int refuse_other_files(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) { return AVERROR(EACCES); }

struct Options {
  AVDictionary* entries{nullptr};
  ~Options() { av_dict_free(&entries); }
};

double known(AVRational r) noexcept { return r.num > 0 && r.den > 0 ? av_q2d(r) : 0; }

bool is_picture(const AVStream& stream) noexcept { return (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0; }

/// Degrees clockwise by the stream's display matrix, to the nearest quarter.
int rotation_of(const AVStream& stream) noexcept {
  std::size_t size = 0;
  const std::uint8_t* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  if (matrix == nullptr || size < 9 * sizeof(std::int32_t)) return 0;
  const double angle = -av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
  if (!std::isfinite(angle)) return 0;
  const int quarters = static_cast<int>(std::lround(angle / 90)) % 4;
  return (quarters + 4) % 4 * 90;
}

}  // namespace

struct Decoder::Impl {
  File file;
  AVIOContext* io{nullptr};
  AVFormatContext* format{nullptr};
  AVCodecContext* codec{nullptr};
  AVPacket* packet{av_packet_alloc()};
  AVFrame* frame{av_frame_alloc()};
  SwsContext* scaler{nullptr};
  AVStream* stream{nullptr};
  cv::Mat converted;  // With rows longer than the frame's.
  cv::Mat turned;
  int rotation{0};
  int streams{0};
  std::int64_t lost{0};
  bool ended{false};  // The decoder was told that nothing follows.

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    sws_freeContext(scaler);
    av_frame_free(&frame);
    av_packet_free(&packet);
    avcodec_free_context(&codec);
    avformat_close_input(&format);
    if (io != nullptr) av_freep(&io->buffer);
    avio_context_free(&io);
  }

  bool open_file(const std::string& path, std::int64_t max_pixels);
  bool open_codec(std::int64_t max_pixels);
  bool feed();
};

bool Decoder::Impl::open_file(const std::string& path, std::int64_t max_pixels) {
  file.descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file.descriptor < 0 || packet == nullptr || frame == nullptr) return false;
  auto* buffer = static_cast<unsigned char*>(av_malloc(io_buffer_size));
  if (buffer == nullptr) return false;
  io = avio_alloc_context(buffer, io_buffer_size, 0, &file, read_bytes, nullptr, seek_bytes);
  if (io == nullptr) {
    av_free(buffer);
    return false;
  }
  format = avformat_alloc_context();
  if (format == nullptr) return false;
  format->pb = io;
  format->io_open = refuse_other_files;
  Options none;
  av_dict_set(&none.entries, "protocol_whitelist", "none", 0);
  // A failure frees the context.
  if (avformat_open_input(&format, nullptr, nullptr, &none.entries) < 0) return false;
  // The first frames are decoded to learn the streams' properties, within the limit too.
  std::vector<Options> limits(format->nb_streams);
  std::vector<AVDictionary*> entries;
  for (Options& limit : limits) {
    av_dict_set_int(&limit.entries, "max_pixels", max_pixels, 0);
    entries.push_back(limit.entries);
  }
  const int known_streams = avformat_find_stream_info(format, entries.empty() ? nullptr : entries.data());
  for (std::size_t i = 0; i < limits.size(); ++i) limits[i].entries = entries[i];  // It may have replaced them.
  if (known_streams < 0) return false;
  const int best = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (best < 0) return false;
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    AVStream& s = *format->streams[i];
    if (s.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && !is_picture(s)) ++streams;
    s.discard = static_cast<int>(i) == best ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  }
  stream = format->streams[best];
  rotation = rotation_of(*stream);
  return true;
}

bool Decoder::Impl::open_codec(std::int64_t max_pixels) {
  const AVCodec* decoder = avcodec_find_decoder(stream->codecpar->codec_id);
  if (decoder == nullptr) return false;
  codec = avcodec_alloc_context3(decoder);
  if (codec == nullptr || avcodec_parameters_to_context(codec, stream->codecpar) < 0) return false;
  codec->pkt_timebase = stream->time_base;
  // With several threads, how a lost part of a frame is filled in depends on which thread was ahead, and one file would
  // give one result today and another tomorrow.
  codec->thread_count = 1;
  codec->max_pixels = max_pixels;
  return avcodec_open2(codec, decoder, nullptr) >= 0;
}

/// Hands the decoder the stream's next packet, or the end.
bool Decoder::Impl::feed() {
  for (int failed = 0; failed < most_failed_reads;) {
    const int read = av_read_frame(format, packet);
    if (read == AVERROR_EOF) break;
    if (read < 0) {
      ++failed;
      continue;
    }
    // An empty packet would tell the decoder that nothing follows.
    const bool empty = packet->data == nullptr && packet->side_data_elems == 0;
    const bool ours = packet->stream_index == stream->index && !empty;
    const int sent = ours ? avcodec_send_packet(codec, packet) : 0;
    av_packet_unref(packet);
    if (!ours) continue;
    if (sent < 0) ++lost;
    return true;
  }
  ended = true;
  return avcodec_send_packet(codec, nullptr) >= 0;
}

std::unique_ptr<Decoder> Decoder::open(const std::string& path, std::int64_t max_pixels) {
  be_quiet();
  // Decoders count the columns and rows that fill up their blocks, so that theirs is the looser limit.
  const std::int64_t loose = max_pixels + max_pixels / 8 + (1 << 16);
  auto impl = std::make_unique<Impl>();
  if (!impl->open_file(path, loose) || !impl->open_codec(loose)) return nullptr;
  return std::unique_ptr<Decoder>(new Decoder(std::move(impl)));
}

Decoder::Decoder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Decoder::~Decoder() = default;
int Decoder::width() const noexcept { return impl_->stream->codecpar->width; }
int Decoder::height() const noexcept { return impl_->stream->codecpar->height; }
int Decoder::rotation() const noexcept { return impl_->rotation; }
int Decoder::streams() const noexcept { return impl_->streams; }
std::int64_t Decoder::lost() const noexcept { return impl_->lost; }

double Decoder::fps() const noexcept {
  const double guessed = known(av_guess_frame_rate(impl_->format, impl_->stream, nullptr));
  return guessed > 0 ? guessed : known(impl_->stream->avg_frame_rate);
}

double Decoder::duration_s() const noexcept {
  const double rate = fps();
  if (impl_->stream->nb_frames > 0 && rate > 0) return static_cast<double>(impl_->stream->nb_frames) / rate;
  if (impl_->format->duration > 0) return static_cast<double>(impl_->format->duration) / AV_TIME_BASE;
  if (impl_->stream->duration > 0)
    return static_cast<double>(impl_->stream->duration) * known(impl_->stream->time_base);
  return 0;
}

bool Decoder::grab() {
  Impl& s = *impl_;
  for (int failed = 0; failed < most_failed_reads;) {
    const int got = avcodec_receive_frame(s.codec, s.frame);
    if (got >= 0) return true;
    if (got == AVERROR_EOF) return false;
    if (got == AVERROR(EAGAIN)) {
      if (s.ended || !s.feed()) return false;
      failed = 0;
      continue;
    }
    ++failed;
    ++s.lost;
  }
  return false;
}

cv::Size Decoder::size() const noexcept {
  const AVFrame& f = *impl_->frame;
  return impl_->rotation % 180 == 0 ? cv::Size(f.width, f.height) : cv::Size(f.height, f.width);
}

double Decoder::time_s() const noexcept {
  const std::int64_t at = impl_->frame->best_effort_timestamp;
  if (at == AV_NOPTS_VALUE) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(at) * known(impl_->stream->time_base);
}

bool Decoder::patched() const noexcept {
  return (impl_->frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 || impl_->frame->decode_error_flags != 0;
}

cv::Mat Decoder::pixels() {
  Impl& s = *impl_;
  const AVFrame& f = *s.frame;
  if (f.width <= 0 || f.height <= 0 || f.data[0] == nullptr) return {};
  const auto kind = static_cast<AVPixelFormat>(f.format);
  s.scaler = sws_getCachedContext(s.scaler, f.width, f.height, kind, f.width, f.height, AV_PIX_FMT_BGR24, SWS_BICUBIC,
                                  nullptr, nullptr, nullptr);
  if (s.scaler == nullptr) return {};
  // The converter works in blocks and may write some bytes past the end of a row.
  const int step = (f.width * 3 + 63) / 64 * 64 + 64;
  s.converted.create(f.height, step, CV_8UC1);
  std::uint8_t* const planes[4] = {s.converted.data, nullptr, nullptr, nullptr};
  const int steps[4] = {step, 0, 0, 0};
  if (sws_scale(s.scaler, f.data, f.linesize, 0, f.height, planes, steps) <= 0) return {};
  cv::Mat bgr(f.height, f.width, CV_8UC3, s.converted.data, static_cast<std::size_t>(step));
  if (s.rotation == 0) return bgr;
  cv::rotate(bgr, s.turned,
             s.rotation == 90    ? cv::ROTATE_90_CLOCKWISE
             : s.rotation == 180 ? cv::ROTATE_180
                                 : cv::ROTATE_90_COUNTERCLOCKWISE);
  return s.turned;
}

}  // namespace kualik::video
