#include "kualik/text/find_numbers.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "kualik/numbers/case_number.h"
#include "kualik/numbers/fold.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/mrz.h"
#include "kualik/numbers/resident_id.h"

namespace kualik::text {
namespace {

using numbers::Options;

/// The text with one byte a character: digits, letters, `*` and `<` folded, '-' for hyphens, ' ' and '\n', '#' for all
/// else.
struct Shadow {
  std::string bytes;
  std::vector<std::uint32_t> begin;  ///< Byte of the original; one more at the end.
  std::vector<std::uint8_t> folded;
};

Shadow shadow_of(std::string_view text) {
  Shadow s;
  s.bytes.reserve(text.size());
  s.begin.reserve(text.size() + 1);
  s.folded.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const numbers::FoldedChar c = numbers::fold_char(text.substr(at));
    const char original = text[at];
    char shown = c.ascii;
    std::uint8_t folded = folded_none;
    if (c.ascii == '\1') {
      shown = '#';
    } else if (c.ascii == 0) {
      const bool line = original == '\n' || original == '\r';
      // U+2010 … U+2015, U+2212 and U+FF0D are hyphens, what else vanishes are spaces and joiners.
      const std::string_view bytes = text.substr(at, c.size);
      const bool hyphen = original == '-' ||
                          (bytes.starts_with("\xE2\x80") && static_cast<unsigned char>(bytes[2]) >= 0x90 &&
                           static_cast<unsigned char>(bytes[2]) <= 0x95) ||
                          bytes == "\xE2\x88\x92" || bytes == "\xEF\xBC\x8D";
      shown = line ? '\n' : hyphen ? '-' : ' ';
      folded = line ? folded_line_break : hyphen ? folded_hyphen : folded_space;
    } else if (c.changed) {
      folded = c.size > 1 ? folded_width : folded_case;
      // A question mark or an underline is punctuation more often than a mask.
      if (original == '?' || original == '_') shown = '#';
    }
    s.bytes += shown;
    s.begin.push_back(static_cast<std::uint32_t>(at));
    s.folded.push_back(folded);
    at += c.size;
  }
  s.begin.push_back(static_cast<std::uint32_t>(text.size()));
  return s;
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_gap(char c) noexcept { return c == ' ' || c == '-' || c == '\n'; }

/// A run of digits and masks without a gap, perhaps with X at its end.
struct Group {
  std::size_t begin, end;  ///< In the shadow.
  bool joins_before;       ///< A short gap alone lies between the group before and this one.
  bool letters_before;     ///< Three capital letters stand directly before.
  std::size_t size() const noexcept { return end - begin; }
};

class Finder {
 public:
  Finder(std::string_view text, const Options& options) : text_(text), options_(options), shadow_(shadow_of(text)) {
    options_.fold = true;
  }

  std::vector<FoundNumber> run() {
    case_numbers();
    zones();
    const auto earlier = [](const FoundNumber& a, const FoundNumber& b) { return a.span.begin < b.span.begin; };
    std::stable_sort(found_.begin(), found_.end(), earlier);
    sorted_ = found_.size();
    digits();
    std::stable_sort(found_.begin(), found_.end(), earlier);
    std::vector<FoundNumber> apart;
    for (FoundNumber& n : found_)
      if (apart.empty() || n.span.begin >= apart.back().span.end) apart.push_back(std::move(n));
    return apart;
  }

 private:
  void add(NumberKind kind, Span span, std::string value, ReasonSet reasons, std::uint8_t folded) {
    found_.push_back({kind, span, std::move(value), reasons, folded});
  }

  std::uint8_t folded_in(std::size_t begin, std::size_t end) const {
    std::uint8_t all = folded_none;
    for (std::size_t i = begin; i < end; ++i) all = static_cast<std::uint8_t>(all | shadow_.folded[i]);
    return all;
  }
  Span span_of(std::size_t begin, std::size_t end) const { return {shadow_.begin[begin], shadow_.begin[end]}; }

