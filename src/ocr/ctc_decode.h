#pragma once
// From a CTC net's matrix to text. Method: prefix beam search (Hannun et al. 2014) for the text, then a Viterbi
// alignment of that text for the place of each symbol; alternatives are the posteriors around that place.

#include <memory>
#include <string>
#include <vector>

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// A step range [begin, end) of one decoded class.
struct AlignedClass {
  int label{};
  int begin{};
  int end{};
};

/// The labels of the most probable text (blank = class 0). `beam` prefixes are kept.
std::vector<int> beam_search(const LineReading& matrix, int beam = 8);

/// Where each label stands along the steps; empty if the text is longer than the matrix allows.
std::vector<AlignedClass> align(const LineReading& matrix, const std::vector<int>& labels);

/// Fills text, symbols (boxes over the whole `height` of a line `width` px wide), alternatives and confidence of
/// `reading.line`.
void decode(LineReading& reading, int width, int height);

/// The likely classes of each step of a reading whose line is decoded, as `TextLine::lattice` holds them.
std::shared_ptr<const Lattice> lattice_of(const LineReading& reading);

}  // namespace kualik::ocr
