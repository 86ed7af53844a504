#pragma once
// Numbers within lines of letters, read once more by the reader that knows figures alone.

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// Reads each run of eight figures or more in a line anew, points between them included: a reader of letters has many
/// symbols for the strokes of a figure, the `digits` reader a dozen. `picture` is the line that `reading` was read
/// from, boxes in its pixels. Where the new reading has as many symbols, they take the place of the old ones with their
/// alternatives, the mean of both readers' where both saw the same; otherwise the run stays as it is.
void reread_numbers(LineReading& reading, const ImageView& picture, Recognizer& digits);

}  // namespace kualik::ocr
