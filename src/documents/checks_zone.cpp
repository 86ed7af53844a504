// Rules on machine-readable zones and on the numbers of Kazakhstan.

#include <algorithm>
#include <string>

#include "anchors.h"
#include "checks_rules.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/mrz.h"
#include "kualik/text/pinyin.h"
#include "kualik/text/script.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {

// Letters and digits in capitals, as a zone writes them: spaces, hyphens and apostrophes are fillers there.
std::string bare(std::string_view value) {
  std::string out;
  for (char c : value) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

bool is_ascii(std::string_view value) {
  for (char c : value)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

// The name in Han characters is spelled in the zone as it is spoken. One that is spelled otherwise throughout is no
// misreading (Hong Kong, Taiwan), so that only a letter or two are a doubt.
void compare_han_name(Rules& rules, const numbers::Mrz& mrz) {
  constexpr int misread = 4;  // in half steps
  const Field* name = rules.find("name");
  if (name == nullptr || text::script_of(name->value).rfind("Han", 0) != 0 || mrz.names_truncated) return;
  const std::u32string in_zone = text::to_u32(bare(mrz.surname + mrz.given_names));
  int least = misread + 1;
  for (const text::UmlautU umlaut : {text::UmlautU::yu, text::UmlautU::u, text::UmlautU::v}) {
    const std::string spoken = bare(text::pinyin(name->value, {.upper = true, .umlaut = umlaut}));
    least = std::min(least, edit_cost(text::to_u32(spoken), in_zone, misread));
  }
  if (least <= misread) rules.report("name_matches_mrz", least == 0, {"name", "mrz"});
}

}  // namespace

void check_zone(Rules& rules) {
  const Field* zone = rules.find("mrz");
  if (!zone) return;
  numbers::Options options;
  options.today = rules.today();
  const auto mrz = numbers::parse_mrz(zone->value, options);
  if (!mrz.value) return;
  const auto compare = [&](std::string_view key, const std::string& in_zone, bool names) {
    const Field* f = rules.find(key);
    if (!f || f->repeats_zone || in_zone.empty() || !is_ascii(f->value)) return;
    const std::string a = bare(f->value);
    const std::string b = bare(in_zone);
    if (a.empty() || b.empty()) return;
    // A name may be cut in the zone.
    const bool same = a == b || (names && mrz.value->names_truncated && a.compare(0, b.size(), b) == 0);
    rules.report(std::string(key) + "_matches_mrz", same, {std::string(key), "mrz"});
  };
  compare("document_number", mrz.value->document_number, false);
  compare("surname", mrz.value->surname, true);
  compare("given_names", mrz.value->given_names, true);
  compare_han_name(rules, *mrz.value);
  // The zone knows two digits of the year.
  const Field* birth = rules.find("birth_date");
  if (const Date born = rules.date("birth_date");
      !born.empty() && !birth->repeats_zone && mrz.value->birth_date.valid()) {
    Date in_zone = mrz.value->birth_date;
    if (born.year % 100 == in_zone.year % 100) in_zone.year = born.year;
    rules.report("birth_date_matches_mrz", born == in_zone, {"birth_date", "mrz"});
  }
  compare("expiry_date", mrz.value->expiry_date.valid() ? iso(mrz.value->expiry_date) : "", false);
  compare("sex", std::string(numbers::name(mrz.value->sex)), false);
  compare("nationality", mrz.value->nationality, false);
  compare("issuing_state", mrz.value->issuing_state, false);
  compare("iin", mrz.value->iin, false);
  const Date issued = rules.date("issue_date");
  const Date expires = rules.date("expiry_date");
  if (!issued.empty() && !expires.empty())
    rules.report("issue_before_expiry", issued < expires, {"issue_date", "expiry_date"});
}

void check_iin(Rules& rules) {
  const Field* number = rules.find("iin");
  const bool personal = number == nullptr;
  if (personal) number = rules.find("personal_number");
  const Field* state = rules.find("issuing_state");
  if (!number || (personal && (!state || state->value != "KAZ"))) return;
  const std::string key = personal ? "personal_number" : "iin";
  const auto iin = numbers::parse_iin(number->value);
  if (!iin.value) return;
  const Date birth = rules.date("birth_date");
  if (iin.value->encoded_date.valid() && !birth.empty()) {
    // Since 2013 the digits need not match the person's data, so a difference is a doubt about the reading and no more.
    rules.report("birth_date_matches_iin", iin.value->encoded_date == birth, {"birth_date", key});
  }
  if (const Field* sex = rules.find("sex"); sex && iin.value->sex != numbers::Sex::unknown) {
    rules.report("sex_matches_iin", sex->value == numbers::name(iin.value->sex), {"sex", key});
  }
}

}  // namespace kualik::documents
