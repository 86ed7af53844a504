#include "kualik/numbers/region.h"

#include <algorithm>
#include <iterator>

#include "countries_table.h"
#include "numbers/region_index.h"
#include "regions_table.h"

namespace kualik::numbers {
namespace {

using tables::RegionRow;

std::string_view text(std::uint32_t at, std::uint8_t size) noexcept { return {tables::region_text + at, size}; }

RegionRecord record_of(const RegionRow& row) noexcept {
  RegionRecord r;
  r.code = row.code;
  r.year_from = row.year_from;
  r.year_to = row.year_to;
  r.name = text(row.name, row.name_size);
  r.parent = text(row.parent, row.parent_size);
  r.level = static_cast<RegionLevel>(row.level);
  r.cls = static_cast<RegionClass>(row.cls);
  r.successor_first = row.successor;
  r.successor_count = row.successors;
  return r;
}

std::span<const RegionRow> rows_of(int code) noexcept {
  const auto first = std::lower_bound(std::begin(tables::region_rows), std::end(tables::region_rows), code,
                                      [](const RegionRow& row, int c) { return row.code < c; });
  auto last = first;
  while (last != std::end(tables::region_rows) && last->code == code) ++last;
  return {first, last};
}

bool ends(const RegionRow& row) noexcept { return row.year_to != 0; }

/// Goes along successors. Parts of regions were given to and fro, so the trail is no tree: each place is visited once
/// for each answer.
class Trail {
 public:
  std::vector<RegionToday> found{};

  void follow(int code, int year, bool partial) {
    for (const Visit& v : visited_)
      if (v.code == code && v.year == year && (v.partial == partial || !v.partial)) return;
    visited_.push_back({code, year, partial});
    const std::span<const RegionRow> rows = rows_of(code);
    if (rows.empty()) return;
    // The stretch that the trail meets: the first that had not ended before `year`.
    const RegionRow* row = &rows.back();
    for (const RegionRow& r : rows)
      if (!ends(r) || r.year_to >= year) {
        row = &r;
        break;
      }
    const bool ended = ends(*row);
    if (!ended) add(code, partial);
    // A place that was only renamed goes on under the same code.
    if (ended && row->successors == 0 && row != &rows.back()) {
      follow(code, row->year_to + 1, partial);
      return;
    }
    int whole = 0;
    for (int i = 0; i < row->successors; ++i) whole += tables::region_successors[row->successor + i].partial ? 0 : 1;
    for (int i = 0; i < row->successors; ++i) {
      const tables::SuccessorRow& s = tables::region_successors[row->successor + i];
      if (s.partial && s.year < year) continue;  // Given away before the trail came here.
      if (s.code == code) {
        if (ended && row != &rows.back()) follow(code, row->year_to + 1, partial);
        continue;
      }
      follow(s.code, s.year, partial || s.partial || whole > 1);
    }
  }

 private:
  struct Visit {
    int code, year;
    bool partial;
  };

  void add(int code, bool partial) {
    for (RegionToday& f : found)
      if (f.code == code) {
        f.partial = f.partial && partial;
        return;
      }
    found.push_back({code, partial});
  }

