#pragma once
// Reads the fields of an identity card whose picture is already upright and rectified.
//
//   CardReading card = read_card(rectified, CardSide::resident_portrait, readers);
//   for (std::size_t i = 0; i < card.page.lines.size(); ++i) use(card.keys[i], card.page.lines[i]);
//
// Where the fields stand comes from data/layouts/resident_card.tsv (fractions of the card, ±0.03); within that
// tolerance the actual lines are located in the picture, so that a slightly wrong outline or a card with bilingual
// labels is read all the same.

#include <string>
#include <vector>

#include "kualik/core/image.h"
#include "kualik/core/page_text.h"
#include "kualik/ocr/recognizers.h"

namespace kualik::ocr {

/// Which side of which card. The law calls the emblem side the front; these names avoid that.
enum class CardSide : unsigned char { resident_portrait, resident_emblem };

/// All readings of one field (one line of it).
struct FieldReading {
  std::string key{};  ///< As in the record format: name, sex, ethnicity, birth_date, address, id_number,
                      ///< issuing_authority, validity.
  Rect box{};         ///< In pixels of the picture given.
  int row{0};         ///< Line of a field that has several (address), from 0.
  std::vector<LineReading>
      readings{};  ///< One or more for each reader, the preferred one first; boxes in pixels of the picture given.
};

/// What a card gave.
struct CardReading {
  PageText page{};  ///< One line for each FieldReading: its preferred reading, in the order of the card's layout.
  std::vector<std::string> keys{};     ///< The field of each line of `page`.
  std::vector<FieldReading> fields{};  ///< Parallel to `page.lines`.
};

/// How much to read.
struct CardOptions {
  bool all_readers{true};  ///< Every reader of a field's alphabet votes; false: only the preferred one (default: true).
  bool stock{true};        ///< The stock engine votes beside others; alone it reads in any case (default: true).
  std::vector<std::string> only{};  ///< Keys to read; empty: all (default: all).
};

/// Reads one side of a resident identity card from `card`: upright, rectified, ratio about 85.6 : 54, at any size from
/// about 160 px of width. A field that shows no print gives a line with an empty text and confidence 0. Thread-safety
/// is that of `readers`. Cost: about 0.1-0.2 s on one core with the stock engine, all fields.
CardReading read_card(const ImageView& card, CardSide side, Recognizers& readers, const CardOptions& options = {});

}  // namespace kualik::ocr
