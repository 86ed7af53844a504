#include "subtitles.h"

#include <algorithm>

namespace kualik::documents {

namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view trimmed(std::string_view line) noexcept {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.remove_suffix(1);
  if (line.size() >= 3 && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
  return line;
}

// [hh:]mm:ss[.,]mmm at the start of `s`; gives its length or 0.
std::size_t time_length(std::string_view s) noexcept {
  std::size_t i = 0;
  int groups = 0;
  while (true) {
    const std::size_t first = i;
    while (i < s.size() && is_digit(s[i])) ++i;
    if (i == first || i - first > 4) return 0;
    ++groups;
    if (i < s.size() && s[i] == ':' && groups < 3) {
      ++i;
      continue;
    }
    break;
  }
  if (groups < 2 || i >= s.size() || (s[i] != '.' && s[i] != ',')) return 0;
  const std::size_t first = ++i;
  while (i < s.size() && is_digit(s[i])) ++i;
  return i > first ? i : 0;
}

bool is_time_line(std::string_view line) noexcept {
  const std::size_t first = time_length(line);
  if (first == 0) return false;
  std::string_view rest = trimmed(line.substr(first));
  if (rest.substr(0, 3) != "-->") return false;
  return time_length(trimmed(rest.substr(3))) != 0;
}

bool is_count(std::string_view line) noexcept {
  if (line.empty() || line.size() > 6) return false;
  for (char c : line)
    if (!is_digit(c)) return false;
  return true;
}

bool starts_with(std::string_view s, std::string_view head) noexcept { return s.substr(0, head.size()) == head; }

constexpr std::size_t longest_tag = 41;

// <i>, </c.yellow>, {\an8}
void add_tags(std::string_view text, Span line, std::vector<Span>& marks) {
  for (std::size_t i = line.begin; i < line.end; ++i) {
    const char open = text[i];
    const bool tag = open == '<' && i + 1 < line.end && (text[i + 1] == '/' || is_letter(text[i + 1]));
    const bool style = open == '{' && i + 1 < line.end && text[i + 1] == '\\';
    if (!tag && !style) continue;
    // Not the whole line: one of a million opening marks would be gone through a million times.
    const std::size_t close = text.substr(i, std::min(line.end - i, longest_tag)).find(open == '<' ? '>' : '}');
    if (close == std::string_view::npos) continue;
    marks.push_back({i, i + close + 1});
    i += close;
  }
}

}  // namespace

std::vector<Span> subtitle_marks(std::string_view text) {
  std::vector<Span> marks;
  if (text.find("-->") == std::string_view::npos) return marks;
  std::vector<Span> lines;
  bool any_time = false;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) end = text.size();
    lines.push_back({begin, end});
    any_time = any_time || is_time_line(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  if (!any_time) return marks;
  bool note = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto line_text = [&](std::size_t k) { return trimmed(text.substr(lines[k].begin, lines[k].size())); };
    const std::string_view line = line_text(i);
    if (line.empty()) note = false;
    if (starts_with(line, "NOTE") || line == "STYLE" || line == "REGION") note = true;
    const bool header = i == 0 && starts_with(line, "WEBVTT");
    const bool number = is_count(line) && i + 1 < lines.size() && is_time_line(line_text(i + 1));
    if (note || header || number || is_time_line(line)) {
      marks.push_back(lines[i]);
    } else {
      add_tags(text, lines[i], marks);
    }
  }
  return marks;
}

}  // namespace kualik::documents
