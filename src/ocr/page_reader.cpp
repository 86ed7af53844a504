#include "kualik/ocr/page_reader.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>
#include <string_view>
#include <utility>

#include "ocr/digit_runs.h"
#include "ocr/ink.h"
#include "ocr/letter_spacing.h"
#include "ocr/marks.h"
#include "ocr/mixed_line.h"
#include "ocr/page_sheet.h"
#include "ocr/reading.h"
#include "page/mat.h"

namespace kualik::ocr {
namespace {

bool is_han(const Symbol& s) {
  return s.text.size() == 3 && static_cast<unsigned char>(s.text[0]) >= 0xE3 &&
         static_cast<unsigned char>(s.text[0]) <= 0xE9;
}
// Marks that stand in a square of their own, and the dot of names.
bool is_han_mark(const Symbol& s) { return s.text.starts_with("\xEF\xBC") || s.text == "·"; }
bool is_cyrillic(const Symbol& s) {
  return s.text.size() == 2 &&
         (static_cast<unsigned char>(s.text[0]) == 0xD0 || static_cast<unsigned char>(s.text[0]) == 0xD1 ||
          static_cast<unsigned char>(s.text[0]) == 0xD2 || static_cast<unsigned char>(s.text[0]) == 0xD3);
}
// Letters that Latin print has in the same shape, small ones included.
bool has_latin_twin(const Symbol& s) {
  static constexpr std::string_view twins = "АВЕКМНОРСТУХІЅЈаеорсухіѕјЗз";
  return twins.find(s.text) != std::string_view::npos;
}
bool is_arabic(const Symbol& s) {
  const auto b = static_cast<unsigned char>(s.text[0]);
  return s.text.size() >= 2 && ((b >= 0xD8 && b <= 0xDB) || b == 0xEF);
}
bool is_latin(const Symbol& s) {
  return s.text.size() == 1 && ((s.text[0] >= 'A' && s.text[0] <= 'Z') || (s.text[0] >= 'a' && s.text[0] <= 'z'));
}
bool is_digit(const Symbol& s) { return s.text.size() == 1 && s.text[0] >= '0' && s.text[0] <= '9'; }

// How well a reading explains its line: certainty, times how well the number of glyphs fits the line's length (readers
// of the wrong script drop or invent glyphs), times the share of symbols of its own script.
double explains(const LineReading& reading, Alphabet alphabet, double length_in_glyphs) {
  double own = 0, counted = 0, width = 0;
  for (const Symbol& s : reading.line.symbols) {
    if (s.text == " ") {
      width += 0.4;
      continue;
    }
    ++counted;
    const bool han = is_han(s);
    width += han ? 1.05 : 0.62;
    const bool fits = alphabet == Alphabet::han        ? han || is_digit(s) || is_han_mark(s)
                      : alphabet == Alphabet::cyrillic ? is_cyrillic(s) || is_digit(s)
                      : alphabet == Alphabet::arabic   ? is_arabic(s) || is_digit(s)
                                                       : is_latin(s) || is_digit(s);
    own += fits ? 1 : 0.4;
  }
  if (counted == 0) return 0;
  const double ratio = width / std::max(length_in_glyphs, 0.5);
  const double fit = alphabet == Alphabet::han ? std::clamp(1.4 - std::abs(std::log(ratio)), 0.2, 1.0)
                                               : std::clamp(1.8 - std::abs(std::log(ratio)), 0.2, 1.0);
  return static_cast<double>(reading.line.confidence) * fit * (own / counted);
}

class PageReader {
 public:
  PageReader(Sheet sheet, Recognizers& readers, const PageOptions& options)
      : sheet_(std::move(sheet)), readers_(readers), options_(options) {
    for (const Alphabet a : {Alphabet::han, Alphabet::cyrillic, Alphabet::latin, Alphabet::arabic})
      if (allowed(a)) order_.push_back(a);
  }

