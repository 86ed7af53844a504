// Finder accuracy over a folder of still scenes: mean IoU of the best candidate, recall at IoU 0.8, false candidates,
// processor milliseconds an image, and how often the right turn and mirroring stands first among the orientation
// hypotheses.
//
//   finder_accuracy FOLDER [--draw OUT] [--features TABLE.tsv [--forget]]
//
// FOLDER holds pictures, each beside a .json with "quads" (from the document's own top left), "visible" shares,
// "kinds", or a .truth.json of `benchmarks/scenes … make --still`. --features writes one row for every proposal, for
// train_score.py; --forget has the net's mask forget a part of what it saw, another one in each picture.
#include <algorithm>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "kualik/page/finder.h"
#include "kualik/page/orientation.h"
#include "page/features.h"
#include "page/mat.h"
#include "page/probe.h"

namespace fs = std::filesystem;
using namespace kualik;

namespace {

struct Truth {
  std::vector<Quad> quads;
  std::vector<double> visible;
  std::vector<std::string> kinds;
};

Quad quad_of(const nlohmann::json& j) {
  Quad q;
  for (std::size_t i = 0; i < 4; ++i) q[i] = {j[i][0].get<double>(), j[i][1].get<double>()};
  return q;
}

Truth truth_of(const fs::path& picture) {
  Truth truth;
  fs::path own = picture, made = picture;
  own.replace_extension(".json");
  made.replace_extension(".truth.json");
  if (fs::exists(own)) {
    const auto j = nlohmann::json::parse(std::ifstream(own));
    for (const auto& q : j.at("quads")) truth.quads.push_back(quad_of(q));
    for (const auto& v : j.at("visible")) truth.visible.push_back(v.get<double>());
    for (const auto& k : j.at("kinds")) truth.kinds.push_back(k.get<std::string>());
  } else if (fs::exists(made)) {
    const auto j = nlohmann::json::parse(std::ifstream(made));
    for (const auto& d : j.at("documents")) {
      truth.quads.push_back(quad_of(d.at("frames").at(0).at("quad")));
      truth.visible.push_back(d.at("frames").at(0).at("visible").get<double>());
      truth.kinds.push_back(d.at("kind").get<std::string>());
    }
  }
  return truth;
}

struct Row {
  int pictures{0}, documents{0}, found{0}, found_tight{0}, proposed{0}, false_high{0}, oriented{0}, oriented4{0};
  double iou_sum{0}, ms{0}, ms_judge{0};
};

void draw(cv::Mat& image, const Quad& q, const cv::Scalar& colour, int width) {
  for (std::size_t i = 0; i < 4; ++i) {
    cv::line(image, page::to_cvf(q[i]), page::to_cvf(q[(i + 1) % 4]), colour, width, cv::LINE_AA);
  }
  cv::circle(image, page::to_cvf(q[0]), 5, colour, -1, cv::LINE_AA);
}

// Only what lies in the picture can be seen. A card's outline is wanted whole, and one that is mostly outside is left
// out; a paper is read as far as it is shown, and is compared within the picture.
constexpr double least_visible = 0.6;
constexpr double least_visible_paper = 0.3;

bool is_paper(const std::string& kind) { return kind == "court_document" || kind == "official_document"; }

double least_of(const std::string& kind) { return is_paper(kind) ? least_visible_paper : least_visible; }

double overlap_of(const Quad& found, const Quad& truth, const std::string& kind, const cv::Size& picture) {
  if (!is_paper(kind)) return page::iou(found, truth);
  const std::vector<cv::Point2f> frame{{0, 0},
                                       {static_cast<float>(picture.width), 0},
                                       {static_cast<float>(picture.width), static_cast<float>(picture.height)},
                                       {0, static_cast<float>(picture.height)}};
  const auto seen = [&](const Quad& quad, std::vector<cv::Point2f>& part) {
    std::vector<cv::Point2f> whole;
    for (const Point& p : quad.corners) whole.push_back(page::to_cvf(p));
    return static_cast<double>(cv::intersectConvexConvex(whole, frame, part));
  };
  std::vector<cv::Point2f> a, b, both;
  const double area_a = seen(found, a);
  const double area_b = seen(truth, b);
  if (a.size() < 3 || b.size() < 3) return 0;
  const double shared = static_cast<double>(cv::intersectConvexConvex(a, b, both));
  return shared / std::max(1.0, area_a + area_b - shared);
}

}  // namespace

