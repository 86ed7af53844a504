#include "reader/print_page.h"

#include <algorithm>
#include <cmath>

#include "kualik/ocr/page_reader.h"
#include "kualik/page/finder.h"
#include "kualik/page/rectify.h"
#include "reader/card_rows.h"
#include "reader/number_pose.h"

namespace kualik::reader {
namespace {

constexpr int lines_read = 28;
/// The largest lines tell whether there is print to read this way round: upside down, mirrored and no print at all
/// give hardly a sure glyph. Most of what moves before a camera is that, and costs no more.
constexpr int lines_tasted = 10;
/// Of a whole frame that is looked over in passing: enough for print of 12 pixels in a 720p frame and of 6 in a 360p
/// one.
constexpr double pixels_of_a_look = 2.5e6;
constexpr double sure_glyph = 0.9;
constexpr int sure_glyphs_of_print = 3;
constexpr int digits_of_number = 14;
constexpr float sure_number = 0.6F;
/// So much sure text which no card's labels are in is a sheet, whichever way it is turned.
constexpr int sure_glyphs_of_text = 30;
/// Lines of running text with so many sure glyphs off the card, and so many such lines, are a sheet around it: a
/// judgment has 出生, 民族, 公民身份号码 and 年月日 in places that fit some card or other.
constexpr int sure_glyphs_beside = 4;
constexpr int lines_of_sheet = 4;
/// A card's print is 3 mm high, its copy on A4 as large or some larger: as a fraction of the root of the sheet's area.
constexpr double glyph_on_sheet = 3.4 / 249.7;
/// What a number that breaks no rule is worth in glyphs of labels; the rows of the emblem side's titles.
constexpr int glyphs_of_number = 7;
constexpr int titles_of_emblem = 2;

int sure_han(const PageText& page) {
  int sure = 0;
  for (const TextLine& line : page.lines)
    for (const Symbol& s : line.symbols)
      if (s.text.size() == 3 && static_cast<unsigned char>(s.text[0]) >= 0xE4 &&
          static_cast<unsigned char>(s.text[0]) <= 0xE9 && static_cast<double>(s.probability) > sure_glyph)
        ++sure;
  return sure;
}

/// Whether anything was read surely that cards have: some Han characters, or most of a number.
bool is_print(const PageText& page) {
  if (sure_han(page) >= sure_glyphs_of_print) return true;
  return std::any_of(page.lines.begin(), page.lines.end(), [](const TextLine& line) {
    return line.confidence > sure_number &&
           std::count_if(line.symbols.begin(), line.symbols.end(), [](const Symbol& s) {
             return s.text.size() == 1 && s.text[0] >= '0' && s.text[0] <= '9';
           }) >= digits_of_number;
  });
}

/// Whether print goes on around the cards as it does on a sheet of text. Quads in the page's pixels.
bool in_running_text(const PageText& page, const std::vector<PrintPage>& cards) {
  std::vector<Rect> areas;
  areas.reserve(cards.size());
  for (const PrintPage& card : cards) areas.push_back(page::bounds(page::grown(card.quad, 1.1)));
  int lines = 0;
  for (const TextLine& line : page.lines) {
    int beside = 0;
    for (const Symbol& s : line.symbols) {
      if (s.text.size() != 3 || static_cast<unsigned char>(s.text[0]) < 0xE4 || s.box.empty() ||
          static_cast<double>(s.probability) < sure_glyph)
        continue;
      beside += std::any_of(areas.begin(), areas.end(), [&](const Rect& area) { return lies_in(s, area); }) ? 0 : 1;
    }
    lines += beside >= sure_glyphs_beside ? 1 : 0;
  }
  return lines >= lines_of_sheet;
}

}  // namespace

std::vector<PrintPage> find_print_pages(const ImageView& image, const Quad& where, ocr::Recognizers& readers,
                                        const PrintLook& look, bool* legible) {
  if (legible != nullptr) *legible = false;
  const auto side = [&](std::size_t a, std::size_t b) {
    return std::hypot(where[b].x - where[a].x, where[b].y - where[a].y);
  };
  const double width = std::max(side(0, 1), side(3, 2));
  const double height = std::max(side(1, 2), side(0, 3));
  if (std::max(width, height) < narrowest_card || std::min(width, height) < narrowest_card / 2) return {};
  ocr::PageOptions options;
  options.scripts = {"Hans"};
  options.max_lines = lines_read;
  options.first_lines = lines_tasted;
  if (!look.any) options.max_pixels = pixels_of_a_look;
  options.go_on = [](const PageText& page) { return is_print(page); };
  if (look.on_sheet) {
    // Two cards have some twenty lines, and specks of a copy as many.
    options.max_lines = 2 * lines_read;
    options.first_lines = 2 * lines_tasted;
    options.glyph_height = glyph_on_sheet * std::sqrt(width * height);
  }
  std::vector<PrintPage> best;
  for (const int turns : {0, 2, 1, 3}) {
    for (const bool mirrored : {false, true}) {
      if (!look.any && (look.turns != turns || look.mirrored != mirrored)) continue;
      const Quad ordered = page::reordered(where, turns, mirrored);
      const bool lying = turns % 2 == 1;
      const page::Size size{static_cast<int>(lying ? height : width), static_cast<int>(lying ? width : height)};
      const page::Rectified upright = page::rectify(image, ordered, size);
      const PageText text = ocr::read_page(upright.image.view(), readers, options);
      if (legible != nullptr) *legible = *legible || is_print(text);
      std::vector<PrintPage> found = place_cards(text);
      for (PrintPage& card : found)
        if (card.kind == page::PageKind::cn_id_emblem && card.rows <= titles_of_emblem)
          card.quad = fitted_to_rows(card.quad, text);
      for (PrintPage& card : cards_around_numbers(text)) {
        const bool known = std::any_of(found.begin(), found.end(), [&](const PrintPage& other) {
          return page::coverage(card.quad, other.quad) > 0.2;
        });
        if (known || !shows_number(readers, upright.image.view(), card.quad)) continue;
        card.glyphs = glyphs_of_number;
        found.push_back(card);
      }
      if (in_running_text(text, found)) found.clear();
      if (found.empty()) {
        if (best.empty() && sure_han(text) >= sure_glyphs_of_text) return {};
        continue;
      }
      for (PrintPage& card : found) {
        card.quad = upright.page_to_source.map(card.quad);
        card.turns = turns;
        card.mirrored = mirrored;
        // Where the edges are seen, they are sharper than any print.
        const double unit = std::sqrt(std::abs(page::signed_area(card.quad)));
        const Quad clockwise = mirrored ? page::reordered(card.quad, 0, true) : card.quad;
        const Quad fine = page::refine_quad(image, clockwise, 0.02 * unit);
        if (page::is_convex(fine) && page::iou(fine, clockwise) > 0.85)
          card.quad = mirrored ? page::reordered(fine, 0, true) : fine;
      }
      if (best.empty() || found.front().glyphs > best.front().glyphs) best = std::move(found);
      if (best.front().glyphs >= 7) return best;
    }
  }
  return best;
}

std::vector<PrintPage> find_print_pages(const ImageView& image, const Rect& where, ocr::Recognizers& readers,
                                        const PrintLook& look, bool* legible) {
  if (legible != nullptr) *legible = false;
  const double left = std::clamp(where.x, 0.0, static_cast<double>(image.width));
  const double top = std::clamp(where.y, 0.0, static_cast<double>(image.height));
  const double right = std::clamp(where.x + where.width, left, static_cast<double>(image.width));
  const double bottom = std::clamp(where.y + where.height, top, static_cast<double>(image.height));
  if (right - left < narrowest_card || bottom - top < narrowest_card / 2) return {};
  return find_print_pages(image, Quad::from_rect({left, top, right - left, bottom - top}), readers, look, legible);
}

std::optional<PrintPage> find_print_page(const ImageView& image, const Rect& where, ocr::Recognizers& readers,
                                         const PrintLook& look, bool* legible) {
  const std::vector<PrintPage> found = find_print_pages(image, where, readers, look, legible);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

}  // namespace kualik::reader
