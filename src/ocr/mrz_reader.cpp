#include "kualik/ocr/mrz_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/ink.h"
#include "ocr/mrz_columns.h"
#include "ocr/mrz_finder.h"
#include "ocr/mrz_zone.h"
#include "ocr/reading.h"
#include "page/mat.h"

namespace kualik::ocr {
namespace {

constexpr int whole_side = 900;  // to which pictures are reduced where zones are looked for
constexpr int close_side = 1800;
constexpr double certain = 0.985;
constexpr double other_way = 0.6;  // of the best way's score, for another way round to be given

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

struct View {
  int rotation;  // 0 or 180: of the level zone.
  bool mirrored;
};

cv::Mat seen(const cv::Mat& picture, const View& view) {
  cv::Mat out;  // Never the picture's own pixels: it is looked at the other ways round, too.
  if (view.rotation == 180)
    cv::rotate(picture, out, cv::ROTATE_180);
  else
    out = picture;
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
  for (LineReading& l : lines) drop_strays(l.line, zone.columns);
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
  const View& view;

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

// A zone seen one way round, and what the first reader makes of it.
struct Look {
  Zone zone{};
  View view{};
  cv::Mat ink{};
  std::vector<cv::Rect> rows{};
  std::vector<LineReading> lines{};
  double score{0};
};

Look look_at(Zone zone, const View& view, std::size_t count, Recognizer& reader) {
  Look look;
  look.view = view;
  look.ink = ink_of(seen(zone.picture, view), zone_glyph * 2);
  look.zone = std::move(zone);
  look.rows = find_rows(look.ink, count);
  for (cv::Rect& row : look.rows) {
    row = trim(look.ink, row);
    look.lines.push_back(read_row(reader, look.ink, row));
  }
  look.score = plausibility(look.lines);
  return look;
}

// The lines as each reader gives them, the first one's first, and the surest reader's for each line.
std::vector<std::vector<LineReading>> read_by_all(const Look& look, const std::vector<Recognizer*>& all) {
  std::vector<LineReading> best = look.lines;
  // The print's height is known to a fifth only: other crops of a line that is not certain may read better.
  for (std::size_t l = 0; l < best.size(); ++l) {
    for (const double change : {-0.14, 0.14, 0.28}) {
      if (best[l].line.confidence > 0.995F) break;
      LineReading other = read_row(*all.front(), look.ink, look.rows[l], change);
      if (plausibility({other}) > plausibility({best[l]})) best[l] = std::move(other);
    }
  }
  std::vector<std::vector<LineReading>> readings{std::move(best)};
  // Where the first reader is certain, a second opinion costs more than the first.
  for (std::size_t i = 1; i < all.size() && look.score < certain; ++i) {
    std::vector<LineReading> lines;
    for (const cv::Rect& row : look.rows) lines.push_back(read_row(*all[i], look.ink, row));
    readings.push_back(std::move(lines));
  }
  // What another reader saw in a column is an alternative there.
  for (std::size_t l = 0; l < look.rows.size(); ++l) {
    for (std::size_t r = 1; r < readings.size(); ++r) add_alternatives(readings[0][l].line, readings[r][l].line);
  }
  if (readings.size() > 1) {
    std::vector<LineReading> mixed;
    for (std::size_t l = 0; l < look.rows.size(); ++l) {
      std::size_t pick = 0;
      for (std::size_t r = 1; r < readings.size(); ++r)
        if (plausibility({readings[r][l]}) > plausibility({readings[pick][l]})) pick = r;
      mixed.push_back(readings[pick][l]);
    }
    readings.push_back(std::move(mixed));
  }
  return readings;
}

void add_readings(const Look& look, std::vector<std::vector<LineReading>> readings, std::vector<MrzReading>& zones) {
  cv::Rect hull = look.rows.front();
  for (const cv::Rect& row : look.rows) hull |= row;
  const Way way{look.zone, look.view};
  const Quad quad = way.map(hull.x, hull.y, hull.br().x, hull.br().y);
  const double direction = std::atan2(quad[1].y - quad[0].y, quad[1].x - quad[0].x) * 180.0 / std::numbers::pi;
  const int quarter = (static_cast<int>(std::lround(direction / 90.0)) % 4 + 4) % 4;
  for (std::vector<LineReading>& lines : readings) {
    MrzReading made = finish(std::move(lines));
    made.quad = quad;
    made.rotation = quarter * 90;
    made.mirrored = look.view.mirrored;
    place_in_image(made, look.rows, way);
    const bool known =
        std::any_of(zones.begin(), zones.end(), [&](const MrzReading& z) { return z.text() == made.text(); });
    if (!known && made.score > 0.2) zones.push_back(std::move(made));
  }
}

// Two lines of a card's zone, as long as thirty columns: the third lies between them, below or above and was not seen
// as a stripe. Nothing for lines of another length.
std::vector<MrzGroup> with_third(const MrzGroup& pair, const std::vector<LineReading>& lines) {
  constexpr double columns = 30;
  constexpr double between = 2.5;  // Columns from line to line; of neighbours 1.7.
  double symbols = 0;
  for (const LineReading& l : lines) symbols += static_cast<double>(l.line.symbols.size());
  if (pair.stripes.size() != 2 || std::abs(symbols / 2 - columns) > 3) return {};
  const MrzStripe& a = pair.stripes[0];
  const MrzStripe& b = pair.stripes[1];
  const cv::Point2d step = b.middle - a.middle;
  const auto moved = [](MrzStripe stripe, const cv::Point2d& by) {
    stripe.middle += by;
    return stripe;
  };
  if (cv::norm(step) > between * std::max(a.length, b.length) / columns) return {{{a, moved(a, step * 0.5), b}, 0}};
  return {{{a, b, moved(b, step)}, 0}, {{moved(a, -step), a, b}, 0}};
}

std::vector<MrzReading> read_groups(const cv::Mat& grey, const std::vector<MrzGroup>& groups,
                                    const std::vector<Recognizer*>& all, const MrzOptions& options) {
  std::vector<MrzReading> zones;
  std::vector<MrzReading> others;
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
    const Zone zone = cut_zone(grey, group);
    if (zone.picture.cols > 6000 || zone.picture.rows < zone_glyph) continue;
    // Upright, upside down, and either in a mirror; a sure reading ends the search.
    constexpr std::array<View, 4> views{{{0, false}, {180, false}, {0, true}, {180, true}}};
    std::vector<Look> looks;
    for (const View& view : views) {
      if (!options.any_rotation && (view.rotation != 0 || view.mirrored)) break;
      looks.push_back(look_at(zone, view, group.stripes.size(), *all.front()));
      // Turned or mirrored zones read as something, too, but not with certainty.
      if (looks.back().score > certain) break;
    }
    std::stable_sort(looks.begin(), looks.end(), [](const Look& a, const Look& b) { return a.score > b.score; });
    if (looks.front().score < 0.35) {
      ++weak;
      continue;
    }
    weak = 0;
    // In poor light or on a bent page a stripe breaks off before its line ends: a longer piece is looked at.
    const std::vector<LineReading>& best = looks.front().lines;
    if (std::none_of(best.begin(), best.end(), [](const LineReading& l) { return has_form(l.line.symbols.size()); })) {
      Zone longer = cut_zone(grey, group, 1.7);
      if (longer.picture.cols <= 6000) {
        Look again = look_at(std::move(longer), looks.front().view, group.stripes.size(), *all.front());
        if (again.score > looks.front().score) looks.front() = std::move(again);
      }
    }
    add_readings(looks.front(), read_by_all(looks.front(), all), zones);
    for (const MrzGroup& three : with_third(group, looks.front().lines)) {
      const Look look = look_at(cut_zone(grey, three), looks.front().view, 3, *all.front());
      if (look.score > other_way * looks.front().score) add_readings(look, read_by_all(look, all), others);
    }
    // Upside down and in a mirror most of a zone's characters stay themselves. Its check digits tell, which are the
    // caller's to know: the other ways are given, too.
    for (std::size_t i = 1; i < looks.size() && looks.front().score <= certain; ++i)
      if (looks[i].score > other_way * looks.front().score) add_readings(looks[i], {looks[i].lines}, others);
  }
  std::move(others.begin(), others.end(), std::back_inserter(zones));
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
  const bool large = std::max(grey.rows, grey.cols) > 1300;
  const auto look = [&](int side) {
    return read_groups(grey, find_mrz_groups(grey, options.any_rotation, side), all, options);
  };
  if (options.only_closer) return large ? look(close_side) : std::vector<MrzReading>{};
  std::vector<MrzReading> zones = look(whole_side);
  // A small document in a large picture needs a closer look.
  if (options.closer && large && (zones.empty() || zones.front().score < 0.6)) zones = look(close_side);
  return zones;
}

}  // namespace kualik::ocr
