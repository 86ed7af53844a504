#include "kualik/text/money.h"

#include "kualik/text/normalize.h"
#include "kualik/text/numerals.h"

namespace kualik::text {

namespace {

constexpr std::int64_t largest_yuan = 1'000'000'000'000;

bool is_digit(std::u32string_view chars, std::size_t pos) noexcept {
  return pos < chars.size() && chars[pos] >= U'0' && chars[pos] <= U'9';
}

// 63,500 and 12.50, with 万 or 千 behind them: digits in groups of three, or without groups; a decimal part.
struct Arabic {
  std::size_t end{};
  std::int64_t fen{};
};
std::optional<Arabic> match_arabic(std::u32string_view chars, std::size_t pos) noexcept {
  std::size_t i = pos;
  std::int64_t whole = 0;
  while (is_digit(chars, i)) {
    whole = whole * 10 + static_cast<std::int64_t>(chars[i++] - U'0');
    if (whole > largest_yuan) return std::nullopt;
  }
  if (i == pos) return std::nullopt;
  while (i < chars.size() && chars[i] == U',' && is_digit(chars, i + 1) && is_digit(chars, i + 2) &&
         is_digit(chars, i + 3) && !is_digit(chars, i + 4)) {
    for (int k = 0; k < 3; ++k) whole = whole * 10 + static_cast<std::int64_t>(chars[++i] - U'0');
    ++i;
    if (whole > largest_yuan) return std::nullopt;
  }
  std::int64_t fraction = 0;  // of 10^-6
  if (i < chars.size() && chars[i] == U'.' && is_digit(chars, i + 1)) {
    ++i;
    std::int64_t place = 100'000;
    for (; is_digit(chars, i); ++i, place /= 10) fraction += static_cast<std::int64_t>(chars[i] - U'0') * place;
  }
  std::int64_t scale = 1;
  for (; i < chars.size(); ++i) {
    std::int64_t factor = 0;
    switch (chars[i]) {
      case U'百':
      case U'佰':
        factor = 100;
        break;
      case U'千':
      case U'仟':
        factor = 1000;
        break;
      case U'万':
        factor = 10'000;
        break;
      case U'亿':
        factor = 100'000'000;
        break;
      default:
        break;
    }
    if (factor == 0 || scale * factor > 100'000'000) break;
    scale *= factor;
  }
  if (whole > largest_yuan / scale) return std::nullopt;
  return Arabic{i, whole * scale * 100 + fraction * scale / 10'000};
}

}  // namespace

std::string Money::to_string() const {
  std::string out = std::to_string(fen / 100);
  if (const std::int64_t rest = fen % 100; rest != 0) {
    out += '.';
    out += static_cast<char>('0' + rest / 10);
    out += static_cast<char>('0' + rest % 10);
  }
  return out;
}

std::optional<MoneyMatch> match_money(std::u32string_view chars, std::size_t pos) noexcept {
  const auto at = [&chars](std::size_t i, char32_t c) { return i < chars.size() && chars[i] == c; };
  std::size_t i = pos;
  for (const std::u32string_view prefix :
       {std::u32string_view(U"人民币"), std::u32string_view(U"RMB"), std::u32string_view(U"¥")}) {
    if (chars.substr(i < chars.size() ? i : chars.size(), prefix.size()) == prefix) i += prefix.size();
  }
  MoneyMatch match;
  match.begin = i;
  std::size_t end = 0;
  const auto arabic = match_arabic(chars, i);
  const auto numeral = match_numeral(chars, i);
  // 3万5千 and Han numerals go by rank; plain and grouped digits by the other way. The longer reading is the number.
  if (arabic && (!numeral || arabic->end >= numeral->end)) {
    match.money.fen = arabic->fen;
    end = arabic->end;
  } else if (numeral) {
    if (numeral->value > largest_yuan) return std::nullopt;
    match.money.fen = numeral->value * 100;
    match.reasons = numeral->reasons;
    end = numeral->end;
  } else {
    return std::nullopt;
  }
  if (at(end, U'余') || at(end, U'多')) ++end;
  if (!at(end, U'元') && !at(end, U'圆') && !at(end, U'块')) return std::nullopt;
  ++end;
  // 五角二分
  for (const auto& [unit, worth] : {std::pair<char32_t, std::int64_t>{U'角', 10}, {U'分', 1}}) {
    const auto part = match_numeral(chars, end);
    if (!part || part->value > 9 || !at(part->end, unit)) continue;
    match.money.fen += part->value * worth;
    match.reasons |= part->reasons;
    end = part->end + 1;
  }
  if (at(end, U'整') || at(end, U'正')) ++end;
  match.end = end;
  return match;
}

Checked<Money> parse_money(std::string_view text) {
  const Folded folded = fold(text);
  const auto match = match_money(folded.chars(), 0);
  if (!match) return {std::nullopt, {Reason::not_found}};
  if (match->end != folded.size()) return {std::nullopt, {Reason::bad_structure}};
  return {match->money, match->reasons};
}

}  // namespace kualik::text
