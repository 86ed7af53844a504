// A video's documents: frames are decoded once and looked at cheaply, documents are followed, and the best sights of
// each are read.

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <exception>
#include <limits>
#include <mutex>
#include <optional>

#include "kualik/core/threads.h"
#include "kualik/video/frame_source.h"
#include "kualik/video/tracker.h"
#include "reader/copies.h"
#include "reader/print_probe.h"
#include "reader/reader_impl.h"
#include "reader/same_document.h"
#include "reader/settle.h"

namespace kualik {
namespace {

/// Sights that the pose is judged by.
constexpr std::size_t pose_sights = 3;
/// Of a card; the other sights are read in the stack.
constexpr std::size_t max_card_readings = 8;
/// A page of text costs ten times a card, and its lines gain less from further frames.
constexpr std::size_t max_page_readings = 5;
/// Fewer frames are no document.
constexpr std::size_t least_frames = 3;
/// A track may last this long beyond the first sight of it, so that what was seen before it ended may still be joined.
constexpr double waiting_s = 60;

reader::Sight sight_of(const video::KeptFrame& kept) {
  reader::Sight sight;
  sight.frame = kept.image.view();
  sight.quad = kept.quad_in_image();
  sight.index = kept.index;
  sight.time_s = kept.time_s;
  sight.quality = kept.quality.score;
  sight.whole = {-kept.origin.x, -kept.origin.y, static_cast<double>(kept.frame_width),
                 static_cast<double>(kept.frame_height)};
  return sight;
}

/// The sights of a page that are read: the one that settled it, then those that are sharp and far in time from what was
/// taken, as a page held close is shown part by part.
std::vector<std::size_t> spread(const std::vector<reader::Sight>& sights, std::size_t first, std::size_t count) {
  std::vector<std::size_t> taken{first};
  double begin = sights[first].time_s;
  double end = begin;
  for (const reader::Sight& s : sights) {
    begin = std::min(begin, s.time_s);
    end = std::max(end, s.time_s);
  }
  const double apart = std::max(0.05, (end - begin) / static_cast<double>(std::max<std::size_t>(1, count)));
  while (taken.size() < std::min(count, sights.size())) {
    std::size_t best = sights.size();
    double most = -1;
    for (std::size_t i = 0; i < sights.size(); ++i) {
      if (std::find(taken.begin(), taken.end(), i) != taken.end()) continue;
      double nearest = apart;
      for (const std::size_t t : taken) nearest = std::min(nearest, std::abs(sights[i].time_s - sights[t].time_s));
      const double worth = std::max(sights[i].quality, 0.05) * (0.2 + nearest / apart);
      if (worth <= most) continue;
      most = worth;
      best = i;
    }
    taken.push_back(best);
  }
  return taken;
}

/// Readings are made in pixels of the kept part of a frame; records speak of the whole frame.
void move_to_frame(reader::PageReading& reading, const Point& origin) {
  for (Point& p : reading.quad.corners) p = {p.x + origin.x, p.y + origin.y};
  page::Homography shift;
  shift.m = {1, 0, origin.x, 0, 1, origin.y, 0, 0, 1};
  reading.thumbnail_area.x += origin.x;
  reading.thumbnail_area.y += origin.y;
  reading.page_to_source = shift.after(reading.page_to_source);
}

/// Runs `work(i, worker)` for i in [0, count) on so many threads; each index is done once, the first exception is
/// passed on.
template <class Work>
void for_each_index(std::size_t count, std::size_t threads, const Work& work) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) work(i, std::size_t{0});
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex guard;
  auto run = [&](std::size_t worker) {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i, worker);
    } catch (...) {
      const std::lock_guard lock(guard);
      if (!failure) failure = std::current_exception();
    }
  };
  Threads workers(std::min(threads, count));
  for (std::size_t w = 1; w < std::min(threads, count) && workers.start([&run, w] { run(w); }); ++w) {
  }
  run(0);
  workers.join();
  if (failure) std::rethrow_exception(failure);
}

std::string seconds(double s) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", s);
  return text;
}

/// In one line what was not read of the file; `read_s` is where its last frame stands (infinite if it was not read to
/// the end).
std::string what_is_missing(const video::FrameSource& file, double read_s) {
  const double duration = file.info().duration_s;
  const std::int64_t lost = file.damaged();
  const std::int64_t patched = file.patched();
  std::string said;
  if (read_s + 1.5 < 0.95 * duration) {
    said = "the video is cut short: " + seconds(read_s) + " of " + seconds(duration) + " s could be read";
  } else if (lost > 0 || patched > 0) {
    said = "the video is damaged: ";
    if (lost > 0) said += std::to_string(lost) + " of its frames could not be decoded";
    if (patched > 0)
      said += (lost > 0 ? ", " : "") + std::to_string(patched) +
              (lost > 0 ? " more" : " of its frames could be decoded") + " only in part";
  }
  if (const int streams = file.info().streams; streams > 1) {
    if (!said.empty()) said += "; ";
    said += "the file holds " + std::to_string(streams) + " videos, of which one was read";
  }
  return said;
}

