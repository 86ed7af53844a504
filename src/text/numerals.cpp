#include "kualik/text/numerals.h"

#include <array>

#include "kualik/text/normalize.h"
#include "kualik/text/utf8.h"

namespace kualik::text {

namespace {

constexpr std::size_t longest = 24;

constexpr bool is_arabic_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }

// 0 for what is no rank.
constexpr std::int64_t rank_value(char32_t c) noexcept {
  switch (c) {
    case U'十':
    case U'拾':
      return 10;
    case U'百':
    case U'佰':
      return 100;
    case U'千':
    case U'仟':
      return 1000;
    case U'万':
    case U'萬':
      return 10'000;
    case U'亿':
    case U'億':
      return 100'000'000;
    default:
      return 0;
  }
}

constexpr int tens_value(char32_t c) noexcept {
  switch (c) {
    case U'廿':
    case U'卄':
      return 20;
    case U'卅':
      return 30;
    case U'卌':
      return 40;
    default:
      return 0;
  }
}

constexpr int han_digit(char32_t c) noexcept {
  switch (c) {
    // Zero: the character, its typographic look-alikes, letters that OCR and typists put for it.
    case U'〇':
    case U'零':
    case U'○':
    case U'◯':
    case U'⚪':
    case U'⭘':
    case U'О':
    case U'Ο':
    case U'ο':
    case U'о':
    case U'O':
    case U'o':
    case U'Ｏ':
    case U'０':
      return 0;
    case U'一':
    case U'壹':
    case U'弌':
    case U'壱':
      return 1;
    case U'二':
    case U'贰':
    case U'貳':
    case U'弍':
    case U'貮':
      return 2;
    case U'三':
    case U'叁':
    case U'叄':
    case U'弎':
    case U'参':
    case U'參':
      return 3;
    case U'四':
    case U'肆':
      return 4;
    case U'五':
    case U'伍':
      return 5;
    case U'六':
    case U'陆':
    case U'陸':
      return 6;
    case U'七':
    case U'柒':
      return 7;
    case U'八':
    case U'捌':
      return 8;
    case U'九':
    case U'玖':
      return 9;
    default:
      return -1;
  }
}

constexpr bool is_dash(char32_t c) noexcept { return c == U'—' || c == U'―' || c == U'–' || c == U'ー' || c == U'─'; }

// A ranked numeral: 万 and 亿 close sections, ranks fall within a section. Gives how many characters belong to it.
struct Ranked {
  std::size_t end{};
  std::int64_t value{};
  bool has_rank{false};
  ReasonSet reasons{};
};

Ranked match_ranked(std::u32string_view chars, std::size_t pos, std::size_t limit) noexcept {
  Ranked best;
  std::int64_t total = 0;      // closed by 万 or 亿
  std::int64_t section = 0;    // below 10,000
  std::int64_t current = -1;   // a digit that waits for its rank
  std::int64_t last_rank = 0;  // the rank before `current`
  std::int64_t last_big = INT64_MAX;
  bool zero_before = false;  // 零 between the last rank and `current`
  bool arabic_run = false;
  bool has_rank = false;
  const auto settle = [&](std::size_t end) {
    ReasonSet reasons;
    std::int64_t tail = current < 0 ? 0 : current;
    if (current > 0 && last_rank >= 100 && !zero_before && !arabic_run) {
      tail = current * (last_rank / 10);  // 三百五 is 350 in speech; papers write 三百五十 or 三百零五
      reasons.add(Reason::ambiguous);
    }
    best = {end, total + section + tail, has_rank, reasons};
  };
  for (std::size_t i = pos; i < limit; ++i) {
    const char32_t c = chars[i];
    if (is_arabic_digit(c)) {
      if (current >= 0 && !arabic_run) break;
      current = (current < 0 ? 0 : current * 10) + static_cast<std::int64_t>(c - U'0');
      if (current > 999'999'999) break;
      arabic_run = true;
      settle(i + 1);
      continue;
    }
    if (const int tens = tens_value(c)) {
      if (current >= 0 || (last_rank != 0 && last_rank <= 10)) break;
      section += tens;
      last_rank = 10;
      has_rank = true;
      zero_before = false;
      arabic_run = false;
      settle(i + 1);
      continue;
    }
    if (const std::int64_t rank = rank_value(c)) {
      if (rank < 10'000) {
        if (last_rank != 0 && rank >= last_rank) break;
        if (current < 0) {
          if (rank != 10) break;  // 十 alone is ten, 百 alone is no number
          current = 1;
        } else if (current == 0) {
          break;
        }
        section += current * rank;
        last_rank = rank;
      } else {
        if (rank >= last_big) break;
        const std::int64_t before = section + (current < 0 ? 0 : current);
        if (before == 0) break;
        total += before * rank;
        section = 0;
        last_big = rank;
        last_rank = rank;  // 三万五: 35,000 in speech
      }
      current = -1;
      zero_before = false;
      arabic_run = false;
      has_rank = true;
      settle(i + 1);
      if (rank >= 10'000) last_rank = rank;
      continue;
    }
    const int digit = c == U'两' || c == U'兩' ? 2 : han_digit(c);
    if (digit < 0) break;
    if ((c == U'两' || c == U'兩') && (i + 1 >= limit || rank_value(chars[i + 1]) < 100)) break;
    if (digit == 0) {
      if (current >= 0 || !has_rank || zero_before) break;
      zero_before = true;
      continue;  // a zero must be followed by something; `best` stays before it
    }
    if (current >= 0) break;
    current = digit;
    arabic_run = false;
    // Within a new section below 万 the first rank may be anything again.
    settle(i + 1);
    if (last_rank >= 10'000 && i + 1 < limit && rank_value(chars[i + 1]) != 0) last_rank = 0;
  }
  return best;
}

}  // namespace

int digit_value(char32_t c) noexcept {
  if (is_arabic_digit(c)) return static_cast<int>(c - U'0');
  return han_digit(c);
}

int lookalike_digit_value(char32_t c) noexcept {
  const int known = digit_value(c);
  if (known >= 0) return known;
  switch (c) {
    case U'l':
    case U'I':
    case U'|':
    case U'i':
    case U'І':
    case U'丨':
      return 1;
    case U'D':
    case U'Q':
    case U'口':
    case U'囗':
      return 0;
    case U'Z':
    case U'z':
      return 2;
    case U'З':
    case U'з':
      return 3;
    case U'S':
    case U's':
      return 5;
    case U'б':
    case U'b':
    case U'G':
      return 6;
    case U'B':
    case U'В':
      return 8;
    case U'g':
    case U'q':
      return 9;
    default:
      return is_dash(c) ? 1 : -1;
  }
}

std::optional<NumeralMatch> match_numeral(std::u32string_view chars, std::size_t pos) noexcept {
  if (pos >= chars.size()) return std::nullopt;
  const std::size_t limit = std::min(chars.size(), pos + longest);
  // Digit by digit.
  std::size_t end = pos;
  std::int64_t value = 0;
  int digits = 0;
  bool han = false;
  bool arabic = false;
  ReasonSet reasons;
  for (; end < limit && digits < 18; ++end) {
    const char32_t c = chars[end];
    int digit = digit_value(c);
    if (digit < 0) {
      // A dash is 一 only between Han digits: elsewhere it parts a range.
      const bool inside_han =
          is_dash(c) && han && !arabic && end > pos && end + 1 < limit && han_digit(chars[end + 1]) >= 0;
      const bool inside_arabic = (c == U'l' || c == U'I' || c == U'|') && arabic && end > pos;
      if (!inside_han && !inside_arabic) break;
      digit = 1;
      reasons.add(Reason::repaired);
    } else if (is_arabic_digit(c)) {
      arabic = true;
    } else if (digit == 0 && c != U'零' && c != U'〇') {
      han = han || !arabic;
      // A letter O among Arabic digits is a misreading, however plain; a circle among Han digits is how 〇 is typed.
      if (arabic && !han && (c == U'O' || c == U'o' || c == U'О' || c == U'о' || c == U'Ο' || c == U'ο')) {
        reasons.add(Reason::repaired);
      }
    } else {
      han = true;
    }
    value = value * 10 + digit;
    ++digits;
  }
  const Ranked ranked = match_ranked(chars, pos, limit);
  if (ranked.end > end || (ranked.end == end && ranked.has_rank)) {
    return NumeralMatch{ranked.end, ranked.value, NumeralForm::ranked, 0, ranked.reasons};
  }
  if (digits == 0) return std::nullopt;
  return NumeralMatch{end, value, han ? NumeralForm::positional : NumeralForm::arabic, digits, reasons};
}

Checked<std::int64_t> parse_numeral(std::string_view text) {
  const Folded folded = fold(text);
  const auto match = match_numeral(folded.chars(), 0);
  if (!match) return {std::nullopt, {Reason::bad_character}};
  if (match->end != folded.size()) return {std::nullopt, {Reason::bad_structure}};
  return {match->value, match->reasons};
}

std::string to_han(std::int64_t value, HanStyle style) {
  static constexpr std::array<char32_t, 10> plain = {U'零', U'一', U'二', U'三', U'四',
                                                     U'五', U'六', U'七', U'八', U'九'};
  static constexpr std::array<char32_t, 10> formal = {U'零', U'壹', U'贰', U'叁', U'肆',
                                                      U'伍', U'陆', U'柒', U'捌', U'玖'};
  if (value < 0 || value >= 1'000'000'000'000) return {};
  std::u32string out;
  if (style == HanStyle::positional) {
    for (char c : std::to_string(value)) {
      const auto d = static_cast<std::size_t>(c - '0');
      out += d == 0 ? U'〇' : plain[d];
    }
    return to_utf8(out);
  }
  const auto& digit = style == HanStyle::formal ? formal : plain;
  const std::u32string_view ranks = style == HanStyle::formal ? U"仟佰拾" : U"千百十";
  if (value == 0) return to_utf8(std::u32string(1, digit[0]));
  bool pending_zero = false;
  std::int64_t divisor = 100'000'000;
  for (const char32_t mark : {U'亿', U'万', U'\0'}) {
    std::int64_t section = value / divisor % 10'000;
    if (section == 0) {
      pending_zero = pending_zero || !out.empty();
    } else {
      std::int64_t place = 1000;
      for (std::size_t r = 0; r < 4; ++r, place /= 10) {
        const auto d = static_cast<std::size_t>(section / place % 10);
        if (d == 0) {
          pending_zero = pending_zero || !out.empty();
          continue;
        }
        if (pending_zero) out += digit[0];
        pending_zero = false;
        const bool bare_ten = r == 2 && d == 1 && out.empty() && style == HanStyle::ranked;
        if (!bare_ten) out += digit[d];
        if (r < 3) out += ranks[r];
      }
      if (mark != U'\0') out += mark;
      pending_zero = false;
      // 一万零五百: a section that does not fill its thousands is announced by a zero.
      if (divisor > 1 && value / (divisor / 10'000) % 10'000 < 1000 && value % divisor != 0) pending_zero = true;
    }
    divisor /= 10'000;
    if (divisor == 0) break;
  }
  return to_utf8(out);
}

}  // namespace kualik::text
