// Videos by our own decoder over FFmpeg, stills by OpenCV's image codecs, with causes told apart by the file's own
// first bytes when they refuse.
#include "kualik/video/frame_source.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "page/mat.h"
#include "video/box_index.h"
#include "video/decoder.h"
#include "video/image_header.h"

namespace kualik::video {
namespace {

namespace fs = std::filesystem;

// OpenCV talks to stderr unless told not to; the library never prints.
void be_quiet() {
  static std::once_flag once;
  std::call_once(once, [] { cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT); });
}

std::vector<unsigned char> first_bytes(const std::string& path, std::size_t count) {
  std::ifstream file(path, std::ios::binary);
  std::vector<unsigned char> bytes(count);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
  return bytes;
}

// ISO base media file format: walks the top-level boxes; true if the file ends before its 'moov' box, which says how to
// decode.
bool lacks_moov(const std::string& path, std::uintmax_t size) {
  std::ifstream file(path, std::ios::binary);
  std::uintmax_t at = 0;
  for (int boxes = 0; at + 8 <= size && boxes < 10'000; ++boxes) {
    std::array<unsigned char, 16> head{};
    file.seekg(static_cast<std::streamoff>(at));
    file.read(reinterpret_cast<char*>(head.data()), 16);
    if (file.gcount() < 8) return true;
    file.clear();
    std::uintmax_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | head[i];
    if (std::memcmp(head.data() + 4, "moov", 4) == 0 || std::memcmp(head.data() + 4, "moof", 4) == 0)
      return at + length > size;
    if (length == 1) {
      length = 0;
      for (std::size_t i = 8; i < 16; ++i) length = length << 8 | head[i];
    }
    if (length < 8) return true;
    at += length;
  }
  return true;
}

// The decoder fills what is missing of a JPEG with grey and says nothing; the end mark tells.
bool lacks_end_of_jpeg(const std::string& path, std::uintmax_t size) {
  constexpr std::uintmax_t reach = 1U << 20;  // Cameras append previews and notes behind the picture.
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(size > reach ? size - reach : 0));
  const std::string tail{std::istreambuf_iterator<char>(file), {}};
  return tail.find("\xFF\xD9") == std::string::npos;
}

bool looks_like_text(const std::vector<unsigned char>& bytes) {
  return std::none_of(bytes.begin(), bytes.end(),
                      [](unsigned char c) { return c < 9 || (c > 13 && c < 32 && c != 27); });
}

std::string why_not_a_video(const std::string& path, std::uintmax_t size, const std::vector<unsigned char>& head) {
  if (head.size() >= 12 && std::memcmp(head.data() + 4, "ftyp", 4) == 0) {
    if (lacks_moov(path, size))
      return "the file is cut short: its index (moov) is missing, so that nothing can be decoded";
    return "no video stream that FFmpeg can decode";
  }
  if (looks_like_text(head)) return "not a video or an image: the file holds text";
  const bool known =
      (head.size() >= 4 && (std::memcmp(head.data(), "RIFF", 4) == 0 || std::memcmp(head.data(), "OggS", 4) == 0 ||
                            std::memcmp(head.data(), "\x1A\x45\xDF\xA3", 4) == 0 ||
                            std::memcmp(head.data(), "fLaC", 4) == 0 || std::memcmp(head.data(), "ID3", 3) == 0));
  if (known) return "no video stream that FFmpeg can decode (sound alone, or damaged)";
  return "not a video or an image that FFmpeg or OpenCV can read";
}

// Any depth and channel count as 8-bit BGR; what is transparent is laid over white.
cv::Mat to_bgr8(cv::Mat image) {
  if (image.depth() == CV_16U) image.convertTo(image, CV_8U, 1.0 / 257);
  if (image.depth() == CV_32F || image.depth() == CV_64F) image.convertTo(image, CV_8U, 255);
  if (image.depth() != CV_8U) image.convertTo(image, CV_8U);
  cv::Mat bgr;
  if (image.channels() == 1) {
    cv::cvtColor(image, bgr, cv::COLOR_GRAY2BGR);
  } else if (image.channels() == 4) {
    std::vector<cv::Mat> planes;
    cv::split(image, planes);
    cv::Mat colour, alpha, inverse;
    cv::merge(std::vector<cv::Mat>{planes[0], planes[1], planes[2]}, colour);
    cv::cvtColor(planes[3], alpha, cv::COLOR_GRAY2BGR);
    cv::bitwise_not(alpha, inverse);
    cv::multiply(colour, alpha, colour, 1.0 / 255);
    cv::add(colour, inverse, bgr);
  } else {
    bgr = image;
  }
  return bgr;
}

std::string too_large(std::int64_t width, std::int64_t height, std::int64_t limit) {
  return "too large: " + std::to_string(width) + " x " + std::to_string(height) + " pixels (the limit is " +
         (limit % 1'000'000 == 0 ? std::to_string(limit / 1'000'000) + " million" : std::to_string(limit)) + ")";
}

// Of one picture: programs that make progressive JPEGs use about ten.
constexpr int most_scans = 100;

