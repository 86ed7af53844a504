#include "titles.h"

#include <algorithm>
#include <array>

#include "anchors.h"
#include "documents/doc_types.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {

struct Known {
  std::u32string title;
  DocumentType type;
};

Family family_of(std::string_view word) {
  if (word == "judgment") return Family::judgment;
  if (word == "ruling") return Family::ruling;
  if (word == "decision") return Family::decision;
  if (word == "civil") return Family::civil;
  if (word == "indictment") return Family::indictment;
  if (word == "enforcement") return Family::enforcement;
  if (word == "release") return Family::release;
  if (word == "penalty") return Family::penalty;
  if (word == "certificate") return Family::certificate;
  if (word == "form") return Family::form;
  return Family::notice;
}

// Longest first, so that 不批准逮捕决定书 is tried before 批准逮捕决定书.
const std::vector<Known>& known() {
  static const auto made = [] {
    std::vector<Known> all;
    for (const auto& row : tables::doc_types) {
      const Kind kind = row.kind == "court_document" ? Kind::court_document : Kind::official_document;
      all.push_back({text::to_u32(row.title), {row.title, kind, family_of(row.family), row.issuer, row.types}});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Known& a, const Known& b) { return a.title.size() > b.title.size(); });
    return all;
  }();
  return made;
}

// Last characters of the names of bodies, before which a title may stand on one line.
bool ends_body_name(char32_t c) noexcept {
  return c == U'院' || c == U'局' || c == U'狱' || c == U'所' || c == U'会' || c == U'队' || c == U'厅';
}

// The line that ends at `end` begins as names of bodies do, with a province or a region, and is broken off within one:
// 新疆维吾尔自治区和田 over 地区中级人民法院.
bool begins_with_region(const Sheet& sheet, std::size_t floor, std::size_t end) {
  const auto chars = sheet.chars();
  std::size_t begin = end;
  while (begin > floor && text::is_han(chars[begin - 1]) && (begin == end || !sheet.folded().starts_line(begin)))
    --begin;
  if (begin == end || !sheet.folded().starts_line(begin) || ends_body_name(chars[end - 1])) return false;
  for (const std::u32string_view region :
       {std::u32string_view(U"自治区"), std::u32string_view(U"生产建设兵团"), std::u32string_view(U"省")}) {
    const auto hit = find_exact(chars, {begin, std::min(end, begin + 12)}, region);
    if (hit && hit->begin > begin + 1) return true;
  }
  return false;
}

std::optional<TitleHit> title_at(const Sheet& sheet, std::size_t pos, std::size_t end, int budget) {
  const auto chars = sheet.chars().substr(0, end);
  std::optional<TitleHit> best;
  for (const Known& k : known()) {
    // The last character of a title is 书, 证, 表 or 明; without that test every position would be tried against every
    // title.
    if (pos + k.title.size() > end + 2) continue;
    const auto hit = label_at(chars, pos, k.title, std::min(budget, label_budget(k.title.size())));
    if (!hit) continue;
    if (!best || hit->cost < best->cost || (hit->cost == best->cost && k.title.size() > best->range.size())) {
      best = TitleHit{hit->range, &k.type, hit->cost, false};
    }
    if (best->cost == 0) break;
  }
  return best;
}

// 释放证明韦: the last character of a title of which another title is the beginning, misread.
void prefer_bent_ending(const Sheet& sheet, TitleHit& hit) {
  const auto chars = sheet.chars();
  const std::size_t last = hit.range.end;
  if (hit.cost > 0 || last >= chars.size() || !is_lookalike(chars[last], U'书')) return;
  for (const Known& k : known()) {
    if (k.title.size() != hit.range.size() + 1 || k.title.back() != U'书') continue;
    if (!word_at(chars, hit.range.begin, std::u32string_view(k.title).substr(0, hit.range.size()))) continue;
    hit = TitleHit{{hit.range.begin, last + 1}, &k.type, 1, hit.own_line};
    return;
  }
}