  PageText read(const cv::Size& size) {
    PageText page;
    page.width = size.width;
    page.height = size.height;
    // The largest print first; what was read goes out in reading order.
    std::vector<std::size_t> chosen(sheet_.runs.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = i;
    const auto most = static_cast<std::size_t>(std::max(0, options_.max_lines));
    const auto first = static_cast<std::size_t>(std::max(0, options_.first_lines));
    const bool asks = options_.go_on && chosen.size() > first;
    if (asks || chosen.size() > most)
      std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) { return area(a) > area(b); });
    if (chosen.size() > most) chosen.resize(most);
    order_scripts(chosen);
    std::vector<std::pair<std::size_t, TextLine>> lines;
    const auto read_some = [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < std::min(to, chosen.size()); ++i) {
        TextLine line = read_run(sheet_.runs[chosen[i]]);
        if (line.text.empty() && line.kind == LineKind::print) continue;
        lines.emplace_back(chosen[i], std::move(line));
      }
      std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      page.lines.clear();
      for (const auto& [place, line] : lines) page.lines.push_back(line);
    };
    read_some(0, asks ? first : chosen.size());
    if (asks && options_.go_on(page)) read_some(first, chosen.size());
    return page;
  }

 private:
  bool allowed(Alphabet alphabet) const {
    if (options_.scripts.empty()) return true;
    const auto has = [&](const char* code) {
      return std::find(options_.scripts.begin(), options_.scripts.end(), code) != options_.scripts.end();
    };
    switch (alphabet) {
      case Alphabet::han:
        return has("Hans") || has("Hani");
      case Alphabet::cyrillic:
        return has("Cyrl");
      case Alphabet::latin:
        return has("Latn");
      case Alphabet::arabic:
        return has("Arab");
      default:
        return false;
    }
  }

  // What a reading must explain of its line for no other script to be tried. Our reader of Han characters is unsure of
  // what is none; the stock engine takes whole lines of another script for words of its own (0.93 and less).
  static bool is_sure(Alphabet alphabet, double explained) {
    return explained > (alphabet == Alphabet::han ? 0.9 : 0.94);
  }
  static constexpr double no_arabic = 0.45;  // of a reading in Han characters: of Arabic print it is less sure

  double area(std::size_t i) const { return (sheet_.runs[i].right - sheet_.runs[i].left) * sheet_.runs[i].glyph; }

  // Which script the page is in, by its longest lines: edges and textures are short and read as anything.
  void order_scripts(std::vector<std::size_t> lines) {
    if (order_.size() < 2) return;
    std::stable_sort(lines.begin(), lines.end(), [&](std::size_t a, std::size_t b) { return area(a) > area(b); });
    std::map<Alphabet, double> votes;
    std::size_t asked = 0;
    for (const std::size_t i : lines) {
      const TextRun& run = sheet_.runs[i];
      const double length = (run.right - run.left) / run.glyph;
      if (length < 3 || asked >= 3) continue;
      ++asked;
      double best = 0;
      bool may_be_arabic = true;
      for (const Alphabet a : order_) {
        if (a == Alphabet::arabic && !may_be_arabic) continue;
        const LineReading reading = read_with(a, run);
        const double score = explains(reading, a, length);
        if (a == Alphabet::han) may_be_arabic = static_cast<double>(reading.line.confidence) < no_arabic;
        if (a == Alphabet::arabic) has_arabic_ = has_arabic_ || (score > best && is_sure(a, score));
        best = std::max(best, score);
        votes[a] += score * length;
        if (is_sure(a, score)) break;
      }
    }
    std::stable_sort(order_.begin(), order_.end(), [&](Alphabet a, Alphabet b) { return votes[a] > votes[b]; });
  }

  double under_seal(const TextRun& run) const {
    int red = 0, all = 0;
    for (double x = run.left; x < run.right; x += 2) {
      for (double y = run.y(x) - 0.5 * run.glyph; y < run.y(x) + 0.5 * run.glyph; y += 2) {
        const int px = static_cast<int>(x), py = static_cast<int>(y);
        if (px < 0 || py < 0 || px >= sheet_.seal.cols || py >= sheet_.seal.rows) continue;
        ++all;
        red += sheet_.seal.at<unsigned char>(py, px) != 0 ? 1 : 0;
      }
    }
    return all == 0 ? 0 : static_cast<double>(red) / all;
  }

