#include "kualik/ocr/mrz_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/ink.h"
#include "ocr/line_finder.h"
#include "ocr/mrz_finder.h"
#include "ocr/reading.h"
#include "page/mat.h"

namespace kualik::ocr {
namespace {

constexpr double certain = 0.985;
constexpr int glyph_height = 24;  // Of the rectified zone's print.

struct Zone {
  cv::Mat picture;  // Rectified, level.
  cv::Matx33d to_image;
  std::vector<cv::Rect> rows;  // One for each line, tight.
};

// The group's surroundings, level and at a fixed print height.
Zone rectify(const cv::Mat& grey, const MrzGroup& group) {
  double angle = 0, length = 0, height = 0;
  cv::Point2d middle(0, 0);
  for (const MrzStripe& s : group.stripes) {
    length = std::max(length, s.length);
    height += s.height;
    middle += s.middle;
  }
  const auto n = static_cast<double>(group.stripes.size());
  height /= n;
  middle = cv::Point2d(middle.x / n, middle.y / n);
  // Longer stripes know the angle better; angles of one group differ by a few degrees at most.
  const double first = group.stripes.front().angle;
  double weights = 0;
  for (const MrzStripe& s : group.stripes) {
    double d = s.angle - first;
    if (d > std::numbers::pi / 2) d -= std::numbers::pi;
    if (d < -std::numbers::pi / 2) d += std::numbers::pi;
    angle += s.length * (first + d);
    weights += s.length;
  }
  angle /= weights;
  const double across = cv::norm(group.stripes.back().middle - group.stripes.front().middle);
  const double scale = glyph_height / std::max(height, 4.0);
  const double c = std::cos(angle), s = std::sin(angle);
  const double w = length * 1.14 * scale + 2 * glyph_height;
  const double h = (across + 2.6 * height) * scale;
  Zone zone;
  zone.to_image = cv::Matx33d(c / scale, -s / scale, middle.x - (c * w - s * h) / (2 * scale), s / scale, c / scale,
                              middle.y - (s * w + c * h) / (2 * scale), 0, 0, 1);
  const cv::Matx23d map(zone.to_image(0, 0), zone.to_image(0, 1), zone.to_image(0, 2), zone.to_image(1, 0),
                        zone.to_image(1, 1), zone.to_image(1, 2));
  cv::warpAffine(grey, zone.picture, map, cv::Size(static_cast<int>(w), static_cast<int>(h)),
                 cv::INTER_CUBIC | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  return zone;
}

// The stripes' boxes know the angle to a degree or two, which over 44 columns is a line's height: the rest is taken out
// by the rows' sharpness.
void level(const cv::Mat& grey, Zone& zone) {
  const double skew = estimate_skew(ink_of(zone.picture, glyph_height * 2)) * std::numbers::pi / 180.0;
  if (std::abs(skew) < 0.002) return;
  const double cx = 0.5 * zone.picture.cols, cy = 0.5 * zone.picture.rows;
  const double c = std::cos(skew), s = std::sin(skew);
  zone.to_image = zone.to_image * cv::Matx33d(c, -s, cx - c * cx + s * cy, s, c, cy - s * cx - c * cy, 0, 0, 1);
  const cv::Matx33d& m = zone.to_image;
  const cv::Matx23d map(m(0, 0), m(0, 1), m(0, 2), m(1, 0), m(1, 1), m(1, 2));
  cv::warpAffine(grey, zone.picture, map, zone.picture.size(), cv::INTER_CUBIC | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
}

// The lines' rows from the profile of the rectified zone: the strongest `count` bands at even spacing.
std::vector<cv::Rect> find_rows(const cv::Mat& ink, std::size_t count) {
  cv::Mat profile;
  cv::reduce(ink, profile, 1, cv::REDUCE_AVG, CV_64F);
  const int n = profile.rows;
  std::vector<double> sums(static_cast<std::size_t>(n) + 1, 0.0);
  for (int i = 0; i < n; ++i)
    sums[static_cast<std::size_t>(i) + 1] = sums[static_cast<std::size_t>(i)] + profile.at<double>(i);
  const auto mean = [&](double a, double b) {
    const int x = std::clamp(static_cast<int>(std::lround(a)), 0, n),
              y = std::clamp(static_cast<int>(std::lround(b)), 0, n);
    return y <= x ? 0.0 : (sums[static_cast<std::size_t>(y)] - sums[static_cast<std::size_t>(x)]) / (y - x);
  };
  double best = -1e9, start = 0, pitch = 0, body = glyph_height;
  for (const double tall : {0.6, 0.75, 0.9, 1.05}) {
    const double g = glyph_height * tall;
    for (double p = 1.3 * g; p < 4.4 * g; p += 1) {
      for (double y = 0; y + p * static_cast<double>(count - 1) + g < n; y += 1) {
        double score = 0;
        for (std::size_t i = 0; i < count; ++i) {
          const double top = y + p * static_cast<double>(i);
          score +=
              mean(top, top + g) - 0.5 * mean(top - 0.3 * g, top - 0.1 * g) - 0.5 * mean(top + 1.1 * g, top + 1.3 * g);
        }
        score *= std::sqrt(g);
        if (score > best) {
          best = score;
          start = y;
          pitch = p;
          body = g;
        }
      }
    }
  }
  std::vector<cv::Rect> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const double top = start + pitch * static_cast<double>(i);
    rows.emplace_back(0, static_cast<int>(std::lround(top)), ink.cols, static_cast<int>(std::lround(body)));
  }
  return rows;
}

// The ends of the print along a row.
cv::Rect trim(const cv::Mat& ink, cv::Rect row) {
  row &= cv::Rect({}, ink.size());
  if (row.empty()) return row;
  cv::Mat columns;
  cv::reduce(ink(row), columns, 0, cv::REDUCE_AVG, CV_64F);
  cv::GaussianBlur(columns, columns, cv::Size(9, 1), 0);
  double peak = 0;
  cv::minMaxLoc(columns, nullptr, &peak);
  int first = 0, last = columns.cols - 1;
  const double floor = 0.14 * peak;
  while (first < last && columns.at<double>(first) < floor) ++first;
  while (last > first && columns.at<double>(last) < floor) --last;
  return cv::Rect(first, row.y, last - first + 1, row.height);
}

// Zone characters only; what a reader gave besides (dots, dashes of the model's digits) is no zone character.
void keep_zone_symbols(TextLine& line) {
  std::erase_if(line.symbols, [](const Symbol& s) {
    return s.text.size() != 1 ||
           !((s.text[0] >= 'A' && s.text[0] <= 'Z') || (s.text[0] >= '0' && s.text[0] <= '9') || s.text[0] == '<');
  });
  for (Symbol& s : line.symbols)
    std::erase_if(s.alternatives, [](const SymbolAlternative& a) {
      return a.text == "." || a.text == "-" || a.text == "/" || a.text == " ";
    });
  join_symbols(line);
  line.kind = LineKind::mrz;
}

Symbol filler(double x, double width, const Rect& like) {
  Symbol s;
  s.text = std::string(1, '<');
  s.probability = 0.5F;
  s.alternatives.push_back({s.text, 0.5F});
  s.box = {x, like.y, width, like.height};
  return s;
}

// A zone line has a fixed number of evenly spaced columns. A run of fillers loses or gains some in reading; counted by
// pitch they are set right. Anything else that is missing or too much stays, and costs score. Returns how many symbols
// were put in or taken out.
int fit_columns(TextLine& line, int columns) {
  std::vector<Symbol>& symbols = line.symbols;
  int changed = 0;
  const auto centre = [&](std::size_t i) { return symbols[i].box.x + 0.5 * symbols[i].box.width; };
  while (static_cast<int>(symbols.size()) > columns) {
    // Too many: first what stands at an end with little certainty, then the closest pair of fillers.
    std::size_t at = symbols.size();
    double closest = 1e9;
    for (std::size_t i = 1; i < symbols.size(); ++i) {
      if (symbols[i].text != "<" || symbols[i - 1].text != "<") continue;
      const double d = centre(i) - centre(i - 1);
      if (d < closest) {
        closest = d;
        at = i;
      }
    }
    if (symbols.front().probability < 0.5F) at = 0;
    if (symbols.back().probability < 0.5F) at = symbols.size() - 1;
    if (at == symbols.size()) at = symbols.front().probability < symbols.back().probability ? 0 : at - 1;
    symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(at));
    ++changed;
  }
  while (!symbols.empty() && static_cast<int>(symbols.size()) < columns) {
    // Too few: the widest gap beside a filler, else the end if it ends in one.
    const double pitch =
        symbols.size() > 1 ? (centre(symbols.size() - 1) - centre(0)) / static_cast<double>(columns - 1) : 1;
    std::size_t at = 0;
    double widest = 1.35 * pitch;
    for (std::size_t i = 1; i < symbols.size(); ++i) {
      if (symbols[i].text != "<" && symbols[i - 1].text != "<") continue;
      const double d = centre(i) - centre(i - 1);
      if (d > widest) {
        widest = d;
        at = i;
      }
    }
    if (at == 0) {
      std::size_t i = symbols.size();
      while (i > 1 && !(symbols[i - 1].text == "<" && symbols[i - 2].text == "<")) --i;
      if (i <= 1) {
        if (symbols.back().text != "<") break;
        i = symbols.size();
      }
      at = i - 1;
      symbols.insert(symbols.begin() + static_cast<std::ptrdiff_t>(at) + 1, filler(centre(at), 1, symbols[at].box));
    } else {
      symbols.insert(symbols.begin() + static_cast<std::ptrdiff_t>(at),
                     filler(0.5 * (centre(at - 1) + centre(at)), pitch, symbols[at].box));
    }
    ++changed;
  }
  join_symbols(line);
  return changed;
}

int nearest_form(double mean_length, std::size_t lines) {
  if (lines == 3) return 30;
  return mean_length > 40 ? 44 : 36;
}

struct View {
  int rotation;  // 0 or 180: of the level zone.
  bool mirrored;
};

cv::Mat seen(const cv::Mat& picture, const View& view) {
  cv::Mat out = picture;
  if (view.rotation == 180) cv::rotate(out, out, cv::ROTATE_180);
  if (view.mirrored) {
    cv::Mat flipped;
    cv::flip(out, flipped, 1);
    out = flipped;
  }
  return out;
}

LineReading read_row(Recognizer& reader, const cv::Mat& ink, const cv::Rect& tight, double change = 0) {
  const double margin = (reader.margin() + change) * tight.height;
  const cv::Rect where =
      cv::Rect(static_cast<int>(tight.x - 0.4 * tight.height), static_cast<int>(std::lround(tight.y - margin)),
               static_cast<int>(tight.width + 0.8 * tight.height),
               static_cast<int>(std::lround(tight.height + 2 * margin))) &
      cv::Rect({}, ink.size());
  if (where.empty()) return {};
  LineReading reading = reader.read(page::as_view(print_of(ink, where)));
  place(reading, 1, 1, where.x, where.y);
  keep_zone_symbols(reading.line);
  return reading;
}

// How much a reading looks like a zone, without its check digits: sure symbols, the right lengths, fillers where names
// end.
double plausibility(const std::vector<LineReading>& lines) {
  double score = 0;
  bool filler_seen = false;
  for (const LineReading& l : lines) {
    const auto n = static_cast<double>(l.line.symbols.size());
    const double fit = std::max({1 - std::abs(n - 30) / 10, 1 - std::abs(n - 36) / 10, 1 - std::abs(n - 44) / 10, 0.0});
    score += static_cast<double>(l.line.confidence) * fit;
    filler_seen = filler_seen || l.line.text.find("<<") != std::string::npos;
  }
  return score / static_cast<double>(lines.size()) * (filler_seen ? 1.0 : 0.5);
}

MrzReading finish(std::vector<LineReading> lines) {
  MrzReading zone;
  double length = 0;
  for (const LineReading& l : lines) length += static_cast<double>(l.line.symbols.size());
  zone.columns = nearest_form(length / static_cast<double>(lines.size()), lines.size());
  double score = 0;
  for (LineReading& l : lines) {
    const int changed = fit_columns(l.line, zone.columns);
    const bool full = static_cast<int>(l.line.symbols.size()) == zone.columns;
    score += static_cast<double>(l.line.confidence) * std::pow(0.97, changed) * (full ? 1.0 : 0.5);
  }
  zone.score = score / static_cast<double>(lines.size());
  zone.lines = std::move(lines);
  return zone;
}

// Where a point of the zone as it was read lies in the image.
struct Way {
  cv::Matx33d to_image;
  View view;
  double width, height;

