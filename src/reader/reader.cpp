#include "kualik/reader/reader.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>
#include <utility>

#include "kualik/documents/parse.h"
#include "kualik/record/hash.h"
#include "kualik/record/source.h"
#include "kualik/video/frame_source.h"
#include "reader/copies.h"
#include "reader/plain_text.h"
#include "reader/reader_impl.h"
#include "reader/settle.h"
#include "reader/zone_page.h"

#ifndef KUALIK_VERSION
#define KUALIK_VERSION "0.0.0"
#endif

namespace kualik {
namespace {

/// A card's number would be a pixel high.
constexpr int min_image_side = 32;

Date parse_today(const std::string& iso_date) {
  Date date;
  if (iso_date.empty()) {
    const std::chrono::year_month_day now{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
    date = {static_cast<int>(now.year()), static_cast<int>(static_cast<unsigned>(now.month())),
            static_cast<int>(static_cast<unsigned>(now.day()))};
  } else if (std::sscanf(iso_date.c_str(), "%4d-%2d-%2d", &date.year, &date.month, &date.day) != 3 || !date.valid()) {
    throw std::invalid_argument("today: not a date of the form 2026-11-23");
  }
  return date;
}

}  // namespace

Reader::Impl::Impl(ReaderOptions given) : options(std::move(given)) {
  if (options.threads < 1 || options.threads > 256) throw std::invalid_argument("threads: 1 to 256");
  (void)today();
  // Engines are loaded now, so that a set-up fault is met before any file is opened.
  (void)engines(0).best(ocr::Alphabet::han);
}

ocr::RecognizerOptions Reader::Impl::recognizer_options() const {
  ocr::RecognizerOptions out;
  out.tessdata = options.tessdata;
  out.plugins = options.plugin_readers;
  return out;
}

ocr::Recognizers& Reader::Impl::engines(std::size_t worker) {
  while (recognizers.size() <= worker) recognizers.push_back(std::make_unique<ocr::Recognizers>(recognizer_options()));
  return *recognizers[worker];
}

Date Reader::Impl::today() const { return parse_today(options.today); }

page::Finder& Reader::Impl::finder() {
  if (!page_finder) {
    page::FinderOptions finder_options;
    finder_options.whole_frame = true;
    page_finder = std::make_unique<page::Finder>(finder_options);
  }
  return *page_finder;
}

record::Engine Reader::Impl::engine() const {
  record::Engine out;
  out.kualik = KUALIK_VERSION;
  out.tesseract = ocr::Recognizers::tesseract_version();
  for (const auto& set : recognizers) {
    for (const ocr::ModelInfo& model : set->models()) {
      if (std::any_of(out.models.begin(), out.models.end(),
                      [&](const record::Model& m) { return m.name == model.name; }))
        continue;
      out.models.push_back({model.name, record::sha256({reinterpret_cast<const char*>(model.data), model.size})});
    }
  }
  // In the order of their names: which thread loaded a model first must not show.
  std::sort(out.models.begin(), out.models.end(),
            [](const record::Model& a, const record::Model& b) { return a.name < b.name; });
  return out;
}

bool Reader::Impl::worth_keeping(const record::Record& record, bool still) const {
  if (record.kind == documents::Kind::other_document) {
    // Text that fits no known paper is kept for a number in it, or for what it tells; from a picture that was given for
    // its own sake for being a page of text.
    const bool number = std::any_of(record.fields.begin(), record.fields.end(), [](const record::Field& f) {
      return f.key != "text" && f.status != Status::fails && f.confidence > 0.5;
    });
    return number || record.score >= (still ? reader::is_page_of_text : reader::tells);
  }
  return record.score >= min_record_score;
}

void Reader::Impl::add_records(ScanResult& result, const reader::Sighting& sighting, bool still) {
  std::vector<FieldCrop> crops;
  std::vector<Image> thumbnails;
  std::vector<record::Record> records = reader::make_records(
      sighting, today(), 0, options.keep_crops ? &crops : nullptr, options.keep_crops ? &thumbnails : nullptr);
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (!worth_keeping(records[i], still)) continue;
    // A card of which nothing could be read is a finding only if it surely looked like one. The sex, one of two
    // characters, is read from any texture.
    const double surest = std::accumulate(
        records[i].fields.begin(), records[i].fields.end(), 0.0, [](double most, const record::Field& f) {
          return f.key == "text" || f.key == "sex" ? most : std::max(most, f.confidence);
        });
    if (records[i].kind != documents::Kind::other_document && surest < hardly_read &&
        sighting.readings.front().pose.layout < surely_a_card &&
        reader::page_kind_of(records[i].kind) == sighting.readings.front().pose.kind)
      continue;
    const std::size_t index = result.records.size();
    records[i].source = result.source;
    result.records.push_back(std::move(records[i]));
    for (FieldCrop& crop : crops)
      if (crop.record == i) result.crops.push_back({index, crop.field, std::move(crop.image)});
    if (i < thumbnails.size()) result.thumbnails.push_back(std::move(thumbnails[i]));
  }
}

ScanResult Reader::Impl::scan_image(const ImageView& image, record::Source source) {
  if (std::min(image.width, image.height) < min_image_side)
    throw InputError("the picture is too small to hold a document (" + std::to_string(image.width) + " x " +
                     std::to_string(image.height) + " pixels)");
  ScanResult result;
  source.width = image.width;
  source.height = image.height;
  result.source = std::move(source);
  reader::PageReader pages(engines(0), options.keep_crops);
  std::vector<Quad> taken;
  // A zone tells its page better than any outline.
  for (const reader::ZonePage& page : reader::find_zone_pages(image, engines(0), today(), true)) {
    reader::Sighting sighting;
    sighting.readings.push_back(reader::read_zone_page(pages, image, page));
    const std::size_t before = result.records.size();
    add_records(result, sighting, true);
    if (result.records.size() > before) taken.push_back(page.quad);
  }
  for (const page::Candidate& candidate : finder().find(image)) {
    const bool overlaps = std::any_of(taken.begin(), taken.end(), [&](const Quad& q) {
      return page::iou(q, candidate.quad) > 0.4 || page::coverage(candidate.quad, q) > 0.6 ||
             page::coverage(q, candidate.quad) > 0.6;
    });
    if (overlaps) continue;
    reader::Sight sight;
    sight.frame = image;
    sight.quad = candidate.quad;
    sight.quality = 0.8;
    std::optional<reader::Settled> settled = reader::settle(pages, {sight}, today());
    std::vector<reader::Settled> all = reader::settle_copies(pages, {sight}, settled, today());
    // A part of the picture that is no known document leaves the picture itself to be tried, unless it is a page that
    // tells something.
    const bool nothing =
        !settled || (settled->kind == documents::Kind::other_document && !candidate.whole_frame && !settled->tells);
    if (all.empty() && !nothing) all.push_back(*std::move(settled));
    for (reader::Settled& one : all) {
      reader::Sighting sighting;
      sighting.readings.push_back(std::move(one.reading));
      const std::size_t before = result.records.size();
      add_records(result, sighting, true);
      if (result.records.size() > before) taken.push_back(one.by_print ? one.by_print->quad : candidate.quad);
    }
  }
  result.engine = engine();
  return result;
}

Reader::Reader(ReaderOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

ScanResult Reader::read_image(const ImageView& image, const record::Source& source) {
  if (image.empty()) throw std::invalid_argument("read_image: the image is empty");
  if (image.channels != 1 && image.channels != 3 && image.channels != 4)
    throw std::invalid_argument("read_image: 1, 3 or 4 channels are read, not " + std::to_string(image.channels));
  if (static_cast<std::int64_t>(image.width) * image.height > impl_->options.max_pixels)
    throw InputError("the image has more pixels than the limit allows");
  return impl_->scan_image(image, source);
}

ScanResult Reader::read_file(const std::string& path, const Progress& progress) {
  record::Source source;
  try {
    source = record::hash_source(path);
  } catch (const std::runtime_error& error) {
    throw InputError(error.what());
  }
  try {
    if (video::is_still_image(path)) {
      video::SourceOptions limits;
      limits.max_pixels = impl_->options.max_pixels;
      video::FrameSource file = video::FrameSource::open(path, limits);
      video::FrameView frame;
      if (!file.read(frame)) throw InputError("the image cannot be decoded");
      ScanResult result = impl_->scan_image(frame.view, std::move(source));
      if (file.damaged() > 0) result.warning = "the image is cut short: a part of it is missing";
      return result;
    }
    return impl_->scan_video(path, source, progress);
  } catch (const video::OpenError& error) {
    throw InputError(error.what());
  }
}

ScanResult Reader::parse_text(std::string_view text, const record::Source& source, const std::string& today) {
  ScanResult result;
  result.source = source;
  result.engine.kualik = KUALIK_VERSION;
  documents::ParseOptions options;
  options.today = parse_today(today);
  for (const documents::Document& document : documents::parse_text(text, options)) {
    result.records.push_back(reader::make_record(document, options.today));
    result.records.back().source = source;
  }
  return result;
}

}  // namespace kualik
