#include "reader/fused_page.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kualik/numbers/resident_id.h"
#include "kualik/record/knowledge.h"
#include "reader/split_lines.h"

namespace kualik::reader {
namespace {

/// Han print and zones have no spaces of their own; words in letters are parted by them.
bool keeps_spaces(const TextLine& line) {
  return line.kind != LineKind::mrz && (line.script == "Cyrl" || line.script == "Latn" || line.script == "Arab");
}

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

/// A line that shows the fused text at the place of `like`: symbols keep their boxes where they are the same, else
/// share the line's width.
TextLine line_for(const record::FusedReading& fused, const TextLine& like) {
  TextLine line = like;
  const std::vector<std::string> symbols = record::symbols_of(fused.text);
  const float probability = static_cast<float>(std::clamp(std::exp(fused.support), 0.0, 1.0));
  std::vector<Symbol> old;
  for (const Symbol& s : like.symbols)
    if (keeps_spaces(like) || (s.text != " " && s.text != "　")) old.push_back(s);
  line.text = fused.text;
  line.confidence = probability;
  line.symbols.clear();
  Rect all{};
  for (const Symbol& s : old) {
    if (s.box.empty()) continue;
    if (all.empty()) {
      all = s.box;
      continue;
    }
    const double right = std::max(all.x + all.width, s.box.x + s.box.width);
    const double bottom = std::max(all.y + all.height, s.box.y + s.box.height);
    all.x = std::min(all.x, s.box.x);
    all.y = std::min(all.y, s.box.y);
    all.width = right - all.x;
    all.height = bottom - all.y;
  }
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    Symbol symbol;
    symbol.text = symbols[i];
    symbol.probability = probability;
    if (old.size() == symbols.size()) {
      symbol.box = old[i].box;
    } else if (!all.empty()) {
      const double width = all.width / static_cast<double>(symbols.size());
      symbol.box = {all.x + width * static_cast<double>(i), all.y, width, all.height};
    }
    line.symbols.push_back(std::move(symbol));
  }
  return line;
}

/// Frames of one clip that count for the words of a name or an address as independent readings.
constexpr double alike_frames = 2.5;

struct Group {
  std::vector<record::Reading> readings;
  double sum_of_weights{0};       // of all readings
  const TextLine* like{nullptr};  // the line that lends its place
  double like_score{-1};
  std::size_t like_source{0};
  std::size_t last_source{0};  // of the readings, which come one after the other

