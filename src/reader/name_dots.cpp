#include "reader/name_dots.h"

#include <algorithm>
#include <optional>
#include <string>

#include "kualik/record/fusion.h"
#include "kualik/text/names.h"

namespace kualik::reader {
namespace {

constexpr const char* dot = "\u00B7";
/// Han names have four characters at most; transcribed names of five and more have two parts as a rule.
constexpr std::size_t longest_han_name = 4;
constexpr std::size_t longest_dotted_han_name = 3;
constexpr double likely_place = 0.5;

bool is_han(const std::string& symbol) { return symbol.size() == 3 && symbol[0] >= '\xE3' && symbol[0] <= '\xE9'; }

/// Whether a name without its dots is one of the Han: a surname of their list and a given name.
bool is_han_name(const std::string& name) {
  const names::SplitName split = names::split(name);
  return split.parts.size() == 2 && split.parts.front().role == names::Role::surname;
}

struct Han {
  std::string letters;  // Without dots.
  std::size_t count = 0;
  bool dotted = false;
};

/// The Han characters of a person's name; none for other fields and other scripts.
std::optional<Han> han_of(const record::Field& field) {
  if (field.key != "name" && field.key != "defendant" && field.key != "judge" && field.key != "clerk") return {};
  Han out;
  for (const std::string& symbol : record::symbols_of(field.value)) {
    if (symbol == dot) {
      out.dotted = true;
      continue;
    }
    if (!is_han(symbol)) return {};
    out.letters += symbol;
    ++out.count;
  }
  return out;
}

}  // namespace

void doubt_missing_dot(record::Field& field) {
  const auto han = han_of(field);
  if (!han || han->dotted || han->count <= longest_han_name) return;
  const names::SplitName split = names::split(field.value);
  if (split.parts.size() == 1) return;  // One name of the tables, and people who have no father's name on their card.
  field.reasons.add(Reason::ambiguous);
  field.confidence = std::min(field.confidence, likely_place);
  if (field.detail.empty()) field.detail = "a name of this length has a dot between its parts as a rule";
  if (split.parts.size() == 2)
    field.alternatives.insert(field.alternatives.begin(),
                              {split.parts[0].text + dot + split.parts[1].text, likely_place});
}

void settle_name_dots(record::Field& field) {
  doubt_missing_dot(field);
  const auto han = han_of(field);
  if (!han || !han->dotted || han->count > longest_dotted_han_name || !is_han_name(han->letters)) return;
  field.alternatives.insert(field.alternatives.begin(), {field.value, likely_place});
  field.value = han->letters;
  field.reasons.add(Reason::repaired);
  if (field.detail.empty()) field.detail = "a dot in a Han name was left out";
}

}  // namespace kualik::reader
