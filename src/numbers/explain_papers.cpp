// Reasons against machine-readable zones and case numbers, in words.

#include <algorithm>

#include "kualik/numbers/case_number.h"
#include "kualik/numbers/mrz.h"
#include "kualik/numbers/region.h"
#include "numbers/explain_parts.h"
#include "numbers/mrz_lines.h"

namespace kualik::numbers::detail {
namespace {

/// document_number: "document number".
std::string spoken(std::string_view key) {
  std::string out(key);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string lengths(const std::vector<std::string>& lines) {
  std::string out = lines.size() == 1 ? "one line of " : std::to_string(lines.size()) + " lines of ";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) out += i + 1 == lines.size() ? " and " : ", ";
    out += std::to_string(lines[i].size());
  }
  return out + " characters; a zone has two of 44 or of 36, or three of 30";
}

bool looks_like_date(std::string_view key) noexcept { return key == "birth_date" || key == "expiry_date"; }

std::string wrong_symbol(const std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (std::size_t k = 0; k < lines[i].size(); ++k)
      if (mrz_value(lines[i][k]) < 0)
        return "line " + std::to_string(i + 1) + ", character " + std::to_string(k + 1) +
               " is none of A-Z, 0-9 and < (small letters and look-alikes: folding accepts them)";
  return {};
}

/// Letters in a date, or a sex that is none.
void wrong_parts(const Mrz& mrz, std::vector<std::string>& out) {
  for (const MrzField& f : mrz.fields) {
    const auto digit = [](char c) { return (c >= '0' && c <= '9') || c == '<'; };
    if (looks_like_date(f.key) && !std::all_of(f.raw.begin(), f.raw.end(), digit))
      out.push_back("the " + spoken(f.key) + " has a letter: " + f.raw);
    if (f.key == "sex" && f.raw != "M" && f.raw != "F" && f.raw != "X" && f.raw != "<")
      out.push_back("the sex is " + f.raw + ", none of M, F, X and <");
  }
}

}  // namespace

std::vector<std::string> why_zone(std::string_view text, Reason reason, ReasonSet reasons) {
  const bool folded = reasons.has(Reason::normalised);
  const std::vector<std::string> lines = split_zone(text, folded).lines;
  std::vector<std::string> out;
  if (reason == Reason::bad_length || reason == Reason::bad_structure) {
    if (!lines.empty() && lines.size() < 10) out.push_back(lengths(lines));
    return out;
  }
  if (reason == Reason::bad_character)
    if (std::string symbol = wrong_symbol(lines); !symbol.empty()) return {symbol};
  Options options;
  options.fold = folded;
  const Checked<Mrz> mrz = parse_mrz(text, options);
  if (!mrz.value) return out;
  switch (reason) {
    case Reason::bad_character:
      wrong_parts(*mrz.value, out);
      break;
    case Reason::bad_check_digit:
      for (const MrzField& f : mrz.value->fields)
        if (f.check != 0 && f.check != f.expected && f.evidence == MrzEvidence::contradicted)
          out.push_back("the check digit of the " + spoken(f.key) + " is " + f.check + ", its characters would give " +
                        f.expected);
      break;
    case Reason::bad_date:
      for (const MrzField& f : mrz.value->fields)
        if (looks_like_date(f.key) && f.value.empty() && f.raw.find('<') == std::string::npos)
          out.push_back("the " + spoken(f.key) + " " + f.raw + " is no date (year, month, day)");
      break;
    case Reason::unknown_type: {
      Country country;
      for (const std::string* state : {&mrz.value->issuing_state, &mrz.value->nationality})
        if (!find_country(*state, country))
          out.push_back((state->empty() ? "no state" : "the state " + *state) + " is in no table");
      out.erase(std::unique(out.begin(), out.end()), out.end());
      break;
    }
    case Reason::cross_check:
      out.push_back("the number " + mrz.value->iin + " says another date or sex than the zone");
      break;
    default:
      break;
  }
  return out;
}

std::string why_case_number(std::string_view text, Reason reason) {
  const Checked<CaseNumber> number = parse_case_number(text);
  if (!number.value)
    return "it begins with no (year) and court, and with no office before a 〔year〕, or has more behind the number";
  const CaseNumber& n = *number.value;
  switch (reason) {
    case Reason::bad_structure:
      return "the court's code " + n.issuer + " has neither 2 nor 4 digits, or the type " + n.type + " is too long";
    case Reason::out_of_range:
      return n.number == 0 ? std::string("the number is 0") : "the year " + std::to_string(n.year) + " is before 1949";
    case Reason::future_date:
      return "the year " + std::to_string(n.year) + " is after today's";
    case Reason::unknown_court:
      return "the court " + n.issuer + " is in no table";
    case Reason::unknown_type:
      return "the type " + n.type + " is in no table";
    case Reason::repaired:
      return "letters in the year were read as digits: " + std::to_string(n.year);
    case Reason::normalised:
      return "read as " + n.canonical;
    case Reason::period_mismatch:
      if (n.kind == CaseNumberKind::court_pre2016) return "the form of before 2016, in " + std::to_string(n.year);
      if (n.year < 2016) return "the form of since 2016, in " + std::to_string(n.year);
      if (n.court && n.year < n.court->year_from)
        return "the court's code " + n.issuer + " began in " + std::to_string(n.court->year_from);
      if (n.case_type) return "the type " + n.type + " began in " + std::to_string(n.case_type->year_from);
      return {};
    default:
      return {};
  }
}

}  // namespace kualik::numbers::detail