  void add(const TextLine& line, double weight, std::size_t source) {
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
};

/// A further row that few readings saw and that reads badly is the card's ground, not text.
bool is_texture(const record::FusedReading& fused, double share) {
  constexpr double seen_by_many = 0.3;
  constexpr double reads_badly = -1;
  return share < seen_by_many && fused.support < reads_badly;
}

/// A further row that few readings saw and that repeats one above it: in some frames the rows were counted one off.
bool is_repeated(const FusedPage& out, const std::string& key, const record::FusedReading& fused, double share) {
  constexpr double seen_by_most = 0.5;
  constexpr double alike = 0.7;
  constexpr std::size_t long_row = 4;
  if (share > seen_by_most || record::symbols_of(fused.text).size() < long_row) return false;
  TextLine row;
  row.text = fused.text;
  for (std::size_t i = 0; i < out.keys.size(); ++i)
    if (out.keys[i] == key && likeness(out.page.lines[i], row) > alike) return true;
  return false;
}

void append(FusedPage& out, const Group& group, std::string key, record::KnowledgeOptions knowledge,
            double share_of_field = 1) {
  if (group.like == nullptr) return;
  // A region's name stands at the head of an address, so that only its first row is judged by one.
  const bool later_row = key == "address" && !out.keys.empty() && out.keys.back() == key;
  if (later_row) {
    for (std::size_t i = 0; i < out.keys.size(); ++i)
      if (out.keys[i] == key) knowledge.above += out.fused[i].text;
  }
  const std::string prior_key = group.like->kind == LineKind::mrz ? "mrz"
                                : later_row                       ? "address_row"
                                : key.empty()                     ? "line"
                                                                  : key;
  record::FusionOptions options;
  // Words weigh more where frames are many and alike: a blurred 新 is 斯 in all of them.
  if (key == "address" || key == "name") options.independent = alike_frames;
  record::FusedReading fused = record::fuse(group.readings, options, record::prior_for(prior_key, knowledge),
                                            record::proposals_for(prior_key, knowledge));
  if (fused.text.empty() ||
      (later_row && (is_texture(fused, share_of_field) || is_repeated(out, key, fused, share_of_field))))
    return;
  out.page.lines.push_back(line_for(fused, *group.like));
  out.source.push_back(group.like_source);
  out.fused.push_back(std::move(fused));
  out.keys.push_back(std::move(key));
}

/// Share of the evidence from which on a number speaks for other fields.
constexpr double sure_share = 0.98;

/// The number that a card's readings agree on; empty where another is nearly as likely or it breaks a rule.
std::string sure_number(const Group& group, const record::KnowledgeOptions& knowledge) {
  const record::FusedReading fused = record::fuse(group.readings, {}, record::prior_for("id_number", knowledge),
                                                  record::proposals_for("id_number", knowledge));
  if (fused.score < sure_share || fused.changed_by_prior) return {};
  numbers::Options options;
  options.today = knowledge.today;
  return numbers::check_resident_id(fused.text, options).has_error() ? std::string() : fused.text;
}

constexpr std::size_t unmatched = static_cast<std::size_t>(-1);
/// A line seen once is kept from here on.
constexpr float sure_line = 0.85F;
/// Lines at one place of two pictures may be those of two halves of the page.
constexpr double hardly_alike = 0.3;

/// For each line of another frame the group that shows the same line: the alignment in reading order with the most
/// likeness in all.
std::vector<std::size_t> align_lines(const std::vector<Group>& groups, const std::vector<TextLine>& lines) {
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

/// Whether some reader gave this text for a line of a zone before anything was decided with what is known of zones.
bool was_read(const std::vector<PageReading>& readings, const std::pair<int, std::size_t>& id,
              const std::string& text) {
  for (const PageReading& reading : readings) {
    for (const ocr::MrzReading& zone : reading.zones) {
      if (zone.columns != id.first || id.second >= zone.lines.size()) continue;
      if ((zone.as_read.empty() ? zone.lines[id.second].line.text : zone.as_read[id.second]) == text) return true;
    }
  }
  return false;
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

/// A picture laid together from many sights has their noise averaged, which falls with the root of their number.
double weight_of(const PageReading& reading) {
  return std::clamp(reading.quality, 0.05, 1.0) * std::sqrt(static_cast<double>(std::max(1, reading.sights)));
}

}  // namespace

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

FusedPage fuse_cards(const std::vector<PageReading>& readings, const Date& today) {
  FusedPage out;
  std::vector<std::pair<std::string, int>> order;
  std::map<std::pair<std::string, int>, Group> groups;
  for (std::size_t r = 0; r < readings.size(); ++r) {
    for (const ocr::FieldReading& field : readings[r].fields) {
      const std::pair<std::string, int> id{field.key, field.row};
      if (!groups.contains(id)) {
        // A row that only some frames show goes where it belongs, behind the row above.
        auto at = std::find_if(order.begin(), order.end(), [&](const auto& o) { return o.first == id.first; });
        while (at != order.end() && at->first == id.first && at->second < id.second) ++at;
        order.insert(at, id);
      }
      Group& group = groups[id];
      for (const ocr::LineReading& reading : field.readings) {
        if (reading.line.text.empty()) continue;
        // The preferred reader's word counts for more where several read the same pixels.
        const double share = &reading == field.readings.data() ? 1.0 : 0.5;
        group.add(reading.line, weight_of(readings[r]) * share, r);
      }
    }
    out.page.width = std::max(out.page.width, readings[r].page.width);
    out.page.height = std::max(out.page.height, readings[r].page.height);
  }
  record::KnowledgeOptions knowledge;
  knowledge.today = today;
  if (const auto number = groups.find({"id_number", 0}); number != groups.end())
    knowledge.id_number = sure_number(number->second, knowledge);
  for (const auto& id : order)
    append(out, groups[id], id.first, knowledge,
           groups[id].sum_of_weights / std::max(1e-9, groups[{id.first, 0}].sum_of_weights));
  return out;
}

FusedPage fuse_pages(const std::vector<PageReading>& readings, const Date& today) {
  FusedPage out;
  if (readings.empty()) return out;
  std::vector<PageText> pages;
  pages.reserve(readings.size());
  for (const PageReading& reading : readings) pages.push_back(reading.page);
  join_split_lines(pages);
  // The page with the most surely read text is the backbone.
  std::size_t base = 0;
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
  std::vector<Group> groups;
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
      const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
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
      Group fresh;
      fresh.add(lines[i], weight_of(readings[r]), r);
      groups.insert(groups.begin() + static_cast<std::ptrdiff_t>(place), std::move(fresh));
    }
  }
  // A line that one frame of several shows, and not surely, is clutter or a seal.
  std::erase_if(groups, [&](const Group& g) {
    return readings.size() >= 3 && g.readings.size() == 1 && g.like != nullptr && g.like->confidence < sure_line;
  });
  out.page.width = readings[base].page.width;
  out.page.height = readings[base].page.height;
  record::KnowledgeOptions knowledge;
  knowledge.today = today;
  for (const Group& group : groups) append(out, group, {}, knowledge);