// Frames of one size in a row that make it a size of the stream, and not of a damaged header.
constexpr int least_in_a_row = 3;

// The frame scaled to fit, in the middle, the rest black.
cv::Mat laid_on(const cv::Mat& frame, const cv::Size& canvas) {
  const double scale =
      std::min(static_cast<double>(canvas.width) / frame.cols, static_cast<double>(canvas.height) / frame.rows);
  const cv::Size fitted(std::clamp(static_cast<int>(std::lround(frame.cols * scale)), 1, canvas.width),
                        std::clamp(static_cast<int>(std::lround(frame.rows * scale)), 1, canvas.height));
  cv::Mat out(canvas, CV_8UC3, cv::Scalar::all(0));
  cv::Mat place = out(
      cv::Rect((canvas.width - fitted.width) / 2, (canvas.height - fitted.height) / 2, fitted.width, fitted.height));
  if (fitted == frame.size())
    frame.copyTo(place);
  else
    cv::resize(frame, place, fitted, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return out;
}

}  // namespace

struct FrameSource::Impl {
  SourceInfo info;
  SourceOptions options;
  std::unique_ptr<Decoder> decoder;
  cv::Mat still;
  cv::Mat frame;
  std::int64_t index{-1};
  double time_s{0};
  double first_s{0};
  std::int64_t damaged{0};
  std::int64_t patched{0};
  cv::Size last{};  // Of the frame before, and how many in a row had it.
  int in_a_row{0};
  cv::Size widest{};   // Each way, of the sizes that lasted.
  cv::Size largest{};  // The one of most pixels.
};

bool is_still_image(const std::string& path) {
  const std::vector<unsigned char> head = first_bytes(path, 1 << 18);
  const ImageSize size = sniff_image_size(head.data(), head.size());
  if (head.size() >= 6 && std::memcmp(head.data(), "GIF8", 4) == 0)
    return false;  // OpenCV 4.6 reads GIF through FFmpeg only
  if (size.width > 0) return true;
  // A header that runs past the bytes looked at (large EXIF blocks) still tells the format.
  return head.size() >= 4 &&
         (std::memcmp(head.data(), "\xFF\xD8\xFF", 3) == 0 || std::memcmp(head.data(), "\x89PNG", 4) == 0 ||
          std::memcmp(head.data(), "II*\0", 4) == 0 || std::memcmp(head.data(), "MM\0*", 4) == 0);
}

FrameSource FrameSource::open(const std::string& path, const SourceOptions& options) {
  be_quiet();
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) throw OpenError("no such file");
  if (fs::is_directory(status)) throw OpenError("a folder, not a file");
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) throw OpenError("cannot be read: " + error.message());
  if (size == 0) throw OpenError("the file is empty (0 bytes)");
  if (!std::ifstream(path, std::ios::binary)) throw OpenError("cannot be opened for reading (permissions?)");

  auto impl = std::make_unique<Impl>();
  impl->options = options;
  const std::vector<unsigned char> head = first_bytes(path, 1 << 18);
  const ImageSize sniffed = sniff_image_size(head.data(), head.size());
  if (sniffed.width < 0 || sniffed.height < 0) throw OpenError("the image is damaged: its header gives no size");
  if (sniffed.width > 0 && sniffed.height > options.max_pixels / sniffed.width) {
    throw OpenError(too_large(sniffed.width, sniffed.height, options.max_pixels));
  }
  if (is_still_image(path)) {
    ImageSize full = sniffed;
    if (full.width == 0) {  // the size stands further on: look at the whole file, up to a bound
      const std::vector<unsigned char> all =
          first_bytes(path, static_cast<std::size_t>(std::min<std::uintmax_t>(size, 64U << 20)));
      full = sniff_image_size(all.data(), all.size());
    }
    if (full.width <= 0 || full.height <= 0)
      throw OpenError("the image is cut short or damaged: its size cannot be read");
    if (full.height > options.max_pixels / full.width)
      throw OpenError(too_large(full.width, full.height, options.max_pixels));
    if (std::memcmp(head.data(), "\xFF\xD8", 2) == 0 && has_more_scans(path, most_scans))
      throw OpenError("a JPEG of more than " + std::to_string(most_scans) + " scans, which no camera or program makes");
    cv::Mat image;
    try {
      // Keeps 16 bits and alpha for our own conversion. EXIF orientation is honoured only by the colour mode, so that
      // one is used for plain 8-bit images.
      image = cv::imread(path, cv::IMREAD_UNCHANGED);
      if (!image.empty() && image.depth() == CV_8U && image.channels() != 4) image = cv::imread(path, cv::IMREAD_COLOR);
    } catch (const cv::Exception&) {
      image.release();
    }
    if (image.empty()) {
      const bool animated = head.size() > 20 && std::memcmp(head.data() + 8, "WEBPVP8X", 8) == 0 && (head[20] & 2) != 0;
      throw OpenError(
          animated
              ? "an animated WebP, which neither FFmpeg nor OpenCV reads here: save it as a video or its frames as PNG"
              : "the image is cut short or damaged");
    }
    if (std::memcmp(head.data(), "\xFF\xD8", 2) == 0 && lacks_end_of_jpeg(path, size)) ++impl->damaged;
    impl->still = to_bgr8(image);
    impl->info.still = true;
    impl->info.width = impl->still.cols;
    impl->info.height = impl->still.rows;
    return FrameSource(std::move(impl));
  }

  if (names_more_than_it_holds(path, size))
    throw OpenError("the video is damaged: its index names more samples than the file has bytes");
  impl->decoder = Decoder::open(path, options.max_pixels);
  if (!impl->decoder) throw OpenError(why_not_a_video(path, size, head));
  const Decoder& decoder = *impl->decoder;
  const std::int64_t width = decoder.width(), height = decoder.height();
  if (width > 0 && height > options.max_pixels / width) throw OpenError(too_large(width, height, options.max_pixels));
  impl->info.fps = std::clamp(decoder.fps(), 0.0, 1000.0);
  impl->info.rotation = decoder.rotation();
  impl->info.duration_s = decoder.duration_s();
  impl->info.streams = decoder.streams();
  // The first frame shows whether the stream decodes at all, and the true size after rotation.
  FrameSource source(std::move(impl));
  Impl& s = *source.impl_;
  if (!source.grab()) throw OpenError("no frame can be decoded: the file is cut short or its codec is unknown");
  const cv::Size first = s.decoder->size();
  if (first.width > 0 && first.height > options.max_pixels / first.width)
    throw OpenError(too_large(first.width, first.height, options.max_pixels));
  const bool asked = options.width > 0 && options.height > 0;
  s.info.width = asked ? options.width : first.width;
  s.info.height = asked ? options.height : first.height;
  s.index = -2;  // handed out again by the first grab
  return source;
}

