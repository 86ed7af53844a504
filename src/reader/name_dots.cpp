#include "reader/name_dots.h"

#include <algorithm>
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

}  // namespace

void settle_name_dots(record::Field& field) {
  if (field.key != "name" && field.key != "defendant" && field.key != "judge" && field.key != "clerk") return;
  std::string letters;
  std::size_t count = 0;
  bool dotted = false;
  for (const std::string& symbol : record::symbols_of(field.value)) {
    if (symbol == dot) {
      dotted = true;
      continue;
    }
    if (!is_han(symbol)) return;
    letters += symbol;
    ++count;
  }
  if (dotted && count <= longest_dotted_han_name && is_han_name(letters)) {
    field.alternatives.insert(field.alternatives.begin(), {field.value, likely_place});
    field.value = letters;
    field.reasons.add(Reason::repaired);
    if (field.detail.empty()) field.detail = "a dot in a Han name was left out";
  } else if (!dotted && count > longest_han_name) {
    field.reasons.add(Reason::ambiguous);
    if (field.detail.empty()) field.detail = "a name of this length has a dot between its parts as a rule";
    const names::SplitName split = names::split(field.value);
    if (split.parts.size() == 2)
      field.alternatives.insert(field.alternatives.begin(),
                                {split.parts[0].text + dot + split.parts[1].text, likely_place});
  }
}

}  // namespace kualik::reader
