#pragma once
// Who is guilty of what and gets what: the clauses 被告人X犯A罪，判处…；犯B罪，判处…；决定执行… and what belongs to
// them.

#include <string>
#include <vector>

#include "kualik/documents/charges.h"
#include "kualik/documents/parse.h"
#include "penalty.h"
#include "person.h"

namespace kualik::documents {

/// One charge as printed, with the punishment of its clause.
struct ConvictedCharge {
  Range range{};
  ChargeMatch match{};
  Penalty penalty{};
};

/// All that one person was found guilty of in one passage.
struct Conviction {
  std::size_t
      person{};  ///< Index into the persons given; `nobody` if nobody's name stands there and there are several.
  std::vector<ConvictedCharge> charges{};
  Penalty combined{};   ///< What 决定执行 orders, or what a ruling changes a sentence to.
  Range region{};       ///< From the first clause to the next person.
  bool joined{false};   ///< What is to be served in all is ordered (决定执行), whether it was read or not.
  bool earlier{false};  ///< It is joined with the sentence of an earlier judgment.
  bool shared{false};   ///< The clause names several persons at once.
  Range named{};        ///< Of nobody among the persons: the name that stands there.
  bool alike{false};    ///< Of several persons the one whose name is most like what stands there.
  bool upheld{false};   ///< Recited, and left as it was while others' sentences were changed.
  bool unread{false};   ///< A penalty is ordered for a charge that was not read.
};

/// Convictions in `within`. Clauses without a name belong to the person named last; those with the name of somebody who
/// is none of the persons are `nobody`'s, with that name.
std::vector<Conviction> find_convictions(const Sheet& sheet, Range within, const std::vector<Person>& persons);

/// Who is found not guilty (被告人X无罪): convictions without charges whose sentence is `acquitted`.
std::vector<Conviction> find_acquittals(const Sheet& sheet, Range within, const std::vector<Person>& persons);

/// 罪, or what it is misread as.
bool is_crime_mark(char32_t c) noexcept;
/// The charge that begins at `begin`: to its 罪. Nothing if none ends within 45 characters.
std::optional<Range> charge_range_at(const Sheet& sheet, std::size_t begin, std::size_t limit);
/// Charges named in a row from `begin` on (A罪、B罪).
std::vector<Range> charge_ranges_at(const Sheet& sheet, std::size_t begin, std::size_t limit);

/// A field for a charge; `detail` says how it was found.
Field charge_field(const Sheet& sheet, Range range, const ChargeMatch& match);

/// Adds charge, sentence, deprivation and fine of one person to the document.
void add_conviction(Document& document, const Sheet& sheet, const Conviction& conviction, int subject,
                    std::string_view note);

}  // namespace kualik::documents
