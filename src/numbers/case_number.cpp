#include "kualik/numbers/case_number.h"

#include "numbers/case_symbols.h"
#include "numbers/resident_check.h"

namespace kualik::numbers {
namespace {

using namespace detail::case_numbers;
using detail::append_utf8;

class Parser {
 public:
  Parser(std::string_view text, const Options& options) : symbols_(read(text)), options_(options) {}

  /// Reads a number from the start; false if none stands there.
  bool run(bool whole) {
    whole_ = whole;
    const bool done = peek() == U'(' ? court() : office();
    if (!done) return false;
    for (std::size_t i = 0; i < at_; ++i)
      if (symbols_.at[i].folded) reasons_.add(Reason::normalised);
    judge();
    return true;
  }

  bool at_end() const { return at_ == symbols_.size && !symbols_.cut; }
  std::size_t used() const { return at_ == 0 ? 0 : symbols_.at[at_ - 1].end; }
  CaseNumber& value() { return value_; }
  ReasonSet& reasons() { return reasons_; }

 private:
  char32_t peek(std::size_t ahead = 0) const {
    return at_ + ahead < symbols_.size ? symbols_.at[at_ + ahead].c : U'\0';
  }
  bool take(char32_t c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  /// (2018), also with letters read for digits: 2O18.
  bool year() {
    if (peek() != U'(' || peek(5) != U')') return false;
    int year = 0;
    bool repaired = false;
    int digits = 0;
    for (std::size_t i = 1; i <= 4; ++i) {
      char32_t c = peek(i);
      if (c >= U'0' && c <= U'9')
        ++digits;
      else
        repaired = true;
      if (c == U'O' || c == U'o' || c == U'〇' || c == U'О' || c == U'○') c = U'0';
      if (c == U'l' || c == U'I') c = U'1';
      if (c < U'0' || c > U'9') return false;
      year = year * 10 + static_cast<int>(c - U'0');
    }
    if (digits < 2) return false;
    if (repaired) reasons_.add(Reason::repaired);
    value_.year = year_ = year;
    at_ += 6;
    return true;
  }

  /// Han (and capital letters of made-up samples, as in XX刑初字), at most `most`.
  std::string han(std::size_t most) {
    std::string out;
    for (std::size_t n = 0; n < most && (is_han(peek()) || (peek() >= U'A' && peek() <= U'Z')) && peek() != U'号'; ++n)
      append_utf8(out, symbols_.at[at_++].c);
    return out;
  }

  std::string digits(std::size_t most) {
    std::string out;
    while (out.size() < most && peek() >= U'0' && peek() <= U'9') append_utf8(out, symbols_.at[at_++].c);
    return out;
  }

  /// 12号, Z12号, 12-1号, 12号之一.
  bool serial() {
    const bool z = take(U'Z');
    const std::string number = digits(9);
    if (number.empty() || number.size() > 8) return false;
    value_.serial = z ? "Z" + number : number;
    value_.number = std::stoll(number);
    if (value_.number == 0) reasons_.add(Reason::out_of_range);
    if (peek() == U'-' || peek() == U'－' || peek() == U'—' || peek() == U'–') {
      const std::size_t back = at_++;
      const std::string part = digits(4);
      if (part.empty())
        at_ = back;
      else
        value_.suffix = "-" + part;
    }
    if (!take(U'号') && !take(U'號')) {
      if (!whole_ || at_ != symbols_.size) return false;
      reasons_.add(Reason::normalised);
    }
    if (peek() == U'之' && is_count(peek(1))) {
      append_utf8(value_.suffix, symbols_.at[at_++].c);
      while (is_count(peek())) append_utf8(value_.suffix, symbols_.at[at_++].c);
    }
    return true;
  }

  static bool is_count(char32_t c) {
    constexpr std::u32string_view counts = U"一二三四五六七八九十百";
    return counts.find(c) != std::u32string_view::npos;
  }

  /// Four digits, also of a year that cannot be: the canonical form reads as itself.
  std::string printed_year() const {
    std::string out = std::to_string(value_.year);
    return out.insert(0, 4 - out.size(), '0');
  }

  std::string printed_serial() const {
    std::string out = value_.serial.starts_with('Z') ? "Z" : "";
    out += std::to_string(value_.number);
    const bool dash = value_.suffix.starts_with('-');
    if (dash) out += value_.suffix;
    out += "号";
    if (!dash) out += value_.suffix;
    return out;
  }

  bool court() {
    if (!year()) return false;
    const std::size_t start = at_;
    const ReasonSet so_far = reasons_;
    if (court_since_2016()) return true;
    at_ = start;
    reasons_ = so_far;
    value_ = {};
    value_.year = year_;
    return court_before_2016();
  }

  bool court_since_2016() {
    std::string code;
    if (peek() == U'最' && peek(1) == U'高' && peek(2) == U'法') {
      code = "最高法";
      at_ += 3;
    } else {
      append_utf8(code, peek());
      if (!is_court_prefix(code)) return false;
      ++at_;
      const std::string place = digits(6);
      if (!place.empty() && place.size() != 2 && place.size() != 4) reasons_.add(Reason::bad_structure);
      code += place;
    }
    std::string type = han(6);
    // 刑初字第 behind a court's code: the words of before 2016 in the new form, as some wrote it.
    std::string older;
    if (code.size() > 3)
      for (std::string_view end : {"字第", "字"})
        if (older.empty() && type.size() > end.size() && type.ends_with(end)) older = end;
    type.resize(type.size() - older.size());
    if (type.empty() || type.find("字") != std::string::npos) return false;
    if (!older.empty()) reasons_.add(Reason::period_mismatch);
    if (!serial()) return false;
    value_.kind = CaseNumberKind::court;
    value_.issuer = code;
    value_.case_type = find_case_type(type);
    if (!value_.case_type && type.starts_with("知") && type.size() > 3) {
      value_.special = "知";
      type.erase(0, 3);
      value_.case_type = find_case_type(type);
    }
    value_.type = type;
    value_.court = find_court(code, value_.year);
    if (!value_.court) reasons_.add(Reason::unknown_court);
    if (!value_.case_type) reasons_.add(Reason::unknown_type);
    if (type.size() > 4 * 3) reasons_.add(Reason::bad_structure);
    const bool early = value_.year < 2016 || (value_.court && value_.year < value_.court->year_from) ||
                       (value_.case_type && value_.year < value_.case_type->year_from);
    if (early) reasons_.add(Reason::period_mismatch);
    value_.canonical = "（" + printed_year() + "）" + code + value_.special + type + older + printed_serial();
    return true;
  }

  bool court_before_2016() {
    // Sixteen characters, eight behind a bracket, and the 第 that the canonical form has and print may lack.
    std::size_t run = at_, most = 16;
    std::string before = han(most + 1);
    std::string printed = before;
    // Courts of Shanghai bracket the kind of case within the fragment: 民一(民)终字.
    if (peek() == U'(' && is_han(peek(1)) && peek(2) == U')') {
      printed += "（";
      append_utf8(printed, peek(1));
      printed += "）";
      at_ += 3;
      run = at_, most = 8;
      const std::string behind = han(most + 1);
      before += behind;
      printed += behind;
    }
    run = at_ - run;
    // The bracketed court number of some courts, as in 一中, is Han too; 第 ends the run of the fragment.
    const std::size_t mark = before.rfind("字");
    if (mark == std::string::npos) return false;
    const std::string rest = before.substr(mark + 3);
    if (!rest.empty() && rest != "第") return false;
    if (run > most + (rest.empty() ? 0 : 1)) return false;
    before.resize(mark + 3);
    printed.resize(printed.size() - rest.size());
    if (!serial()) return false;
    value_.kind = CaseNumberKind::court_pre2016;
    value_.case_type = legacy_case_type_at_end(before);
    if (value_.case_type && value_.case_type->code.size() < before.size()) {
      value_.type = std::string(value_.case_type->code);
    } else {
      value_.case_type.reset();
      std::size_t from = before.size();
      for (std::string_view sign : {"刑", "民", "行", "执", "商", "知", "赔", "少"}) {
        const std::size_t found = before.find(sign, 3);
        if (found < from) from = found;
      }
      if (from >= before.size()) return false;
      value_.type = before.substr(from);
      reasons_.add(Reason::unknown_type);
    }
    value_.issuer = before.substr(0, before.size() - value_.type.size());
    if (value_.issuer.size() > 8 * 3) return false;
    if (value_.year > 2016) reasons_.add(Reason::period_mismatch);
    value_.canonical = "（" + printed_year() + "）" + printed + "第" + printed_serial();
    return true;
  }

  static bool known(std::string_view kind, std::initializer_list<std::string_view> list) {
    for (std::string_view k : list)
      if (k == kind) return true;
    return false;
  }

  /// Procuratorates and police: words, the year in brackets, the serial.
  bool office() {
    const std::string head = han(16);
    std::string unit;
    std::string station;
    std::string tail;
    if (!year()) {
      if (!take(U'(')) return false;
      unit = han(8);
      if (unit.empty() || !take(U')')) return false;
      // A branch and a station of it: 乌公（天）（胜利路）行罚决字.
      if (take(U'(')) {
        station = han(8);
        if (station.empty() || !take(U')')) return false;
      }
      tail = han(10);
      if (!year()) return false;
    }
    const std::string ordinal = take(U'第') ? "第" : "";  // Some print it; who cites the number does, too.
    if (!serial()) return false;
    const std::string end = "〔" + printed_year() + "〕" + ordinal + printed_serial();
    if (unit.empty() && procuratorate(head)) {
      value_.canonical = value_.issuer + "检" + value_.special + value_.type + end;
      return true;
    }
    if (!police(head, unit, tail)) return false;
    std::string in_brackets = unit.empty() ? "" : "（" + unit + "）";
    if (!station.empty()) {
      in_brackets += "（" + station + "）";
      value_.special += " " + station;
    }
    value_.canonical = head + in_brackets + tail + end;
    return true;
  }

  bool procuratorate(const std::string& head) {
    const std::size_t mark = head.find("检", 3);
    if (mark == std::string::npos) return false;
    value_.issuer = head.substr(0, mark);
    const std::string rest = head.substr(mark + 3);
    if (rest.empty() || value_.issuer.size() > 8 * 3) return false;
    const auto is_kind = [](std::string_view k) {
      if (k.ends_with("字")) k.remove_suffix(3);
      return known(k, {"刑诉", "刑不诉", "批捕", "不批捕", "刑抗", "刑追诉", "刑变诉", "诉", "不诉", "捕", "起诉"});
    };
    value_.kind = CaseNumberKind::procuratorate;
    value_.type = rest;
    // Branches stand behind 检: 新检阿分公诉刑诉, 京检一分刑诉.
    std::size_t from = 0;
    if (const std::size_t branch = rest.find("分"); branch <= 2 * 3) {
      from = branch + 3;
      if (std::string_view(rest).substr(from).starts_with("院")) from += 3;
    }
    const std::string_view behind = std::string_view(rest).substr(from);
    const auto parted = [&](std::size_t special) {
      value_.special = rest.substr(0, special);
      value_.type = rest.substr(special);
      return true;
    };
    if (is_kind(behind)) return parted(from);
    for (std::string_view department : {"公诉", "公", "诉", "侦监", "未检", "未", "刑检", "监所", "刑执", "一部",
                                        "二部", "三部", "四部", "五部", "六部", "七部", "八部", "九部", "十部"})
      if (behind.size() > department.size() && behind.starts_with(department) &&
          is_kind(behind.substr(department.size())))
        return parted(from + department.size());
    reasons_.add(Reason::unknown_type);
    return true;
  }

  bool police(const std::string& head, const std::string& unit, const std::string& tail) {
    value_.kind = CaseNumberKind::police;
    value_.special = unit;
    const auto is_kind = [](std::string_view k) {
      if (k.ends_with("字")) k.remove_suffix(3);
      // Of the forms of 2012 and later, and of administrative papers.
      return known(
          k, {"拘通",   "捕通",   "拘",     "捕",     "立",     "诉",   "释",   "释证", "取保", "监居",   "监通",
              "变",     "行罚决", "行拘通", "行传",   "强戒决", "收教", "扣",   "搜查", "传唤", "撤案",   "受案",
              "延拘通", "提捕",   "解保",   "指监通", "解监",   "终侦", "鉴通", "拘传", "当罚", "解强戒", "不罚决"});
    };
    if (!unit.empty()) {
      if (!head.ends_with("公") || tail.empty()) return false;
      value_.issuer = head.substr(0, head.size() - 3);
      value_.type = tail;
    } else if (const std::size_t mark = head.find("公"); mark != std::string::npos && head.size() > mark + 3) {
      value_.issuer = head.substr(0, mark);
      value_.type = head.substr(mark + 3);
      // The unit without brackets: 公刑拘字.
      for (std::string_view bare : {"刑", "治", "国保", "国", "禁毒", "经"})
        if (!is_kind(value_.type) && value_.type.starts_with(bare) &&
            is_kind(std::string_view(value_.type).substr(bare.size()))) {
          value_.special = bare;
          value_.type.erase(0, bare.size());
          break;
        }
    } else {
      // Release certificates: 新X监释字〔2017〕12号.
      std::size_t found = std::string::npos;
      for (std::string_view kind : {"释证字", "释字", "释证", "释"})
        if (found == std::string::npos && head.ends_with(kind)) found = head.size() - kind.size();
      if (found == std::string::npos) return false;
      value_.issuer = head.substr(0, found);
      value_.type = head.substr(found);
    }
    if (value_.issuer.size() > 8 * 3) return false;
    if (!is_kind(value_.type)) reasons_.add(Reason::unknown_type);
    return true;
  }

  void judge() {
    if (value_.year < 1949) reasons_.add(Reason::out_of_range);
    if (!options_.today.empty() && value_.year > options_.today.year) reasons_.add(Reason::future_date);
  }

  Symbols symbols_;
  Options options_;
  ReasonSet reasons_{};
  CaseNumber value_{};
  std::size_t at_{0};
  int year_{0};
  bool whole_{true};
};

}  // namespace

std::string_view name(CaseNumberKind kind) noexcept {
  constexpr std::string_view names[] = {"court", "court_pre2016", "procuratorate", "police"};
  return names[static_cast<std::size_t>(kind)];
}

Checked<CaseNumber> parse_case_number(std::string_view text, const Options& options) {
  Checked<CaseNumber> result;
  Parser parser(text, options);
  if (!parser.run(true) || !parser.at_end()) {
    result.reasons.add(Reason::bad_structure);
    return result;
  }
  result.value = std::move(parser.value());
  result.reasons = parser.reasons();
  return result;
}

ReasonSet check_case_number(std::string_view text, const Options& options) {
  return parse_case_number(text, options).reasons;
}

Checked<CaseNumber> parse_case_number_prefix(std::string_view text, std::size_t& used, const Options& options) {
  Checked<CaseNumber> result;
  used = 0;
  Parser parser(text, options);
  if (!parser.run(false)) {
    result.reasons.add(Reason::bad_structure);
    return result;
  }
  used = parser.used();
  // Spaces behind the number are no part of it.
  result.reasons = parser.reasons();
  result.value = std::move(parser.value());
  return result;
}

}  // namespace kualik::numbers
