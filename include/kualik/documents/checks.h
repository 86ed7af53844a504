#pragma once
// Rules between the fields of one document: what a forger, a typist or a misreading gets wrong, and what a single field
// cannot show.
//
//   for (const Check& c : documents::cross_check(document.fields, document.kind, today))
//     std::cout << c.rule << ' ' << name(c.verdict) << '\n';   // term_matches_dates agrees
//
// A rule appears only if the fields it compares are there. `cannot_tell` says that they are there and prove nothing
// (the address of one who moved). Pure function, safe from any thread.

#include <vector>

#include "kualik/core/date.h"
#include "kualik/documents/document.h"

namespace kualik::documents {

/// All rules that apply to the fields of a document of this kind. With several subjects each rule is asked for each of
/// them.
///
/// - card: birth_date_matches_id_number, sex_matches_id_number, address_matches_id_region, validity_matches_class (5,
/// 10, 20 years or long term)
/// - papers: the card's rules; term_matches_dates (end = start + term - 1 day - credit, within 2 days),
/// term_within_limits, deprivation_within_limits,
///   charge_in_force, age_at_judgment, judgment_after_indictment, case_year_matches_judgment, term_after_birth,
///   court_matches_case_number, title_matches_case_type, prosecutor_matches_court
/// - passport, kz_id_back: field_matches_mrz for each printed field, document_not_expired_at_issue
/// - kz_id_front, passport: birth_date_matches_iin, sex_matches_iin
std::vector<Check> cross_check(const std::vector<Field>& fields, Kind kind, const Date& today);

}  // namespace kualik::documents
