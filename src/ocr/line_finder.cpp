#include "ocr/line_finder.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace kualik::ocr {
namespace {

struct Blob {
  cv::Rect box;
  int area{};
  double x() const { return box.x + 0.5 * box.width; }
  double y() const { return box.y + 0.5 * box.height; }
};

// The picture's print, and what is too pale to be told from its ground by itself.
struct Print {
  cv::Mat sure;
  cv::Mat pale;  ///< Holds `sure` as well.
};

Print binary(const cv::Mat& ink) {
  cv::Mat even;
  // Print of a page differs in darkness (glare, pale copies): what is dark for its surroundings counts.
  cv::Mat local;
  const int reach = std::max(31, (std::min(ink.rows, ink.cols) / 12) | 1);
  cv::Mat most;
  cv::dilate(ink, most, cv::getStructuringElement(cv::MORPH_RECT, cv::Size(reach, reach)));
  cv::blur(most, local, cv::Size(reach, reach));
  const double global = cv::threshold(ink, even, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  // The levels that ink must be above, by what is darkest around it.
  const auto above = [&](double of_local, double of_global, double least) {
    cv::Mat levels(1, 256, CV_8U), needed, mask;
    for (int l = 0; l < 256; ++l)
      levels.at<unsigned char>(l) = static_cast<unsigned char>(std::max({of_local * l, of_global * global, least}));
    cv::LUT(local, levels, needed);
    cv::compare(ink, needed, mask, cv::CMP_GT);
    return mask;
  };
  return {above(0.42, 0.30, 12.0), above(0.21, 0.15, 10.0)};
}

std::vector<Blob> blobs(const cv::Mat& mask) {
  cv::Mat labels, stats, centres;
  const int n = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  std::vector<Blob> list;
  for (int i = 1; i < n; ++i) {
    list.push_back({cv::Rect(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                             stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT)),
                    stats.at<int>(i, cv::CC_STAT_AREA)});
  }
  return list;
}

// The page's usual glyph height: the height below which half of the ink of glyph-like blobs lies.
double usual_height(const std::vector<Blob>& list, int page_height, double glyph) {
  std::vector<std::pair<int, int>> by_height;
  // A picture of one line is hardly higher than its glyphs; on a page they are small.
  const double tallest = glyph > 0 ? 1.8 * glyph : std::min(0.8 * page_height, std::max(page_height / 8.0, 100.0));
  long total = 0;
  for (const Blob& b : list) {
    if (b.box.height < 5 || b.box.height > tallest || b.box.width > 4 * b.box.height || b.area < 8) continue;
    by_height.emplace_back(b.box.height, b.area);
    total += b.area;
  }
  std::sort(by_height.begin(), by_height.end());
  long seen = 0;
  for (const auto& [height, area] : by_height) {
    seen += area;
    if (2 * seen >= total) return height;
  }
  return 0;
}

// A 一, as wide as a glyph is and hardly as high as a stroke.
bool is_bar(const Blob& b, double usual) {
  return b.box.height >= 2 && b.box.height < 0.3 * usual && b.box.width >= 0.6 * usual && b.box.width <= 1.3 * usual;
}

// Glyphs too pale for the mask: of a blurred line, those of few thin strokes (二〇二〇年 begins where 年 does). They
// count beside sure print only, so that a ground's texture makes no lines.
// `joined` and `body`: the mask with its strokes bridged, and its parts that are glyphs or words for certain.
std::vector<Blob> pale_glyphs(const Print& print, const cv::Mat& joined, const std::vector<Blob>& body, double usual) {
  const int rim = std::max(1, static_cast<int>(0.1 * usual)) * 2 + 1;
  cv::Mat near(joined.size(), CV_8U, cv::Scalar(0)), pale;
  for (const Blob& b : body) joined(b.box).copyTo(near(b.box), joined(b.box));
  cv::dilate(near, near, cv::getStructuringElement(cv::MORPH_RECT, cv::Size(rim, rim)));
  pale = print.pale & ~near;
  const int bridge = std::max(3, static_cast<int>(0.3 * usual)) | 1;
  const int stack = std::max(1, static_cast<int>(0.62 * usual)) | 1;  // The strokes of 二 lie this far apart.
  cv::morphologyEx(pale, pale, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, cv::Size(1, stack)));
  cv::morphologyEx(pale, pale, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, cv::Size(bridge, 1)));
  std::vector<Blob> list = blobs(pale);
  std::erase_if(list, [&](const Blob& b) {
    if (is_bar(b, usual)) return false;
    return b.box.height < 0.4 * usual || b.box.height > 1.3 * usual || b.box.width < 0.4 * usual ||
           b.box.width > 8 * usual;
  });
  for (Blob& b : list) b.area = cv::countNonZero(print.pale(b.box));
  return list;
}