  LineReading read_with(Alphabet alphabet, const TextRun& run) {
    return read_with(readers_.best(alphabet), alphabet == Alphabet::han || alphabet == Alphabet::hant, run);
  }

  LineReading read_with(Recognizer& reader, bool han, const TextRun& run) {
    constexpr int height = 52;
    const double scale = height / (run.glyph * (1 + 2 * reader.margin()));
    const cv::Mat straight = straighten(sheet_.ink, run, height, reader.margin());
    std::vector<int> kept;
    // Where words are parted by spaces, wide spaces mean something.
    const cv::Mat line = han ? draw_together(straight, static_cast<int>(run.glyph * scale), kept) : straight;
    const cv::Mat print = print_of(line, cv::Rect({}, line.size()));
    LineReading reading = reader.read(page::as_view(print));
    if (han) settle_marks(reading, line, reader.margin());
    if (!han) reread_numbers(reading, page::as_view(print), readers_.best(Alphabet::digits));
    // Boxes from the straightened line along its curve into the image.
    const auto column = [&](double x) {
      return kept.empty() ? x
                          : kept[static_cast<std::size_t>(std::clamp(x, 0.0, static_cast<double>(kept.size() - 1)))];
    };
    for (Symbol& s : reading.line.symbols) {
      const double x0 = run.left - 0.3 * run.glyph + column(s.box.x) / scale;
      const double x1 = run.left - 0.3 * run.glyph + column(s.box.x + s.box.width) / scale;
      const double mid = run.y(std::clamp(0.5 * (x0 + x1), run.left, run.right));
      const Point a = to_image(sheet_, x0, mid - 0.5 * run.glyph), b = to_image(sheet_, x1, mid + 0.5 * run.glyph);
      s.box = {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(b.x - a.x), std::abs(b.y - a.y)};
    }
    return reading;
  }

  // Cyrillic and Latin print share half their capitals, so that a reader of one gives sure nonsense for the other
  // (DARKHANEV, РАВКНАМЕУ). Where either was picked, both are asked, and our own reader, which knows the capitals of
  // both, decides where it sees some that only one of them has.
  void settle_letters(const TextRun& run, double length, Alphabet& pick, double& best, LineReading& kept) {
    const bool cyrillic = pick == Alphabet::cyrillic;
    const Alphabet other = cyrillic ? Alphabet::latin : Alphabet::cyrillic;
    if ((!cyrillic && pick != Alphabet::latin) || !allowed(other)) return;
    const auto letters = std::count_if(kept.line.symbols.begin(), kept.line.symbols.end(),
                                       [](const Symbol& s) { return is_cyrillic(s) || is_latin(s); });
    if (letters < 2) return;
    LineReading reading = read_with(other, run);
    const double score = explains(reading, other, length);
    const double own = explains(kept, pick, length);
    int only_cyrillic = 0;
    int only_latin = 0;
    const std::vector<Recognizer*> readers = readers_.readers(Alphabet::cyrillic);
    if (readers.size() > 1) {
      for (const Symbol& s : read_with(*readers.back(), false, run).line.symbols) {
        if (s.probability < 0.6F) continue;
        only_latin += is_latin(s) ? 1 : 0;
        only_cyrillic += is_cyrillic(s) && !has_latin_twin(s) ? 1 : 0;
      }
    }
    const int lead = only_latin - only_cyrillic;
    const bool latin = std::abs(lead) >= 2 ? lead > 0 : (cyrillic ? score > own : own >= score);
    if (latin == !cyrillic) return;
    pick = other;
    best = score * (other == order_.front() ? 1.25 : 1.0);
    kept = std::move(reading);
  }