  void case_numbers() {
    // A year in brackets; then the number goes on behind it (courts), or has begun before it (procuratorates, police).
    static const RE2 year(
        "([（(〔\\[【﹝［][\\s\\x{3000}]{0,2}[0-9０-９OoОо〇○lI][\\s\\x{3000}]{0,1}[0-9０-９OoОо〇○lI]"
        "[\\s\\x{3000}]{0,1}[0-9０-９OoОо〇○lI][\\s\\x{3000}]{0,1}[0-9０-９OoОо〇○lI][\\s\\x{3000}]{0,2}[）)〕\\]"
        "】﹞］])");
    // What stands before the year: the office's short name with 检, 公 or 释 and the kind of paper, perhaps a unit in
    // brackets.
    static const RE2 head(
        "((?:[\\p{Han}A-Z]{0,10}公[（(〔\\[【﹝][\\p{Han}]{1,8}[）)〕\\]】﹞][\\p{Han}]{1,10})|(?:[\\p{Han}A-Z]{1,16}))"
        "$");
    re2::StringPiece rest(text_.data(), text_.size());
    re2::StringPiece match;
    std::size_t taken = 0;
    while (RE2::FindAndConsume(&rest, year, &match)) {
      const auto begin = static_cast<std::size_t>(match.data() - text_.data());
      std::size_t used = 0;
      const Checked<numbers::CaseNumber> court = numbers::parse_case_number_prefix(text_.substr(begin), used, options_);
      if (court.value) {
        add(NumberKind::case_number, {begin, begin + used}, court.value->canonical, court.reasons, folded_none);
        taken = begin + used;
        continue;
      }
      // At most 31 characters of three bytes and two brackets.
      constexpr std::size_t reach = 100;
      std::size_t from = std::max(taken, begin > reach ? begin - reach : 0);
      while (from < begin && (static_cast<unsigned char>(text_[from]) & 0xC0) == 0x80) ++from;
      re2::StringPiece before(text_.data() + from, begin - from);
      re2::StringPiece name;
      if (!RE2::PartialMatch(before, head, &name)) continue;
      const std::size_t start = static_cast<std::size_t>(name.data() - text_.data());
      if (const std::size_t end = office(start, begin); end != 0) taken = end;
    }
  }

  /// A paper's number whose short name begins at `start` or later; gives its end, or 0.
  std::size_t office(std::size_t start, std::size_t year) {
    const std::string_view head = text_.substr(start, year - start);
    const std::size_t mark = std::min({head.find("检"), head.find("公"), head.find("释")});
    if (mark == std::string_view::npos) return 0;
    // Words that lead to a number are no part of the office's name, which has four characters at most in practice.
    std::size_t first = 0;
    for (std::string_view word :
         {"以", "据", "依", "见", "由", "用", "为", "的", "是", "及", "和", "与", "书", "第", "了", "出", "按"})
      if (const std::size_t found = head.substr(0, mark).rfind(word); found != std::string_view::npos)
        first = std::max(first, found + word.size());
    constexpr std::size_t longest_name = 4 * 3;
    if (mark > longest_name) first = std::max(first, mark - longest_name);
    while (first < mark && (static_cast<unsigned char>(head[first]) & 0xC0) == 0x80) ++first;
    std::size_t used = 0;
    const Checked<numbers::CaseNumber> paper =
        numbers::parse_case_number_prefix(text_.substr(start + first), used, options_);
    if (!paper.value) return 0;
    add(NumberKind::case_number, {start + first, start + first + used}, paper.value->canonical, paper.reasons,
        folded_none);
    return start + first + used;
  }

  struct Line {
    std::size_t begin, end;  ///< In the shadow, without blanks around.
    bool zone;               ///< Might be a line of a zone.
    std::string packed;
  };

