#pragma once
// Of whom a clause speaks: the names before 犯, 无罪 and 刑期, joined by 、 和 及, with or without 被告人 before them.

#include <string>
#include <vector>

#include "person.h"
#include "sheet.h"

namespace kualik::documents {

/// No person of a list.
inline constexpr std::size_t nobody = static_cast<std::size_t>(-1);

/// The names of persons without their dots, which clauses print or leave out.
std::vector<std::u32string> bare_names(const Sheet& sheet, const std::vector<Person>& persons);

/// Whom a clause names.
struct Named {
  std::vector<std::size_t> persons{};  ///< Indices into the names given, in the order of the clause.
  std::vector<Range> others{};         ///< Names that are none of them: somebody whose introduction was not read.
  std::size_t begin{nobody};           ///< Where the first name, or the word before it, begins; `nobody` without any.
  bool alike{false};                   ///< A name differs from the person's, or could be another's as well.
  bool far{false};                     ///< It differs in more than one character of four.
  bool empty() const noexcept { return persons.empty() && others.empty(); }
};

/// The names that stand right before `end` and not before `floor`. A name that is like nobody's counts behind 被告人
/// and its like alone; any other words (又, 还) are none.
Named named_before(const Sheet& sheet, std::size_t end, std::size_t floor, const std::vector<std::u32string>& names);

/// Persons (indices) whose names stand anywhere in `within`, dots or not.
std::vector<std::size_t> persons_named_in(const Sheet& sheet, Range within, const std::vector<Person>& persons);

/// Where, behind `from`, a statement on another person begins (；被告人乙…): its label, or `within.end`. `own`: the
/// names that go on with what is said.
struct NextPerson {
  std::size_t begin{};  ///< Of the label.
  Range name{};
};
NextPerson next_person(const Sheet& sheet, Range within, const std::vector<std::u32string>& own);

}  // namespace kualik::documents
