#include "ocr/reading.h"

#include <algorithm>
#include <cmath>

namespace kualik::ocr {

void place(LineReading& reading, double scale_x, double scale_y, double offset_x, double offset_y) {
  for (Point& p : reading.line.quad.corners) p = {p.x * scale_x + offset_x, p.y * scale_y + offset_y};
  for (Symbol& s : reading.line.symbols) {
    if (s.box.empty() && s.box.height <= 0) continue;
    s.box = {s.box.x * scale_x + offset_x, s.box.y * scale_y + offset_y, s.box.width * scale_x, s.box.height * scale_y};
  }
}

void join_symbols(TextLine& line) {
  line.text.clear();
  double logs = 0;
  int counted = 0;
  for (const Symbol& s : line.symbols) {
    line.text += s.text;
    if (s.text == " ") continue;
    logs += std::log(std::max(s.probability, 1e-6F));
    ++counted;
  }
  line.confidence = counted == 0 ? 0.0F : static_cast<float>(std::exp(logs / counted));
}

}  // namespace kualik::ocr
