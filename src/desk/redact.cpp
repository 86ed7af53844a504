#include "kualik/desk/redact.h"

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "desk/cover.h"
#include "desk/ffmpeg.h"
#include "kualik/desk/pictures.h"
#include "kualik/record/hash.h"
#include "kualik/record/manifest.h"
#include "kualik/record/private_file.h"
#include "kualik/video/frame_source.h"
#include "kualik/video/tracker.h"

namespace kualik::desk {
namespace {

namespace fs = std::filesystem;

// Removes the unfinished copy unless it was kept.
struct Unfinished {
  std::string path;
  ~Unfinished() {
    std::error_code ignored;
    if (!path.empty()) fs::remove(path, ignored);
  }
};

std::vector<video::Track> follow(const std::string& path, const video::SourceOptions& limits,
                                 const Progress& progress) {
  video::FrameSource source = video::FrameSource::open(path, limits);
  // Lower thresholds and denser looks than for reading: a false box costs less than a card left open.
  video::TrackerOptions tracking;
  tracking.start_score *= 0.8;
  tracking.look_hz = 25;
  tracking.keep = 1;
  tracking.max_tracks = 8;
  video::Tracker tracker(tracking);
  std::vector<video::Track> tracks;
  const auto take = [&](std::vector<video::Track> more) {
    for (video::Track& t : more) {
      t.best.clear();
      tracks.push_back(std::move(t));
    }
  };
  const double duration = std::max(0.1, source.info().duration_s);
  while (source.grab()) {
    if (!tracker.wants(source.time_s())) continue;
    tracker.feed(source.retrieve());
    take(tracker.take_finished());
    if (progress && !progress(1.0 / 3 + source.time_s() / duration / 3, source.time_s()))
      throw std::runtime_error("stopped");
  }
  take(tracker.finish());
  return tracks;
}

bool fill(cv::Mat& frame, const std::vector<Quad>& quads) {
  for (const Quad& q : quads) {
    std::vector<cv::Point> polygon;
    for (const Point& p : q.corners)
      polygon.emplace_back(static_cast<int>(std::lround(std::clamp(p.x, -1e4, 1e5))),
                           static_cast<int>(std::lround(std::clamp(p.y, -1e4, 1e5))));
    // The hull: corners that a bad guess crossed must not leave a gap in the middle.
    std::vector<cv::Point> hull;
    cv::convexHull(polygon, hull);
    cv::fillConvexPoly(frame, hull, cv::Scalar(0, 0, 0));
  }
  return !quads.empty();
}

cv::Mat copied(const ImageView& view) {
  return cv::Mat(view.height, view.width, CV_8UC3, const_cast<std::uint8_t*>(view.data), view.row_stride).clone();
}

ImageView view_of(const cv::Mat& mat) { return {mat.data, mat.cols, mat.rows, 3, mat.step[0]}; }

// What the copy was made from and how, for whoever keeps the source.
std::string write_manifest(const std::string& copy, const ScanResult& scan, const RedactOptions& options,
                           const RedactSummary& summary) {
  std::string how = "redacted copy: ";
  if (options.keys.empty()) how += "whole documents";
  for (std::size_t i = 0; i < options.keys.size(); ++i) how += (i > 0 ? ", " : "fields ") + options.keys[i];
  how += options.keep_audio ? " covered, sound kept" : " covered, sound dropped";
  record::Manifest manifest(scan.source, scan.engine);
  manifest.add(
      {fs::path(copy).filename().string(), summary.sha256, static_cast<std::size_t>(fs::file_size(copy)), how});
  std::string path = copy + ".manifest.json";
  record::write_private_file(path, manifest.json());
  return path;
}

RedactSummary redact_still(const std::string& path, const std::string& copy, const ScanResult& scan,
                           const RedactOptions& options) {
  video::FrameSource source = video::FrameSource::open(path, {options.reader.max_pixels});
  video::FrameView frame;
  if (!source.read(frame)) throw InputError("the image could not be decoded");
  cv::Mat picture = copied(frame.view);
  std::vector<Quad> quads;
  for (const record::Record& r : scan.records) {
    const Quad all = Quad::from_rect({0, 0, static_cast<double>(picture.cols), static_cast<double>(picture.rows)});
    quads.push_back(r.quad == Quad{} ? all : r.quad);
  }
  RedactSummary summary;
  summary.documents = scan.records.size();
  summary.frames = 1;
  summary.frames_covered = fill(picture, quads);
  const std::string ending = copy.ends_with(".jpg") || copy.ends_with(".jpeg") ? ".jpg" : ".png";
  record::write_private_file(copy, encode(view_of(picture), ending));
  summary.sha256 = record::sha256_file(copy);
  summary.manifest = write_manifest(copy, scan, options, summary);
  return summary;
}

}  // namespace

RedactSummary redact(const std::string& path, const std::string& copy, const RedactOptions& options,
                     const Progress& progress) {
  std::error_code fault;
  if (fs::equivalent(path, copy, fault)) throw std::runtime_error("the copy would overwrite its source");
  Reader reader(options.reader);
  const ScanResult scan =
      reader.read_file(path, [&](double share, double time) { return !progress || progress(share / 3, time); });
  if (scan.stopped) throw std::runtime_error("stopped");
  // The size in which the documents' places were told.
  const video::SourceOptions limits{options.reader.max_pixels, scan.source.width, scan.source.height};
  video::FrameSource source = video::FrameSource::open(path, limits);
  if (source.info().still) return redact_still(path, copy, scan, options);

  std::vector<video::Track> tracks = follow(path, limits, progress);
  RedactSummary summary;
  summary.documents = scan.records.size();
  summary.tracks = tracks.size();
  // Wider than the picture, whose corners lie beside its pixels.
  const Quad picture = Quad::from_rect({-8, -8, source.info().width + 16.0, source.info().height + 16.0});
  const Cover cover(std::move(tracks), scan.records, options.keys, picture);

  const fs::path target(copy);
  Unfinished partial{(target.parent_path() /
                      (target.stem().string() + ".part-" + std::to_string(::getpid()) + target.extension().string()))
                         .string()};
  record::touch_private_file(partial.path);
  const double fps = source.info().fps > 0 ? std::min(source.info().fps, 120.0) : 25.0;
  const double duration = std::max(0.1, source.info().duration_s);
  FfmpegWriter writer(partial.path, source.info().width, source.info().height, fps,
                      options.keep_audio ? path : std::string{});
  // The copy has a steady frame rate: each of its frames is the last source frame that was due.
  cv::Mat shown;
  std::int64_t written = 0;
  for (video::FrameView frame; source.read(frame);) {
    const auto due = static_cast<std::int64_t>(std::llround(frame.time_s * fps));
    for (; !shown.empty() && written < due; ++written) writer.write(view_of(shown));
    shown = copied(frame.view);
    ++summary.frames;
    summary.frames_covered += fill(shown, cover.at(frame.time_s));
    if (progress && !progress(2.0 / 3 + frame.time_s / duration / 3, frame.time_s)) throw std::runtime_error("stopped");
  }
  if (!shown.empty()) writer.write(view_of(shown));
  writer.finish();
  summary.sha256 = record::sha256_file(partial.path);
  fs::rename(partial.path, copy);
  partial.path.clear();
  summary.manifest = write_manifest(copy, scan, options, summary);
  return summary;
}

}  // namespace kualik::desk