  Point map(double x, double y) const {
    if (view.mirrored) x = width - x;
    if (view.rotation == 180) {
      x = width - x;
      y = height - y;
    }
    const cv::Vec3d at = to_image * cv::Vec3d(x, y, 1);
    return {at[0], at[1]};
  }
  Quad map(double left, double top, double right, double bottom) const {
    return {{{map(left, top), map(right, top), map(right, bottom), map(left, bottom)}}};
  }
};

// Boxes and outlines of a zone's lines, from the picture that was read into the image.
void place_in_image(MrzReading& zone, const std::vector<cv::Rect>& rows, const Way& way) {
  for (std::size_t i = 0; i < zone.lines.size(); ++i) {
    TextLine& line = zone.lines[i].line;
    const cv::Rect& row = rows[i];
    line.quad = way.map(row.x, row.y, row.br().x, row.br().y);
    for (Symbol& s : line.symbols) {
      const double half = 0.5 * std::max(s.box.width, 1.0), middle = s.box.x + 0.5 * s.box.width;
      const Quad q = way.map(middle - half, row.y, middle + half, row.br().y);
      const auto [left, right] = std::minmax({q[0].x, q[1].x, q[2].x, q[3].x});
      const auto [top, bottom] = std::minmax({q[0].y, q[1].y, q[2].y, q[3].y});
      s.box = {left, top, right - left, bottom - top};
    }
  }
}

}  // namespace

std::vector<MrzReading> read_mrz(const ImageView& image, Recognizers& readers, const MrzOptions& options) {
  std::vector<MrzReading> zones;
  if (image.empty()) return zones;
  const cv::Mat grey = page::as_grey(image);
  const std::vector<Recognizer*> all = readers.readers(Alphabet::mrz);
  if (all.empty()) return zones;
  int weak = 0;  // Groups in a row that held no zone; text blocks of a full page give many.
  for (const MrzGroup& group : find_mrz_groups(grey, options.any_rotation)) {
    if (static_cast<int>(zones.size()) >= options.max_zones || weak >= 6) break;
    // A group inside a zone that was read well is a part of it.
    const auto inside = [&](const MrzReading& z) {
      if (z.score < 0.9) return false;
      std::vector<cv::Point2f> corners;
      for (const Point& p : z.quad.corners) corners.push_back(page::to_cvf(p));
      const cv::Point2d middle = (group.stripes.front().middle + group.stripes.back().middle) * 0.5;
      return cv::pointPolygonTest(corners, cv::Point2f(middle), true) > -group.stripes.front().height;
    };
    if (std::any_of(zones.begin(), zones.end(), inside)) continue;
    Zone zone = rectify(grey, group);
    level(grey, zone);
    if (zone.picture.cols > 6000 || zone.picture.rows < glyph_height) continue;
    // Upright, upside down, and either in a mirror; a sure reading ends the search.
    constexpr std::array<View, 4> views{{{0, false}, {180, false}, {0, true}, {180, true}}};
    double best_score = 0;
    View best_view{0, false};
    std::vector<LineReading> best;
    cv::Mat best_ink;
    std::vector<cv::Rect> best_rows;
    for (const View& view : views) {
      if (!options.any_rotation && (view.rotation != 0 || view.mirrored)) break;
      const cv::Mat picture = seen(zone.picture, view);
      const cv::Mat ink = ink_of(picture, glyph_height * 2);
      std::vector<cv::Rect> rows = find_rows(ink, group.stripes.size());
      std::vector<LineReading> lines;
      for (cv::Rect& row : rows) {
        row = trim(ink, row);
        lines.push_back(read_row(*all.front(), ink, row));
      }
      const double score = plausibility(lines);
      if (score > best_score) {
        best_score = score;
        best_view = view;
        best = std::move(lines);
        best_ink = ink;
        best_rows = rows;
      }
      if (best_score > certain) break;  // Turned or mirrored zones read as something, too, but not with certainty.
    }
    if (best_score < 0.35) {
      ++weak;
      continue;
    }
    weak = 0;

    // The print's height is known to a fifth only: other crops of a line that is not certain may read better.
    for (std::size_t l = 0; l < best.size(); ++l) {
      for (const double change : {-0.14, 0.14, 0.28}) {
        if (best[l].line.confidence > 0.995F) break;
        LineReading other = read_row(*all.front(), best_ink, best_rows[l], change);
        if (plausibility({other}) > plausibility({best[l]})) best[l] = std::move(other);
      }
    }
    std::vector<std::vector<LineReading>> readings{std::move(best)};
    // Where the first reader is certain, a second opinion costs more than the first.
    for (std::size_t i = 1; i < all.size() && best_score < certain; ++i) {
      std::vector<LineReading> lines;
      for (const cv::Rect& row : best_rows) lines.push_back(read_row(*all[i], best_ink, row));
      readings.push_back(std::move(lines));
    }
    // Whole readings first, then the surest reader for each line.
    if (readings.size() > 1) {
      std::vector<LineReading> mixed;
      for (std::size_t l = 0; l < best_rows.size(); ++l) {
        std::size_t pick = 0;
        for (std::size_t r = 1; r < readings.size(); ++r)
          if (plausibility({readings[r][l]}) > plausibility({readings[pick][l]})) pick = r;
        mixed.push_back(readings[pick][l]);
      }
      readings.push_back(std::move(mixed));
    }
    const cv::Rect hull = [&] {
      cv::Rect r = best_rows.front();
      for (const cv::Rect& row : best_rows) r |= row;
      return r;
    }();
    const Way way{zone.to_image, best_view, static_cast<double>(zone.picture.cols),
                  static_cast<double>(zone.picture.rows)};
    const Quad quad = way.map(hull.x, hull.y, hull.br().x, hull.br().y);
    const double direction = std::atan2(quad[1].y - quad[0].y, quad[1].x - quad[0].x) * 180.0 / std::numbers::pi;
    const int quarter = (static_cast<int>(std::lround(direction / 90.0)) % 4 + 4) % 4;
    for (std::vector<LineReading>& lines : readings) {
      MrzReading made = finish(std::move(lines));
      made.quad = quad;
      made.rotation = quarter * 90;
      made.mirrored = best_view.mirrored;
      place_in_image(made, best_rows, way);
      const bool known =
          std::any_of(zones.begin(), zones.end(), [&](const MrzReading& z) { return z.text() == made.text(); });
      if (!known && made.score > 0.2) zones.push_back(std::move(made));
    }
  }
  std::stable_sort(zones.begin(), zones.end(),
                   [](const MrzReading& a, const MrzReading& b) { return a.score > b.score; });
  if (static_cast<int>(zones.size()) > options.max_zones) zones.resize(static_cast<std::size_t>(options.max_zones));
  return zones;
}

}  // namespace kualik::ocr