// 于2017年10月12日作出（2017）新4021刑初677号 over 刑事判决书: the line above is a sentence that speaks of another
// paper.
bool goes_on_from_number(const Sheet& sheet, std::size_t floor, std::size_t pos) {
  const auto& f = sheet.folded();
  if (pos <= floor || f[pos - 1] != U'号') return false;
  for (std::size_t i = pos; i-- > floor;) {
    if (std::u32string_view(U"以作于经,。").find(f[i]) != std::u32string_view::npos) return true;
    if (f.starts_line(i)) return false;
  }
  return false;
}

// 指定居所 ends as names of bodies do: the longest title that ends where a shorter one was found is meant.
void prefer_longer(const Sheet& sheet, std::size_t floor, TitleHit& hit) {
  const auto chars = sheet.chars();
  for (const Known& k : known()) {
    const std::size_t size = k.title.size();
    if (size <= hit.range.size()) break;
    if (hit.range.end < floor + size || !word_at(chars, hit.range.end - size, k.title)) continue;
    hit = TitleHit{{hit.range.end - size, hit.range.end}, &k.type, 0, hit.own_line};
    break;
  }
}

// 《刑事判决书》, 号刑事判决书, 必须出示拘留证。: of another paper, or of none.
bool is_spoken_of(const Sheet& sheet, std::size_t begin, const TitleHit& hit) {
  const auto& f = sheet.folded();
  const char32_t next = hit.range.end < f.size() ? f[hit.range.end] : U'\0';
  if (next == U'。' || next == U',' || next == U';' || next == U'、' || next == U'》') return true;
  // 起诉书是人民检察院…的文书: a title that runs on into a sentence, and not into the paper's number.
  if (text::is_han(next) && f.gap(hit.range.end) == text::Gap::none) {
    constexpr std::size_t longest_number = 30;
    const auto number = find_exact(sheet.chars(), {hit.range.end, hit.range.end + longest_number}, U"号");
    if (!number || sheet.chars()[number->begin - 1] < U'0' || sheet.chars()[number->begin - 1] > U'9') return true;
  }
  const std::size_t at = hit.range.begin;
  if (at == begin || f.gap(at) != text::Gap::none) return false;
  const char32_t before = f[at - 1];
  // Behind other words it is the end of another title, which is not known (行政拘留执行回执), or is spoken of.
  return before == U'《' || (text::is_han(before) && before != U'国' && !ends_body_name(before));
}

}  // namespace

const DocumentType* find_type(std::string_view title) {
  for (const Known& k : known())
    if (k.type.title == title) return &k.type;
  return nullptr;
}

std::vector<TitleHit> find_titles(const Sheet& sheet, Range within) {
  std::vector<TitleHit> hits;
  const auto& f = sheet.folded();
  within.end = std::min(within.end, f.size());
  for (std::size_t i = within.begin; i < within.end; ++i) {
    const bool may_begin = f.starts_line(i) || (i > within.begin && ends_body_name(f[i - 1]));
    if (!may_begin) continue;
    // Two characters that are not alike make another title (执行通知书, 拘留通知书) of those that are known.
    constexpr int budget = 3;
    auto hit = title_at(sheet, i, within.end, budget);
    if (!hit) continue;
    prefer_bent_ending(sheet, *hit);
    // A title ends its line; a number in brackets, 副本 or (存根) may share it.
    const std::size_t end = hit->range.end;
    const bool alone =
        f.ends_line(end) || is_open_bracket(f[end]) || (f.gap(end) == text::Gap::space && hit->cost == 0);
    if (!alone) continue;
    if (!hits.empty() && goes_on_from_number(sheet, hits.back().range.end, i)) continue;
    hit->own_line = true;
    prefer_longer(sheet, hits.empty() ? within.begin : hits.back().range.end, *hit);
    i = hit->range.end - 1;
    hits.push_back(*hit);
  }
  return hits;
}