  TextLine read_run(const TextRun& run) {
    TextLine line;
    line.quad = quad_of(sheet_, run);
    const double red = under_seal(run);
    const double length = (run.right - run.left) / run.glyph;
    double best = -1;
    Alphabet pick = order_.empty() ? Alphabet::han : order_.front();
    LineReading kept;
    const bool mixed = options_.mixed && allowed(Alphabet::han) && allowed(Alphabet::latin) &&
                       (order_.front() == Alphabet::han || order_.front() == Alphabet::latin);
    bool both = false;
    bool han_asked = mixed || !allowed(Alphabet::han);
    bool sure = false;
    if (mixed) {
      MixedLine found = mixed_line(read_with(Alphabet::han, run), read_with(Alphabet::latin, run));
      pick = found.han ? Alphabet::han : Alphabet::latin;
      both = found.both;
      best = both ? static_cast<double>(found.reading.line.confidence) : explains(found.reading, pick, length);
      kept = std::move(found.reading);
    }
    // The page's script is tried first; a reading that explains its line well ends the search.
    for (const Alphabet alphabet : order_) {
      if (mixed && (best > 0.5 || alphabet == Alphabet::han || alphabet == Alphabet::latin)) continue;
      if (alphabet == Alphabet::arabic && best > 0.5 && !has_arabic_) continue;
      LineReading reading = read_with(alphabet, run);
      const double plain = explains(reading, alphabet, length);
      // What most lines so far are written in needs less evidence.
      const double score = plain * (alphabet == order_.front() ? 1.25 : 1.0);
      if (is_sure(alphabet, plain) ? !sure || score > best : !sure && score > best) {
        best = score;
        pick = alphabet;
        kept = std::move(reading);
        sure = is_sure(alphabet, plain);
      }
      // A line in Han characters on a page of letters is known by its own reader alone.
      han_asked = han_asked || alphabet == Alphabet::han;
      if (sure || (best > 0.80 && han_asked && !has_arabic_)) break;
    }
    if (best < 0) return line;
    if (!both) settle_letters(run, length, pick, best, kept);
    const Quad quad = line.quad;
    line = std::move(kept.line);
    line.quad = quad;
    if (pick == Alphabet::han && !both) {
      std::erase_if(line.symbols, [](const Symbol& s) { return s.text == " "; });
      join_symbols(line);
    }
    line.under_seal = red > 0.04;
    // What explains the line too badly is not passed off as its text.
    // Texture and edges read as Arabic most easily, and the stock model is weak there: only a sure reading counts.
    if (pick == Alphabet::arabic && best < 0.62) best = 0;
    // On a page in one script, a short line that only another reader explains is a texture more often than a word.
    const bool foreign = !mixed && pick != order_.front() && length < 25 && best < 0.70;
    if (best < options_.min_confidence || (length < 2.5 && best < 0.45) || foreign || red > 0.6) {
      line.kind = red > 0.3 ? LineKind::stamp : LineKind::unread;
      line.text.clear();
      line.symbols.clear();
      if (pick != Alphabet::arabic) line.script.clear();
    }
    return line;
  }

  Sheet sheet_;
  Recognizers& readers_;
  const PageOptions& options_;
  std::vector<Alphabet> order_;
  bool has_arabic_{false};  // One of the page's longest lines is in Arabic letters.
};

}  // namespace

std::vector<Quad> find_lines(const ImageView& image) {
  std::vector<Quad> quads;
  if (image.empty()) return quads;
  const Sheet sheet = prepare_sheet(page::as_mat(image), PageOptions{}.max_pixels);
  for (const TextRun& run : sheet.runs) quads.push_back(quad_of(sheet, run));
  return quads;
}

PageText read_page(const ImageView& image, Recognizers& readers, const PageOptions& options) {
  if (image.empty()) return {};
  const cv::Mat mat = page::as_mat(image);
  return PageReader(prepare_sheet(mat, options.max_pixels, options.glyph_height), readers, options).read(mat.size());
}

}  // namespace kualik::ocr