int main(int argc, char** argv) try {
  std::string folder, out, table;
  bool forget = false;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "--draw" && i + 1 < argc) {
      out = argv[++i];
    } else if (arg == "--features" && i + 1 < argc) {
      table = argv[++i];
    } else if (arg == "--forget") {
      forget = true;
    } else {
      folder = arg;
    }
  }
  if (folder.empty()) {
    std::cerr << "usage: finder_accuracy FOLDER [--draw OUT] [--features TABLE.tsv [--forget]]\n";
    return 2;
  }
  std::vector<fs::path> pictures;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string ext = entry.path().extension();
    if (ext == ".jpg" || ext == ".png") pictures.push_back(entry.path());
  }
  std::sort(pictures.begin(), pictures.end());
  std::ofstream features;
  if (!table.empty()) {
    features.open(table);
    features << "picture\tproposal\tiou";
    for (const auto& n : page::feature_names) features << '\t' << n;
    features << '\n';
  }
  page::Finder finder;
  page::Orienter orienter;
  std::map<std::string, Row> rows;
  for (const fs::path& path : pictures) {
    const cv::Mat image = cv::imread(path.string(), cv::IMREAD_COLOR);
    if (image.empty()) continue;
    const Truth truth = truth_of(path);
    const std::string tier = path.stem().string().substr(0, path.stem().string().find('_'));
    Row& row = rows[tier];
    const std::clock_t start = std::clock();
    const std::vector<page::Candidate> found = finder.find(page::as_view(image));
    row.ms += 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    ++row.pictures;
    std::vector<page::ProbedQuad> probed;
    const unsigned seed = forget ? static_cast<unsigned>(row.pictures) : 0;
    if (features.is_open()) probed = page::probe(finder.options(), page::as_view(image), seed);
    for (const page::ProbedQuad& p : probed) {
      double best = 0;
      bool skip = false;
      for (std::size_t t = 0; t < truth.quads.size(); ++t) {
        const double overlap = overlap_of(p.quad, truth.quads[t], truth.kinds[t], image.size());
        best = std::max(best, overlap);
        skip = skip || (truth.visible[t] < least_of(truth.kinds[t]) && overlap > 0.2);
      }
      if (skip) continue;
      features << path.stem().string() << '\t' << static_cast<int>(p.by) << '\t' << best;
      for (const float f : p.features) features << '\t' << f;
      features << '\n';
    }
    std::vector<bool> right(found.size(), false);
    for (std::size_t t = 0; t < truth.quads.size(); ++t) {
      double best = 0;
      std::size_t which = found.size();
      for (std::size_t i = 0; i < found.size(); ++i) {
        const double overlap = overlap_of(found[i].quad, truth.quads[t], truth.kinds[t], image.size());
        if (overlap > 0.3) right[i] = true;
        if (overlap > best) {
          best = overlap;
          which = i;
        }
      }
      if (truth.visible[t] < least_of(truth.kinds[t])) continue;
      ++row.documents;
      row.iou_sum += best;
      row.found += best >= 0.8 ? 1 : 0;
      row.found_tight += best >= 0.93 ? 1 : 0;
      for (const page::ProbedQuad& p : probed) {
        if (overlap_of(p.quad, truth.quads[t], truth.kinds[t], image.size()) >= 0.8) {
          ++row.proposed;
          break;
        }
      }
      if (best >= 0.8) {
        const std::clock_t begin = std::clock();
        const auto hypotheses = orienter.judge(page::as_view(image), found[which].quad);
        row.ms_judge += 1e3 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        const double unit = std::sqrt(std::abs(page::signed_area(truth.quads[t])));
        for (std::size_t i = 0; i < hypotheses.size() && i < 4; ++i) {
          double far = 0;
          for (std::size_t c = 0; c < 4; ++c) {
            far = std::max(far, std::hypot(hypotheses[i].quad[c].x - truth.quads[t][c].x,
                                           hypotheses[i].quad[c].y - truth.quads[t][c].y));
          }
          if (far < 0.3 * unit) {
            row.oriented += i == 0 ? 1 : 0;
            ++row.oriented4;
            break;
          }
        }
      }
    }
    for (std::size_t i = 0; i < found.size(); ++i) row.false_high += !right[i] && found[i].score >= 0.5 ? 1 : 0;
    if (!out.empty()) {
      cv::Mat shown = image.clone();
      for (const Quad& q : truth.quads) draw(shown, q, {0, 220, 0}, 2);
      for (std::size_t i = found.size(); i-- > 0;) {
        draw(shown, found[i].quad, i == 0 ? cv::Scalar(0, 0, 255) : cv::Scalar(255, 160, 0), 2);
        std::ostringstream label;
        label << std::fixed << std::setprecision(2) << found[i].score << " p" << static_cast<int>(found[i].proposal);
        cv::putText(shown, label.str(), page::to_cvf(page::centre(found[i].quad)), cv::FONT_HERSHEY_SIMPLEX, 0.7,
                    {0, 0, 255}, 2);
      }
      if (shown.cols > 960) cv::resize(shown, shown, {}, 960.0 / shown.cols, 960.0 / shown.cols, cv::INTER_AREA);
      fs::create_directories(out);
      cv::imwrite((fs::path(out) / (path.stem().string() + ".png")).string(), shown);
    }
  }
  std::cout << "tier\tpictures\tdocuments\tmean IoU\tIoU>=.8\tIoU>=.93\tproposed>=.8\tfalse>=.5\tturn first\tturn in "
               "4\tms find\tms judge\n";
  for (const auto& [tier, r] : rows) {
    const double n = std::max(1, r.documents);
    std::cout << std::fixed << std::setprecision(3) << tier << '\t' << r.pictures << '\t' << r.documents << '\t'
              << r.iou_sum / n << '\t' << r.found / n << '\t' << r.found_tight / n << '\t' << r.proposed / n << '\t'
              << r.false_high << '\t' << r.oriented / std::max(1.0, 1.0 * r.found) << '\t'
              << r.oriented4 / std::max(1.0, 1.0 * r.found) << '\t' << std::setprecision(1) << r.ms / r.pictures << '\t'
              << r.ms_judge / std::max(1, r.found) << '\n';
  }
  return 0;
} catch (const std::exception& fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
