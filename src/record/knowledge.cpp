#include "kualik/record/knowledge.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "documents/ethnic.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/resident_id.h"
#include "record/address_words.h"
#include "record/line_knowledge.h"
#include "record/name_knowledge.h"
#include "record/place_names.h"

namespace kualik::record {

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

namespace {

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

/// Against a birth date or a sex in print that is not the number's: cards on which they differ are misread ones, but
/// for a few in a million.
constexpr double not_the_numbers = -4;
/// Against an address outside the county of the number, which is that of the first registration: many have moved.
constexpr double moved = -1.5;

/// 1880年2月1日, as a card prints the birth date in a number of 18 digits; empty where it holds none.
std::string printed_birth_date(std::string_view id_number) {
  const Checked<numbers::ResidentId> parsed = numbers::parse_resident_id(id_number);
  if (!parsed.value || parsed.reasons.has_error() || !parsed.value->birth.valid()) return {};
  const Date& birth = parsed.value->birth;
  return std::to_string(birth.year) + "年" + std::to_string(birth.month) + "月" + std::to_string(birth.day) + "日";
}

/// 男 or 女, as the number has it; empty where it does not tell.
std::string printed_sex(std::string_view id_number) {
  const Checked<numbers::ResidentId> parsed = numbers::parse_resident_id(id_number);
  if (!parsed.value || parsed.reasons.has_error() || parsed.value->sex == numbers::Sex::unknown) return {};
  return parsed.value->sex == numbers::Sex::male ? "男" : "女";
}

/// What the number's region is and was called; empty where the table has none.
std::vector<std::string> counties_of(std::string_view id_number) {
  std::vector<std::string> out;
  const Checked<numbers::ResidentId> parsed = numbers::parse_resident_id(id_number);
  if (!parsed.value || parsed.reasons.has_error()) return out;
  for (const numbers::RegionRecord& r : numbers::region_records(parsed.value->region_code)) out.emplace_back(r.name);
  for (const numbers::RegionToday& today : numbers::regions_today(parsed.value->region_code)) {
    numbers::RegionRecord record;
    if (numbers::find_region(today.code, 9999, record)) out.emplace_back(record.name);
  }
  return out;
}

/// The digits of a date in their three groups: 1880年2月1日 and 1880.2.1 are the same.
std::string date_digits(std::string_view text) {
  std::string out;
  for (const std::string& s : symbols_of(text)) {
    if (s.size() == 1 && std::isdigit(static_cast<unsigned char>(s[0])) != 0)
      out += s;
    else if (!out.empty() && out.back() != '.')
      out += '.';
  }
  return out;
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

constexpr std::size_t addresses_proposed = 48;

/// What follows the regions at the head of an address.
std::string below_county(std::string_view text) {
  const std::vector<std::string> symbols = symbols_of(text);
  std::string tail;
  for (std::size_t i = place_head(text).symbols; i < symbols.size(); ++i) tail += symbols[i];
  return tail;
}

/// An address on a card begins with a region's name, and goes on with smaller ones down to a county.
double address_head(std::string_view text) {
  const PlaceHead head = place_head(text);
  if (head.names == 0) return -5;
  const double regions = (head.nested ? 0 : -2.5) + (head.county ? 0 : -2.5);
  return regions + address_tail(below_county(text));
}

/// Regions that differ in a character, and words below them.
std::vector<std::string> similar_addresses(std::string_view text) {
  std::vector<std::string> out = similar_places(text, addresses_proposed);
  const PlaceHead head = place_head(text);
  for (std::string& other : similar_address_words(text, head.symbols, addresses_proposed))
    out.push_back(std::move(other));
  return out;
}

constexpr std::size_t authorities_proposed = 160;
constexpr std::size_t names_proposed = 16;
constexpr std::array<std::string_view, 2> bureaus{"公安局", "公安分局"};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// Cards are issued by the public security bureau of a county, or by a branch of a city's.
double issuing_authority(std::string_view text) {
  double lp = 0;
  const PlaceHead head = place_head(text);
  if (head.names == 0) lp -= 8;
  if (!head.nested) lp -= 2.5;
  if (!ends_with(text, "公安局") && !ends_with(text, "分局")) lp -= 4;
  return lp;
}

/// Heads that are regions, and tails that are bureaus, where a character of either was misread or lost.
std::vector<std::string> similar_authorities(std::string_view text) {
  std::vector<std::string> heads = similar_places(text, authorities_proposed);
  heads.emplace_back(text);
  std::vector<std::string> out;
  for (const std::string& whole : heads) {
    out.push_back(whole);
    const PlaceHead head = place_head(whole);
    if (head.names == 0) continue;
    const std::vector<std::string> symbols = symbols_of(whole);
    std::string place;
    for (std::size_t i = 0; i < head.symbols; ++i) place += symbols[i];
    for (const std::string_view bureau : bureaus) {
      const std::size_t length = symbols_of(bureau).size();
      const std::size_t rest = symbols.size() - head.symbols;
      if (rest + 1 >= length && rest <= length + 1) out.push_back(place + std::string(bureau));
    }
  }
  return out;
}

/// A card prints nothing else in such a field, but for the few groups that a list may lack.
constexpr double not_in_closed_list = -8.0;

double one_of(std::string_view text, const std::vector<std::string_view>& words) {
  return std::find(words.begin(), words.end(), text) != words.end() ? 0.0 : not_in_closed_list;
}

}  // namespace

Prior prior_for(std::string_view key, const KnowledgeOptions& options) {
  const Date today = options.today;
  if (key == "id_number") return [today](std::string_view text) { return resident_number(text, today); };
  if (key == "line") return [today](std::string_view text) { return line_likelihood(text, today); };
  if (key == "birth_date") {
    return [today, known = date_digits(printed_birth_date(options.id_number))](std::string_view text) {
      return printed_date(text, today) + (known.empty() || date_digits(text) == known ? 0 : not_the_numbers);
    };
  }
  if (key == "sex") {
    return [known = printed_sex(options.id_number)](std::string_view text) {
      return one_of(text, {"男", "女"}) + (known.empty() || text == known ? 0 : not_the_numbers);
    };
  }
  if (key == "ethnicity") {
    return [](std::string_view text) { return documents::is_known_ethnic_group(text) ? 0.0 : not_in_closed_list; };
  }
  if (key == "mrz") return [](std::string_view text) { return mrz_line(text); };
  if (key == "address") {
    return [counties = counties_of(options.id_number)](std::string_view text) {
      const bool elsewhere = !counties.empty() && std::none_of(counties.begin(), counties.end(), [&](const auto& name) {
        return text.find(name) != std::string_view::npos;
      });
      return address_head(text) + (elsewhere ? moved : 0);
    };
  }
  if (key == "address_row") {
    return [above = options.above](std::string_view text) { return address_head(above + std::string(text)); };
  }
  if (key == "issuing_authority") return issuing_authority;
  if (key == "name") return han_name_likelihood;
  return {};
}

Propose proposals_for(std::string_view key, const KnowledgeOptions& options) {
  if (key == "birth_date") {
    const std::string known = printed_birth_date(options.id_number);
    if (known.empty()) return {};
    return [known](std::string_view) { return std::vector<std::string>{known}; };
  }
  if (key == "sex") return [](std::string_view) { return std::vector<std::string>{"男", "女"}; };
  if (key == "ethnicity") {
    return [](std::string_view) { return documents::card_ethnic_groups(); };
  }
  if (key == "address") return similar_addresses;
  if (key == "address_row") {
    return [above = options.above](std::string_view text) {
      std::vector<std::string> out;
      for (const std::string& whole : similar_addresses(above + std::string(text)))
        if (whole.compare(0, above.size(), above) == 0) out.push_back(whole.substr(above.size()));
      return out;
    };
  }
  if (key == "issuing_authority") return similar_authorities;
  if (key == "name") return [](std::string_view text) { return similar_names(text, names_proposed); };
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
