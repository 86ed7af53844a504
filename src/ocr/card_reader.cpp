#include "kualik/ocr/card_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/card_layout.h"
#include "ocr/ink.h"
#include "ocr/reading.h"
#include "page/mat.h"

namespace kualik::ocr {
namespace {

/// Height of the printed values, as a share of the card's.
constexpr double usual_glyph = 0.055;

bool wanted(const CardOptions& options, std::string_view key) {
  return options.only.empty() || std::find(options.only.begin(), options.only.end(), key) != options.only.end();
}

void drop_spaces(TextLine& line) {
  std::erase_if(line.symbols, [](const Symbol& s) { return s.text == " "; });
  join_symbols(line);
}

/// The card in one light, in the forms that readers want.
struct Lights {
  cv::Mat channel{};
  cv::Mat sharp{};
  cv::Mat ink{};

  static Lights of(const cv::Mat& image, Light which) {
    // The ground's reach is about twice a glyph, so that a stroke is never its own ground.
    constexpr int reach = 72;
    Lights out;
    out.channel = light(image, which);
    out.sharp = sharpened(out.channel, usual_glyph * image.rows);
    out.ink = ink_of(out.channel, reach);
    return out;
  }
  cv::Mat for_reader(const Recognizer& reader, const cv::Rect& where, bool sharper) const {
    if (!reader.reads_picture()) return print_of(ink, where);
    const cv::Mat& picture = sharper ? sharp : channel;
    return picture(where & cv::Rect({}, picture.size()));
  }
};

bool is_stock(const Recognizer& reader) { return reader.name().rfind("tesseract", 0) == 0; }

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

cv::Rect band(const LocatedLine& located, double x0, double x1, double margin, const cv::Mat& ink) {
  const double half = located.glyph * (0.5 + margin);
  const cv::Rect r(static_cast<int>(std::lround(x0)), static_cast<int>(std::lround(located.middle - half)),
                   static_cast<int>(std::lround(x1 - x0)), static_cast<int>(std::lround(2 * half)));
  return r & cv::Rect({}, ink.size());
}

// Year, month and day each from its own box, in red light where the labels between them are gone; joined with the
// labels as printed.
LineReading read_birth_parts(const Lights& red, const LocatedLine& located, Recognizer& digits) {
  const cv::Mat& ink = red.ink;
  struct Part {
    double from,
        to;  // Relative to the row's left end, as fractions of the card's width: half-way into the labels' boxes.
    std::size_t longest;
    const char* label;
  };
  constexpr std::array<Part, 3> parts{{{-0.010, 0.118, 4, "年"}, {0.148, 0.224, 2, "月"}, {0.252, 0.328, 2, "日"}}};
  LineReading all;
  all.line.reader = digits.name();
  all.line.script = "Hans";
  for (const Part& part : parts) {
    const cv::Rect where =
        band(located, located.left + part.from * ink.cols, located.left + part.to * ink.cols, digits.margin(), ink);
    LineReading one = digits.read(page::as_view(red.for_reader(digits, where, true)));
    std::erase_if(one.line.symbols,
                  [](const Symbol& s) { return s.text.size() != 1 || s.text[0] < '0' || s.text[0] > '9'; });
    if (one.line.symbols.empty() || one.line.symbols.size() > part.longest) return {};
    place(one, 1, 1, where.x, where.y);
    for (Symbol& s : one.line.symbols) all.line.symbols.push_back(std::move(s));
    Symbol label;
    label.text = part.label;
    label.box = {static_cast<double>(where.x + where.width), static_cast<double>(where.y), 0.03 * ink.cols,
                 static_cast<double>(where.height)};
    all.line.symbols.push_back(std::move(label));
  }
  join_symbols(all.line);
  const cv::Rect whole = band(located, located.left, located.left + 0.35 * ink.cols, digits.margin(), ink);
  all.line.quad = Quad::from_rect({static_cast<double>(whole.x), static_cast<double>(whole.y),
                                   static_cast<double>(whole.width), static_cast<double>(whole.height)});
  return all;
}

// A single glyph gives a line reader little to hold on to: with its label before it, it is read as the end of a line.
LineReading read_after_label(const Lights& grey, const LocatedLine& located, Recognizer& reader) {
  const cv::Mat& ink = grey.ink;
  const cv::Rect where =
      band(located, located.left - 0.118 * ink.cols, located.left + 1.35 * located.glyph, reader.margin(), ink);
  LineReading reading = reader.read(page::as_view(grey.for_reader(reader, where, true)));
  drop_spaces(reading.line);
  std::vector<Symbol>& symbols = reading.line.symbols;
  std::erase_if(symbols, [](const Symbol& s) { return s.text.size() < 3; });
  if (symbols.size() < 2) return {};
  symbols.erase(symbols.begin(), symbols.end() - 1);
  join_symbols(reading.line);
  place(reading, 1, 1, where.x, where.y);
  return reading;
}

// One of two words of a glyph each, by which of them the net saw more of: the sex is 男 or 女 whatever else a blurred
// glyph looks like. Leaves the reading as it is where the net saw neither.
void choose_between(LineReading& reading, const std::string& a, const std::string& b) {
  if (reading.alphabet == nullptr || reading.steps == 0) return;
  const auto most = [&](const std::string& symbol) {
    const auto at = std::find(reading.alphabet->begin(), reading.alphabet->end(), symbol);
    double best = -1e9;
    if (at == reading.alphabet->end()) return best;
    const int k = 1 + static_cast<int>(at - reading.alphabet->begin());
    for (int t = 0; t < reading.steps; ++t) best = std::max(best, static_cast<double>(reading.at(t, k)));
    return best;
  };
  constexpr double seen_at_all = -9;
  const double for_a = most(a), for_b = most(b);
  if (std::max(for_a, for_b) < seen_at_all) return;
  const double share = 1 / (1 + std::exp(for_b - for_a));
  // What the net hardly saw is told from the other all the same, but proves little.
  constexpr double seen_well = 0.3;
  const double seen = std::min(1.0, std::exp(std::max(for_a, for_b)) / seen_well);
  Symbol symbol;
  symbol.box = reading.line.symbols.empty() ? Rect{reading.line.quad[0].x, reading.line.quad[0].y,
                                                   reading.line.quad[1].x - reading.line.quad[0].x,
                                                   reading.line.quad[3].y - reading.line.quad[0].y}
                                            : reading.line.symbols.front().box;
  symbol.alternatives = {{a, static_cast<float>(seen * share)}, {b, static_cast<float>(seen * (1 - share))}};
  if (share < 0.5) std::swap(symbol.alternatives[0], symbol.alternatives[1]);
  symbol.text = symbol.alternatives.front().text;
  symbol.probability = symbol.alternatives.front().probability;
  reading.line.symbols = {symbol};
  join_symbols(reading.line);
}

// Joins the readings of two rows of one field, reader by reader; the box becomes that of both.
void append_row(FieldReading& field, FieldReading& lower) {
  for (std::size_t i = 0; i < field.readings.size() && i < lower.readings.size(); ++i) {
    TextLine& line = field.readings[i].line;
    TextLine& more = lower.readings[i].line;
    std::move(more.symbols.begin(), more.symbols.end(), std::back_inserter(line.symbols));
    join_symbols(line);
  }
  const double right = std::max(field.box.x + field.box.width, lower.box.x + lower.box.width);
  field.box.x = std::min(field.box.x, lower.box.x);
  field.box.width = right - field.box.x;
  field.box.height = lower.box.y + lower.box.height - field.box.y;
  for (LineReading& reading : field.readings) reading.line.quad = Quad::from_rect(field.box);
}

}  // namespace

CardReading read_card(const ImageView& view, CardSide side, Recognizers& readers, const CardOptions& options) {
  CardReading card;
  card.page.width = view.width;
  card.page.height = view.height;
  if (view.empty()) return card;

  const cv::Mat source = page::as_mat(view);
  cv::Mat image;
  const cv::Size size(card_width, card_height);
  cv::resize(source, image, size, 0, 0, source.cols < card_width ? cv::INTER_CUBIC : cv::INTER_AREA);
  const Lights grey = Lights::of(image, Light::grey);
  const Lights red = image.channels() == 1 ? grey : Lights::of(image, Light::red);
  const double to_x = static_cast<double>(view.width) / card_width;
  const double to_y = static_cast<double>(view.height) / card_height;

  bool lower_row = false;
  for (const LocatedLine& located : locate_lines(grey.ink, red.ink, side)) {
    const LayoutBox& box = *located.box;
    if (!wanted(options, box.key)) continue;
    if (located.empty && box.row > 0) continue;  // A shorter address, not an unread one.
    FieldReading field;
    field.key = std::string(box.key);
    field.row = box.row;
    const cv::Rect& crop = located.crop;
    field.box = {crop.x * to_x, crop.y * to_y, crop.width * to_x, crop.height * to_y};
    if (!located.empty) {
      // The birth date is read with its labels (年月日), which hold its parts apart; they are blue, so from the grey
      // picture.
      const Lights& lit = box.key == "birth_date" ? grey : red;
      const auto add = [&](Recognizer& reader, bool sharper) {
        // Each reader wants its own share of ground around the glyphs.
        const double half = located.glyph * (0.5 + reader.margin());
        const int top = static_cast<int>(std::lround(located.middle - half));
        const int bottom = static_cast<int>(std::lround(located.middle + half));
        const cv::Rect rows = cv::Rect(crop.x, top, crop.width, bottom - top) & cv::Rect({}, lit.ink.size());
        LineReading reading = reader.read(page::as_view(lit.for_reader(reader, rows, sharper)));
        drop_spaces(reading.line);
        if (box.key == "sex") choose_between(reading, "男", "女");
        reading.steps = 0;  // The lattice holds what matters of a megabyte.
        reading.log_probs = {};
        place(reading, to_x, to_y, rows.x * to_x, rows.y * to_y);
        field.readings.push_back(std::move(reading));
      };
      for (Recognizer* reader : readers.readers(box.alphabet)) {
        if (!field.readings.empty() && !options.stock && is_stock(*reader)) continue;
        add(*reader, true);
        if (!options.all_readers) break;
        // Sharpened print and print as it came err in different places: both vote.
        if (reader->reads_picture()) add(*reader, false);
      }
      if (box.key == "birth_date") {
        LineReading parts = read_birth_parts(red, located, readers.best(Alphabet::digits));
        if (!parts.line.symbols.empty()) {
          place(parts, to_x, to_y, 0, 0);
          field.readings.push_back(std::move(parts));
        }
      }
      if (box.key == "sex" && field.readings.back().line.text != "男" && field.readings.back().line.text != "女") {
        LineReading with_label = read_after_label(grey, located, readers.stock(Alphabet::han));
        if (!with_label.line.symbols.empty()) {
          place(with_label, to_x, to_y, 0, 0);
          field.readings.back() = std::move(with_label);
        }
      }
      if (box.key == "validity") {
        // Digits are read better as digits, unless the end is a word (长期).
        const std::string& text = field.readings.front().line.text;
        const bool word = contains(text, "长") || contains(text, "期");
        if (!word || options.all_readers) {
          add(readers.best(Alphabet::digits), true);
          if (!word) std::rotate(field.readings.begin(), field.readings.end() - 1, field.readings.end());
        }
      }
    }
    if (lower_row) {  // The second row of a name goes on where the first ended.
      lower_row = false;
      append_row(card.fields.back(), field);
      card.page.lines.back() = card.fields.back().readings.front().line;
      continue;
    }
    lower_row = located.of_rows == 2;
    TextLine line;
    if (field.readings.empty()) {
      line.confidence = 0;
      line.kind = LineKind::unread;
      line.quad = Quad::from_rect(field.box);
    } else {
      line = field.readings.front().line;
    }
    card.keys.push_back(field.key);
    card.page.lines.push_back(std::move(line));
    card.fields.push_back(std::move(field));
  }
  return card;
}

}  // namespace kualik::ocr
