#pragma once
// From a file to checked records: the one header most programs need.
//
//   kualik::Reader reader{{.threads = 2}};
//   for (const kualik::record::Record& r : reader.read_file("testimony.mp4").records)
//     for (const auto& field : r.fields) std::cout << field.key << ' ' << name(field.status) << '\n';
//
// A Reader loads its engines once (about 0.3 s) and keeps them; one Reader may be used by one thread at a time, several
// Readers run side by side. Set-up faults (language data missing, a model that cannot be loaded) throw
// std::runtime_error naming the cause and the cure; a file that cannot be read throws InputError. The library never
// prints and never writes to the source.

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "kualik/core/image.h"
#include "kualik/record/record.h"

namespace kualik {

/// The input cannot be read: the message is one line that names the cause, without the file's name.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// How to read. Every member has a default that suits an archive of web videos.
struct ReaderOptions {
  int threads{1};  ///< Readings run on so many threads, 1 to 256; the result is the same for any number (default: 1).
  bool keep_crops{
      false};  ///< Give the picture of each field with its record, for `--crops` and reports (default: false).
  std::string
      today{};  ///< ISO date that future dates and ages are judged by; empty: the system's date (default: empty).
  std::string tessdata{};  ///< Folder of Tesseract's language data; empty: Tesseract's own default (default: empty).
  std::vector<std::string>
      plugin_readers{};  ///< `name=DIR` of CTC line models in ONNX with their character lists (default: none).
  int max_readings{12};  ///< At most so many frames of one document are read (default: 12).
  std::int64_t max_pixels{100'000'000};  ///< Frames and images larger than this are refused (default: 100 million).
  double max_duration_s{0};              ///< Stop reading a video after so many seconds; 0: read it all (default: 0).
};

/// The picture of one field, upright, at the scale it was read at (BGR).
struct FieldCrop {
  std::size_t record{};  ///< Index into ScanResult::records.
  std::size_t field{};   ///< Index into Record::fields.
  Image image{};
};

/// All that one file gave.
struct ScanResult {
  record::Source source{};
  record::Engine engine{};
  std::vector<record::Record> records{};  ///< In order of first sight.
  std::vector<FieldCrop> crops{};         ///< With ReaderOptions::keep_crops.
  std::vector<Image>
      thumbnails{};  ///< With keep_crops: for each record the frame of its quad, at most 640 px wide, BGR.
  std::string
      warning{};        ///< What kept the file from being read whole, in one line without values; empty if nothing did.
  bool stopped{false};  ///< The progress callback asked to stop; the records cover what was read until then.
};

/// Called now and then with the share done (0..1) and the position in seconds; return false to stop soon.
using Progress = std::function<bool(double share, double position_s)>;

/// Reads documents in images and videos.
class Reader {
 public:
  explicit Reader(ReaderOptions options = {});
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  Reader(const Reader&) = delete;  ///< Engines are not shared; make another Reader.
  Reader& operator=(const Reader&) = delete;

  /// Reads one video or still image, told apart by content. Throws InputError.
  ScanResult read_file(const std::string& path, const Progress& progress = {});
  /// Reads one image in memory (a photograph, a scan, a screenshot); `source.name` may name it.
  ScanResult read_image(const ImageView& image, const record::Source& source = {});
  /// Parses typed text, a transcript or OCR text; records carry spans in place of evidence. Needs no engine.
  static ScanResult parse_text(std::string_view text, const record::Source& source = {}, const std::string& today = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kualik
