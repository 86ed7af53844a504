#include "commutation.h"

#include <algorithm>

#include "anchors.h"
#include "kualik/text/dates.h"

namespace kualik::documents {

Penalty last_change(const Sheet& sheet, Range within) {
  const auto chars = sheet.chars();
  Penalty last;
  for (std::size_t from = within.begin; from < within.end;) {
    const auto hit = find_exact(chars, {from, within.end}, U"减为");
    if (!hit) break;
    from = hit->end;
    Penalty made = read_penalty(sheet, {hit->end, std::min(within.end, hit->end + 60)});
    if (made.sentence) last = std::move(made);
  }
  return last;
}

Commutation read_commutation(const Sheet& sheet, Range operative) {
  Commutation made;
  const auto chars = sheet.chars();
  made.changed_to = last_change(sheet, operative);
  if (made.changed_to.empty()) {
    if (const auto less = find_label(chars, operative, U"减去有期徒刑")) {
      if (const auto d = text::match_duration(chars.substr(0, operative.end), less->range.end))
        made.reduced_by = d->duration;
    }
  }
  if (made.reduced_by) made.deprivation = read_penalty(sheet, operative).deprivation;
  made.refused =
      !made.ordered() && (find_exact(chars, operative, U"不予减刑") || find_exact(chars, operative, U"不予假释") ||
                          find_exact(chars, operative, U"不准减刑"));
  const auto parole = find_exact(chars, operative, U"假释");
  made.parole = parole && !find_exact(chars, operative, U"不予假释") && !find_exact(chars, operative, U"撤销");
  if (made.parole) {
    for (std::size_t from = operative.begin; from < operative.end;) {
      const auto found = text::find_date(chars, from, operative.end);
      if (!found) break;
      from = found->match.end;
      if (found->match.reading.complete()) made.parole_until = found->match.reading.date;
    }
  }
  return made;
}

namespace {

// 2020年8月25日经本院裁定减刑六个月; 减去有期徒刑八个月: what earlier rulings took off. Not what is proposed now.
struct EarlierReductions {
  bool told{false};
  text::Duration sum{};
};
EarlierReductions earlier_reductions(const Sheet& sheet, Range recital) {
  const auto chars = sheet.chars();
  EarlierReductions made;
  for (std::size_t i = recital.begin; i < recital.end; ++i) {
    if (chars[i] != U'减') continue;
    std::size_t clause = i;
    while (clause > recital.begin && i - clause < 60 && chars[clause - 1] != U'。' && chars[clause - 1] != U';')
      --clause;
    const Range before{clause, i};
    if (find_exact(chars, before, U"建议") || find_exact(chars, before, U"提请") ||
        find_exact(chars, before, U"报请") || find_exact(chars, before, U"意见"))
      continue;
    const bool ruled = find_exact(chars, before, U"裁定") || find_exact(chars, before, U"曾");
    for (const std::u32string_view word : {std::u32string_view(U"减去有期徒刑"), std::u32string_view(U"减去刑期"),
                                           std::u32string_view(U"减刑"), std::u32string_view(U"减去")}) {
      if (!word_at(chars, i, word)) continue;
      if (const auto d = text::match_duration(chars.substr(0, recital.end), i + word.size())) {
        made.told = true;
        made.sum.months += d->duration.total_months();
      } else {
        made.told = made.told || ruled;
      }
      break;
    }
  }
  return made;
}

}  // namespace

void add_earlier_reductions(const Sheet& sheet, Range recital, Conviction& conviction) {
  Penalty* main = conviction.combined.sentence ? &conviction.combined : nullptr;
  for (ConvictedCharge& charge : conviction.charges)
    if (!main && charge.penalty.sentence) main = &charge.penalty;
  if (!main || !main->sentence || main->sentence->detail.find("as commuted") != std::string::npos) return;
  const auto earlier = earlier_reductions(sheet, recital);
  const auto term = text::duration_from_iso(main->sentence->value);
  const auto dates = read_term_dates(sheet, recital);
  if (term && dates && dates->from && dates->to && dates->from->reading.complete() && dates->to->reading.complete()) {
    const Date end = text::end_of_term(dates->from->reading.date, *term, read_credit_days(sheet, recital));
    const auto off = days_since_epoch(end) - days_since_epoch(dates->to->reading.date);
    if (off < -2 || off > 2) {
      // Unless the recital gives the dates as they were left by what had been taken off.
      const Date left = text::end_of_term(dates->from->reading.date,
                                          {0, term->total_months() - earlier.sum.total_months(), term->days}, 0);
      const auto still_off = days_since_epoch(left) - days_since_epoch(dates->to->reading.date);
      if (still_off < -2 || still_off > 2) main->sentence->reasons.add(Reason::ambiguous);
    }
  }
  if (!earlier.told) return;
  main->sentence->detail += "; commuted before";
  if (earlier.sum.total_months() > 0) main->sentence->detail += " by " + earlier.sum.iso();
}

}  // namespace kualik::documents
