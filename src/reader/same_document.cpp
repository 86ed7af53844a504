#include "reader/same_document.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "kualik/page/geometry.h"
#include "reader/fused_page.h"

namespace kualik::reader {
namespace {

constexpr double longest_gap_s = 5;
constexpr double overlap_s = 0.3;
constexpr double at_once_s = 0.3;
/// Likeness (fused_page.h) of numbers, and of the other lines, from which on they are one.
constexpr double number_alike = 0.78;
constexpr double lines_alike = 0.55;
constexpr std::size_t number_length = 14;  // Of 18: what has fewer was hardly read.
/// A break of tracking, in seconds.
constexpr double break_s = 0.6;
constexpr std::size_t read_length = 4;
constexpr float read_surely = 0.6F;

bool is_card(const Sighting& s) {
  if (s.readings.empty()) return false;
  const page::PageKind kind = s.readings.front().pose.kind;
  return kind == page::PageKind::cn_id_portrait || kind == page::PageKind::cn_id_emblem;
}

/// Whether the two, seen at the same time, lie over each other: two outlines of one card, or of it and a part of it.
bool in_one_place(const Sighting& a, const Sighting& b) {
  double nearest = at_once_s;
  double overlap = 0;
  for (const PageReading& x : a.readings) {
    for (const PageReading& y : b.readings) {
      const double apart = std::abs(x.time_s - y.time_s);
      if (apart > nearest) continue;
      nearest = apart;
      overlap = std::max({page::iou(x.quad, y.quad), page::coverage(x.quad, y.quad), page::coverage(y.quad, x.quad)});
    }
  }
  return overlap > 0.5;
}

/// Whether no line of some length was read at all surely: a card that is just leaving the picture, a half of one.
bool hardly_read(const Sighting& s) {
  for (const PageReading& reading : s.readings)
    for (const ocr::FieldReading& field : reading.fields)
      for (const ocr::LineReading& line : field.readings)
        if (line.line.symbols.size() >= read_length && line.line.confidence > read_surely) return false;
  return true;
}

/// The reading nearest to a time.
const PageReading& nearest(const Sighting& s, double time_s) {
  return *std::min_element(s.readings.begin(), s.readings.end(), [time_s](const PageReading& a, const PageReading& b) {
    return std::abs(a.time_s - time_s) < std::abs(b.time_s - time_s);
  });
}

/// Whether one follows on the other where it was: the track broke, the card is the same.
bool goes_on(const Sighting& first, const Sighting& second) {
  if (second.first_seen_s - first.last_seen_s > break_s) return false;
  const Rect a = page::bounds(nearest(first, second.first_seen_s).quad);
  const Rect b = page::bounds(nearest(second, first.last_seen_s).quad);
  const double apart =
      std::hypot(a.x + 0.5 * a.width - b.x - 0.5 * b.width, a.y + 0.5 * a.height - b.y - 0.5 * b.height);
  return apart < 0.6 * std::max(a.width, b.width);
}

std::map<std::string, TextLine> lines_of(const Sighting& s, const Date& today) {
  std::map<std::string, TextLine> out;
  const FusedPage page = fuse_cards(s.readings, today);
  for (std::size_t i = 0; i < page.keys.size(); ++i) {
    TextLine& line = out[page.keys[i]];
    line.text += page.page.lines[i].text;
  }
  return out;
}

}  // namespace

bool same_card(const Sighting& a, const Sighting& b, const Date& today) {
  if (!is_card(a) || !is_card(b)) return false;
  if (a.readings.front().pose.kind != b.readings.front().pose.kind) return false;
  const Sighting& first = a.first_seen_s <= b.first_seen_s ? a : b;
  const Sighting& second = &first == &a ? b : a;
  const double gap = second.first_seen_s - first.last_seen_s;
  if (gap > longest_gap_s || (gap < -overlap_s && !in_one_place(a, b))) return false;
  // What little was misread of a card on its way out would stand against it.
  if (hardly_read(a) != hardly_read(b) && goes_on(first, second)) return true;
  const std::map<std::string, TextLine> x = lines_of(a, today);
  const std::map<std::string, TextLine> y = lines_of(b, today);
  if (x.contains("id_number") && y.contains("id_number")) {
    const TextLine& n = x.at("id_number");
    const TextLine& m = y.at("id_number");
    // Of one family the first digits are alike, so that two numbers that were read have the word.
    if (n.text.size() >= number_length && m.text.size() >= number_length) return likeness(n, m) >= number_alike;
  }
  double sum = 0;
  int count = 0;
  for (const auto& [key, line] : x) {
    const auto other = y.find(key);
    if (key == "sex" || key == "ethnicity" || other == y.end()) continue;  // Closed lists: strangers share them.
    sum += likeness(line, other->second);
    ++count;
  }
  return count > 0 && sum / count >= lines_alike;
}

void merge(Sighting& all, Sighting&& more) {
  all.first_seen_s = std::min(all.first_seen_s, more.first_seen_s);
  all.last_seen_s = std::max(all.last_seen_s, more.last_seen_s);
  all.frames_seen += more.frames_seen;
  if (const bool nothing = hardly_read(more); nothing != hardly_read(all)) {
    if (!nothing) all.readings = std::move(more.readings);
    return;
  }
  std::move(more.readings.begin(), more.readings.end(), std::back_inserter(all.readings));
}

}  // namespace kualik::reader
