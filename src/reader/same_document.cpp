#include "reader/same_document.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "kualik/documents/parse.h"
#include "kualik/numbers/resident_id.h"
#include "kualik/page/geometry.h"
#include "reader/fused_page.h"
#include "reader/line_groups.h"

namespace kualik::reader {
namespace {

constexpr double longest_gap_s = 5;
constexpr double overlap_s = 0.3;
constexpr double at_once_s = 0.3;
/// Readings of two tracks of one card that take turns, and how alike each of its lines is in both.
constexpr double in_turn_s = 2;
constexpr double same_words = 0.9;
/// Likeness (line_groups.h) of numbers, and of the other lines, from which on they are one.
constexpr double number_alike = 0.78;
constexpr double lines_alike = 0.55;
constexpr std::size_t number_length = 14;  // Of 18: what has fewer was hardly read.
/// A break of tracking, in seconds.
constexpr double break_s = 0.6;
constexpr std::size_t lines_of_text = 10;
/// Lines of a sheet: long enough to tell one from another, alike enough to be one, and how many of them.
constexpr std::size_t long_line = 8;
constexpr double line_alike = 0.75;
constexpr int least_lines = 3;
/// Of the end of one part of a page and the beginning of the next.
constexpr std::size_t least_continued = 3;
constexpr double most_continued = 0.7;
constexpr double most_lines = 0.6;
constexpr std::size_t read_length = 4;
constexpr float read_surely = 0.6F;
/// From this confidence on, two case numbers that differ in a digit are two.
constexpr double sure_number = 0.9;

bool is_card(const Sighting& s) {
  if (s.readings.empty()) return false;
  const page::PageKind kind = s.readings.front().pose.kind;
  return kind == page::PageKind::cn_id_portrait || kind == page::PageKind::cn_id_emblem;
}

/// Where two lie that are in sight at the same time; unknown where no readings are so near in time.
enum class Places { unknown, apart, one };

/// One place: two outlines of one card, or of it and a part of it.
Places places_of(const Sighting& a, const Sighting& b, double near_s) {
  double nearest = near_s;
  double overlap = -1;
  for (const PageReading& x : a.readings) {
    for (const PageReading& y : b.readings) {
      const double apart = std::abs(x.time_s - y.time_s);
      if (apart > nearest) continue;
      nearest = apart;
      overlap = std::max({page::iou(x.quad, y.quad), page::coverage(x.quad, y.quad), page::coverage(y.quad, x.quad)});
    }
  }
  if (overlap < 0) return Places::unknown;
  return overlap > 0.5 ? Places::one : Places::apart;
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
    const auto [at, is_new] = out.try_emplace(page.keys[i]);
    TextLine& line = at->second;
    line.text += page.page.lines[i].text;
    line.confidence = is_new ? page.page.lines[i].confidence : std::min(line.confidence, page.page.lines[i].confidence);
  }
  return out;
}

bool has_the_same_words(const std::map<std::string, TextLine>& x, const std::map<std::string, TextLine>& y) {
  constexpr int least = 2;
  int count = 0;
  for (const auto& [key, line] : x) {
    const auto other = y.find(key);
    if (other == y.end()) continue;
    if (likeness(line, other->second) < same_words) return false;
    count += record::symbols_of(line.text).size() >= read_length ? 1 : 0;
  }
  return count >= least;
}

}  // namespace

bool same_card(const Sighting& a, const Sighting& b, const Date& today) {
  if (!is_card(a) || !is_card(b)) return false;
  if (a.readings.front().pose.kind != b.readings.front().pose.kind) return false;
  const Sighting& first = a.first_seen_s <= b.first_seen_s ? a : b;
  const Sighting& second = &first == &a ? b : a;
  const double gap = second.first_seen_s - first.last_seen_s;
  const Places places = gap < -overlap_s ? places_of(a, b, at_once_s) : Places::unknown;
  if (gap > longest_gap_s || places == Places::apart) return false;
  // What little was misread of a card on its way out would stand against it.
  if (hardly_read(a) != hardly_read(b) && goes_on(first, second)) return true;
  const std::map<std::string, TextLine> x = lines_of(a, today);
  const std::map<std::string, TextLine> y = lines_of(b, today);
  if (x.contains("id_number") && y.contains("id_number")) {
    const TextLine& n = x.at("id_number");
    const TextLine& m = y.at("id_number");
    // Of one family the first digits are alike, so that two numbers that were read have the word.
    const bool one = n.text == m.text && !numbers::check_resident_id(n.text).has_error();
    if (gap < -overlap_s && places == Places::unknown) return one;
    if (n.text.size() >= number_length && m.text.size() >= number_length) return likeness(n, m) >= number_alike;
  }
  // Nothing else lies where a card is, at the same time. A side without a number whose two tracks take turns has the
  // same words where it was a moment before.
  if (gap < -overlap_s)
    return places == Places::one || (places_of(a, b, in_turn_s) == Places::one && has_the_same_words(x, y));
  double sum = 0;
  int count = 0;
  for (const auto& [key, line] : x) {
    const auto other = y.find(key);
    if (key == "sex" || key == "ethnicity" || other == y.end()) continue;  // Closed lists: strangers share them.
    // Right after a break, what stood half outside the picture on one side of it says nothing.
    if (gap <= break_s && std::min(line.confidence, other->second.confidence) < read_surely) continue;
    sum += likeness(line, other->second);
    ++count;
  }
  return count > 0 && sum / count >= lines_alike;
}

