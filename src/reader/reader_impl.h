#pragma once
// What a Reader keeps between files: options, engines for each thread, the finder.

#include <memory>
#include <optional>
#include <vector>

#include "kualik/core/date.h"
#include "kualik/ocr/recognizers.h"
#include "kualik/page/finder.h"
#include "kualik/reader/reader.h"
#include "kualik/video/frame_source.h"
#include "kualik/video/tracker.h"
#include "reader/page_reading.h"
#include "reader/sighting.h"

namespace kualik {

struct Reader::Impl {
  explicit Impl(ReaderOptions given);

  /// The engines of one worker, made when it first works; worker 0 is the calling thread.
  ocr::Recognizers& engines(std::size_t worker);
  ocr::RecognizerOptions recognizer_options() const;
  Date today() const;
  record::Engine engine() const;
  page::Finder& finder();

  ScanResult scan_image(const ImageView& image, record::Source source);
  void read_track(const video::Track& track, double fps);
  /// One of the documents that a track shows, as it was settled.
  void read_settled(const video::Track& track, std::vector<reader::Sight> sights, reader::Settled settled);
  /// Cards wait for what may be the same card seen again; those last seen before `until_s` wait no longer.
  void flush(ScanResult& result, double until_s);
  ScanResult scan_video(const std::string& path, const record::Source& source, const Progress& progress);
  /// All frames of an opened video. Nothing if `until_outgrown` and a frame came that is larger than the size they are
  /// given in.
  std::optional<ScanResult> scan_frames(video::FrameSource& file, const record::Source& source,
                                        const Progress& progress, bool until_outgrown);

  /// Records below are no finding. A typed or parsed number lifts a page above it.
  static constexpr double min_record_score = 0.35;
  static constexpr double hardly_read = 0.3;
  static constexpr double surely_a_card = 0.5;
  bool worth_keeping(const record::Record& record, bool still) const;
  void add_records(ScanResult& result, const reader::Sighting& sighting, bool still);

  ReaderOptions options;
  std::vector<std::unique_ptr<ocr::Recognizers>> recognizers;
  std::unique_ptr<page::Finder> page_finder;
  std::vector<reader::Sighting> waiting;
};

}  // namespace kualik