  // Zones: lines of the same length and place, over all frames and candidates.
  std::map<std::pair<int, std::size_t>, Group> zones;
  for (std::size_t r = 0; r < readings.size(); ++r)
    for (const ocr::MrzReading& zone : readings[r].zones)
      for (std::size_t i = 0; i < zone.lines.size(); ++i)
        zones[{zone.columns, i}].add(zone.lines[i].line, weight_of(readings[r]) * zone.score, r);
  std::map<int, double> by_columns;
  for (const auto& [id, group] : zones)
    for (const record::Reading& reading : group.readings) by_columns[id.first] += reading.weight;
  if (!by_columns.empty()) {
    const int columns = std::max_element(by_columns.begin(), by_columns.end(), [](const auto& a, const auto& b) {
                          return a.second < b.second;
                        })->first;
    // The page reader's own idea of the zone is worse than the zone reader's. It is told by its fillers, by its text,
    // and by its place.
    const auto of_zone = [&](const TextLine& line) {
      if (std::count(line.text.begin(), line.text.end(), '<') >= 4) return true;
      const Point middle = page::centre(line.quad);
      return std::any_of(zones.begin(), zones.end(), [&](const auto& entry) {
        const TextLine* like = entry.second.like;
        if (entry.first.first != columns || like == nullptr) return false;
        if (likeness(line, *like) > 0.6) return true;
        const Rect box = page::bounds(like->quad);
        return !box.empty() && middle.x > box.x && middle.x < box.x + box.width && middle.y > box.y &&
               middle.y < box.y + box.height;
      });
    };
    for (std::size_t i = out.page.lines.size(); i-- > 0;) {
      if (!of_zone(out.page.lines[i])) continue;
      out.page.lines.erase(out.page.lines.begin() + static_cast<std::ptrdiff_t>(i));
      out.source.erase(out.source.begin() + static_cast<std::ptrdiff_t>(i));
      out.fused.erase(out.fused.begin() + static_cast<std::ptrdiff_t>(i));
      out.keys.erase(out.keys.begin() + static_cast<std::ptrdiff_t>(i));
    }
    const std::size_t first_line = out.page.lines.size();
    bool changed = false;
    for (auto& [id, group] : zones) {
      if (id.first != columns) continue;
      TextLine marked;
      if (group.like != nullptr) {
        marked = *group.like;
        marked.kind = LineKind::mrz;
        group.like = &marked;
      }
      const std::size_t before = out.page.lines.size();
      append(out, group, "mrz", knowledge);
      if (out.page.lines.size() > before) changed = changed || !was_read(readings, id, out.page.lines.back().text);
    }
    // A zone is one value: what was decided in one of its lines is shown on all.
    for (std::size_t i = first_line; i < out.fused.size(); ++i)
      out.fused[i].changed_by_prior = out.fused[i].changed_by_prior || changed;
  }
  return out;
}

}  // namespace kualik::reader