std::optional<TitleHit> find_title(const Sheet& sheet, Range within) {
  const auto proper = find_titles(sheet, within);
  if (!proper.empty()) return proper.front();
  const std::size_t stop = std::min(within.end, within.begin + 200);
  for (std::size_t i = within.begin; i < stop; ++i) {
    auto hit = title_at(sheet, i, within.end, 0);
    if (hit && !is_spoken_of(sheet, within.begin, *hit)) return hit;
  }
  return std::nullopt;
}

std::optional<Range> issuer_above(const Sheet& sheet, Range within, std::size_t title, std::u32string_view ending) {
  const auto& f = sheet.folded();
  const auto chars = sheet.chars();
  // The ending nearest before the title, at most 60 characters away.
  const std::size_t floor = title > within.begin + 60 ? title - 60 : within.begin;
  std::optional<std::size_t> end;
  for (std::size_t i = title; i-- > floor;) {
    if (i + ending.size() > title) continue;
    const bool here = word_at(chars, i, ending) ||
                      (ending.size() == 2 && is_lookalike(chars[i + 1], ending[1]) && chars[i] == ending[0]) ||
                      (ending.size() == 2 && is_lookalike(chars[i], ending[0]) && chars[i + 1] == ending[1]);
    if (here &&
        (i + ending.size() == title || f.starts_line(i + ending.size()) || is_open_bracket(chars[i + ending.size()]))) {
      end = i + ending.size();
      break;
    }
  }
  if (!end) return std::nullopt;
  std::size_t begin = *end;
  while (begin > floor) {
    const char32_t c = chars[begin - 1];
    if (!text::is_han(c)) break;
    if (begin < *end && f.starts_line(begin)) {
      // Over a line's end only where the line above is the head of the name: …自治区, …省, …州, …市, …兵团.
      const std::u32string_view above = chars.substr(floor, begin - floor);
      bool head = false;
      for (const std::u32string_view tail :
           {std::u32string_view(U"自治区"), std::u32string_view(U"省"), std::u32string_view(U"自治州"),
            std::u32string_view(U"州"), std::u32string_view(U"市"), std::u32string_view(U"地区"),
            std::u32string_view(U"兵团"), std::u32string_view(U"师"), std::u32string_view(U"自治"),
            std::u32string_view(U"人民")}) {
        head = head || (above.size() >= tail.size() && above.substr(above.size() - tail.size()) == tail);
      }
      // 高级人民法院 over 伊犁哈萨克自治州分院: a branch has its court's name in the line above.
      constexpr std::u32string_view high = U"高级人民法院";
      head = head ||
             (ending == U"分院" && above.size() >= high.size() && above.substr(above.size() - high.size()) == high);
      if (!head && !begins_with_region(sheet, floor, begin)) break;
    }
    --begin;
  }
  if (word_at(chars, begin, U"中华人民共和国") && *end - begin > 10 && !word_at(chars, begin + 7, U"最高")) begin += 7;
  if (*end - begin < 4) return std::nullopt;
  return Range{begin, *end};
}

std::size_t paper_begin(const Sheet& sheet, Range within, const TitleHit& title) {
  std::size_t begin = title.range.begin;
  for (const std::u32string_view ending :
       {std::u32string_view(U"法院"), std::u32string_view(U"检察院"), std::u32string_view(U"分院"),
        std::u32string_view(U"局"), std::u32string_view(U"监狱"), std::u32string_view(U"看守所"),
        std::u32string_view(U"派出所"), std::u32string_view(U"委员会"), std::u32string_view(U"支队"),
        std::u32string_view(U"大队"), std::u32string_view(U"中心")}) {
    const auto body = issuer_above(sheet, within, title.range.begin, ending);
    // Only the lines right above belong to it.
    if (body && title.range.begin - body->end < 2) begin = std::min(begin, body->begin);
  }
  return begin;
}

}  // namespace kualik::documents
