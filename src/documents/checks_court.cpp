// Rules on papers of courts and other bodies: the arithmetic and limits of terms, charges and their years, numbers and
// their courts, the order of dates.

#include <algorithm>
#include <cstdlib>
#include <string>

#include "checks_rules.h"
#include "kualik/documents/charges.h"
#include "kualik/numbers/case_number.h"
#include "kualik/numbers/court.h"
#include "titles.h"

namespace kualik::documents {

namespace {

// The duration after `word` in a detail, e.g. "credited P14D".
std::optional<text::Duration> in_detail(const Field& f, std::string_view word) {
  const std::size_t at = f.detail.find(word);
  if (at == std::string::npos) return std::nullopt;
  std::string_view rest = std::string_view(f.detail).substr(at + word.size());
  return text::duration_from_iso(rest.substr(0, rest.find(';')));
}

// The kind of a sentence stands first in its detail; what is served beside it comes behind.
bool is(const Field& f, std::string_view kind) {
  return std::string_view(f.detail).substr(0, f.detail.find(';')).find(kind) != std::string_view::npos;
}

// Numerals that are read for one another: strokes of 一 二 三, and figures that look alike.
bool alike(int a, int b) {
  constexpr std::string_view pairs[] = {"12", "23", "13", "17", "38", "56", "68", "08", "89", "06"};
  if (a / 10 != b / 10) return a % 10 == b % 10 && std::abs(a - b) == 10;  // 十一 and 二十一
  const char low = static_cast<char>('0' + std::min(a, b) % 10);
  const char high = static_cast<char>('0' + std::max(a, b) % 10);
  return std::any_of(std::begin(pairs), std::end(pairs), [&](std::string_view p) {
    return (p[0] == low && p[1] == high) || (p[0] == high && p[1] == low);
  });
}

// The dates and the term would agree to the day if one numeral of a month or a day were read otherwise.
bool one_numeral_off(const Date& from, const Date& to, const text::Duration& term) {
  const auto months = [](const Date& d, const auto& fits) {
    for (int m = 1; m <= 12; ++m)
      if (m != d.month && alike(m, d.month) && d.day <= days_in_month(d.year, m) && fits(Date{d.year, m, d.day}))
        return true;
    return false;
  };
  const auto days = [](const Date& d, const auto& fits) {
    for (int day = 1; day <= days_in_month(d.year, d.month); ++day)
      if (day != d.day && alike(day, d.day) && fits(Date{d.year, d.month, day})) return true;
    return false;
  };
  const Date end = text::end_of_term(from, term, 0);
  const auto ends_so = [&](const Date& d) { return d == end; };
  const auto begins_so = [&](const Date& d) { return text::end_of_term(d, term, 0) == to; };
  return months(to, ends_so) || days(to, ends_so) || months(from, begins_so) || days(from, begins_so);
}

bool is_also(const Field& f, std::string_view said) { return f.detail.find(said) != std::string::npos; }

void check_term_dates(Rules& rules) {
  const Field* sentence = rules.find("sentence");
  const Date from = rules.date("term_from");
  const Date to = rules.date("term_to");
  if (from.empty() || to.empty()) return;
  const std::vector<std::string> keys{"sentence", "term_from", "term_to"};
  if (to <= from) {
    rules.report("term_matches_dates", Verdict::disagrees, keys, "the term ends before it begins");
    return;
  }
  if (!sentence) return;
  const auto term = text::duration_from_iso(sentence->value);
  if (!term) return;
  const Field* end_field = rules.find("term_to");
  int credit = 0;
  if (end_field) {
    if (const auto days = in_detail(*end_field, "credited ")) credit = days->days;
  }
  const auto reduced = in_detail(*sentence, "reduced by ");
  text::Duration served = *term;
  if (reduced) served = {0, term->total_months() - reduced->total_months(), term->days};
  const auto before = in_detail(*sentence, "commuted before by ");
  if (reduced && before) served = {0, served.total_months() - before->total_months(), served.days};
  const Date end = text::end_of_term(from, served, credit);
  const auto off = std::abs(days_since_epoch(end) - days_since_epoch(to));
  // Administrative detention is stated to the day of release: 15 days from the 6th to the 21st.
  const bool to_release = is(*sentence, "administrative detention") && text::add_days(end, 1) == to;
  if (off == 0 || to_release) {
    rules.report("term_matches_dates", Verdict::agrees, keys);
    return;
  }
  // Courts differ on what a month without that day ends on.
  const auto month_end = [](const Date& d) { return d.day == days_in_month(d.year, d.month) || d.day == 1; };
  if (off <= 2 && month_end(end) && (month_end(to) || (to.month == 2 && to.day == 28))) {
    rules.report("term_matches_dates", Verdict::agrees, keys, "by " + std::to_string(off) + " days");
    return;
  }
  if (credit == 0 && off <= 60 && one_numeral_off(from, to, served)) {
    rules.report("term_matches_dates", Verdict::disagrees, keys, "a numeral read otherwise would agree");
    return;
  }
  // Any other difference of a day or two is a slip of the pen or of the reading.
  if (off <= 2) {
    rules.report("term_matches_dates", Verdict::cannot_tell, keys, "by " + std::to_string(off) + " days");
    return;
  }
  // A commuted term may have been commuted before; what earlier rulings took off is not on this paper.
  if (reduced && to < end && is_also(*sentence, "commuted before")) {
    rules.report("term_matches_dates", Verdict::cannot_tell, keys, "earlier commutations would explain the difference");
    return;
  }
  // Days in custody before a break in detention are credited without always being named.
  if (credit == 0 && to < end && off <= 60) {
    rules.report("term_matches_dates", Verdict::cannot_tell, keys,
                 "ends " + std::to_string(off) + " days early, as if days had been credited");
    return;
  }
  rules.report("term_matches_dates", Verdict::disagrees, keys, "off by " + std::to_string(off) + " days");
}

// The year of a number that no grammar knows: the first four digits between brackets.
int year_of(const std::string& number) {
  if (const auto parsed = numbers::parse_case_number(number); parsed.value) return parsed.value->year;
  for (const std::string_view open : {std::string_view("（"), std::string_view("〔")}) {
    const std::size_t at = number.find(open);
    if (at == std::string::npos || at + open.size() + 4 > number.size()) continue;
    int year = 0;
    for (std::size_t i = at + open.size(); i < at + open.size() + 4; ++i) {
      if (number[i] < '0' || number[i] > '9') {
        year = 0;
        break;
      }
      year = 10 * year + (number[i] - '0');
    }
    if (year > 0) return year;
  }
  return 0;
}

// Papers of the police, procuratorates and prisons are numbered in the year that they are written in; one that was
// begun at the year's end, or a court's number on a notice, may be older.
void check_number_year(Rules& rules) {
  const Field* number = rules.find("document_number");
  const Date written = rules.date("date");
  if (!number || written.empty()) return;
  const int year = year_of(number->value);
  if (year == 0) return;
  const int years = written.year - year;
  rules.report("number_year_matches_date",
               years == 0 || years == 1   ? Verdict::agrees
               : years == 2 || years == 3 ? Verdict::cannot_tell
                                          : Verdict::disagrees,
               {"document_number", "date"});
}

void check_limits(Rules& rules) {
  if (const Field* sentence = rules.find("sentence")) {
    if (const auto term = text::duration_from_iso(sentence->value)) {
      const int months = term->total_months();
      // What death or life was commuted to may be longer than what is imposed (art. 50).
      const bool joined = rules.find_all("charge").size() > 1 || sentence->detail.find("commuted") != std::string::npos;
      bool within = true;
      if (is(*sentence, "fixed-term")) within = months >= 6 && months <= (joined ? 300 : 180);         // arts. 45, 69
      if (is(*sentence, "criminal detention")) within = months >= 1 && months <= (joined ? 12 : 6);    // arts. 42, 69
      if (is(*sentence, "public surveillance")) within = months >= 3 && months <= (joined ? 36 : 24);  // arts. 38, 69
      if (is(*sentence, "administrative detention")) within = months == 0 && term->days >= 1 && term->days <= 20;
      rules.report("term_within_limits", within, {"sentence"});
    }
  }
  const Field* deprivation = rules.find("deprivation");
  const Field* sentence = rules.find("sentence");
  if (deprivation && sentence) {
    const bool for_life =
        sentence->value == "life" || sentence->value == "death" || sentence->value == "death_suspended";
    const auto term = text::duration_from_iso(deprivation->value);
    // Arts. 55 and 57: for life with death and life imprisonment, else one to five years; joined terms and commuted
    // ones (3 to 10) may be longer.
    const bool within =
        for_life ? deprivation->value == "life" : term && term->total_months() >= 3 && term->total_months() <= 120;
    rules.report("deprivation_within_limits", within, {"deprivation", "sentence"});
  }
}

void check_charges(Rules& rules) {
  Date day = rules.date("judgment_date");
  std::string day_key = "judgment_date";
  if (day.empty()) {
    day = rules.date("date");
    day_key = "date";
  }
  if (day.empty()) return;
  for (const Field* charge : rules.find_all("charge")) {
    const ChargeMatch match = match_charge(charge->value);
    if (match.how == ChargeHow::none) continue;
    const bool in_force = charge_in_force(match, day);
    // The old law goes on applying to what was done under it (art. 12), so an abolished charge proves nothing; one that
    // was yet to come does.
    if (in_force) {
      rules.report("charge_in_force", Verdict::agrees, {"charge", day_key});
    } else if (day < match.from) {
      rules.report("charge_in_force", Verdict::disagrees, {"charge", day_key}, "the charge came into force later");
    } else {
      rules.report("charge_in_force", Verdict::cannot_tell, {"charge", day_key},
                   "the charge had been abolished; what was done before may still be judged by it");
    }
  }
}

void check_ages(Rules& rules) {
  const Date birth = rules.date("birth_date");
  if (birth.empty()) return;
  for (const std::string_view key :
       {std::string_view("judgment_date"), std::string_view("date"), std::string_view("term_from")}) {
    const Date day = rules.date(key);
    if (day.empty()) continue;
    const int age = text::full_years(birth, day);
    // Art. 17: from 12 in the gravest cases since 2021, else from 14.
    const bool possible = age >= 12;
    if (age > 110) {
      rules.report("age_at_judgment", Verdict::cannot_tell, {"birth_date", std::string(key)}, "older than 110 years");
    } else {
      rules.report("age_at_judgment", possible, {"birth_date", std::string(key)});
    }
    break;
  }
}

// Of two years the second is the same or a few years later: `usual` of them say nothing against it, up to `most`
// happen.
Verdict years_apart(int years, int usual, int most) {
  return years >= 0 && years <= usual ? Verdict::agrees
         : years > 0 && years <= most ? Verdict::cannot_tell
                                      : Verdict::disagrees;
}

void check_numbers(Rules& rules) {
  const Field* case_field = rules.find("case_number");
  const Date judged = rules.date("judgment_date");
  if (case_field) {
    const auto number = numbers::parse_case_number(case_field->value);
    if (number.value) {
      if (!judged.empty()) {
        const int years = judged.year - number.value->year;
        rules.report("case_year_matches_judgment", years_apart(years, 2, 10), {"case_number", "judgment_date"});
      }
      const Field* court = rules.find("court");
      if (court && number.value->kind == numbers::CaseNumberKind::court) {
        const auto by_name = numbers::courts_by_name(court->value);
        const auto& by_code = number.value->court;
        if (by_code && !by_name.empty()) {
          const bool same = std::any_of(by_name.begin(), by_name.end(),
                                        [&](const numbers::Court& c) { return c.code == by_code->code; });
          rules.report("court_matches_case_number", same, {"court", "case_number"});
        } else {
          rules.report("court_matches_case_number", Verdict::cannot_tell, {"court", "case_number"},
                       "a court or a code that the table does not hold");
        }
      }
      const Field* title = rules.find("title");
      const DocumentType* type = title ? find_type(title->value) : nullptr;
      if (type && !type->types.empty()) {
        std::string_view rest = type->types;
        bool fits = false;
        while (!rest.empty() && !fits) {
          const std::size_t comma = rest.find(',');
          const std::string_view word = rest.substr(0, comma);
          // Fragments before 2016 put the chamber between: 刑一终字.
          const std::string_view law = word.substr(0, 3);
          const std::string_view stage = word.substr(3);
          fits =
              number.value->type.find(law) != std::string::npos && number.value->type.find(stage) != std::string::npos;
          rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        }
        rules.report("title_matches_case_type", fits, {"title", "case_number"});
      }
      if (const Field* indictment = rules.find("indictment_number")) {
        const auto accused = numbers::parse_case_number(indictment->value);
        if (accused.value) {
          const int years = number.value->year - accused.value->year;
          rules.report("judgment_after_indictment", years_apart(years, 2, 5), {"case_number", "indictment_number"});
        }
      }
    }
  }
}

// A paper that says of what some of its defendants are accused, or guilty, says it of each.
void check_each_defendant(Rules& rules) {
  const Field* defendant = rules.find("defendant");
  if (!defendant || defendant->subject == 0 || (!rules.others_have("charge") && !rules.others_have("sentence"))) return;
  const bool said = rules.find("charge") || rules.find("sentence");
  rules.report("charge_for_each_defendant", said, {"defendant"},
               said ? "" : "others have a charge; this defendant's was not read");
}

}  // namespace

void check_court(Rules& rules) {
  check_each_defendant(rules);
  check_term_dates(rules);
  check_limits(rules);
  check_charges(rules);
  check_ages(rules);
  check_numbers(rules);
  check_number_year(rules);
  const Date start = rules.date("term_from");
  const Date judged = rules.date("judgment_date");
  // Custody before judgment is credited, so a term begins before it, or shortly after; a commutation comes later still.
  if (!start.empty() && !judged.empty()) {
    rules.report("term_begins_by_judgment", days_since_epoch(start) - days_since_epoch(judged) <= 3 * 366,
                 {"term_from", "term_to", "judgment_date"});
  }
  // A sentence that had been served when it was passed: days in custody may have been as many, but a year misread is
  // likelier.
  const Date end = rules.date("term_to");
  if (!end.empty() && !judged.empty()) {
    const bool before = judged <= end;
    rules.report("judgment_before_term_ends", before ? Verdict::agrees : Verdict::disagrees,
                 {"judgment_date", "term_to"});
  }
  for (const std::string_view key : {std::string_view("judgment_date"), std::string_view("date")}) {
    const Date day = rules.date(key);
    if (!day.empty() && rules.today().valid())
      rules.report("date_not_in_future", day <= rules.today(), {std::string(key)});
  }
}

}  // namespace kualik::documents
