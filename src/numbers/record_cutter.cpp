#include "numbers/record_cutter.h"

namespace kualik::numbers::detail {
namespace {

const char* find(const char* from, const char* end, char c) noexcept {
  const void* at = from == end ? nullptr : std::memchr(from, c, static_cast<std::size_t>(end - from));
  return at == nullptr ? end : static_cast<const char*>(at);
}

}  // namespace

const char* RecordCutter::seek(const char*& last, const char* from, char c) const noexcept {
  if (last > from || (last == from && last != end_ && *last == c)) return last;
  return last = find(from, end_, c);
}

RecordCutter::Line RecordCutter::line(const char* from) noexcept {
  const char* const lf = seek(lf_, from, '\n');
  const char* const cr = seek(cr_, from, '\r');
  if (cr >= lf) return lf == end_ ? Line{nullptr, nullptr} : Line{lf, lf + 1};
  // CR before LF belongs to it, several as well: so end lines whose breaks were translated twice.
  const char* behind = cr;
  while (behind < lf && *behind == '\r') ++behind;
  if (behind == lf && lf != end_) return {cr, lf + 1};
  if (behind == end_ && !ended_) return {nullptr, nullptr};  // The LF may follow.
  return {cr, cr + 1};
}

/// Goes along the cells of the record that begins at `from` and whose first line is `at`; afterwards `at` is its last.
RecordCutter::Cells RecordCutter::over_quotes(const char* from, std::string_view delimiters, Line& at,
                                              std::uint64_t& breaks) noexcept {
  const Cells unfinished = ended_ ? Cells::broken : Cells::unfinished;
  const char* p = from;
  const auto past_blanks = [&at](const char* q) {
    while (q < at.end && *q == ' ') ++q;
    return q;
  };
  while (true) {
    p = past_blanks(p);
    if (p < at.end && *p == '"') {
      const char* quote = find(p + 1, end_, '"');
      while (quote != end_ && quote + 1 != end_ && quote[1] == '"') quote = find(quote + 2, end_, '"');
      if (quote == end_) return unfinished;
      while (at.end < quote) {
        const Line after = line(at.next);
        ++breaks;
        if (after.end == nullptr && !ended_) return unfinished;
        at = after.end == nullptr ? Line{end_, end_} : after;
      }
      p = past_blanks(quote + 1);
      if (p < at.end && delimiters.find(*p) == std::string_view::npos) return Cells::broken;
    } else {
      while (p < at.end && delimiters.find(*p) == std::string_view::npos) ++p;
    }
    if (p >= at.end) return Cells::whole;
    ++p;
  }
}

RecordCutter::Record RecordCutter::next(std::string_view rest, std::string_view delimiters) noexcept {
  const char* const from = rest.data();
  const Line first = line(from);
  Line at = first;
  std::uint64_t breaks = 1;
  if (first.end != nullptr && !delimiters.empty() && find(from, first.end, '"') != first.end) {
    Cells cells = over_quotes(from, delimiters, at, breaks);
    if (cells == Cells::unfinished && rest.size() < longest) return {};
    if (cells != Cells::whole) {
      // The fault stays with its own line.
      at = first;
      breaks = 1;
      lf_ = cr_ = first.next;
    }
  }
  const auto size_to = [from](const char* p) { return static_cast<std::size_t>(p - from); };
  if (at.end != nullptr) return {rest.substr(0, size_to(at.end)), size_to(at.next), breaks, false};
  if (rest.size() >= longest) return {{}, rest.size(), 1, true};
  if (!ended_) return {};
  return {rest, rest.size(), breaks, false};
}

}  // namespace kualik::numbers::detail
