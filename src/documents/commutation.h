#pragma once
// Rulings on commutation and parole: what they order, and what earlier ones had taken off the sentence that they
// recite.

#include <optional>

#include "convictions.h"
#include "kualik/text/duration.h"
#include "penalty.h"

namespace kualik::documents {

/// 对罪犯X减去有期徒刑六个月; 将…的刑罚减为有期徒刑二十二年; 对罪犯X予以假释; 不予减刑.
struct Commutation {
  std::optional<text::Duration> reduced_by{};
  Penalty changed_to{};
  std::optional<Phrase> deprivation{};  ///< As it stands from now on.
  bool refused{false};                  ///< Nothing was changed: 不予减刑.
  bool parole{false};
  Date parole_until{};
  bool ordered() const noexcept { return reduced_by || !changed_to.empty(); }
};

/// 减为有期徒刑…: the last one in `within`.
Penalty last_change(const Sheet& sheet, Range within);

/// What the operative part of a ruling orders.
Commutation read_commutation(const Sheet& sheet, Range operative);

/// Notes on the sentence what earlier rulings took off (`commuted before by P6M`), for the dates to be compared with.
/// The dates that the judgment itself had led to must go with its sentence, which is doubted otherwise.
void add_earlier_reductions(const Sheet& sheet, Range recital, Conviction& conviction);

}  // namespace kualik::documents
