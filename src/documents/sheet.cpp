#include "sheet.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "anchors.h"
#include "kualik/text/script.h"
#include "kualik/text/utf8.h"
#include "subtitles.h"

namespace kualik::documents {

namespace {

// Geometric mean and lowest score weigh the same: one bad symbol spoils a value, however sure the others are.
double pooled(double log_sum, std::size_t count, double lowest) {
  if (count == 0) return 1.0;
  return 0.5 * (std::exp(log_sum / static_cast<double>(count)) + lowest);
}

// Whether the dot at `i` is a comma that was read as one, as some faces set their commas in the middle of the square:
// dots part names, and no name borders a figure, a sex, a people or the words that go on behind a comma.
bool is_comma(std::u32string_view chars, std::size_t i) {
  constexpr std::u32string_view before[] = {U"族", U"文化", U"文盲", U"出生", U"规定"};
  constexpr std::u32string_view behind[] = {U"公民身份", U"住", U"因涉嫌", U"判处", U"并处", U"剥夺", U"现羁押"};
  const auto digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
  const auto parts = [&](std::size_t k) {
    return k < chars.size() && (text::is_name_dot(chars[k]) || is_clause_mark(chars[k]));
  };
  const auto sex = [&](std::size_t k) { return k < chars.size() && (chars[k] == U'男' || chars[k] == U'女'); };
  if (i == 0 || i + 1 >= chars.size()) return false;
  if (digit(chars[i - 1]) || digit(chars[i + 1])) return !digit(chars[i - 1]) || !digit(chars[i + 1]);  // 2018·5·3
  if (sex(i + 1) && parts(i + 2)) return true;
  if (i >= 2 && sex(i - 1) && parts(i - 2)) return true;
  for (const std::u32string_view word : before)
    if (i >= word.size() && word_at(chars, i - word.size(), word)) return true;
  return std::any_of(std::begin(behind), std::end(behind),
                     [&](std::u32string_view word) { return word_at(chars, i + 1, word); });
}

}  // namespace

Sheet::Sheet(const PageText& page) : page_(&page), text_(page.text()) {
  std::size_t begin = 0;
  line_begins_.reserve(page.lines.size());
  for (const TextLine& line : page.lines) {
    line_begins_.push_back(begin);
    begin += line.text.size() + 1;
  }
  folded_ = text::fold(text_, subtitle_marks(text_));
  for (std::size_t i = 0; i < folded_.size(); ++i)
    if (text::is_name_dot(folded_[i]) && is_comma(folded_.chars(), i)) folded_.take_as(i, U',');
}

std::string Sheet::raw(Range r) const {
  const Span s = folded_.span(r.begin, r.end);
  return text_.substr(s.begin, s.size());
}

std::string Sheet::printed(Range r) const {
  std::string out;
  for (std::size_t i = r.begin; i < std::min(r.end, folded_.size()); ++i) {
    const char32_t original = folded_.original(i);
    // A width fold is no change of character; a Traditional or variant form is kept.
    const bool width_only = folded_.change(i, i + 1) == text::change_width;
    text::append_utf8(out, width_only ? folded_[i] : original);
  }
  return out;
}

std::string Sheet::simplified(Range r) const {
  r.end = std::min(r.end, folded_.size());
  return r.empty() ? std::string{} : text::to_utf8(folded_.view(r.begin, r.end));
}

std::size_t Sheet::line_at(std::size_t offset) const noexcept {
  const auto after = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  return after == line_begins_.begin() ? 0 : static_cast<std::size_t>(after - line_begins_.begin()) - 1;
}

Range Sheet::line(std::size_t i) const noexcept {
  const std::size_t begin = folded_.index_at(line_begins_[i]);
  const std::size_t end = i + 1 < line_begins_.size() ? folded_.index_at(line_begins_[i + 1]) : folded_.size();
  return {begin, end};
}

template <class Visit>
void Sheet::each_symbol(Span span, Visit visit) const {
  if (span.empty()) return;
  for (std::size_t l = line_at(span.begin); l < page_->lines.size() && line_begins_[l] < span.end; ++l) {
    const TextLine& line = page_->lines[l];
    std::size_t at = line_begins_[l];
    std::size_t total = 0;
    for (const Symbol& s : line.symbols) total += s.text.size();
    if (total != line.text.size()) {  // symbols that do not spell the line say nothing of places in it
      visit(line, nullptr);
      continue;
    }
    for (const Symbol& s : line.symbols) {
      if (at < span.end && at + s.text.size() > span.begin && !s.text.empty() && s.text != " ") visit(line, &s);
      at += s.text.size();
    }
  }
}

double Sheet::confidence(Span span) const {
  double log_sum = 0;
  double lowest = 1;
  std::size_t count = 0;
  each_symbol(span, [&](const TextLine& line, const Symbol* s) {
    const double p = std::clamp(static_cast<double>(s ? s->probability : line.confidence), 1e-6, 1.0);
    log_sum += std::log(p);
    lowest = std::min(lowest, p);
    ++count;
  });
  return pooled(log_sum, count, lowest);
}

Quad Sheet::quad(Span span) const {
  bool any = false;
  Point low{};
  Point high{};
  const auto take = [&](Point p) {
    low = any ? Point{std::min(low.x, p.x), std::min(low.y, p.y)} : p;
    high = any ? Point{std::max(high.x, p.x), std::max(high.y, p.y)} : p;
    any = true;
  };
  each_symbol(span, [&](const TextLine& line, const Symbol* s) {
    if (s && !s->box.empty()) {
      take({s->box.x, s->box.y});
      take({s->box.x + s->box.width, s->box.y + s->box.height});
    } else if (line.quad != Quad{}) {
      for (const Point& p : line.quad.corners) take(p);
    }
  });
  return any ? Quad::from_rect({low.x, low.y, high.x - low.x, high.y - low.y}) : Quad{};
}

Field Sheet::field(std::string_view key, std::string value, Range r) const {
  Field f;
  f.key = key;
  f.value = std::move(value);
  f.raw = raw(r);
  f.script = text::script_of(f.raw);
  f.span = folded_.span(r.begin, r.end);
  if (!f.span.empty()) f.line = line_at(f.span.begin);
  f.quad = quad(f.span);
  f.confidence = confidence(f.span);
  return f;
}

bool is_clause_mark(char32_t c) noexcept {
  switch (c) {
    case U',':
    case U';':
    case U':':
    case U'。':
    case U'!':
    case U'?':
    case U'\'':
    case U'`':
    case U'"':
    case U'“':
    case U'”':
    case U'‘':
    case U'’':
    case U'﹐':
    case U'‚':
      return true;
    default:
      return false;
  }
}

bool is_open_bracket(char32_t c) noexcept {
  return c == U'(' || c == U'[' || c == U'〔' || c == U'【' || c == U'﹝' || c == U'「' || c == U'『' || c == U'{' ||
         c == U'〈' || c == U'《' || c == U'［';
}
bool is_close_bracket(char32_t c) noexcept {
  return c == U')' || c == U']' || c == U'〕' || c == U'】' || c == U'﹞' || c == U'」' || c == U'』' || c == U'}' ||
         c == U'〉' || c == U'》' || c == U'］';
}

void Places::add(const std::vector<Field>& fields) {
  for (const Field& f : fields)
    if (f.key != "text" && !f.span.empty()) spans_.push_back(f.span);
  sorted_ = false;
}

bool Places::taken(Span span) {
  const auto earlier = [](const Span& a, const Span& b) { return a.begin < b.begin; };
  if (!sorted_) {
    std::sort(spans_.begin(), spans_.end(), earlier);
    std::vector<Span> joined;
    for (const Span& s : spans_)
      if (!joined.empty() && s.begin < joined.back().end)
        joined.back().end = std::max(joined.back().end, s.end);
      else
        joined.push_back(s);
    spans_ = std::move(joined);
    sorted_ = true;
  }
  // The last that begins before the end of `span` is the only one that can reach into it and did not end before.
  const auto behind = std::lower_bound(spans_.begin(), spans_.end(), Span{span.end, span.end}, earlier);
  return behind != spans_.begin() && (behind - 1)->end > span.begin;
}

Range trim(const Sheet& sheet, Range r) noexcept {
  r.end = std::min(r.end, sheet.folded().size());
  const auto edge = [](char32_t c) {
    return is_clause_mark(c) || c == U'、' || c == U'.' || c == U'-' || c == U'_' || c == U'|' || c == U'~';
  };
  while (!r.empty() && edge(sheet.folded()[r.begin])) ++r.begin;
  while (!r.empty() && edge(sheet.folded()[r.end - 1])) --r.end;
  return r;
}

}  // namespace kualik::documents
