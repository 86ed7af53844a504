#pragma once
// What the rules share: looking fields up for one subject, and reporting.

#include <string>
#include <string_view>
#include <vector>

#include "kualik/documents/checks.h"
#include "kualik/text/dates.h"

namespace kualik::documents {

class Rules {
 public:
  Rules(const std::vector<Field>& fields, const Date& today, int subject)
      : fields_(fields), today_(today), subject_(subject) {}

  const Field* find(std::string_view key) const noexcept;
  std::vector<const Field*> find_all(std::string_view key) const;
  /// Somebody else on the paper has such a field.
  bool others_have(std::string_view key) const noexcept;
  /// A complete, valid date of a field; empty otherwise.
  Date date(std::string_view key) const;
  const Date& today() const noexcept { return today_; }
  int subject() const noexcept { return subject_; }

  void report(std::string_view rule, Verdict verdict, std::vector<std::string> keys, std::string detail = {});
  void report(std::string_view rule, bool agrees, std::vector<std::string> keys, std::string detail = {}) {
    report(rule, agrees ? Verdict::agrees : Verdict::disagrees, std::move(keys), std::move(detail));
  }
  std::vector<Check> take() { return std::move(checks_); }

 private:
  const std::vector<Field>& fields_;
  Date today_;
  int subject_;
  std::vector<Check> checks_{};
};

void check_identity(Rules& rules);
void check_validity(Rules& rules);
void check_court(Rules& rules);
void check_zone(Rules& rules);
void check_iin(Rules& rules);

}  // namespace kualik::documents