namespace {

bool is_sheet(const Sighting& s) {
  if (s.readings.empty()) return false;
  const page::PageKind kind = s.readings.front().pose.kind;
  return kind == page::PageKind::sheet || kind == page::PageKind::sheet_landscape || kind == page::PageKind::unknown;
}

double alike(const std::string& a, const std::string& b) {
  TextLine x, y;
  x.text = a;
  y.text = b;
  return likeness(x, y);
}

/// Says of whom, or of which case, a paper is: -1 the two differ, 1 they agree, 0 one does not say.
int agree_on(const documents::Document& a, const documents::Document& b, std::string_view key, double least) {
  const documents::Field* x = a.find(key);
  const documents::Field* y = b.find(key);
  if (x == nullptr || y == nullptr) return 0;
  return alike(x->value, y->value) >= least ? 1 : -1;
}

/// The paragraph that introduces this defendant was read.
bool is_introduced(const documents::Document& paper, const documents::Field& defendant) {
  return std::any_of(paper.fields.begin(), paper.fields.end(), [&](const documents::Field& f) {
    return f.subject == defendant.subject && (f.key == "sex" || f.key == "birth_date" || f.key == "id_number");
  });
}

/// The same of the defendants: one who stands on both papers is enough, as the half of a page may name the second
/// alone; and whom the verdict alone names, the other half may not name at all.
int agree_on_defendants(const documents::Document& a, const documents::Document& b) {
  bool differ = false;
  for (const documents::Field& x : a.fields) {
    for (const documents::Field& y : b.fields) {
      if (x.key != "defendant" || y.key != "defendant") continue;
      if (alike(x.value, y.value) >= 0.6) return 1;
      differ = differ || (is_introduced(a, x) && is_introduced(b, y));
    }
  }
  return differ ? -1 : 0;
}

/// The share of the longer lines of the page with fewer of them that the other page has as well.
double shared_lines(const PageText& a, const PageText& b) {
  const PageText& fewer = a.lines.size() <= b.lines.size() ? a : b;
  const PageText& more = &fewer == &a ? b : a;
  int lines = 0, shared = 0;
  for (const TextLine& line : fewer.lines) {
    if (line.symbols.size() < long_line) continue;
    ++lines;
    shared += std::any_of(more.lines.begin(), more.lines.end(),
                          [&](const TextLine& other) { return likeness(line, other) >= line_alike; })
                  ? 1
                  : 0;
  }
  return lines < least_lines ? 0 : static_cast<double>(shared) / lines;
}

std::vector<const TextLine*> long_lines(const PageText& page) {
  std::vector<const TextLine*> out;
  for (const TextLine& line : page.lines)
    if (line.symbols.size() >= long_line) out.push_back(&line);
  return out;
}

/// Whether the lower part goes on where the upper one ends: its first lines are the last ones of that, line for line.
bool goes_on_below(const PageText& upper, const PageText& lower) {
  const std::vector<const TextLine*> a = long_lines(upper);
  const std::vector<const TextLine*> b = long_lines(lower);
  for (std::size_t from = 0; from < a.size(); ++from) {
    // From a line of the upper part on to its end, each is looked for in order; cut lines and scraps at a picture's
    // edge match nothing, nor need the first of the lower part.
    std::size_t shared = 0;
    std::size_t next = 0;
    for (std::size_t i = from; i < a.size(); ++i) {
      for (std::size_t k = next; k < std::min(next + 2, b.size()); ++k) {
        if (likeness(*a[i], *b[k]) < line_alike) continue;
        ++shared;
        next = k + 1;
        break;
      }
      if (shared == 0) break;
    }
    const auto count = static_cast<double>(shared);
    if (shared >= least_continued && count >= most_continued * static_cast<double>(a.size() - from) &&
        count >= most_continued * static_cast<double>(next))
      return true;
  }
  return false;
}

}  // namespace

