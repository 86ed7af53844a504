// Rules on who a person is: the resident number against the printed birth date, sex and address; a card's validity.

#include <string>

#include "checks_rules.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/resident_id.h"
#include "kualik/text/normalize.h"

namespace kualik::documents {

namespace {

// Names of places without the word for their rank: 霍城县 → 霍城.
std::string stem(std::string_view name) {
  for (const std::string_view rank :
       {std::string_view("维吾尔自治区"), std::string_view("自治区"), std::string_view("自治州"),
        std::string_view("自治县"), std::string_view("地区"), std::string_view("县"), std::string_view("市"),
        std::string_view("区"), std::string_view("省")}) {
    if (name.size() > rank.size() + 3 && name.substr(name.size() - rank.size()) == rank)
      return std::string(name.substr(0, name.size() - rank.size()));
  }
  return std::string(name);
}

}  // namespace

void check_identity(Rules& rules) {
  const Field* number = rules.find("id_number");
  if (!number) return;
  const auto id = numbers::parse_resident_id(number->value);
  if (!id.value) return;
  if (const Field* birth = rules.find("birth_date"); birth && id.value->birth.valid()) {
    const std::string encoded = iso(id.value->birth);
    // A paper may give the year or the month alone.
    if (birth->value.size() >= 4 && birth->value.size() <= encoded.size()) {
      rules.report("birth_date_matches_id_number", encoded.compare(0, birth->value.size(), birth->value) == 0,
                   {"birth_date", "id_number"},
                   birth->value.size() == encoded.size() ? "" : "as far as the paper gives it");
    }
  }
  if (const Field* sex = rules.find("sex"); sex && id.value->sex != numbers::Sex::unknown) {
    rules.report("sex_matches_id_number", sex->value == numbers::name(id.value->sex), {"sex", "id_number"});
  }
  if (const Field* address = rules.find("address"); address && id.value->region_code > 0) {
    const std::string printed = text::fold_to_utf8(address->value);
    bool named = false;
    bool known = false;
    for (const numbers::RegionRecord& r : numbers::region_records(id.value->region_code)) {
      known = true;
      named = named || printed.find(stem(r.name)) != std::string::npos;
    }
    for (const numbers::RegionToday& r : numbers::regions_today(id.value->region_code)) {
      numbers::RegionRecord record;
      if (numbers::find_region(r.code, 9999, record))
        named = named || printed.find(stem(record.name)) != std::string::npos;
    }
    // A number keeps the county of the first registration when its holder moves: another county in the address says
    // nothing.
    if (known) {
      rules.report("address_matches_id_region", named ? Verdict::agrees : Verdict::cannot_tell,
                   {"address", "id_number"},
                   named ? "" : "the address does not name the county of the first registration");
    }
  }
}

void check_validity(Rules& rules) {
  const Date from = rules.date("valid_from");
  const Field* to_field = rules.find("valid_to");
  if (!to_field || from.empty()) return;
  const std::vector<std::string> keys{"valid_from", "valid_to"};
  if (to_field->value == "long_term") {
    rules.report("validity_matches_class", Verdict::cannot_tell, keys, "long term, given to holders of 46 and more");
    return;
  }
  const Date to = rules.date("valid_to");
  if (to.empty()) return;
  const int years = to.year - from.year;
  // The end is the same day 5, 10 or 20 years on; of 29 February the last day of that month or the first of the next.
  const bool leap = from.month == 2 && from.day == 29 && !is_leap_year(to.year);
  const bool same_day = (to.month == from.month && to.day == from.day) ||
                        (leap && ((to.month == 2 && to.day == 28) || (to.month == 3 && to.day == 1)));
  rules.report("validity_matches_class", same_day && (years == 5 || years == 10 || years == 20), keys);
}

}  // namespace kualik::documents