  void zones() {
    static const RE2 shape("[A-Z0-9<]{28,46}");
    std::vector<Line> lines;
    std::size_t at = 0;
    const std::string& s = shadow_.bytes;
    while (at <= s.size()) {
      std::size_t end = std::min(s.find('\n', at), s.size());
      Line line{at, end, false, {}};
      while (line.begin < line.end && s[line.begin] == ' ') ++line.begin;
      while (line.end > line.begin && s[line.end - 1] == ' ') --line.end;
      constexpr std::size_t longest = 100;  // With a blank between all letters.
      if (line.end - line.begin >= 28 && line.end - line.begin <= longest) {
        for (std::size_t i = line.begin; i < line.end; ++i)
          if (s[i] != ' ') line.packed += s[i];
        line.zone = std::count(line.packed.begin(), line.packed.end(), '<') >= 2 && RE2::FullMatch(line.packed, shape);
      }
      if (line.begin < line.end) lines.push_back(std::move(line));
      at = end + 1;
    }
    for (std::size_t i = 0; i < lines.size();) {
      std::size_t used = 0;
      if (lines[i].zone) {
        for (std::size_t count : {3U, 2U, 1U}) {
          if (i + count > lines.size()) continue;
          std::string joined;
          bool all = true;
          for (std::size_t k = i; k < i + count; ++k) {
            all &= lines[k].zone;
            if (k != i) joined += '\n';
            joined += lines[k].packed;
          }
          if (!all) continue;
          const Checked<numbers::Mrz> zone = numbers::parse_mrz(joined, options_);
          if (!zone.value) continue;
          // One line alone is a permit, which has nothing but its check digits to show for it.
          if (count == 1 && zone.reasons.has_error()) continue;
          const std::size_t begin = lines[i].begin;
          const std::size_t end = lines[i + count - 1].end;
          std::uint8_t folded = folded_in(begin, end) & static_cast<std::uint8_t>(~folded_line_break);
          ReasonSet reasons = zone.reasons;
          if (folded != folded_none) reasons.add(Reason::normalised);
          add(NumberKind::mrz, span_of(begin, end), zone.value->text, reasons, folded);
          used = count;
          break;
        }
      }
      i += used == 0 ? 1 : used;
    }
  }

  std::vector<Group> groups() const {
    const std::string& s = shadow_.bytes;
    std::vector<Group> all;
    std::size_t last_end = 0;
    bool broken = true;  // Something but a short gap lies behind the last group.
    for (std::size_t i = 0; i < s.size();) {
      if (!is_digit(s[i]) && s[i] != '*') {
        // An X may stand apart at the end: 11010519491231002 X.
        const bool last = s[i] == 'X' && !all.empty() && !broken && i > last_end && i - last_end <= 3 &&
                          (i + 1 == s.size() || (!is_upper(s[i + 1]) && !is_digit(s[i + 1]) && s[i + 1] != '*'));
        if (last) all.push_back({i, i + 1, true, false});
        broken |= !is_gap(s[i]);
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < s.size() && (is_digit(s[end]) || s[end] == '*')) ++end;
      // X ends a group, or stands for a mask within one: 1990XXXX1234.
      while (end < s.size() && s[end] == 'X') {
        std::size_t next = end;
        while (next < s.size() && s[next] == 'X') ++next;
        const bool inside = next < s.size() && (is_digit(s[next]) || s[next] == '*');
        if (inside && next - end == 1) break;
        end = next;
        while (end < s.size() && (is_digit(s[end]) || s[end] == '*')) ++end;
      }
      const bool letter_after = end < s.size() && is_upper(s[end]);
      const bool letter_before = i > 0 && is_upper(s[i - 1]);
      const bool three =
          i >= 3 && is_upper(s[i - 1]) && is_upper(s[i - 2]) && is_upper(s[i - 3]) && (i == 3 || !is_upper(s[i - 4]));
      if (letter_after) {
        broken = true;
      } else {
        const bool joins = !all.empty() && !broken && !letter_before && i - last_end <= 3;
        all.push_back({i, end, joins, three});
        broken = false;
        last_end = end;
      }
      i = end;
    }
    return all;
  }

  void digits() {
    const std::vector<Group> all = groups();
    for (std::size_t i = 0; i < all.size();) {
      if (single(all[i])) {
        ++i;
        continue;
      }
      // Parts that make one number together: 440524 18800101 0014.
      std::size_t used = 0;
      std::size_t size = all[i].size();
      constexpr std::size_t most_parts = 18;
      for (std::size_t k = i + 1; k < all.size() && k < i + most_parts && all[k].joins_before && size < 18; ++k) {
        size += all[k].size();
        if ((size == 18 || size == 15 || size == 12) && joined(all[i].begin, all[k].end, size)) {
          used = k - i + 1;
          break;
        }
      }
      i += used == 0 ? 1 : used;
    }
  }

