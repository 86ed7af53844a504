#include "reader/fused_page.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

#include "kualik/numbers/resident_id.h"
#include "kualik/record/knowledge.h"
#include "reader/line_groups.h"

namespace kualik::reader {
namespace {

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

void append(FusedPage& out, const LineGroup& group, std::string key, record::KnowledgeOptions knowledge,
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
std::string sure_number(const LineGroup& group, const record::KnowledgeOptions& knowledge) {
  const record::FusedReading fused = record::fuse(group.readings, {}, record::prior_for("id_number", knowledge),
                                                  record::proposals_for("id_number", knowledge));
  if (fused.score < sure_share || fused.changed_by_prior) return {};
  numbers::Options options;
  options.today = knowledge.today;
  return numbers::check_resident_id(fused.text, options).has_error() ? std::string() : fused.text;
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

}  // namespace

FusedPage fuse_cards(const std::vector<PageReading>& readings, const Date& today) {
  FusedPage out;
  std::vector<std::pair<std::string, int>> order;
  std::map<std::pair<std::string, int>, LineGroup> groups;
  for (std::size_t r = 0; r < readings.size(); ++r) {
    for (const ocr::FieldReading& field : readings[r].fields) {
      const std::pair<std::string, int> id{field.key, field.row};
      if (!groups.contains(id)) {
        // A row that only some frames show goes where it belongs, behind the row above.
        auto at = std::find_if(order.begin(), order.end(), [&](const auto& o) { return o.first == id.first; });
        while (at != order.end() && at->first == id.first && at->second < id.second) ++at;
        order.insert(at, id);
      }
      LineGroup& group = groups[id];
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
  const LineGroups lines = group_lines(readings);
  out.page.width = readings[lines.backbone].page.width;
  out.page.height = readings[lines.backbone].page.height;
  record::KnowledgeOptions knowledge;
  knowledge.today = today;
  for (const LineGroup& group : lines.groups) append(out, group, {}, knowledge);

  // Zones: lines of the same length and place, over all frames and candidates.
  std::map<std::pair<int, std::size_t>, LineGroup> zones;
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
