#include "penalty.h"

#include <algorithm>

#include "anchors.h"
#include "kualik/text/money.h"

namespace kualik::documents {

namespace {

// A duration right behind `pos`, at most one stray character between.
std::optional<text::DurationMatch> duration_behind(const Sheet& sheet, std::size_t pos, std::size_t end) {
  const auto chars = sheet.chars().substr(0, end);
  for (std::size_t i = pos; i <= pos + 1 && i < end; ++i) {
    if (auto match = text::match_duration(chars, i)) {
      if (i > pos && !is_clause_mark(chars[pos]) && chars[pos] != U'为' && chars[pos] != U'期')
        match->reasons.add(Reason::repaired);
      return match;
    }
  }
  return std::nullopt;
}

// 剥夺政治权利改为七年, 剥夺政治权利终身改为剥夺政治权利十年, 剥夺政治权利期限由五年缩减为三年: what it becomes counts.
std::size_t behind_change(std::u32string_view chars, std::size_t pos, std::size_t end) {
  constexpr std::u32string_view right = U"剥夺政治权利";
  const std::size_t stop = std::min(end, pos + 14);
  for (std::size_t i = pos; i < stop; ++i) {
    if (is_clause_mark(chars[i])) break;
    for (const std::u32string_view word : {std::u32string_view(U"改为"), std::u32string_view(U"减为"),
                                           std::u32string_view(U"变更为"), std::u32string_view(U"减至")}) {
      if (!word_at(chars, i, word)) continue;
      const std::size_t behind = i + word.size();
      return word_at(chars, behind, right) ? behind + right.size() : behind;
    }
  }
  for (const std::u32string_view filler : {std::u32string_view(U"的期限"), std::u32string_view(U"期限")})
    if (word_at(chars, pos, filler)) return pos + filler.size();
  return pos;
}

Phrase timed(const Sheet&, std::size_t begin, const text::DurationMatch& match, std::string detail, bool bent) {
  Phrase p{{begin, match.end}, match.duration.iso(), match.reasons, std::move(detail)};
  if (bent) p.reasons.add(Reason::repaired);
  return p;
}

// 有期徒刑 and 无期徒刑 differ in their first character alone, so it is looked at by itself.
struct Imprisonment {
  std::size_t end{};
  bool life{false};
  bool bent{false};
  bool unsure{false};
};
std::optional<Imprisonment> imprisonment_at(std::u32string_view chars, std::size_t i) {
  if (i + 4 > chars.size()) return std::nullopt;
  const auto like = [&](std::size_t k, char32_t c) { return chars[k] == c || is_lookalike(chars[k], c); };
  if (!like(i + 1, U'期') || !like(i + 2, U'徒') || !like(i + 3, U'刑')) return std::nullopt;
  const bool tail_bent = chars[i + 1] != U'期' || chars[i + 2] != U'徒' || chars[i + 3] != U'刑';
  const char32_t first = chars[i];
  if (first == U'有') return Imprisonment{i + 4, false, tail_bent, false};
  if (first == U'无') return Imprisonment{i + 4, true, tail_bent, false};
  if (is_lookalike(first, U'有')) return Imprisonment{i + 4, false, true, false};
  if (is_lookalike(first, U'无')) return Imprisonment{i + 4, true, true, false};
  const bool timed_behind = text::match_duration(chars, i + 4).has_value();
  return Imprisonment{i + 4, !timed_behind, true, true};
}

bool like_word(std::u32string_view chars, std::size_t i, std::u32string_view word, bool& bent) {
  if (i + word.size() > chars.size()) return false;
  int other = 0;
  for (std::size_t k = 0; k < word.size(); ++k) {
    if (chars[i + k] == word[k]) continue;
    if (!is_lookalike(chars[i + k], word[k])) return false;
    ++other;
  }
  bent = other > 0;
  return other <= (word.size() <= 2 ? 1 : static_cast<int>(word.size()) / 2);
}

// 死刑，缓期二年执行: to its end. A misread character must not make a death sentence of it that is carried out.
struct Respite {
  std::size_t end{};
  bool bent{false};
};
std::optional<Respite> respite_behind(std::u32string_view chars, Range behind) {
  constexpr std::size_t longest = 14;
  behind.end = std::min({behind.end, chars.size(), behind.begin + longest});
  for (std::size_t i = behind.begin; i < behind.end; ++i) {
    if (chars[i] == U'。' || chars[i] == U';') return std::nullopt;
    bool bent = false;
    const bool said = like_word(chars, i, U"缓期", bent) || word_at(chars, i, U"缓刑");
    // 二年执行, 两年执行 go with nothing else.
    const bool years = word_at(chars, i + 1, U"年执行") &&
                       (chars[i] == U'二' || chars[i] == U'两' || chars[i] == U'2' || is_lookalike(chars[i], U'二'));
    if (!said && !years) continue;
    const auto run = find_exact(chars, {i, behind.end}, U"执行");
    return Respite{run ? run->end : i + 2, bent || !said};
  }
  return std::nullopt;
}

// What may stand behind a death sentence that is no respite; anything else may be one that was not read.
bool goes_on_behind_death(std::u32string_view chars, Range behind) {
  std::size_t i = behind.begin;
  if (i >= behind.end || chars[i] == U'。' || chars[i] == U';' || !is_clause_mark(chars[i])) return true;
  while (i < behind.end && is_clause_mark(chars[i])) ++i;
  if (i >= behind.end || !text::is_han(chars[i])) return true;
  bool bent = false;
  for (const std::u32string_view word :
       {std::u32string_view(U"剥夺"), std::u32string_view(U"并处"), std::u32string_view(U"决定"),
        std::u32string_view(U"数罪"), std::u32string_view(U"立即"), std::u32string_view(U"合并"),
        std::u32string_view(U"总和")})
    if (like_word(chars, i, word, bent)) return true;
  return chars[i] == U'犯' || chars[i] == U'与' || word_at(chars, i, U"被告人");
}

// 罚金人民币1000几 at the end of its line or clause: 元 misread. Not for 万, which would be another sum.
std::optional<text::MoneyMatch> with_bent_yuan(const Sheet& sheet, std::u32string_view part, std::size_t pos) {
  constexpr std::size_t longest_sum = 16;
  constexpr std::u32string_view bent = U"几儿兀无旡尤";
  for (std::size_t i = pos + 1; i < std::min(part.size(), pos + longest_sum); ++i) {
    if (bent.find(part[i]) == std::u32string_view::npos) continue;
    const bool ends = i + 1 == part.size() || sheet.folded().ends_line(i + 1) || is_clause_mark(part[i + 1]);
    if (!ends) return std::nullopt;
    std::u32string mended(part.substr(0, i + 1));
    mended[i] = U'元';
    auto match = text::match_money(mended, pos);
    if (!match || match->end != i + 1) return std::nullopt;
    match->reasons.add(Reason::repaired);
    return match;
  }
  return std::nullopt;
}

}  // namespace

Penalty read_penalty(const Sheet& sheet, Range within) {
  Penalty penalty;
  const auto chars = sheet.chars();
  within.end = std::min(within.end, chars.size());
  const auto part = chars.substr(0, within.end);
  const auto set_sentence = [&](Phrase p, std::optional<text::Duration> term) {
    if (penalty.sentence) {
      // 决定执行有期徒刑二年，拘役三个月: terms of two kinds are served both (art. 69).
      const std::string& known = penalty.sentence->detail;
      const bool both = term && penalty.term && known.find(p.detail) == std::string::npos &&
                        known.find("; and ") == std::string::npos &&
                        known.find("administrative") == std::string::npos &&
                        p.range.begin < penalty.sentence->range.end + 8;
      if (both) penalty.sentence->detail += "; and " + p.detail + " of " + p.value;
      return;
    }
    penalty.sentence = std::move(p);
    penalty.term = term;
  };
  for (std::size_t i = within.begin; i < within.end; ++i) {
    bool bent = false;
    // What an earlier judgment had imposed and this one takes back.
    if (word_at(part, i, U"撤销")) {
      while (i < within.end && chars[i] != U';' && chars[i] != U'。' && !word_at(part, i, U"部分") &&
             !word_at(part, i, U"决定执行"))
        ++i;
      if (i < within.end && word_at(part, i, U"决定执行")) --i;
      continue;
    }
    if (word_at(part, i, U"总和刑期")) {
      if (const auto d = duration_behind(sheet, i + 4, within.end)) i = d->end - 1;
      continue;
    }
    if (like_word(part, i, U"死刑", bent) && !word_at(part, i, U"死刑复核")) {
      const auto respite = respite_behind(part, {i + 2, within.end});
      const bool suspended = respite.has_value();
      bent = bent || (respite && respite->bent);
      const std::size_t end = respite ? respite->end : i + 2;
      Phrase p{{i, end}, suspended ? "death_suspended" : "death", {}, {}};
      if (suspended && find_exact(part, {end, std::min(within.end, end + 40)}, U"限制减刑"))
        p.detail = "commutation restricted";
      if (bent) p.reasons.add(Reason::repaired);
      if (!suspended && !goes_on_behind_death(part, {end, within.end})) p.reasons.add(Reason::ambiguous);
      i = end - 1;
      set_sentence(std::move(p), std::nullopt);
      continue;
    }
    if (const auto prison = imprisonment_at(part, i)) {
      if (prison->life) {
        Phrase p{{i, prison->end}, "life", {}, "life imprisonment"};
        if (prison->bent) p.reasons.add(Reason::repaired);
        if (prison->unsure) p.reasons.add(Reason::ambiguous);
        set_sentence(std::move(p), std::nullopt);
      } else if (const auto d = duration_behind(sheet, prison->end, within.end)) {
        Phrase p = timed(sheet, i, *d, "fixed-term imprisonment", prison->bent);
        if (prison->unsure) p.reasons.add(Reason::ambiguous);
        set_sentence(std::move(p), d->duration);
        i = d->end - 1;
        continue;
      }
      i = prison->end - 1;
      continue;
    }
    if (like_word(part, i, U"拘役", bent) || like_word(part, i, U"管制", bent)) {
      if (const auto d = duration_behind(sheet, i + 2, within.end)) {
        const bool detention = chars[i + 1] == U'役';
        set_sentence(timed(sheet, i, *d, detention ? "criminal detention" : "public surveillance", bent), d->duration);
        i = d->end - 1;
      }
      continue;
    }
    if (like_word(part, i, U"行政拘留", bent)) {
      if (const auto d = duration_behind(sheet, i + 4, within.end)) {
        set_sentence(timed(sheet, i, *d, "administrative detention", bent), d->duration);
        i = d->end - 1;
      }
      continue;
    }
    if (word_at(part, i, U"强制隔离戒毒")) {
      if (const auto d = duration_behind(sheet, i + 6, within.end)) {
        set_sentence(timed(sheet, i, *d, "compulsory drug treatment", false), d->duration);
        i = d->end - 1;
      }
      continue;
    }
    if (word_at(part, i, U"劳动教养")) {
      if (const auto d = duration_behind(sheet, i + 4, within.end)) {
        set_sentence(timed(sheet, i, *d, "re-education through labour", false), d->duration);
        i = d->end - 1;
      }
      continue;
    }
    if (like_word(part, i, U"缓刑", bent) && penalty.sentence && penalty.term) {
      if (const auto d = duration_behind(sheet, i + 2, within.end)) {
        if (!penalty.sentence->detail.empty()) penalty.sentence->detail += "; ";
        penalty.sentence->detail += "suspended on probation of " + d->duration.iso();
        i = d->end - 1;
      }
      continue;
    }
    if (word_at(part, i, U"免予刑事处罚") || word_at(part, i, U"免除刑事处罚")) {
      set_sentence({{i, i + 6}, "exempted", {}, "guilty, no punishment"}, std::nullopt);
      i += 5;
      continue;
    }
    if (like_word(part, i, U"剥夺政治权利", bent)) {
      const std::size_t behind = behind_change(part, i + 6, within.end);
      std::optional<Phrase> found;
      if (word_at(part, behind, U"终身")) {
        found = Phrase{{i, behind + 2}, "life", {}, {}};
        if (bent) found->reasons.add(Reason::repaired);
      } else if (const auto d = duration_behind(sheet, behind, within.end)) {
        found = timed(sheet, i, *d, {}, bent);
      }
      if (found) {
        i = found->range.end - 1;
        if (!penalty.deprivation) penalty.deprivation = std::move(found);
      }
      continue;
    }
    if (like_word(part, i, U"罚金", bent) || word_at(part, i, U"罚款")) {
      for (std::size_t k = i + 2; k <= i + 4 && k < within.end; ++k) {
        auto m = text::match_money(part, k);
        if (!m) m = with_bent_yuan(sheet, part, k);
        if (m) {
          Phrase p{{m->begin, m->end}, m->money.to_string(), m->reasons, {}};
          if (bent) p.reasons.add(Reason::repaired);
          if (p.value == "0") p.reasons.add(Reason::ambiguous);  // nobody is fined nothing: a digit was lost
          i = m->end - 1;
          penalty.fines.push_back(std::move(p));
          break;
        }
      }
      continue;
    }
    if (word_at(part, i, U"没收")) {
      const std::size_t stop = std::min(within.end, i + 12);
      const auto all = find_exact(part, {i, stop}, U"全部财产");
      if (all) {
        penalty.fines.push_back({{i, all->end}, "all_property", {}, "confiscation of all property"});
        i = all->end - 1;
      } else if (const auto property = find_exact(part, {i, stop}, U"财产")) {
        if (const auto m = text::match_money(part, property->end)) {
          penalty.fines.push_back({{m->begin, m->end}, m->money.to_string(), m->reasons, "confiscation of property"});
          i = m->end - 1;
        }
      }
    }
  }
  return penalty;
}

std::vector<Penalty> penalties_in_turn(const Sheet& sheet, Range within) {
  std::vector<Penalty> all;
  std::vector<std::size_t> begins;
  constexpr std::size_t most = 40;
  for (std::size_t from = within.begin; from < within.end && begins.size() < most;) {
    const Penalty found = read_penalty(sheet, {from, within.end});
    if (!found.sentence) break;
    begins.push_back(found.sentence->range.begin);
    from = found.sentence->range.end;
  }
  for (std::size_t k = 0; k < begins.size(); ++k)
    all.push_back(read_penalty(sheet, {begins[k], k + 1 < begins.size() ? begins[k + 1] : within.end}));
  return all;
}

Range ordered_part(const Sheet& sheet, Range body) {
  const auto chars = sheet.chars();
  for (std::size_t from = body.begin; from < body.end;) {
    const auto hit = find_exact(chars, {from, body.end}, U"决定");
    if (!hit) break;
    from = hit->end;
    if (!word_at(chars, hit->end, U"书")) return {hit->end, body.end};
  }
  return body;
}

Penalty read_ordered(const Sheet& sheet, Range within) {
  Penalty penalty = read_penalty(sheet, within);
  for (const std::u32string_view word : {std::u32string_view(U"决定执行"), std::u32string_view(U"合并执行")}) {
    const auto hit = find_last_label(sheet.chars(), within, word);
    if (!hit) continue;
    Penalty joined = read_penalty(sheet, {hit->range.end, within.end});
    if (!joined.sentence) continue;
    penalty.sentence = std::move(joined.sentence);
    if (joined.deprivation) penalty.deprivation = std::move(joined.deprivation);
    if (!joined.fines.empty()) penalty.fines = std::move(joined.fines);
    break;
  }
  return penalty;
}

}  // namespace kualik::documents
