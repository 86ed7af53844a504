#include "record/line_knowledge.h"

#include <algorithm>
#include <array>

#include "kualik/numbers/kz_number.h"

namespace kualik::record {
namespace {

constexpr std::size_t resident_length = 18;
constexpr std::size_t iin_length = 12;

constexpr std::size_t year_length = 4;
constexpr double lacks_the_last = -2;
constexpr double no_year = -6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool names_iin(std::string_view text) {
  // Readers of one alphabet or the other, and small print in either case.
  static constexpr std::array<std::string_view, 6> labels{"ИИН", "ЖСН", "иин", "жсн", "IIN", "JSN"};
  return std::any_of(labels.begin(), labels.end(),
                     [&](std::string_view label) { return text.find(label) != std::string_view::npos; });
}

// A year of four figures before 年. Papers tell of births and terms: of no year long past or far to come.
double year_of_paper(std::string_view year, Date today) {
  constexpr int oldest = 1840;
  constexpr int longest_term = 60;
  int value = 0;
  for (const char c : year) value = 10 * value + (c - '0');
  return value < oldest || (!today.empty() && value > today.year + longest_term) ? no_year : 0;
}

double kazakh_number(std::string_view text, Date today) {
  numbers::Options options;
  options.today = today;
  const ReasonSet reasons = numbers::check_iin(text, options);
  double lp = 0;
  if (reasons.has(Reason::bad_check_digit)) lp -= 3.5;
  if (reasons.has(Reason::bad_date)) lp -= 4;
  if (reasons.has(Reason::future_date)) lp -= 2;
  return lp;
}

}  // namespace

double line_likelihood(std::string_view text, Date today) {
  double lp = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    if (!is_digit(text[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - begin == resident_length - 1 && end < text.size() && (text[end] == 'X' || text[end] == 'x')) ++end;
    // Seventeen figures within a line lack their last one, or an X that was read as something else.
    else if (end - begin == resident_length - 1 && end < text.size())
      lp += lacks_the_last;
    if (end - begin == year_length && text.substr(end).starts_with("年"))
      lp += year_of_paper(text.substr(begin, year_length), today);
    const std::string_view number = text.substr(begin, end - begin);
    if (number.size() == resident_length) lp += resident_number(number, today);
    if (number.size() == iin_length && (number.size() == text.size() || names_iin(text)))
      lp += kazakh_number(number, today);
    begin = end;
  }
  return lp;
}

}  // namespace kualik::record
