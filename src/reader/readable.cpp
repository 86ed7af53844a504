// Which way round print lies, by what can be read of it.

#include "reader/readable.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "kualik/numbers/resident_id.h"
#include "kualik/ocr/page_reader.h"
#include "kualik/page/rectify.h"
#include "reader/page_reading.h"
#include "reader/slant.h"

namespace kualik::reader {
namespace {

constexpr double line_height = 44;
/// Of a sheet: so many lines of so many glyphs, of which so much reads. Measured on pages of the tuning seeds: 0.64 to
/// 0.89 the right way round, at most 0.28 any other way (mirrored, which leaves some characters as they are).
constexpr std::size_t least_long_lines = 4;
constexpr double long_line = 9;
constexpr std::size_t lines_asked = 5;
constexpr std::size_t lines_counted = 3;
constexpr double reads = 0.38;
constexpr double reads_surely = 0.5;
constexpr double reads_not = 0.15;

/// A resident number is at least so many times as long as high; each digit of it is read at least so surely.
constexpr double number_length = 7;
constexpr float digit_read = 0.5F;

double high(const Quad& q) { return std::hypot(q[3].x - q[0].x, q[3].y - q[0].y); }
double wide(const Quad& q) { return std::hypot(q[1].x - q[0].x, q[1].y - q[0].y); }

/// Sides, not bounds: a sloping line is no higher than a level one.
bool is_line(const Quad& q, double glyphs) { return high(q) >= 8 && wide(q) >= glyphs * high(q); }

Image line_picture(const ImageView& page, const Quad& quad) {
  const page::Size size{std::max(16, static_cast<int>(wide(quad) / high(quad) * line_height)),
                        static_cast<int>(line_height)};
  if (size.width > 4000) return {};
  const page::Rectified cut = page::rectify(page, quad, size);
  return upright_line(cut.image.view(), slant_of(cut.image.view()));
}

void sort_longest_first(std::vector<Quad>& lines) {
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Quad& a, const Quad& b) { return page::bounds(a).width > page::bounds(b).width; });
}

}  // namespace

bool is_han_letter(const std::string& s) noexcept {
  return s.size() == 3 && static_cast<unsigned char>(s[0]) >= 0xE4 && static_cast<unsigned char>(s[0]) <= 0xE9;
}

bool is_cyrillic_letter(const std::string& s) noexcept {
  return s.size() == 2 && (static_cast<unsigned char>(s[0]) & 0xFC) == 0xD0;
}

bool is_arabic_letter(const std::string& s) noexcept {
  return s.size() == 2 && (static_cast<unsigned char>(s[0]) & 0xFC) == 0xD8;
}

double letters_of(const TextLine& line, bool (*letter)(const std::string&) noexcept) {
  if (line.symbols.size() < 4) return 0;
  double sure = 0;
  for (const Symbol& s : line.symbols)
    if (letter(s.text)) sure += s.probability > 0.97F ? 1.0 : s.probability > 0.9F ? 0.5 : 0.0;
  return sure / static_cast<double>(line.symbols.size());
}

bool PageReader::has_number(const ImageView& page, const std::vector<Quad>& lines) {
  std::size_t asked = 0;
  for (const Quad& quad : lines) {
    if (asked == lines_asked) break;
    if (!is_line(quad, number_length)) continue;
    ++asked;
    const Image line = line_picture(page, quad);
    if (line.empty()) continue;
    const TextLine read = readers_.best(ocr::Alphabet::digits).read(line.view()).line;
    std::string run;
    float least = 1;
    for (std::size_t i = 0; i <= read.symbols.size(); ++i) {
      const bool digit = i < read.symbols.size() && read.symbols[i].text.size() == 1 &&
                         std::string_view("0123456789X").find(read.symbols[i].text[0]) != std::string_view::npos;
      if (digit) {
        run += read.symbols[i].text;
        least = std::min(least, read.symbols[i].probability);
        continue;
      }
      if (run.size() == 18 && least > digit_read && !numbers::check_resident_id(run).has_error()) return true;
      run.clear();
      least = 1;
    }
  }
  return false;
}

