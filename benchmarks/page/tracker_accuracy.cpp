// Tracker accuracy and cost over clips with truth: for each document shown, how many of its frames a track covers with
// IoU 0.8 and more, how many tracks it was broken into, tracks where there is nothing, and processor seconds beside
// decoding alone.
//
//   tracker_accuracy CLIP.mp4…        (each beside its CLIP.truth.json; without one only the cost is given)
#include <algorithm>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "kualik/page/geometry.h"
#include "kualik/video/frame_source.h"
#include "kualik/video/tracker.h"

using namespace kualik;

namespace {

double seconds(std::clock_t start) { return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC; }

double decode_alone(const std::string& path) {
  const std::clock_t start = std::clock();
  video::FrameSource source = video::FrameSource::open(path);
  for (video::FrameView frame; source.read(frame);) {
  }
  return seconds(start);
}

}  // namespace

int main(int argc, char** argv) try {
  std::cout
      << "clip\tdocument\tframes\tcovered\tmean IoU\tkept IoU>=.8\ttracks\tstray tracks\tsearches\tdecode s\ttrack s\n"
      << std::fixed << std::setprecision(3);
  for (int a = 1; a < argc; ++a) {
    const std::filesystem::path path = argv[a];
    const double alone = decode_alone(path.string());
    const std::clock_t start = std::clock();
    video::FrameSource source = video::FrameSource::open(path.string());
    video::Tracker tracker;
    std::vector<video::Track> tracks;
    while (source.grab()) {
      if (!tracker.wants(source.time_s())) continue;
      tracker.feed(source.retrieve());
      for (auto& t : tracker.take_finished()) tracks.push_back(std::move(t));
    }
    const std::int64_t searches = tracker.searches();
    for (auto& t : tracker.finish()) tracks.push_back(std::move(t));
    const double spent = seconds(start);
    std::set<int> used;
    std::filesystem::path beside = path;
    beside.replace_extension(".truth.json");
    if (std::filesystem::exists(beside)) {
      const auto truth = nlohmann::json::parse(std::ifstream(beside));
      for (const auto& document : truth.at("documents")) {
        int frames = 0, covered = 0, kept = 0, kept_good = 0;
        double sum = 0;
        std::set<int> own;
        std::map<std::int64_t, Quad> quads;
        for (const auto& f : document.at("frames")) {
          Quad q;
          for (std::size_t i = 0; i < 4; ++i)
            q[i] = {f.at("quad")[i][0].get<double>(), f.at("quad")[i][1].get<double>()};
          quads[f.at("frame").get<std::int64_t>()] = q;
          if (f.at("visible").get<double>() < 0.85) continue;
          ++frames;
          double best = 0;
          for (const auto& t : tracks) {
            const auto s = std::lower_bound(t.frames.begin(), t.frames.end(), f.at("frame").get<std::int64_t>(),
                                            [](const video::Sight& x, std::int64_t i) { return x.index < i; });
            if (s == t.frames.end() || s->index != f.at("frame").get<std::int64_t>()) continue;
            const double overlap = page::iou(s->quad, q);
            if (overlap > 0.3) own.insert(t.id);
            best = std::max(best, overlap);
          }
          sum += best;
          covered += best >= 0.8 ? 1 : 0;
        }
        for (const auto& t : tracks) {
          if (!own.contains(t.id)) continue;
          for (const auto& k : t.best) {
            ++kept;
            kept_good += quads.contains(k.index) && page::iou(quads[k.index], k.quad) >= 0.8 ? 1 : 0;
          }
        }
        used.insert(own.begin(), own.end());
        std::cout << path.stem().string() << '\t' << document.at("kind").get<std::string>() << '\t' << frames << '\t'
                  << covered / std::max(1.0, 1.0 * frames) << '\t' << sum / std::max(1, frames) << '\t' << kept_good
                  << '/' << kept << '\t' << own.size() << '\t';
        std::cout << "\t\t\t\n";
      }
    }
    std::cout << path.stem().string() << "\tall\t\t\t\t\t" << tracks.size() << '\t' << tracks.size() - used.size()
              << '\t' << searches << '\t' << alone << '\t' << spent << '\n';
    for (const auto& t : tracks) {
      std::cerr << "  track " << t.id << ": " << t.first_s() << " to " << t.last_s() << " s, " << t.frames.size()
                << " frames, " << t.best.size() << " kept, score " << t.score << (used.contains(t.id) ? "" : "  stray")
                << '\n';
    }
  }
  return 0;
} catch (const std::exception& fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