  bool named_kz(std::size_t begin) const {
    const std::size_t at = shadow_.begin[begin];
    const std::string_view before = text_.substr(at > 24 ? at - 24 : 0, at > 24 ? 24 : at);
    for (std::string_view word : {"ИИН", "ЖСН", "БИН", "БСН", "IIN", "BIN", "ИНН", "иин", "жсн"})
      if (before.find(word) != std::string_view::npos) return true;
    return false;
  }

  bool single(const Group& g) {
    const std::string_view digits = std::string_view(shadow_.bytes).substr(g.begin, g.size());
    if (g.size() == 12 && g.letters_before) {
      const std::string_view card = std::string_view(shadow_.bytes).substr(g.begin - 3, 15);
      const Checked<numbers::ResidentId> id = numbers::parse_resident_id(card, options_);
      if (id.value && !id.reasons.has_error())
        return keep(NumberKind::resident_id, g.begin - 3, g.end, id.value->text(), id.reasons);
    }
    if (g.size() == 18 || g.size() == 15) {
      const Checked<numbers::ResidentId> id = numbers::parse_resident_id(digits, options_);
      if (!id.value) return false;
      const auto known = std::count_if(digits.begin(), digits.end(), is_digit);
      const bool date = !id.reasons.has(Reason::bad_date);
      const bool check = g.size() == 18 && !id.reasons.has(Reason::bad_check_digit);
      if (id.reasons.has(Reason::masked) ? known < 6 || !date : !date && !check) return false;
      return keep(NumberKind::resident_id, g.begin, g.end, id.value->text(), id.reasons);
    }
    return g.size() == 12 && kazakh(g.begin, g.end, digits, named_kz(g.begin));
  }

  bool kazakh(std::size_t begin, std::size_t end, std::string_view digits, bool named) {
    if (digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
    if (numbers::is_bin(digits)) {
      const Checked<numbers::Bin> bin = numbers::parse_bin(digits, options_);
      if (!bin.value || (bin.reasons.has_error() && !named)) return false;
      return keep(NumberKind::bin, begin, end, bin.value->text(), bin.reasons);
    }
    const Checked<numbers::Iin> iin = numbers::parse_iin(digits, options_);
    if (!iin.value || ((iin.reasons.has_error() || iin.reasons.has(Reason::unknown_value)) && !named)) return false;
    return keep(NumberKind::iin, begin, end, iin.value->text(), iin.reasons);
  }

  bool joined(std::size_t begin, std::size_t end, std::size_t size) {
    std::string digits;
    for (std::size_t i = begin; i < end; ++i)
      if (!is_gap(shadow_.bytes[i])) digits += shadow_.bytes[i];
    if (digits.find('*') != std::string::npos) return false;
    if (size == 12) return named_kz(begin) && kazakh(begin, end, digits, false);
    const Checked<numbers::ResidentId> id = numbers::parse_resident_id(digits, options_);
    // Fifteen digits in parts have no check digit and too little else to be told from a telephone number.
    if (!id.value || id.reasons.has_error() || size == 15) return false;
    return keep(NumberKind::resident_id, begin, end, id.value->text(), id.reasons);
  }

  bool keep(NumberKind kind, std::size_t begin, std::size_t end, std::string_view value, ReasonSet reasons) {
    const std::uint8_t folded = folded_in(begin, end);
    if (folded != folded_none) reasons.add(Reason::normalised);
    // Zones and case numbers were found first; a number inside one is theirs.
    const Span span = span_of(begin, end);
    const auto inside =
        std::upper_bound(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(sorted_), span.begin,
                         [](std::size_t at, const FoundNumber& n) { return at < n.span.begin; });
    if (inside != found_.begin() && sorted_ > 0 && (inside - 1)->span.end > span.begin) return true;
    add(kind, span, std::string(value), reasons, folded);
    return true;
  }

  std::string_view text_;
  Options options_;
  Shadow shadow_;
  std::vector<FoundNumber> found_;
  std::size_t sorted_{0};
};

}  // namespace

std::string_view name(NumberKind kind) noexcept {
  constexpr std::string_view names[] = {"cn_id", "iin", "bin", "mrz", "case_number"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<FoundNumber> find_numbers(std::string_view text, const Options& options) {
  return Finder(text, options).run();
}

}  // namespace kualik::text