bool same_sheet(const Sighting& a, const Sighting& b, const Date& today) {
  if (!is_sheet(a) || !is_sheet(b)) return false;
  const Sighting& first = a.first_seen_s <= b.first_seen_s ? a : b;
  const Sighting& second = &first == &a ? b : a;
  const double gap = second.first_seen_s - first.last_seen_s;
  if (gap > longest_gap_s) return false;
  // Seen at once in two places: two papers, unless both give the same number and the same person.
  const bool beside = gap < -overlap_s && places_of(a, b, at_once_s) != Places::one;
  documents::ParseOptions options;
  options.today = today;
  const FusedPage x = fuse_pages(a.readings, today);
  const FusedPage y = fuse_pages(b.readings, today);
  const std::vector<documents::Document> in_x = documents::parse(x.page, options);
  const std::vector<documents::Document> in_y = documents::parse(y.page, options);
  if (in_x.size() != 1 || in_y.size() != 1) return false;
  const documents::Document& p = in_x.front();
  const documents::Document& q = in_y.front();
  // The half of a page may not tell its kind; two kinds that are told are two papers.
  const documents::Kind open = documents::Kind::other_document;
  if (p.kind != q.kind && p.kind != open && q.kind != open) return false;
  const std::string_view number_key = p.kind == documents::Kind::official_document ? "document_number" : "case_number";
  const int number = agree_on(p, q, number_key, 0.85);
  const int person = agree_on(p, q, "id_number", number_alike);
  if (number < 0 || person < 0 || agree_on_defendants(p, q) < 0 || agree_on(p, q, "title", 0.6) < 0) return false;
  // Numbers of two cases of one person may differ in one digit, as two readings of one number may.
  const bool one_number = number > 0 && p.find(number_key)->value == q.find(number_key)->value;
  if (beside) return one_number && person > 0;
  if (one_number || (person > 0 && number == 0)) return true;
  if (number > 0 && std::min(p.find(number_key)->confidence, q.find(number_key)->confidence) > sure_number)
    return false;
  // A half of a page has the head or the foot alone, and what both halves show of the middle is the same text; a second
  // paper of the form has a head of its own.
  const bool headless = p.find("title") == nullptr || q.find("title") == nullptr;
  if (headless && (goes_on_below(x.page, y.page) || goes_on_below(y.page, x.page))) return true;
  // Papers of one form share many words: only what goes on without a break, line for line, is taken for one.
  return gap < break_s && shared_lines(x.page, y.page) > most_lines;
}

bool is_shadow_of(const Sighting& loose, const Sighting& card) {
  const bool of_card = loose.kind == documents::Kind::cn_id_portrait || loose.kind == documents::Kind::cn_id_emblem;
  if (!of_card || is_card(loose) || !is_card(card)) return false;
  if (loose.first_seen_s > card.last_seen_s + break_s || loose.last_seen_s < card.first_seen_s - break_s) return false;
  const Quad& a = nearest(loose, 0.5 * (card.first_seen_s + card.last_seen_s)).quad;
  const Quad& b = nearest(card, 0.5 * (loose.first_seen_s + loose.last_seen_s)).quad;
  return std::max(page::coverage(a, b), page::coverage(b, a)) > 0.4;
}

bool lies_within(const Quad& quad, double time_s, const Sighting& sighting) {
  if (!is_sheet(sighting) || sighting.readings.front().page.lines.size() < lines_of_text ||
      time_s < sighting.first_seen_s - at_once_s || time_s > sighting.last_seen_s + at_once_s)
    return false;
  return page::coverage(quad, nearest(sighting, time_s).quad) > 0.75;
}

void merge(Sighting& all, Sighting&& more) {
  all.first_seen_s = std::min(all.first_seen_s, more.first_seen_s);
  all.last_seen_s = std::max(all.last_seen_s, more.last_seen_s);
  all.frames_seen += more.frames_seen;
  if (const bool nothing = hardly_read(more); is_card(all) && nothing != hardly_read(all)) {
    if (!nothing) all.readings = std::move(more.readings);
    return;
  }
  std::move(more.readings.begin(), more.readings.end(), std::back_inserter(all.readings));
}

}  // namespace kualik::reader