// Parabola through the parts' middles, weighted by their width; few parts get a line or a level.
void fit(TextRun& run, const std::vector<Blob>& parts) {
  std::vector<const Blob*> tall;
  for (const Blob& p : parts)
    if (p.box.height > 0.55 * run.glyph) tall.push_back(&p);
  if (tall.empty())
    for (const Blob& p : parts) tall.push_back(&p);
  const double mid = 0.5 * (run.left + run.right);
  const double span = std::max(1.0, run.right - run.left);
  const int order = tall.size() >= 6 && span > 14 * run.glyph ? 3 : tall.size() >= 3 && span > 4 * run.glyph ? 2 : 1;
  cv::Mat A(static_cast<int>(tall.size()), order, CV_64F), b(static_cast<int>(tall.size()), 1, CV_64F);
  for (int i = 0; i < A.rows; ++i) {
    const Blob& p = *tall[static_cast<std::size_t>(i)];
    const double w = std::sqrt(static_cast<double>(p.box.width));
    const double u = (p.x() - mid) / span;
    for (int k = 0; k < order; ++k) A.at<double>(i, k) = w * std::pow(u, k);
    b.at<double>(i) = w * p.y();
  }
  cv::Mat solution;
  cv::solve(A, b, solution, cv::DECOMP_SVD);
  run.a = solution.at<double>(0);
  run.b = order > 1 ? solution.at<double>(1) / span : 0;
  run.c = order > 2 ? solution.at<double>(2) / (span * span) : 0;
}

}  // namespace

double estimate_skew(const cv::Mat& ink) {
  const double scale = std::min(1.0, 700.0 / std::max(ink.rows, ink.cols));
  cv::Mat small;
  cv::resize(ink, small, {}, scale, scale, cv::INTER_AREA);
  const auto sharpness = [&](double degrees) {
    const double slope = std::tan(degrees * 3.14159265358979 / 180.0);
    std::vector<double> rows(static_cast<std::size_t>(small.rows) * 2 + static_cast<std::size_t>(small.cols), 0.0);
    for (int x = 0; x < small.cols; x += 2) {
      const int shift = static_cast<int>(std::lround((x - 0.5 * small.cols) * slope)) - small.cols / 2;
      for (int y = 0; y < small.rows; ++y) {
        const int row = y - shift;
        if (row >= 0 && row < static_cast<int>(rows.size()))
          rows[static_cast<std::size_t>(row)] += small.at<unsigned char>(y, x);
      }
    }
    double sum = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) sum += (rows[i] - rows[i - 1]) * (rows[i] - rows[i - 1]);
    return sum;
  };
  double best = 0, most = sharpness(0) * 1.02;  // Level unless something is clearly sharper.
  for (double d = -8; d <= 8.01; d += 1) {
    const double s = sharpness(d);
    if (s > most) {
      most = s;
      best = d;
    }
  }
  for (double step : {0.5, 0.25, 0.125}) {
    const double around = best;
    for (const double d : {around - step, around + step}) {
      const double s = sharpness(d);
      if (s > most) {
        most = s;
        best = d;
      }
    }
  }
  return best;
}

