#pragma once
// What a paper writes more than once: names of persons and bodies as they stand elsewhere in it, days that it tells of.
// One reading of a name is no more than one reading; where the others disagree, it is doubted.

#include <vector>

#include "kualik/documents/document.h"
#include "person.h"
#include "sheet.h"

namespace kualik::documents {

/// Doubts (`ambiguous`) each name that stands in `paper` in another spelling more often than in its own, or with a dot
/// where it has none; the other spelling becomes an alternative. Names of two and three characters must differ by a
/// look-alike, as kin share the rest. Cost: linear in the paper for each person.
void doubt_names(const Sheet& sheet, Range paper, std::vector<Person>& persons);

/// Doubts the names of persons of whom fewer were introduced than the paper speaks of (三被告人; 被告人甲、乙、丙犯…),
/// or if `said_of_nobody`: something is ordered of somebody whose name was not read.
void doubt_number_of_persons(const Sheet& sheet, Range paper, bool said_of_nobody, std::vector<Person>& persons);

/// Doubts an address or the name of a body in which a word of its places is misread (自冶区, 伊宁巾), or whose
/// beginning is lost (治区人民检察院).
void doubt_place_words(Field& place);

/// The same for the body that issued a paper, whose name stands over the date once more.
void doubt_body(const Sheet& sheet, Range paper, Field& body);

/// Doubts a date of issue before a day that `told` speaks of as past (于2018年3月9日…).
void doubt_date(const Sheet& sheet, Range told, Field& issued);

/// Doubts the year of a court's number of the first instance that is not the year in which `told` says that the case
/// was brought (于2018年4月2日向本院提起公诉), nor the next one of a case brought at the year's end.
void doubt_case_year(const Sheet& sheet, Range told, Field& number);

/// Doubts a number that lacks what every number of its issuer has (检 of procuratorates, 公 of the police, the place
/// before it), or has a letter behind a digit.
void doubt_number(Field& number, const Field* issuer);

}  // namespace kualik::documents
