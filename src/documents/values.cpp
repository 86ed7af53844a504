#include "values.h"

#include <algorithm>

#include "anchors.h"
#include "kualik/numbers/resident_id.h"
#include "kualik/text/numerals.h"
#include "kualik/text/utf8.h"

namespace kualik::documents {

namespace {

struct NumberChar {
  char ascii{0};  // 0: does not belong to a number
  bool repaired{false};
  bool folded{false};
};

NumberChar number_char(char32_t c) noexcept {
  if (c >= U'0' && c <= U'9') return {static_cast<char>(c), false, false};
  switch (c) {
    case U'X':
      return {'X', false, false};
    case U'x':
    case U'Х':
    case U'х':
    case U'Χ':
    case U'χ':
    case U'×':
    case U'✕':
    case U'Ⅹ':
      return {'X', false, true};
    case U'*':
    case U'＊':
    case U'●':
    case U'■':
      return {'*', false, false};
    case U'O':
    case U'o':
    case U'О':
    case U'о':
    case U'〇':
    case U'○':
    case U'D':
    case U'Q':
      return {'0', true, false};
    case U'l':
    case U'I':
    case U'|':
    case U'i':
    case U'丨':
      return {'1', true, false};
    case U'Z':
    case U'z':
      return {'2', true, false};
    case U'S':
    case U's':
      return {'5', true, false};
    case U'b':
    case U'б':
      return {'6', true, false};
    case U'B':
    case U'В':
      return {'8', true, false};
    default:
      return {};
  }
}

struct Candidate {
  Range range;
  std::string number;
  ReasonSet reasons;
  bool good{false};
};

Candidate read_candidate(const Sheet& sheet, Range r, const ParseOptions& options) {
  Candidate made;
  made.range = r;
  for (std::size_t i = r.begin; i < r.end; ++i) {
    const NumberChar c = number_char(sheet.folded()[i]);
    if (c.ascii == 0) continue;  // a hyphen inside
    made.number += c.ascii;
    if (c.repaired) made.reasons.add(Reason::repaired);
    if (c.folded) made.reasons.add(Reason::normalised);
  }
  numbers::Options number_options;
  number_options.today = options.today;
  number_options.fold = false;
  const auto parsed = numbers::parse_resident_id(made.number, number_options);
  made.reasons |= parsed.reasons;
  made.good = parsed.value.has_value() && !parsed.reasons.has_error();
  return made;
}

void add_run(const Sheet& sheet, Range run, const ParseOptions& options, std::vector<Candidate>& out) {
  // Where the run is longer than a number, what stands before a gap or at an end may be one.
  std::vector<std::size_t> begins{run.begin};
  for (std::size_t i = run.begin + 1; i < run.end; ++i)
    if (sheet.folded().gap(i) != text::Gap::none) begins.push_back(i);
  if (run.size() > 18) begins.push_back(run.end - 18);
  std::optional<Candidate> best;
  for (std::size_t b : begins) {
    for (const std::size_t length : {std::size_t{18}, std::size_t{15}}) {
      if (b + length > run.end) continue;
      if (length == 15 && b + 18 <= run.end && sheet.folded().gap(b + 15) == text::Gap::none) continue;
      if (b + length < run.end && sheet.folded().gap(b + length) == text::Gap::none && run.size() != length) continue;
      Candidate c = read_candidate(sheet, {b, b + length}, options);
      int digits = 0;
      bool inner_x = false;
      for (std::size_t i = 0; i < c.number.size(); ++i) {
        digits += c.number[i] >= '0' && c.number[i] <= '9' ? 1 : 0;
        inner_x = inner_x || (c.number[i] == 'X' && i + 1 < c.number.size());
      }
      if (c.number.size() != length || digits < 6 || inner_x) continue;
      if (length == 15 && !c.good) continue;  // fifteen digits without a date inside may be anything
      if (!best || (c.good && !best->good)) best = std::move(c);
    }
  }
  if (best) out.push_back(std::move(*best));
}

Field resident_field(const Sheet& sheet, const Candidate& c) {
  Field f = sheet.field("id_number", c.number, c.range);
  f.reasons = c.reasons;
  f.checkable = true;
  return f;
}

struct NumberPlace {
  Range range{};       // from the year, or the bracket before it, to 号
  std::size_t year{};  // where the year begins
};

// 号 and what stands for it; the digits before it; the year before those. Codes of courts are digits, too (新2702): the
// year is what stands in brackets, or else what can be one.
std::optional<NumberPlace> number_before(const Sheet& sheet, std::size_t mark, std::size_t floor) {
  const auto chars = sheet.chars();
  std::size_t i = mark;
  std::size_t digits = 0;
  while (i > floor && digits < 9 && text::lookalike_digit_value(chars[i - 1]) >= 0 && chars[i - 1] != U'口') {
    --i;
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  std::optional<NumberPlace> best;
  int most = 0;
  // The year stands within the 34 characters before: four digits of which the first is 1 or 2.
  const std::size_t lowest = i > floor + 34 ? i - 34 : floor;
  for (std::size_t y = i; y-- > lowest;) {
    // A full stop or a comma between year and serial parts them, but for one that stands for the year's bracket.
    if (is_clause_mark(chars[y]) && !(y >= floor + 5 && is_open_bracket(chars[y - 5]) && chars[y - 4] <= U'2')) break;
    if (y + 4 > i || (chars[y] != U'1' && chars[y] != U'2')) continue;
    bool digit = true;
    int year = 0;
    for (std::size_t k = y; k < y + 4; ++k) {
      const int value = text::lookalike_digit_value(chars[k]);
      digit = digit && value >= 0 && !text::is_han(chars[k]);
      year = 10 * year + std::max(value, 0);
    }
    if (!digit || (y > floor && chars[y - 1] >= U'0' && chars[y - 1] <= U'9')) continue;
    const bool opened = y > floor && is_open_bracket(chars[y - 1]);
    const bool closed = is_close_bracket(chars[y + 4]);
    const int likely = (opened ? 2 : 0) + (closed ? 2 : 0) + (year >= 1949 && year < 2100 ? 1 : 0);
    if (best && likely <= most) continue;
    most = likely;
    best = NumberPlace{{opened ? y - 1 : y, mark + 1}, y};
  }
  return best;
}

// 白公刑）拘通字, 白公（刑拘通字: one bracket of the unit is lost. It is put back behind 公, or where a number of a
// known type comes of it; nothing if the brackets before the year pair, or none comes of it.
std::optional<Checked<numbers::CaseNumber>> with_unit_bracket(const std::u32string& slice, std::size_t year,
                                                              const numbers::Options& options) {
  constexpr std::size_t longest_unit = 10;
  constexpr std::size_t none = std::u32string_view::npos;
  const std::u32string_view head = std::u32string_view(slice).substr(0, year);
  std::size_t open = none;
  std::size_t lone_close = none;
  for (std::size_t k = 0; k < head.size(); ++k) {
    if (is_open_bracket(head[k]) && open == none) {
      open = k;
    } else if (is_close_bracket(head[k]) && open != none) {
      open = none;
    } else if (is_open_bracket(head[k]) || is_close_bracket(head[k])) {
      if (lone_close != none || open != none) return std::nullopt;
      lone_close = k;
    }
  }
  if ((open == none) == (lone_close == none)) return std::nullopt;
  const auto parsed_with = [&](std::size_t at, char32_t bracket) {
    std::u32string mended = slice;
    mended.insert(at, 1, bracket);
    auto parsed = numbers::parse_case_number(text::to_utf8(mended), options);
    if (parsed.reasons.has(Reason::unknown_type)) parsed.value.reset();
    return parsed;
  };
  if (lone_close != none) {
    const std::size_t mark = head.rfind(U'公', lone_close);
    if (mark == none || mark + 1 >= lone_close || lone_close - mark > longest_unit) return std::nullopt;
    auto parsed = parsed_with(mark + 1, U'(');
    if (!parsed.value) return std::nullopt;
    return parsed;
  }
  for (std::size_t at = open + 2; at < std::min(head.size(), open + longest_unit); ++at)
    if (auto parsed = parsed_with(at, U')'); parsed.value) return parsed;
  return std::nullopt;
}

}  // namespace

std::vector<Field> find_resident_numbers(const Sheet& sheet, Range within, const ParseOptions& options) {
  std::vector<Field> fields;
  std::vector<Candidate> candidates;
  const auto chars = sheet.chars();
  within.end = std::min(within.end, chars.size());
  for (std::size_t i = within.begin; i < within.end;) {
    const NumberChar first = number_char(chars[i]);
    if (first.ascii == 0 || first.ascii == 'X' || first.ascii == '*') {
      ++i;
      continue;
    }
    std::size_t end = i;
    int real = 0;
    while (end < within.end && number_char(chars[end]).ascii != 0) {
      real += chars[end] >= U'0' && chars[end] <= U'9' ? 1 : 0;
      ++end;
    }
    // Mostly digits as they stand, or hidden: a word in Latin letters is no number.
    if (end - i >= 15 && end - i <= 80 && real >= 6) add_run(sheet, {i, end}, options, candidates);
    i = end;
  }
  fields.reserve(candidates.size());
  for (const Candidate& c : candidates) fields.push_back(resident_field(sheet, c));
  return fields;
}

std::optional<Field> find_resident_number(const Sheet& sheet, Range within, const ParseOptions& options) {
  std::vector<Field> all = find_resident_numbers(sheet, within, options);
  if (all.empty()) return std::nullopt;
  for (Field& f : all)
    if (!f.reasons.has_error()) return std::move(f);
  return std::move(all.front());
}

Field date_field(const Sheet& sheet, std::string_view key, Range r, const text::DateMatch& match) {
  Field f = sheet.field(key, match.reading.iso(), r);
  f.reasons = match.reasons;
  // Papers are dated to the day; of births some tell no more than the year.
  if (!match.reading.complete() && key != "birth_date") {
    f.reasons.add(Reason::ambiguous);
    f.detail = "month or day not read";
  }
  // No court or office of this republic dated a paper before it, and nobody alive was born then.
  const bool born = key == "birth_date";
  if (match.reading.date.year < (born ? 1840 : 1949) || match.reading.date.year > 2100)
    f.reasons.add(Reason::ambiguous);
  return f;
}

std::optional<Field> name_field(const Sheet& sheet, std::string_view key, Range r) {
  r = trim(sheet, r);
  if (r.empty() || r.size() > 32) return std::nullopt;
  std::string value;
  std::size_t letters = 0;
  bool ends_in_dot = false;
  ReasonSet reasons;
  for (std::size_t i = r.begin; i < r.end; ++i) {
    const char32_t c = sheet.folded()[i];
    const bool dot = text::is_name_dot(c) || c == U'.' || c == U'﹒';
    if (dot) {
      if (!ends_in_dot && letters > 0) value += "·";
      ends_in_dot = true;
      continue;
    }
    const bool letter = text::is_han(c) || c >= 0xC0 || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
    if (!letter) {
      if (c >= U'0' && c <= U'9') return std::nullopt;
      reasons.add(Reason::normalised);  // a speck inside the name was left out
      continue;
    }
    ends_in_dot = false;
    text::append_utf8(value, sheet.folded().change(i, i + 1) == text::change_width ? c : sheet.folded().original(i));
    ++letters;
  }
  if (letters == 0 || ends_in_dot) return std::nullopt;
  Field f = sheet.field(key, std::move(value), r);
  f.reasons = reasons;
  return f;
}

std::vector<DocumentNumber> find_document_numbers(const Sheet& sheet, Range within, const ParseOptions& options,
                                                  std::size_t most) {
  std::vector<DocumentNumber> found;
  const auto chars = sheet.chars();
  within.end = std::min(within.end, chars.size());
  numbers::Options number_options;
  number_options.today = options.today;
  std::size_t floor = within.begin;
  for (std::size_t i = within.begin; i < within.end && found.size() < most; ++i) {
    if (chars[i] != U'号') continue;
    const auto place = number_before(sheet, i, floor);
    if (!place) continue;
    // Papers of procuratorates and the police put the issuer before the year: try heads from long to short, and the
    // number alone.
    DocumentNumber best;
    const std::size_t begin = place->range.begin;
    const std::size_t longest = begin > floor + 24 ? begin - 24 : floor;
    std::size_t head = begin;
    const auto part_of_issuer = [&](char32_t c) {
      // Words that join a number to its sentence are no part of an issuer's abbreviation.
      return (text::is_han(c) &&
              std::u32string_view(U"以于的院书号经对向依由据见为作出送达").find(c) == std::u32string_view::npos) ||
             is_open_bracket(c) || is_close_bracket(c);
    };
    while (head > longest && part_of_issuer(chars[head - 1])) --head;
    // 于检刑诉 of 于田县, 达公 of 达坂城区: such a word right before 检 or 公 is a place's.
    if (head > longest && std::u32string_view(U"于依达向").find(chars[head - 1]) != std::u32string_view::npos &&
        (word_at(chars, head, U"检") || word_at(chars, head, U"公")))
      --head;
    // A number begins its line more often than it runs over the end of one; the line above may be a title.
    std::vector<std::size_t> heads;
    // Of 以喀 over 地检公诉刑诉〔2016〕101号 the first line holds its beginning.
    if (head > longest && chars[head - 1] == U'以') heads.push_back(head);
    for (std::size_t b = begin; b-- > head;)
      if (sheet.folded().starts_line(b)) heads.push_back(b);
    for (std::size_t b = head; b <= begin; ++b) heads.push_back(b);
    // A lost bracket of the year is put back: 2018新40刑初12号, （2021新3201刑初107号.
    const bool opened = begin < place->year;
    const bool closed = is_close_bracket(chars[place->year + 4]);
    for (const std::size_t b : heads) {
      std::string slice;
      for (std::size_t k = b; k <= i; ++k) {
        if (k == place->year && !opened) text::append_utf8(slice, U'(');
        if (k == place->year + 4 && !closed) text::append_utf8(slice, U')');
        char32_t c = chars[k];
        if (k == place->year + 4 && is_clause_mark(c)) continue;
        // Letters that OCR gives inside the year and the serial.
        const bool near_digit = (k > b && chars[k - 1] >= U'0' && chars[k - 1] <= U'9') ||
                                (k + 1 <= i && chars[k + 1] >= U'0' && chars[k + 1] <= U'9');
        if (near_digit && (c == U'O' || c == U'o' || c == U'О')) c = U'0';
        if (near_digit && (c == U'l' || c == U'I' || c == U'|')) c = U'1';
        text::append_utf8(slice, c);
      }
      auto parsed = numbers::parse_case_number(slice, number_options);
      if (!parsed.value && b < begin) {
        auto mended = with_unit_bracket(text::to_u32(slice), begin - b, number_options);
        if (!mended) continue;
        parsed = std::move(*mended);
        parsed.reasons.add(Reason::repaired);
      }
      if (!parsed.value) continue;
      if (!opened || !closed) parsed.reasons.add(Reason::normalised);
      for (std::size_t k = b; k <= i; ++k) {
        const char32_t c = chars[k];
        if (c == U'O' || c == U'o' || c == U'О' || c == U'l' || c == U'I' || c == U'|')
          parsed.reasons.add(Reason::repaired);
      }
      // What begins a line within a number (和检 over 公诉刑诉〔2017〕202号) is of no known type.
      const bool known_type = !parsed.reasons.has(Reason::unknown_type);
      if (!known_type && best.number.value) continue;
      best = {{b, i + 1}, std::move(parsed)};
      if (known_type) break;
    }
    if (best.number.value) {
      found.push_back(std::move(best));
      floor = i + 1;
    }
  }
  return found;
}

bool is_of_another_paper(const Sheet& sheet, std::size_t end) noexcept {
  if (sheet.folded().gap(end) == text::Gap::line) return false;
  for (const std::u32string_view word :
       {std::u32string_view(U"刑事"), std::u32string_view(U"判决"), std::u32string_view(U"裁定"),
        std::u32string_view(U"起诉书"), std::u32string_view(U"再审"), std::u32string_view(U"决定")})
    if (word_at(sheet.chars(), end, word)) return true;
  return false;
}

ReasonSet without_width_folds(ReasonSet reasons, const Sheet& sheet, Range r) {
  if (!reasons.has(Reason::normalised)) return reasons;
  const std::uint8_t change = sheet.folded().change(r.begin, r.end);
  if ((change & ~text::change_width) == 0) reasons.remove(Reason::normalised);
  return reasons;
}

Field document_number_field(const Sheet& sheet, std::string_view key, const DocumentNumber& found) {
  Field f = sheet.field(key, found.number.value->canonical, found.range);
  f.reasons = found.number.reasons;
  // Of procuratorates and the police there is a grammar and no table: nothing would show a wrong digit.
  f.checkable = found.number.value->court.has_value() || found.number.value->kind == numbers::CaseNumberKind::court;
  return f;
}

}  // namespace kualik::documents