std::vector<TextRun> find_runs(const cv::Mat& ink, double glyph) {
  std::vector<TextRun> runs;
  if (ink.rows < 12 || ink.cols < 12) return runs;
  const Print print = binary(ink);
  const cv::Mat& mask = print.sure;
  double usual = usual_height(blobs(mask), ink.rows, glyph);
  if (usual < 5) return runs;
  // Parts of glyphs are joined across, never down: the space between lines is often less than that between words.
  cv::Mat joined;
  const int bridge = std::max(3, static_cast<int>(0.55 * usual)) | 1;
  cv::morphologyEx(mask, joined, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, cv::Size(bridge, 1)));
  const int stack = std::max(1, static_cast<int>(0.16 * usual)) | 1;
  cv::morphologyEx(joined, joined, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, cv::Size(1, stack)));
  std::vector<Blob> parts = blobs(joined);
  // Thin print falls into strokes; joined across, words are as high as glyphs are.
  std::vector<int> heights_of_words;
  for (const Blob& b : parts) {
    if (b.box.height < 0.6 * usual || b.box.height > 3.5 * usual) continue;
    heights_of_words.insert(heights_of_words.end(), 1 + static_cast<std::size_t>(b.box.width / bridge), b.box.height);
  }
  if (!heights_of_words.empty()) {
    const auto half = heights_of_words.begin() + static_cast<std::ptrdiff_t>(heights_of_words.size() / 2);
    std::nth_element(heights_of_words.begin(), half, heights_of_words.end());
    usual = std::clamp(static_cast<double>(*half), usual, 2.2 * usual);
  }
  std::erase_if(parts, [&](const Blob& b) {
    const double w = b.box.width, h = b.box.height;
    if (h > 5.5 * usual || (h > 2.6 * usual && w > 8 * h)) return true;  // Frames, pictures.
    if (w > 12 * h && h < 0.3 * usual && w > 1.5 * usual) return true;   // Rules; the 一 of 一、 is none.
    if (h > 6 * w && h > 2.5 * usual) return true;                       // Upright rules.
    return w * h < 0.02 * usual * usual || b.area < 3;                   // Specks.
  });
  for (Blob& b : parts) b.area = cv::countNonZero(mask(b.box));  // Ink, without what the bridges added.
  // Small parts (dots, stops, a single stroke) follow the chain they stand in; chains are made of the others.
  std::vector<Blob> body, small;
  for (const Blob& b : parts) {
    // Labels of cards are half as high as their values; a word of them is wide, and filled as print is.
    const bool word = b.box.height >= 0.33 * usual && b.box.height >= 9 && b.box.width >= 2 * b.box.height &&
                      b.area > 0.15 * b.box.area();
    (b.box.height >= 0.5 * usual || word ? body : small).push_back(b);
  }
  const std::vector<Blob> pale = pale_glyphs(print, joined, body, usual);
  const std::size_t sure = body.size();
  std::copy_if(pale.begin(), pale.end(), std::back_inserter(body),
               [&](const Blob& b) { return !is_bar(b, usual); });  // A bar says little of where its line runs.
  std::vector<std::size_t> from_left(body.size());
  std::iota(from_left.begin(), from_left.end(), std::size_t{0});
  std::stable_sort(from_left.begin(), from_left.end(),
                   [&](std::size_t a, std::size_t b) { return body[a].box.x < body[b].box.x; });
  std::vector<std::vector<Blob>> chains;
  for (const std::size_t i : from_left) {
    const Blob& b = body[i];
    const bool faint = i >= sure;
    std::vector<Blob>* home = nullptr;
    double least = 1e9;
    for (std::vector<Blob>& chain : chains) {
      const Blob& last = chain.back();
      const double h = std::max({static_cast<double>(std::min(last.box.height, b.box.height)), 0.8 * usual});
      const double gap = b.box.x - (last.box.x + last.box.width);
      if (gap > 2.6 * h || gap < -1.2 * h) continue;
      const double tall = std::max(last.box.height, b.box.height), low = std::min(last.box.height, b.box.height);
      if (tall > 1.7 * low && tall > 1.7 * usual) continue;  // A portrait's parts beside a word.
      // The chain's own slope carries the eye across the gap.
      double slope = 0;
      if (chain.size() >= 2) {
        const Blob& far = chain[chain.size() >= 5 ? chain.size() - 5 : 0];
        if (last.x() - far.x() > 3 * usual) slope = std::clamp((last.y() - far.y()) / (last.x() - far.x()), -0.1, 0.1);
      }
      const double dy = std::abs(b.y() - last.y() - slope * (b.x() - last.x()));
      if (faint && (gap > 1.3 * h || dy > 0.3 * h)) continue;
      const double overlap = std::min(last.box.br().y, b.box.br().y) - std::max(last.box.y, b.box.y);
      if (dy > 0.5 * h && overlap < 0.55 * low) continue;
      const double cost = dy + 0.3 * std::max(0.0, gap);
      if (cost < least) {
        least = cost;
        home = &chain;
      }
    }
    if (home != nullptr) {
      home->push_back(b);
    } else if (!faint) {
      chains.push_back({b});
    }
  }
  for (std::vector<Blob>& chain : chains) {
    TextRun run;
    run.left = 1e9;
    run.right = -1e9;
    std::vector<double> heights;
    double area = 0;
    for (const Blob& b : chain) {
      run.left = std::min(run.left, static_cast<double>(b.box.x));
      run.right = std::max(run.right, static_cast<double>(b.box.x + b.box.width));
      for (int i = 0; i < std::max(1, static_cast<int>(b.box.width / usual)); ++i) heights.push_back(b.box.height);
      area += b.area;
    }
    const auto at = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 3 / 5);
    std::nth_element(heights.begin(), at, heights.end());
    run.glyph = *at;
    fit(run, chain);
    // The line's full height: letters with ascenders and capitals stand out above the usual part.
    std::vector<double> up, down;
    for (const Blob& b : chain) {
      for (int i = 0; i < std::max(1, static_cast<int>(b.box.width / usual)); ++i) {
        up.push_back(run.y(b.x()) - b.box.y);
        down.push_back(b.box.y + b.box.height - run.y(b.x()));
      }
    }
    const auto high = [&](std::vector<double>& v) {
      const auto p = v.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(v.size() - 1) * 0.88);
      std::nth_element(v.begin(), p, v.end());
      return std::clamp(*p, 0.4 * run.glyph, 0.85 * run.glyph);
    };
    const double above = high(up), below = high(down);
    run.a += 0.5 * (below - above);
    run.glyph = above + below;
    // Reach out to stops and dashes at the ends, and to what stands beyond them (the 一 of 一、), a few at most.
    for (int reached = 0; reached < 4; ++reached) {
      const double left = run.left, right = run.right;
      for (const Blob& b : small) {
        if (std::abs(b.y() - run.y(b.x())) > 0.75 * run.glyph) continue;
        if (b.box.br().x > right && b.box.x - right < 1.3 * run.glyph)
          run.right = std::max(run.right, static_cast<double>(b.box.x + b.box.width));
        if (b.box.x < left && left - b.box.br().x < 1.0 * run.glyph)
          run.left = std::min(run.left, static_cast<double>(b.box.x));
      }
      if (run.left == left && run.right == right) break;
    }
    for (std::size_t reached = 0; reached != pale.size();
         ++reached) {  // Pale glyphs beyond the sure ones, nearest first.
      const auto next = std::find_if(pale.begin(), pale.end(), [&](const Blob& b) {
        if (std::abs(b.y() - run.y(b.x())) > (is_bar(b, usual) ? 0.45 : 0.3) * run.glyph) return false;
        const double gap = std::max(run.left - b.box.br().x, b.box.x - run.right);
        return (b.box.x < run.left || b.box.br().x > run.right) && gap < 1.3 * run.glyph && gap > -0.8 * run.glyph;
      });
      if (next == pale.end()) break;
      run.left = std::min(run.left, static_cast<double>(next->box.x));
      run.right = std::max(run.right, static_cast<double>(next->box.br().x));
      area += next->area;
    }
    run.fill = area / std::max(1.0, (run.right - run.left) * run.glyph);
    if (run.right - run.left < 0.5 * run.glyph || run.fill < 0.05 || run.fill > 0.72)
      continue;  // Beyond: bars and edges.
    runs.push_back(run);
  }
  // A chain inside another one's band is a part that did not link.
  std::sort(runs.begin(), runs.end(),
            [](const TextRun& a, const TextRun& b) { return a.right - a.left > b.right - b.left; });
  std::vector<TextRun> kept;
  for (const TextRun& r : runs) {
    const double x = 0.5 * (r.left + r.right);
    const bool inside = std::any_of(kept.begin(), kept.end(), [&](const TextRun& k) {
      return r.left > k.left - 0.3 * k.glyph && r.right < k.right + 0.3 * k.glyph &&
             std::abs(k.y(x) - r.y(x)) < 0.6 * k.glyph && r.glyph > 0.45 * k.glyph;
    });
    if (!inside) kept.push_back(r);
  }
  return kept;
}

cv::Mat straighten(const cv::Mat& ink, const TextRun& run, int height, double margin) {
  const double scale = height / (run.glyph * (1 + 2 * margin));
  const double pad = 0.3 * run.glyph;
  const int width = std::max(1, static_cast<int>((run.right - run.left + 2 * pad) * scale));
  cv::Mat map_x(height, width, CV_32F), map_y(height, width, CV_32F);
  for (int x = 0; x < width; ++x) {
    const double sx = run.left - pad + (x + 0.5) / scale - 0.5;
    const double mid = run.y(std::clamp(sx, run.left, run.right));
    for (int y = 0; y < height; ++y) {
      map_x.at<float>(y, x) = static_cast<float>(sx);
      map_y.at<float>(y, x) = static_cast<float>(mid + (y + 0.5 - 0.5 * height) / scale);
    }
  }
  cv::Mat out;
  cv::remap(ink, out, map_x, map_y, scale > 1 ? cv::INTER_CUBIC : cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(0));
  return out;
}

}  // namespace kualik::ocr