/// Tracks end in another order than they began; pictures follow their records.
void sort_by_first_sight(ScanResult& result) {
  std::vector<std::size_t> order(result.records.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return result.records[a].first_seen_s < result.records[b].first_seen_s;
  });
  std::vector<std::size_t> place(order.size());
  std::vector<record::Record> records;
  std::vector<Image> thumbnails;
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    records.push_back(std::move(result.records[order[i]]));
    if (order[i] < result.thumbnails.size()) thumbnails.push_back(std::move(result.thumbnails[order[i]]));
  }
  for (FieldCrop& crop : result.crops) crop.record = place[crop.record];
  std::stable_sort(result.crops.begin(), result.crops.end(), [](const FieldCrop& a, const FieldCrop& b) {
    return a.record != b.record ? a.record < b.record : a.field < b.field;
  });
  result.records = std::move(records);
  result.thumbnails = std::move(thumbnails);
}

}  // namespace

void Reader::Impl::read_track(const video::Track& track, double fps) {
  if (track.best.empty()) return;
  // What is in sight for less than a tenth of a second is a wipe, or a hand.
  if (track.frames.size() < least_frames && fps > least_frames * 10) return;
  std::vector<reader::Sight> sights;
  for (const video::KeptFrame& kept : track.best) sights.push_back(sight_of(kept));

  reader::PageReader pages(engines(0), options.keep_crops);
  const std::vector<reader::Sight> first(
      sights.begin(), sights.begin() + static_cast<std::ptrdiff_t>(std::min(pose_sights, sights.size())));
  const video::KeptFrame& sharpest = track.best.front();
  const bool on_page = std::any_of(waiting.begin(), waiting.end(), [&](const reader::Sighting& w) {
    return reader::lies_within(sharpest.quad, sharpest.time_s, w);
  });
  std::optional<reader::Settled> settled = reader::settle(pages, first, today(), on_page);
  std::vector<reader::Settled> all;
  if (!on_page) all = reader::settle_copies(pages, first, settled, today());
  if (all.empty() && settled) all.push_back(*std::move(settled));
  for (reader::Settled& one : all) read_settled(track, sights, std::move(one));
}

void Reader::Impl::read_settled(const video::Track& track, std::vector<reader::Sight> sights, reader::Settled settled) {
  reader::PageReader pages(engines(0), options.keep_crops);
  const reader::Pose pose = settled.reading.pose;
  const bool card = pose.kind == page::PageKind::cn_id_portrait || pose.kind == page::PageKind::cn_id_emblem;
  std::size_t count = std::min(sights.size(), static_cast<std::size_t>(std::max(1, options.max_readings)));
  count = std::min(count, card ? max_card_readings : max_page_readings);
  // What is no known document after the first reading gets one more look, not a dozen.
  if (settled.kind == documents::Kind::other_document && !settled.tells) count = std::min<std::size_t>(count, 2);

  reader::Sighting sighting;
  sighting.first_seen_s = track.first_s();
  sighting.last_seen_s = track.last_s();
  sighting.frames_seen = static_cast<int>(track.frames.size());
  sighting.kind = settled.kind;
  const std::size_t read = settled.sight;
  const reader::Sight outline = sights[read];
  std::vector<std::size_t> chosen;
  if (card) {
    for (std::size_t i = 0; i < count; ++i) chosen.push_back(i);
  } else {
    chosen = spread(sights, read, count);
  }
  std::vector<std::optional<reader::PageReading>> readings(sights.size());
  readings[read] = std::move(settled.reading);
  // No more readers than there are sights: each holds engines of its own, some 100 MB.
  const std::size_t workers = std::clamp<std::size_t>(chosen.size(), 1, static_cast<std::size_t>(options.threads));
  for (std::size_t w = 0; w < workers; ++w) (void)engines(w);
  for_each_index(chosen.size(), workers, [&](std::size_t n, std::size_t worker) {
    const std::size_t i = chosen[n];
    if (i == read) return;
    reader::PageReader mine(*recognizers[worker], options.keep_crops);
    if (settled.by_print) {
      const std::optional<reader::Sight> placed =
          reader::placed_by_print(sights[i], outline, *settled.by_print, *recognizers[worker]);
      if (!placed) return;
      sights[i] = *placed;
    }
    readings[i] = mine.read(sights[i], pose);
  });
  if (settled.by_print)
    sights[read].quad = page::reordered(readings[read]->quad, 0, pose.mirrored);  // Its own inverse.
  std::vector<reader::Sight> seen;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (!readings[i]) continue;
    seen.push_back(sights[i]);
    move_to_frame(*readings[i], track.best[i].origin);
    sighting.readings.push_back(std::move(*readings[i]));
  }
  if (card) {
    if (std::optional<reader::PageReading> stacked = pages.read_stack(settled.by_print ? seen : sights, pose)) {
      for (const video::KeptFrame& kept : track.best)
        if (kept.index == stacked->frame) move_to_frame(*stacked, kept.origin);
      sighting.readings.push_back(std::move(*stacked));
    }
  }
  const auto same = std::find_if(waiting.begin(), waiting.end(), [&](const reader::Sighting& w) {
    return reader::same_card(w, sighting, today()) || reader::same_sheet(w, sighting, today());
  });
  if (same != waiting.end())
    reader::merge(*same, std::move(sighting));
  else
    waiting.push_back(std::move(sighting));
}