PageReader::Readability PageReader::readability(const ImageView& page, int lines) {
  std::vector<Quad> quads = ocr::find_lines(page);
  // The longest lines tell most; a few are enough to tell which way round a page lies.
  sort_longest_first(quads);
  // A poster with a name and a number has hardly a line, and in any script; the number proves its way round.
  if (has_number(page, quads)) return {1, ""};
  double han = 0;
  double cyrillic = 0;
  int read = 0;
  for (const Quad& quad : quads) {
    if (read == lines) break;
    if (!is_line(quad, 3)) continue;
    const Image line = line_picture(page, quad);
    if (line.empty()) continue;
    const double share = letters_of(readers_.stock(ocr::Alphabet::han).read(line.view()).line, is_han_letter);
    han += share;
    if (share < 0.3)
      cyrillic += letters_of(readers_.stock(ocr::Alphabet::cyrillic).read(line.view()).line, is_cyrillic_letter);
    ++read;
  }
  // One line alone proves little.
  if (read == 0) return {};
  const double share = std::max(han, cyrillic) / static_cast<double>(std::max(read, 2));
  if (share < 0.2) {
    const double arabic = arabic_share(page, quads);
    return {std::max(share, arabic), arabic >= 0.2 ? "Arab" : ""};
  }
  return {share, han >= cyrillic ? "Hans" : "Cyrl"};
}

double PageReader::arabic_share(const ImageView& page, const std::vector<Quad>& lines) {
  constexpr std::size_t least = 3;  // Lines of some length: textures have few.
  constexpr std::size_t asked = 2;
  if (lines.size() < least || !is_line(lines[least - 1], long_line)) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < asked; ++i) {
    const Image line = line_picture(page, lines[i]);
    if (line.empty()) return 0;
    sum += letters_of(readers_.stock(ocr::Alphabet::arabic).read(line.view()).line, is_arabic_letter);
  }
  return sum / static_cast<double>(asked);
}

double PageReader::han_share(const ImageView& page, const std::vector<Quad>& lines) {
  // A bar of subtitles or an edge among the longest lines says nothing: the best of them count.
  std::vector<double> shares;
  for (const Quad& quad : lines) {
    if (shares.size() == lines_asked) break;
    const Image line = line_picture(page, quad);
    if (line.empty()) continue;
    shares.push_back(letters_of(readers_.best(ocr::Alphabet::han).read(line.view()).line, is_han_letter));
    // Upside down nothing reads, and three lines show it.
    if (shares.size() == 3 && *std::max_element(shares.begin(), shares.end()) < reads_not) return 0;
  }
  std::sort(shares.rbegin(), shares.rend());
  double sum = 0;
  for (std::size_t i = 0; i < std::min(shares.size(), lines_counted); ++i) sum += shares[i];
  return sum / static_cast<double>(lines_counted);
}

std::optional<Pose> PageReader::sheet_pose(const Sight& sight) {
  struct Way {
    int turns;
    page::Size size;
    std::size_t lines;
  };
  std::vector<Way> ways;
  for (const int turns : {0, 1}) {
    const Quad ordered = page::reordered(sight.quad, turns, false);
    const page::Size size{
        static_cast<int>(0.5 * (wide(ordered) + std::hypot(ordered[2].x - ordered[3].x, ordered[2].y - ordered[3].y))),
        static_cast<int>(0.5 * (high(ordered) + std::hypot(ordered[2].x - ordered[1].x, ordered[2].y - ordered[1].y)))};
    if (size.width < 100 || size.height < 60 || size.width > 6000 || size.height > 6000) return std::nullopt;
    const page::Rectified upright = page::rectify(sight.frame, ordered, size);
    const std::vector<Quad> lines = ocr::find_lines(upright.image.view());
    const auto count = std::count_if(lines.begin(), lines.end(), [](const Quad& q) { return is_line(q, long_line); });
    ways.push_back({turns, size, static_cast<std::size_t>(count)});
  }
  // Characters set on a grid stand in columns, too, so that a page on its side may show as many lines.
  if (ways[1].lines > ways[0].lines) std::swap(ways[0], ways[1]);
  std::optional<Pose> best;
  for (const bool mirrored : {false, true}) {
    for (const int half : {0, 2}) {
      for (const Way& way : ways) {
        if (way.lines < least_long_lines) continue;
        const int turns = way.turns + half;
        const page::Rectified upright =
            page::rectify(sight.frame, page::reordered(sight.quad, turns, mirrored), way.size);
        std::vector<Quad> lines = ocr::find_lines(upright.image.view());
        std::erase_if(lines, [](const Quad& q) { return !is_line(q, long_line); });
        sort_longest_first(lines);
        const double share = han_share(upright.image.view(), lines);
        if (share < reads || (best && best->score >= share)) continue;
        best = Pose{page::PageKind::unknown, turns, mirrored, share, 0, "Hans"};
        if (share > reads_surely) return best;
      }
    }
  }
  return best;
}

}  // namespace kualik::reader
