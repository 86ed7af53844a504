#include "name_tables.h"

#include <algorithm>
#include <array>

#include "kazakh_names.h"
#include "kazakh_parts.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "syllables_han.h"
#include "translit_parts.h"
#include "uyghur_names.h"
#include "uyghur_parts.h"

namespace kualik::names {

namespace {

using text::to_u32;

void add_hans(TablePart& part, std::string_view cell, Series series) {
  while (!cell.empty()) {
    const std::size_t cut = cell.find('/');
    const std::u32string han = to_u32(cell.substr(0, cut));
    const bool there = std::any_of(part.hans.begin(), part.hans.end(), [&](const auto& h) { return h.first == han; });
    if (!han.empty() && !there) part.hans.emplace_back(han, series == Series::either ? series_of(han) : series);
    if (cut == std::string_view::npos) break;
    cell.remove_prefix(cut + 1);
  }
}

TablePart kazakh(std::string_view cyrl, std::string_view hans) {
  TablePart part;
  part.shown = cyrl;
  part.cyrl = text::lower(to_u32(cyrl));
  add_hans(part, hans, Series::either);
  return part;
}

TablePart uyghur(std::string_view uly, std::string_view hans, std::string_view hans_2002) {
  TablePart part;
  part.uyghur = true;
  part.shown = uly;
  const auto cyrl = text::uyghur_latin_to_cyrillic(to_u32(uly), 1);
  if (!cyrl.empty()) part.cyrl = to_u32(cyrl.front().text);
  // A spelling that stands in both cells belongs to both series.
  const auto among = [](std::string_view cell, std::string_view han) {
    while (!cell.empty()) {
      const std::size_t cut = cell.find('/');
      if (cell.substr(0, cut) == han) return true;
      cell.remove_prefix(cut == std::string_view::npos ? cell.size() : cut + 1);
    }
    return false;
  };
  add_hans(part, hans, Series::older);
  add_hans(part, hans_2002, Series::y2002);
  for (auto& [han, series] : part.hans) {
    const std::string text = text::to_utf8(han);
    if (among(hans, text) && among(hans_2002, text)) series = Series::either;
  }
  return part;
}

std::vector<TablePart> load() {
  std::vector<TablePart> parts;
  for (const auto& row : text::tables::kazakh_parts_rows) {
    parts.push_back(kazakh(row.cyrl, row.hans));
    parts.back().given = row.role.find("given") != std::string_view::npos;
    parts.back().suffix = row.role == "suffix" || row.role == "patronymic suffix";
  }
  for (const auto& row : text::tables::kazakh_names_rows) parts.push_back(kazakh(row.cyrl, row.hans));
  for (const auto& row : text::tables::uyghur_parts_rows) {
    parts.push_back(uyghur(row.uly, row.hans, row.hans_2002));
    parts.back().given = row.role != "element";
  }
  for (const auto& row : text::tables::uyghur_names_rows) parts.push_back(uyghur(row.uly, row.hans, row.hans_2002));
  return parts;
}

using Rows = std::unordered_map<std::u32string, std::vector<std::uint16_t>>;

const std::vector<std::uint16_t>& find(const Rows& rows, const std::u32string& key) {
  static const std::vector<std::uint16_t> none;
  const auto found = rows.find(key);
  return found == rows.end() ? none : found->second;
}

}  // namespace

Series series_of(std::u32string_view han) {
  for (const std::u32string_view mark : {U"麦麦", U"阿卜", U"若孜", U"荪", U"麦提"}) {
    if (han.find(mark) != han.npos) return Series::y2002;
  }
  for (const std::u32string_view mark : {U"买买", U"阿不", U"阿布", U"肉孜", U"吐尔逊", U"买提"}) {
    if (han.find(mark) != han.npos) return Series::older;
  }
  return Series::either;
}

const std::vector<TablePart>& table_parts() {
  static const std::vector<TablePart> parts = load();
  return parts;
}

const std::vector<std::uint16_t>& parts_of_han(const std::u32string& han) {
  static const Rows rows = [] {
    Rows made;
    for (std::size_t i = 0; i < table_parts().size(); ++i) {
      for (const auto& [spelling, series] : table_parts()[i].hans)
        made[spelling].push_back(static_cast<std::uint16_t>(i));
    }
    return made;
  }();
  return find(rows, han);
}

std::size_t longest_han_part() {
  static const std::size_t longest = [] {
    std::size_t most = 0;
    for (const TablePart& part : table_parts())
      for (const auto& [spelling, series] : part.hans) most = std::max(most, spelling.size());
    return most;
  }();
  return longest;
}

const std::vector<std::uint16_t>& parts_of_cyrillic(const std::u32string& lower) {
  static const Rows rows = [] {
    Rows made;
    for (std::size_t i = 0; i < table_parts().size(); ++i) {
      made[table_parts()[i].cyrl].push_back(static_cast<std::uint16_t>(i));
    }
    return made;
  }();
  return find(rows, lower);
}

const std::vector<HanSyllable>& syllables_of_han(const std::u32string& han) {
  static const auto index = [] {
    std::unordered_map<std::u32string, std::vector<HanSyllable>> made;
    for (const auto& row : text::tables::syllables_han_rows) {
      // As Kazakh is written, й before а is no letter of its own: Саят, Әлия.
      std::u32string cyrl = to_u32(row.cyrl);
      if (cyrl.starts_with(U"йа")) cyrl.replace(0, 2, U"я");
      made[to_u32(row.hans)].push_back({std::move(cyrl), row.rank[0] - '0', row.position == "coda"});
    }
    return made;
  }();
  static const std::vector<HanSyllable> none;
  const auto found = index.find(han);
  return found == index.end() ? none : found->second;
}

std::size_t name_suffix_length(std::u32string_view lower) {
  static constexpr std::array<std::u32string_view, 49> suffixes{
      U"ұлы",  U"улы",  U"қызы",  U"кызы", U"қизи", U"ович", U"евич", U"овна",  U"евна",  U"ова",
      U"ева",  U"ов",   U"ев",    U"уулу", U"кизи", U"оғлу", U"uly",  U"ūly",   U"ulı",   U"uli",
      U"ulu",  U"qyzy", U"kyzy",  U"qızı", U"kizi", U"qizi", U"kyz",  U"ovich", U"evich", U"yevich",
      U"ovna", U"evna", U"yevna", U"ova",  U"eva",  U"yeva", U"ov",   U"ev",    U"yev",   U"oghli",
      U"ogli", U"ұлі",  U"ۇلى",   U"قىزى", U"оғли", U"оғлы", U"uulu", U"ин",    U"ина"};
  std::size_t best = 0;
  for (const std::u32string_view suffix : suffixes) {
    if (lower.size() < suffix.size() + 3 || !lower.ends_with(suffix)) continue;
    // Айсұлу is no son of Ays.
    if (suffix == U"ulu" && lower[lower.size() - 4] == U's') continue;
    // In pinyin "guli" is гүл, not "g + uli".
    // -ин is a suffix only behind a name that ends in -улла (Габдуллин).
    if ((suffix == U"ин" || suffix == U"ина") && !lower.substr(0, lower.size() - suffix.size()).ends_with(U"улл"))
      continue;
    if (suffix == U"uli" && lower[lower.size() - 4] == U'g') continue;
    best = std::max(best, suffix.size());
  }
  return best;
}

}  // namespace kualik::names