void Reader::Impl::flush(ScanResult& result, double until_s) {
  for (const reader::Sighting& sighting : waiting) {
    if (sighting.last_seen_s >= until_s) continue;
    const bool shadow = std::any_of(waiting.begin(), waiting.end(),
                                    [&](const reader::Sighting& w) { return reader::is_shadow_of(sighting, w); });
    if (!shadow) add_records(result, sighting, false);
  }
  std::erase_if(waiting, [until_s](const reader::Sighting& s) { return s.last_seen_s < until_s; });
}

ScanResult Reader::Impl::scan_video(const std::string& path, const record::Source& source, const Progress& progress) {
  video::SourceOptions limits;
  limits.max_pixels = options.max_pixels;
  video::FrameSource file = video::FrameSource::open(path, limits);
  std::optional<ScanResult> result = scan_frames(file, source, progress, true);
  if (result) return *std::move(result);
  // A stream may grow on the way (recorded calls do). What is scaled down cannot be read, so that its largest size is
  // looked up and all is read again in that one.
  while (file.grab()) {
    if (options.max_duration_s > 0 && file.time_s() > options.max_duration_s) break;
    if (progress && file.index() % 100 == 0 && !progress(0, file.time_s())) break;  // The scan asks again and stops.
  }
  limits.width = static_cast<int>(file.widest().width);
  limits.height = static_cast<int>(file.widest().height);
  file = video::FrameSource::open(path, limits);
  return *scan_frames(file, source, progress, false);
}

std::optional<ScanResult> Reader::Impl::scan_frames(video::FrameSource& file, const record::Source& source,
                                                    const Progress& progress, bool until_outgrown) {
  ScanResult result;
  result.source = source;
  result.source.width = file.info().width;
  result.source.height = file.info().height;
  result.source.fps = file.info().fps;
  result.source.duration_s = file.info().duration_s;
  waiting.clear();  // A scan that was broken off may have left some.

  video::TrackerOptions tracking;
  tracking.keep = std::max(1, options.max_readings);
  video::Tracker tracker(tracking);
  reader::PrintProbe probe;
  std::int64_t frames = 0;
  double last_s = 0;
  while (file.grab()) {
    if (until_outgrown && file.outgrown()) return std::nullopt;
    ++frames;
    last_s = file.time_s();
    if (options.max_duration_s > 0 && file.time_s() > options.max_duration_s) break;
    if (progress && frames % 10 == 0) {
      const double duration = result.source.duration_s;
      const double share = duration > 0 ? std::clamp(file.time_s() / duration, 0.0, 1.0) : 0.0;
      if (!progress(share, file.time_s())) {
        result.stopped = true;
        break;
      }
    }
    if (!tracker.wants(file.time_s())) continue;
    const video::FrameView frame = file.retrieve();
    if (frame.view.empty()) continue;
    tracker.feed(frame);
    probe.look(frame, tracker, engines(0));
    for (video::Track& track : tracker.take_finished()) read_track(track, result.source.fps);
    if (!waiting.empty()) flush(result, file.time_s() - waiting_s);
  }
  if (frames == 0) throw InputError("no frame can be decoded");
  for (video::Track& track : tracker.finish()) read_track(track, result.source.fps);
  flush(result, std::numeric_limits<double>::infinity());
  sort_by_first_sight(result);
  const bool to_the_end = !result.stopped && options.max_duration_s <= 0;
  result.warning = what_is_missing(file, to_the_end ? last_s : std::numeric_limits<double>::infinity());
  result.engine = engine();
  return result;
}

}  // namespace kualik
