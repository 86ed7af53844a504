#include "kualik/numbers/court.h"

#include <algorithm>
#include <iterator>

#include "case_types_legacy_table.h"
#include "case_types_table.h"
#include "courts_table.h"
#include "numbers/utf8.h"

namespace kualik::numbers {
namespace {

using tables::CourtRow;

std::string_view text(std::uint32_t at, std::uint8_t size) noexcept { return {tables::court_text + at, size}; }
std::string_view code_of(const CourtRow& row) noexcept { return text(row.code, row.code_size); }
std::string_view name_of(const CourtRow& row) noexcept { return text(row.name, row.name_size); }

Court court_of(const CourtRow& row) noexcept {
  return {code_of(row),
          name_of(row),
          text(row.province, row.province_size),
          static_cast<CourtLevel>(row.level),
          row.region,
          row.year_from,
          row.unverified};
}

struct Province {
  std::string_view prefix;
  std::string_view name;  ///< As papers print it before a court's name.
  int code;
};
constexpr Province provinces[] = {{"京", "北京市", 110000},
                                  {"津", "天津市", 120000},
                                  {"冀", "河北省", 130000},
                                  {"晋", "山西省", 140000},
                                  {"内", "内蒙古自治区", 150000},
                                  {"辽", "辽宁省", 210000},
                                  {"吉", "吉林省", 220000},
                                  {"黑", "黑龙江省", 230000},
                                  {"沪", "上海市", 310000},
                                  {"苏", "江苏省", 320000},
                                  {"浙", "浙江省", 330000},
                                  {"皖", "安徽省", 340000},
                                  {"闽", "福建省", 350000},
                                  {"赣", "江西省", 360000},
                                  {"鲁", "山东省", 370000},
                                  {"豫", "河南省", 410000},
                                  {"鄂", "湖北省", 420000},
                                  {"湘", "湖南省", 430000},
                                  {"粤", "广东省", 440000},
                                  {"桂", "广西壮族自治区", 450000},
                                  {"琼", "海南省", 460000},
                                  {"渝", "重庆市", 500000},
                                  {"川", "四川省", 510000},
                                  {"黔", "贵州省", 520000},
                                  {"云", "云南省", 530000},
                                  {"藏", "西藏自治区", 540000},
                                  {"陕", "陕西省", 610000},
                                  {"甘", "甘肃省", 620000},
                                  {"青", "青海省", 630000},
                                  {"宁", "宁夏回族自治区", 640000},
                                  {"新", "新疆维吾尔自治区", 650000},
                                  {"兵", "新疆维吾尔自治区", 650000},
                                  {"军", "", 0},
                                  {"最高法", "", 0}};

const Province* province_at(std::string_view prefix) noexcept {
  for (const Province& p : provinces)
    if (p.prefix == prefix) return &p;
  return nullptr;
}

void add_exact(std::string_view name, std::vector<Court>& found) {
  const auto first =
      std::lower_bound(std::begin(tables::courts_by_name), std::end(tables::courts_by_name), name,
                       [](std::uint16_t i, std::string_view n) { return name_of(tables::court_rows[i]) < n; });
  for (auto i = first; i != std::end(tables::courts_by_name) && name_of(tables::court_rows[*i]) == name; ++i)
    found.push_back(court_of(tables::court_rows[*i]));
}

/// Courts whose name ends in `name`, whose head may name the province; what is left out of the table's name is a whole
/// part of it.
void add_without_head(std::string_view name, std::vector<Court>& found) {
  const Province* in = nullptr;
  for (const Province& p : provinces) {
    if (p.name.empty() || !name.starts_with(p.name)) continue;
    in = &p;
    name.remove_prefix(p.name.size());
    break;
  }
  if (name.size() < 7 * 3) return;
  for (const std::string_view rank : {"中级", "高级", "人民", "市", "县", "区", "州", "地区"})
    if (name.starts_with(rank)) return;
  for (const CourtRow& row : tables::court_rows) {
    const std::string_view whole = name_of(row);
    if (whole.size() <= name.size() || !whole.ends_with(name)) continue;
    const std::string_view head = whole.substr(0, whole.size() - name.size());
    if (!head.ends_with("区") && !head.ends_with("州") && !head.ends_with("省") && !head.ends_with("市")) continue;
    const Court court = court_of(row);
    const Province* province = province_at(court.province);
    if (in != nullptr && (province == nullptr || province->name != in->name)) continue;
    found.push_back(court);
  }
}

template <class Row, std::size_t N>
std::optional<CaseType> find_type(const Row (&rows)[N], const char* pool, std::string_view code) noexcept {
  const auto code_at = [pool](const Row& r) { return std::string_view(pool + r.code, r.code_size); };
  const auto row = std::lower_bound(std::begin(rows), std::end(rows), code,
                                    [&](const Row& r, std::string_view c) { return code_at(r) < c; });
  if (row == std::end(rows) || code_at(*row) != code) return std::nullopt;
  return CaseType{code_at(*row),
                  {pool + row->meaning, row->meaning_size},
                  {pool + row->category, row->category_size},
                  row->year_from};
}

}  // namespace

std::string_view name(CourtLevel level) noexcept {
  constexpr std::string_view names[] = {"supreme", "high", "intermediate", "basic"};
  return names[static_cast<std::size_t>(level)];
}

std::optional<Court> find_court(std::string_view code, int year) noexcept {
  const auto first = std::lower_bound(std::begin(tables::court_rows), std::end(tables::court_rows), code,
                                      [](const CourtRow& row, std::string_view c) { return code_of(row) < c; });
  const CourtRow* best = nullptr;
  for (auto row = first; row != std::end(tables::court_rows) && code_of(*row) == code; ++row)
    if (best == nullptr || year == 0 || row->year_from <= year) best = row;
  if (best == nullptr) return std::nullopt;
  return court_of(*best);
}

std::vector<Court> courts_by_name(std::string_view name) {
  std::vector<Court> found;
  // 中华人民共和国 stands before the name on some papers and in no table.
  constexpr std::string_view state = "中华人民共和国";
  if (name.size() > state.size() && name.starts_with(state)) name.remove_prefix(state.size());
  add_exact(name, found);
  if (!found.empty() || name.empty()) return found;
  // Papers print the province that the table leaves out …
  std::string_view tail = name;
  while (found.empty() && !tail.empty()) {
    tail.remove_prefix(detail::decode(tail).size);
    add_exact(tail, found);
    if (found.empty()) continue;
    const std::string_view head = name.substr(0, name.size() - tail.size());
    // A prefecture alone before it (伊犁州霍城县人民法院) tells as much where no other court has that name.
    const bool prefecture =
        found.size() == 1 && (head.ends_with("州") || head.ends_with("地区") || head.ends_with("市"));
    std::erase_if(found, [&](const Court& court) {
      const Province* province = province_at(court.province);
      const bool in_province = province != nullptr && !province->name.empty() && head.starts_with(province->name);
      return !in_province && !prefecture;
    });
  }
  // … or leave out a part of the head that it has (乌鲁木齐市中级人民法院, 新疆维吾尔自治区塔城地区中级人民法院).
  if (found.empty()) add_without_head(name, found);
  return found;
}

int province_of(std::string_view court_code) noexcept {
  if (court_code.empty()) return 0;
  const Province* province = province_at(court_code.substr(0, detail::decode(court_code).size));
  return province == nullptr ? 0 : province->code;
}

bool is_court_prefix(std::string_view prefix) noexcept { return province_at(prefix) != nullptr; }

std::optional<CaseType> find_case_type(std::string_view code) noexcept {
  return find_type(tables::case_types_rows, tables::case_types_text, code);
}

std::optional<CaseType> find_legacy_case_type(std::string_view fragment) noexcept {
  return find_type(tables::case_types_legacy_rows, tables::case_types_legacy_text, fragment);
}

std::optional<CaseType> legacy_case_type_at_end(std::string_view text) noexcept {
  std::optional<CaseType> best;
  for (const auto& row : tables::case_types_legacy_rows) {
    const std::string_view fragment(tables::case_types_legacy_text + row.code, row.code_size);
    if (text.ends_with(fragment) && (!best || best->code.size() < fragment.size()))
      best = find_legacy_case_type(fragment);
  }
  return best;
}

}  // namespace kualik::numbers
