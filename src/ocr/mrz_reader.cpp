#include "kualik/ocr/mrz_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/ink.h"
#include "ocr/mrz_finder.h"
#include "ocr/mrz_zone.h"
#include "ocr/reading.h"
#include "page/mat.h"

namespace kualik::ocr {
namespace {

constexpr double certain = 0.985;
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

// Middles of the first and the last column, from lines that were read with the right number of symbols.
struct Ends {
  double left{0}, right{0};
  bool known() const { return right > left; }
};

Ends ends_of(const std::vector<LineReading>& lines, int columns) {
  Ends ends;
  double count = 0;
  for (const LineReading& l : lines) {
    const std::vector<Symbol>& symbols = l.line.symbols;
    if (static_cast<int>(symbols.size()) != columns) continue;
    ends.left += symbols.front().box.x + 0.5 * symbols.front().box.width;
    ends.right += symbols.back().box.x + 0.5 * symbols.back().box.width;
    ++count;
  }
  return count > 0 ? Ends{ends.left / count, ends.right / count} : Ends{};
}

// A zone line has a fixed number of evenly spaced columns. A run of fillers loses or gains some in reading; counted by
// pitch they are set right. Anything else that is missing or too much stays, and costs score. Returns how many symbols
// were put in or taken out.
int fit_columns(TextLine& line, int columns, const Ends& ends) {
  std::vector<Symbol>& symbols = line.symbols;
  int changed = 0;
  const auto centre = [&](std::size_t i) { return symbols[i].box.x + 0.5 * symbols[i].box.width; };
  // The lines of a zone begin and end below each other: what stands before or behind is the page's edge.
  while (ends.known() && static_cast<int>(symbols.size()) > columns) {
    const double slack = 0.6 * (ends.right - ends.left) / (columns - 1);
    if (centre(0) < ends.left - slack) {
      symbols.erase(symbols.begin());
    } else if (centre(symbols.size() - 1) > ends.right + slack) {
      symbols.pop_back();
    } else {
      break;
    }
    ++changed;
  }
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

void add_alternatives(TextLine& line, const TextLine& other) {
  constexpr float trust = 0.3F;
  if (line.symbols.size() != other.symbols.size()) return;
  for (std::size_t i = 0; i < line.symbols.size(); ++i) {
    const Symbol& seen = other.symbols[i];
    std::vector<SymbolAlternative>& known = line.symbols[i].alternatives;
    const auto at = std::find_if(known.begin(), known.end(), [&](const auto& a) { return a.text == seen.text; });
    const float p = trust * seen.probability * (1 - line.symbols[i].probability);
    if (at == known.end()) {
      known.push_back({seen.text, p});
    } else {
      at->probability = std::max(at->probability, p);
    }
  }
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

// Whether lines of some form of zone have so many columns, one more or less.
bool has_form(std::size_t symbols) {
  return (symbols >= 29 && symbols <= 31) || (symbols >= 35 && symbols <= 37) || (symbols >= 43 && symbols <= 45);
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
  const Ends ends = ends_of(lines, zone.columns);
  double score = 0;
  for (LineReading& l : lines) {
    const int changed = fit_columns(l.line, zone.columns, ends);
    const bool full = static_cast<int>(l.line.symbols.size()) == zone.columns;
    score += static_cast<double>(l.line.confidence) * std::pow(0.97, changed) * (full ? 1.0 : 0.5);
  }
  zone.score = score / static_cast<double>(lines.size());
  zone.lines = std::move(lines);
  return zone;
}

// Where a point of the zone as it was read lies in the image.
struct Way {
  const Zone& zone;
  View view;

  Point map(double x, double y) const {
    if (view.mirrored) x = zone.picture.cols - x;
    if (view.rotation == 180) {
      x = zone.picture.cols - x;
      y = zone.picture.rows - y;
    }
    return zone.in_image(x, y);
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

std::vector<MrzReading> read_groups(const cv::Mat& grey, const std::vector<MrzGroup>& groups,
                                    const std::vector<Recognizer*>& all, const MrzOptions& options) {
  std::vector<MrzReading> zones;
  int weak = 0;  // Groups in a row that held no zone; text blocks of a full page give many.
  for (const MrzGroup& group : groups) {
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
    Zone zone = cut_zone(grey, group);
    if (zone.picture.cols > 6000 || zone.picture.rows < zone_glyph) continue;
    // Upright, upside down, and either in a mirror; a sure reading ends the search.
    constexpr std::array<View, 4> views{{{0, false}, {180, false}, {0, true}, {180, true}}};
    double best_score = 0;
    View best_view{0, false};
    std::vector<LineReading> best;
    cv::Mat best_ink;
    std::vector<cv::Rect> best_rows;
    const auto try_view = [&](const Zone& cut, const View& view) {
      const cv::Mat ink = ink_of(seen(cut.picture, view), zone_glyph * 2);
      std::vector<cv::Rect> rows = find_rows(ink, group.stripes.size());
      std::vector<LineReading> lines;
      for (cv::Rect& row : rows) {
        row = trim(ink, row);
        lines.push_back(read_row(*all.front(), ink, row));
      }
      const double score = plausibility(lines);
      if (score <= best_score) return false;
      best_score = score;
      best_view = view;
      best = std::move(lines);
      best_ink = ink;
      best_rows = rows;
      return true;
    };
    for (const View& view : views) {
      if (!options.any_rotation && (view.rotation != 0 || view.mirrored)) break;
      try_view(zone, view);
      if (best_score > certain) break;  // Turned or mirrored zones read as something, too, but not with certainty.
    }
    if (best_score < 0.35) {
      ++weak;
      continue;
    }
    weak = 0;
    // In poor light or on a bent page a stripe breaks off before its line ends: a longer piece is looked at.
    if (std::none_of(best.begin(), best.end(), [](const LineReading& l) { return has_form(l.line.symbols.size()); })) {
      Zone longer = cut_zone(grey, group, 1.7);
      if (longer.picture.cols <= 6000 && try_view(longer, best_view)) zone = std::move(longer);
    }

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
    // What another reader saw in a column is an alternative there.
    for (std::size_t l = 0; l < best_rows.size(); ++l) {
      for (std::size_t r = 1; r < readings.size(); ++r) add_alternatives(readings[0][l].line, readings[r][l].line);
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
    const Way way{zone, best_view};
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

}  // namespace

std::vector<MrzReading> read_mrz(const ImageView& image, Recognizers& readers, const MrzOptions& options) {
  if (image.empty()) return {};
  const cv::Mat grey = page::as_grey(image);
  const std::vector<Recognizer*> all = readers.readers(Alphabet::mrz);
  if (all.empty()) return {};
  std::vector<MrzReading> zones = read_groups(grey, find_mrz_groups(grey, options.any_rotation), all, options);
  // A small document in a large picture needs a closer look.
  const bool large = std::max(grey.rows, grey.cols) > 1300;
  if (options.closer && large && (zones.empty() || zones.front().score < 0.6))
    zones = read_groups(grey, find_mrz_groups(grey, options.any_rotation, 1800), all, options);
  return zones;
}

}  // namespace kualik::ocr
