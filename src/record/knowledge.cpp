#include "kualik/record/knowledge.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "kualik/numbers/resident_id.h"

namespace kualik::record {
namespace {

// Printed on cards without 族; GB/T 3304 and the two groups that card readers also know.
constexpr std::array<std::string_view, 58> ethnic_groups = {
    "汉",   "蒙古",   "回",   "藏",     "维吾尔",   "苗",   "彝",       "壮",     "布依",   "朝鲜",  "满",   "侗",
    "瑶",   "白",     "土家", "哈尼",   "哈萨克",   "傣",   "黎",       "傈僳",   "佤",     "畲",    "高山", "拉祜",
    "水",   "东乡",   "纳西", "景颇",   "柯尔克孜", "土",   "达斡尔",   "仫佬",   "羌",     "布朗",  "撒拉", "毛南",
    "仡佬", "锡伯",   "阿昌", "普米",   "塔吉克",   "怒",   "乌孜别克", "俄罗斯", "鄂温克", "德昂",  "保安", "裕固",
    "京",   "塔塔尔", "独龙", "鄂伦春", "赫哲",     "门巴", "珞巴",     "基诺",   "穿青人", "革家人"};

double resident_number(std::string_view text, Date today) {
  numbers::Options options;
  options.today = today;
  const ReasonSet reasons = numbers::check_resident_id(text, options);
  double lp = 0;
  if (reasons.has(Reason::bad_length)) lp -= 8;
  if (reasons.has(Reason::bad_character)) lp -= 6;
  if (reasons.has(Reason::bad_check_digit)) lp -= 3.5;
  if (reasons.has(Reason::bad_date)) lp -= 4;
  if (reasons.has(Reason::unknown_region)) lp -= 1.5;
  if (reasons.has(Reason::region_ended)) lp -= 0.7;
  if (reasons.has(Reason::future_date)) lp -= 2;
  if (reasons.has(Reason::implausible_age)) lp -= 0.3;
  return lp;
}

/// Digits with 年 月 日 between, or with dots: whether they make a date, and whether the form is the printed one.
double printed_date(std::string_view text, Date today) {
  std::array<int, 3> part{};
  std::size_t at = 0;
  bool digit_before = false;
  for (const std::string& s : symbols_of(text)) {
    if (s.size() == 1 && std::isdigit(static_cast<unsigned char>(s[0])) != 0) {
      if (!digit_before && at < part.size()) ++at;
      if (at == 0 || at > part.size()) return -4;
      if (part[at - 1] < 100000) part[at - 1] = part[at - 1] * 10 + (s[0] - '0');
      digit_before = true;
    } else {
      digit_before = false;
    }
  }
  if (at != 3) return -3;
  const Date date{part[0], part[1], part[2]};
  if (!date.valid() || date.year < 1800) return -4;
  return !today.empty() && date > today ? -3 : 0;
}

/// The check digits of one MRZ line, by the layouts that the line's length allows; the best of them counts.
double mrz_line(std::string_view line) {
  struct Part {
    std::size_t begin, length;  // the digit follows
  };
  auto misses = [line](std::initializer_list<Part> parts) {
    int bad = 0;
    for (const Part& p : parts)
      if (numbers::icao_check_digit(line.substr(p.begin, p.length)) != line[p.begin + p.length]) ++bad;
    return bad;
  };
  if (line.size() != 30 && line.size() != 36 && line.size() != 44) return -6;
  if (line.find('<') == std::string_view::npos) return -2;
  const bool first = std::isalpha(static_cast<unsigned char>(line[0])) != 0 &&
                     line.find("<<") != std::string_view::npos &&
                     std::isdigit(static_cast<unsigned char>(line[line.size() > 30 ? 6 : 0])) == 0;
  int bad = 9;
  if (line.size() == 30) {
    bad = std::min(misses({{5, 9}}), misses({{0, 6}, {8, 6}}));
    if (first) bad = std::min(bad, 1);
  } else if (first) {
    bad = 0;  // a name line has no check digit
  } else {
    bad = misses({{0, 9}, {13, 6}, {21, 6}});
  }
  return -2.0 * bad;
}

double one_of(std::string_view text, const std::vector<std::string_view>& words) {
  return std::find(words.begin(), words.end(), text) != words.end() ? 0.0 : -4.0;
}

}  // namespace

Prior prior_for(std::string_view key, const KnowledgeOptions& options) {
  const Date today = options.today;
  if (key == "id_number") return [today](std::string_view text) { return resident_number(text, today); };
  if (key == "birth_date") return [today](std::string_view text) { return printed_date(text, today); };
  if (key == "sex") return [](std::string_view text) { return one_of(text, {"男", "女"}); };
  if (key == "ethnicity") {
    return [](std::string_view text) {
      return std::find(ethnic_groups.begin(), ethnic_groups.end(), text) != ethnic_groups.end() ? 0.0 : -4.0;
    };
  }
  if (key == "mrz") return [](std::string_view text) { return mrz_line(text); };
  return {};
}

Propose proposals_for(std::string_view key) {
  if (key == "sex") return [](std::string_view) { return std::vector<std::string>{"男", "女"}; };
  if (key == "ethnicity") {
    return [](std::string_view) { return std::vector<std::string>(ethnic_groups.begin(), ethnic_groups.end()); };
  }
  if (key == "mrz") {
    // Fillers at the end are read one too many or too few; the line's length is one of three.
    return [](std::string_view text) {
      std::vector<std::string> out;
      for (const std::size_t columns : {std::size_t{30}, std::size_t{36}, std::size_t{44}}) {
        if (text.size() == columns || text.size() + 6 < columns || text.size() > columns + 6) continue;
        const std::size_t run = text.rfind("<<");
        if (run == std::string_view::npos) continue;
        std::string line(text);
        if (line.size() < columns)
          line.insert(run, columns - line.size(), '<');
        else if (line.find_first_not_of('<', run) == std::string::npos || line.size() - columns <= 2)
          line.erase(run, line.size() - columns);
        if (line.size() == columns) out.push_back(std::move(line));
      }
      return out;
    };
  }
  return {};
}

}  // namespace kualik::record