FrameSource::FrameSource(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FrameSource::~FrameSource() = default;
FrameSource::FrameSource(FrameSource&&) noexcept = default;
FrameSource& FrameSource::operator=(FrameSource&&) noexcept = default;
const SourceInfo& FrameSource::info() const noexcept { return impl_->info; }
std::int64_t FrameSource::index() const noexcept { return impl_->index; }
double FrameSource::time_s() const noexcept { return impl_->time_s; }
std::int64_t FrameSource::damaged() const noexcept {
  return impl_->damaged + (impl_->decoder ? impl_->decoder->lost() : 0);
}
std::int64_t FrameSource::patched() const noexcept { return impl_->patched; }
bool FrameSource::outgrown() const noexcept {
  return impl_->widest.width > impl_->info.width || impl_->widest.height > impl_->info.height;
}
ImageSize FrameSource::widest() const noexcept {
  const cv::Size& w = impl_->widest;
  const bool fits = w.width == 0 || w.height <= impl_->options.max_pixels / w.width;
  const cv::Size& taken = fits ? w : impl_->largest;
  return {taken.width, taken.height};
}

bool FrameSource::grab() {
  Impl& s = *impl_;
  if (s.info.still) return ++s.index == 0;
  if (s.index == -2) {  // the frame that `open` looked at
    s.index = 0;
    return true;
  }
  if (!s.decoder->grab()) return false;
  s.frame.release();
  if (s.decoder->patched()) ++s.patched;
  const cv::Size size = s.decoder->size();
  s.in_a_row = size == s.last ? s.in_a_row + 1 : 1;
  s.last = size;
  if (s.in_a_row >= least_in_a_row || s.index < 0) {
    s.widest = {std::max(s.widest.width, size.width), std::max(s.widest.height, size.height)};
    if (size.area() > s.largest.area()) s.largest = size;
  }
  const double at = s.decoder->time_s();
  const double previous = s.time_s;
  ++s.index;
  if (s.index == 0) s.first_s = std::isfinite(at) ? at : 0;
  s.time_s = std::isfinite(at) ? at - s.first_s : previous;
  // Streams without usable times fall back to the nominal rate; time never runs backwards.
  if (s.index > 0 && s.time_s <= previous) s.time_s = previous + 1 / (s.info.fps > 0 ? s.info.fps : 25.0);
  return true;
}

FrameView FrameSource::retrieve() {
  Impl& s = *impl_;
  if (s.info.still) return {page::as_view(s.still), 0, 0};
  if (s.frame.empty()) {
    cv::Mat raw;
    try {
      const cv::Size size = s.decoder->size();
      if (size.width > 0 && size.height <= s.options.max_pixels / size.width) raw = s.decoder->pixels();
      const cv::Size wanted(s.info.width, s.info.height);
      if (!raw.empty() && raw.size() != wanted) raw = laid_on(raw, wanted);
    } catch (const cv::Exception&) {
      raw.release();
    }
    if (raw.empty()) {
      ++s.damaged;
      return {{}, s.index, s.time_s};
    }
    s.frame = raw;
  }
  return {page::as_view(s.frame), s.index, s.time_s};
}

bool FrameSource::read(FrameView& frame) {
  while (grab()) {
    frame = retrieve();
    if (!frame.view.empty()) return true;
  }
  return false;
}

}  // namespace kualik::video
