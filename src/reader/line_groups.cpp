#include "reader/line_groups.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kualik/page/geometry.h"
#include "reader/split_lines.h"

namespace kualik::reader {
namespace {

std::string without_spaces(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != ' ') out += c;
  return out;
}

record::Reading reading_of(const TextLine& line, double weight) {
  record::Reading reading;
  reading.weight = weight;
  reading.symbols = line.symbols;
  if (reading.symbols.empty())
    for (const std::string& s : record::symbols_of(line.text)) reading.symbols.push_back({s, line.confidence, {}, {}});
  if (!keeps_spaces(line))
    std::erase_if(reading.symbols, [](const Symbol& s) { return s.text == " " || s.text == "　"; });
  // Lines that were mended or joined since they were read are no longer those of the lattice.
  if (line.lattice && without_spaces(line.lattice->text) == without_spaces(line.text)) reading.lattice = line.lattice;
  return reading;
}

constexpr std::size_t unmatched = static_cast<std::size_t>(-1);
/// A line seen once is kept from here on.
constexpr float sure_line = 0.85F;
/// Lines at one place of two pictures may be those of two halves of the page.
constexpr double hardly_alike = 0.3;

/// For each line of another frame the group that shows the same line: the alignment in reading order with the most
/// likeness in all.
std::vector<std::size_t> align_lines(const std::vector<LineGroup>& groups, const std::vector<TextLine>& lines) {
  const std::size_t n = groups.size();
  const std::size_t m = lines.size();
  std::vector<double> alike(n * m, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < m; ++j)
      if (groups[i].like != nullptr) alike[i * m + j] = std::max(0.0, likeness(lines[j], *groups[i].like) - 0.45);
  std::vector<double> best((n + 1) * (m + 1), 0.0);
  auto at = [m](std::size_t i, std::size_t j) { return i * (m + 1) + j; };
  for (std::size_t i = 1; i <= n; ++i)
    for (std::size_t j = 1; j <= m; ++j)
      best[at(i, j)] =
          std::max({best[at(i - 1, j)], best[at(i, j - 1)], best[at(i - 1, j - 1)] + alike[(i - 1) * m + (j - 1)]});
  std::vector<std::size_t> partner(m, unmatched);
  for (std::size_t i = n, j = m; i > 0 && j > 0;) {
    const double matched = alike[(i - 1) * m + (j - 1)];
    if (matched > 0 && best[at(i, j)] == best[at(i - 1, j - 1)] + matched) {
      partner[j - 1] = i - 1;
      --i;
      --j;
    } else if (best[at(i, j)] == best[at(i - 1, j)]) {
      --i;
    } else {
      --j;
    }
  }
  return partner;
}

/// Whether two lines, each in a picture of the page of its own size, lie over each other.
bool in_one_place(const TextLine& a, const PageText& page_a, const TextLine& b, const PageText& page_b) {
  if (page_a.width <= 0 || page_b.width <= 0) return false;
  const auto on_page = [](const TextLine& line, const PageText& page) {
    const Rect r = page::bounds(line.quad);
    const double w = page.width, h = page.height;
    return Rect{r.x / w, r.y / h, r.width / w, r.height / h};
  };
  const Rect p = on_page(a, page_a), q = on_page(b, page_b);
  const double wide = std::min(p.x + p.width, q.x + q.width) - std::max(p.x, q.x);
  const double high = std::min(p.y + p.height, q.y + q.height) - std::max(p.y, q.y);
  return wide > 0.7 * std::max(p.width, q.width) && high > 0.6 * std::max(p.height, q.height);
}

}  // namespace

bool keeps_spaces(const TextLine& line) {
  return line.kind != LineKind::mrz && (line.script == "Cyrl" || line.script == "Latn" || line.script == "Arab");
}

double weight_of(const PageReading& reading) {
  return std::clamp(reading.quality, 0.05, 1.0) * std::sqrt(static_cast<double>(std::max(1, reading.sights)));
}

double likeness(const TextLine& a, const TextLine& b) {
  const std::vector<std::string> x = record::symbols_of(a.text);
  const std::vector<std::string> y = record::symbols_of(b.text);
  if (x.empty() || y.empty()) return 0;
  std::vector<std::size_t> row(y.size() + 1, 0);
  for (const std::string& s : x) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= y.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = s == y[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return 2.0 * static_cast<double>(row.back()) / static_cast<double>(x.size() + y.size());
}

void LineGroup::add(const TextLine& line, double weight, std::size_t source) {
  readings.push_back(reading_of(line, weight));
  sum_of_weights += weight;
  last_source = source;
  const double score = static_cast<double>(line.confidence) * weight;
  if (!line.text.empty() && score > like_score) {
    like_score = score;
    like = &line;
    like_source = source;
  }
}

LineGroups group_lines(const std::vector<PageReading>& readings) {
  LineGroups out;
  std::vector<PageText>& pages = out.pages;
  pages.reserve(readings.size());
  for (const PageReading& reading : readings) pages.push_back(reading.page);
  join_split_lines(pages);
  // The page with the most surely read text is the backbone.
  std::size_t& base = out.backbone;
  double best = -1;
  for (std::size_t r = 0; r < readings.size(); ++r) {
    double sum = 0;
    for (const TextLine& line : pages[r].lines)
      sum += static_cast<double>(line.confidence) * static_cast<double>(line.text.size());
    if (sum > best) {
      best = sum;
      base = r;
    }
  }
  std::vector<LineGroup>& groups = out.groups;
  for (const TextLine& line : pages[base].lines) {
    groups.emplace_back();
    groups.back().add(line, weight_of(readings[base]), base);
  }
  for (std::size_t r = 0; r < readings.size(); ++r) {
    if (r == base) continue;
    const std::vector<TextLine>& lines = pages[r].lines;
    const std::vector<std::size_t> partner = align_lines(groups, lines);
    // What matches nothing goes behind the line before it; from the back, so that places stay valid.
    for (std::size_t i = lines.size(); i-- > 0;) {
      if (partner[i] != unmatched) {
        groups[partner[i]].add(lines[i], weight_of(readings[r]) * likeness(lines[i], *groups[partner[i]].like), r);
      }
    }
    for (std::size_t i = lines.size(); i-- > 0;) {
      if (partner[i] != unmatched || lines[i].confidence < sure_line || record::symbols_of(lines[i].text).size() < 4)
        continue;
      // Clutter between lines brings them out of order: what reads like a known line where that stands is the same,
      // unless this sight has shown that one already (the sentences of two persons read alike).
      const auto same = std::find_if(groups.begin(), groups.end(), [&](const LineGroup& g) {
        return g.like != nullptr && g.last_source != r && likeness(lines[i], *g.like) > hardly_alike &&
               in_one_place(lines[i], readings[r].page, *g.like, readings[g.like_source].page);
      });
      if (same != groups.end()) {
        same->add(lines[i], weight_of(readings[r]), r);
        continue;
      }
      std::size_t place = 0;
      for (std::size_t k = i; k-- > 0;) {
        if (partner[k] == unmatched) continue;
        place = partner[k] + 1;
        break;
      }
      LineGroup fresh;
      fresh.add(lines[i], weight_of(readings[r]), r);
      groups.insert(groups.begin() + static_cast<std::ptrdiff_t>(place), std::move(fresh));
    }
  }
  // A line that one frame of several shows, and not surely, is clutter or a seal.
  std::erase_if(groups, [&](const LineGroup& g) {
    return readings.size() >= 3 && g.readings.size() == 1 && g.like != nullptr && g.like->confidence < sure_line;
  });
  return out;
}

}  // namespace kualik::reader