  std::vector<Visit> visited_{};
};

}  // namespace

std::string_view name(RegionClass cls) noexcept {
  constexpr std::string_view names[] = {"gb",   "gb_new", "aggregate", "gb_print", "mca_raw",
                                        "seen", "permit", "pre1984",   "nbs_zone"};
  return names[static_cast<std::size_t>(cls)];
}

std::string_view name(RegionLevel level) noexcept {
  constexpr std::string_view names[] = {"province", "prefecture", "county"};
  return names[static_cast<std::size_t>(level)];
}

int region_record_count() noexcept { return static_cast<int>(std::size(tables::region_rows)); }

RegionRecord region_record(int index) noexcept { return record_of(tables::region_rows[index]); }

int region_code_count() noexcept {
  int count = 0;
  int last = 0;
  for (const RegionRow& row : tables::region_rows) {
    const auto cls = static_cast<RegionClass>(row.cls);
    if (row.code == last || cls == RegionClass::pre1984 || cls == RegionClass::nbs_zone) continue;
    last = row.code;
    ++count;
  }
  return count;
}

std::vector<RegionRecord> region_records(int code) {
  std::vector<RegionRecord> records;
  for (const RegionRow& row : rows_of(code)) records.push_back(record_of(row));
  return records;
}

bool find_region(int code, int year, RegionRecord& found) noexcept {
  const std::span<const RegionRow> rows = rows_of(code);
  if (rows.empty()) return false;
  const RegionRow* best = nullptr;
  for (const RegionRow& row : rows) {
    if (record_of(row).in_force(year)) best = &row;  // In the year of a change both are: the newer name.
  }
  if (best == nullptr)
    for (const RegionRow& row : rows)
      if (row.year_from > year) {
        best = &row;
        break;
      }
  found = record_of(best != nullptr ? *best : rows.back());
  return true;
}

std::vector<RegionSuccessor> region_successors(const RegionRecord& record) {
  std::vector<RegionSuccessor> list;
  for (int i = 0; i < record.successor_count; ++i) {
    const tables::SuccessorRow& s = tables::region_successors[record.successor_first + i];
    list.push_back({s.code, s.year, s.partial});
  }
  return list;
}

std::string region_path(int code, int year) {
  RegionRecord record;
  if (!find_region(code, year, record)) return {};
  std::string path;
  RegionRecord province;
  if (code % 10000 != 0 && find_region(code / 10000 * 10000, year, province)) path += province.name;
  const std::string_view above = path;
  std::string_view middle = record.parent;
  RegionRecord prefecture;
  if (middle.empty() && code % 100 != 0 && find_region(code / 100 * 100, year, prefecture)) middle = prefecture.name;
  // 市辖区 and 县 are headings of the printed standard, not places.
  const bool heading = middle == "直辖" || middle == "市辖区" || middle == "县" || middle == above;
  if (record.level == RegionLevel::county && !heading) path += middle;
  path += record.name;
  return path;
}

std::vector<RegionToday> regions_today(int code, int year) {
  Trail trail;
  trail.follow(code, year, false);
  std::vector<RegionToday> found = std::move(trail.found);
  std::sort(found.begin(), found.end(), [](const RegionToday& a, const RegionToday& b) { return a.code < b.code; });
  return found;
}

int nearest_known_region(int code) noexcept {
  for (int above : {code / 100 * 100, code / 10000 * 10000})
    if (above != code && !rows_of(above).empty()) return above;
  return 0;
}

const RegionIndex& region_index() {
  static const RegionIndex index = [] {
    RegionIndex made;
    constexpr std::size_t blocks = tables::region_blocks;
    made.entry.assign((blocks + 20) * 100 + 2, unknown_entry);
    for (std::size_t b = 1; b < blocks; ++b) {
      made.block[tables::region_prefixes[b - 1]] = static_cast<std::uint16_t>(b);
      for (std::size_t i = 0; i < 100; ++i)
        if (const std::uint16_t period = tables::region_periods[(b - 1) * 100 + i]; period != 0)
          made.entry[b * 100 + i] = period;
    }
    // Foreigners' cards (GA 2102-2023): 9, the province's two digits, the nationality's three. Ten blocks for each
    // answer about the province.
    for (std::size_t province = 0; province < 100; ++province) {
      const bool known = made.at(static_cast<int>(province) * 10000) >> 8 == 255 && province < 90;
      for (std::size_t n = 0; n < 10; ++n)
        made.block[9000 + province * 10 + n] = static_cast<std::uint16_t>(blocks + n + (known ? 0 : 10));
    }
    for (std::size_t i = 0; i < 1000; ++i) {
      Country country;
      const std::uint16_t nationality = find_country(static_cast<int>(i), country) ? 1 : 0;
      made.entry[blocks * 100 + i] = static_cast<std::uint16_t>(0xFF00 | nationality);
      made.entry[(blocks + 10) * 100 + i] = nationality;
    }
    static_assert((blocks + 20) * 100 <= 65535);
    for (std::size_t i = 0; i < made.start.size(); ++i) made.start[i] = static_cast<std::uint16_t>(made.block[i] * 100);
    return made;
  }();
  return index;
}

ReasonSet check_region(int code, int birth_year) noexcept {
  if (code < 0 || code > 999999) return {Reason::unknown_region};
  return ReasonSet::from_bits(region_doubts(region_index().at(code), birth_year));
}

namespace {
Country country_of(const tables::CountryRow& row) noexcept {
  return {row.alpha3,
          row.numeric,
          {tables::country_text + row.name, row.name_size},
          {tables::country_text + row.name_zh, row.name_zh_size},
          row.kind == 0};
}
}  // namespace

bool find_country(std::string_view alpha3, Country& found) noexcept {
  while (!alpha3.empty() && alpha3.back() == '<') alpha3.remove_suffix(1);
  const auto row = std::lower_bound(std::begin(tables::country_rows), std::end(tables::country_rows), alpha3,
                                    [](const tables::CountryRow& r, std::string_view a) { return r.alpha3 < a; });
  if (row == std::end(tables::country_rows) || row->alpha3 != alpha3) return false;
  found = country_of(*row);
  return true;
}

bool find_country(int numeric, Country& found) noexcept {
  if (numeric <= 0) return false;
  for (const tables::CountryRow& row : tables::country_rows)
    if (row.numeric == numeric && (row.kind == 0 || row.kind == 3)) {
      found = country_of(row);
      return true;
    }
  return false;
}

}  // namespace kualik::numbers
