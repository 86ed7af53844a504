#include "kualik/numbers/mrz.h"

#include <algorithm>
#include <span>

#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/resident_id.h"
#include "numbers/mrz_formats.h"
#include "numbers/mrz_lines.h"
#include "numbers/resident_check.h"

namespace kualik::numbers {
namespace {

using detail::FieldSpec;
using detail::FormatSpec;
using detail::Slice;

const FormatSpec* choose(std::vector<std::string>& lines, bool fold, ReasonSet& reasons) {
  for (const FormatSpec& f : detail::mrz_formats) {
    if (lines.size() != static_cast<std::size_t>(f.lines)) continue;
    const bool visa = lines[0].starts_with('V');
    const bool is_visa = f.format == MrzFormat::mrv_a || f.format == MrzFormat::mrv_b;
    if (f.lines == 2 && visa != is_visa) continue;
    if (f.format == MrzFormat::cn_permit && !lines[0].starts_with('C')) continue;
    const auto width = static_cast<std::size_t>(f.width);
    std::vector<std::string> tried = lines;
    bool fits = true;
    for (int i = 0; i < f.lines; ++i) {
      std::string& line = tried[static_cast<std::size_t>(i)];
      fits &= line.size() == width || (fold && i == f.name_line && detail::fit_names(line, width));
    }
    if (!fits) continue;
    if (tried != lines) reasons.add(Reason::normalised);
    lines = tried;
    return &f;
  }
  return nullptr;
}

std::string without_fillers(std::string_view raw) {
  std::string out(raw);
  while (out.ends_with('<')) out.pop_back();
  return out;
}

std::string spaced(std::string_view raw) {
  std::string out = without_fillers(raw);
  std::string clean;
  for (char c : out) {
    if (c == '<') {
      if (!clean.empty() && clean.back() != ' ') clean += ' ';
    } else {
      clean += c;
    }
  }
  return clean;
}

void split_names(Mrz& mrz, std::string_view raw) {
  mrz.names_truncated = !raw.ends_with('<');
  const std::size_t cut = raw.find("<<");
  if (cut == std::string_view::npos) {
    mrz.surname = spaced(raw);
    return;
  }
  mrz.surname = spaced(raw.substr(0, cut));
  mrz.given_names = spaced(raw.substr(cut + 2));
}

/// Two digits of a date part: 0 for fillers, -1 for anything else that is no number.
int part(std::string_view raw, std::size_t at) {
  if (raw.substr(at, 2) == "<<") return 0;
  if (!detail::is_digit(raw[at]) || !detail::is_digit(raw[at + 1])) return -1;
  return (raw[at] - '0') * 10 + (raw[at + 1] - '0');
}

struct ShortDate {
  int yy, month, day;
  bool year_known;
};

ShortDate short_date(std::string_view raw, ReasonSet& reasons) {
  const ShortDate d{part(raw, 0), part(raw, 2), part(raw, 4), raw.substr(0, 2) != "<<"};
  if (d.yy < 0 || d.month < 0 || d.day < 0) {
    reasons.add(Reason::bad_character);
    return {0, 0, 0, false};
  }
  if (raw.find('<') != std::string_view::npos) reasons.add(Reason::masked);
  return d;
}

bool calendar_has(const Date& date, std::string_view raw) {
  const bool no_month = raw.substr(2, 2) == "<<";
  const bool no_day = raw.substr(4, 2) == "<<";
  const int longest = days_in_month(date.year == 0 ? 2000 : date.year, no_month ? 1 : date.month);
  return longest != 0 && (no_day || (date.day >= 1 && date.day <= longest));
}

/// The latest year ending in `yy` for which the date is not after `limit`.
int latest_year(const ShortDate& d, const Date& limit) {
  int year = limit.year / 100 * 100 + d.yy;
  if (Date{year, d.month, d.day} > limit) year -= 100;
  return year;
}

class Builder {
 public:
  Builder(const FormatSpec& spec, const std::vector<std::string>& lines, const Options& options, ReasonSet reasons)
      : spec_(spec), lines_(lines), options_(options), reasons_(reasons) {}

  Checked<Mrz> build() {
    mrz_.format = spec_.format;
    for (const std::string& line : lines_) {
      if (!mrz_.text.empty()) mrz_.text += '\n';
      mrz_.text += line;
      for (char c : line)
        if (mrz_value(c) < 0) reasons_.add(Reason::bad_character);
    }
    check_composite();
    for (const FieldSpec& f : spec_.fields) add_field(f);
    if (spec_.format == MrzFormat::td1 || spec_.format == MrzFormat::td2) long_number();
    names();
    dates();
    states();
    kazakhstan();
    return {std::move(mrz_), reasons_};
  }

 private:
  std::string_view slice(int line, int begin, int end) const {
    return std::string_view(lines_[static_cast<std::size_t>(line)])
        .substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  }
  MrzField* field(std::string_view key) {
    for (MrzField& f : mrz_.fields)
      if (f.key == key) return &f;
    return nullptr;
  }

  void check_composite() {
    if (spec_.composite.empty()) return;
    std::string all;
    for (const Slice& s : spec_.composite) all += slice(s.line, s.begin, s.end);
    composite_printed_ =
        lines_[static_cast<std::size_t>(spec_.composite_line)][static_cast<std::size_t>(spec_.composite_at)];
    composite_expected_ = icao_check_digit(all);
    // No text says over what the permit's last digit runs, and the only known line fits both readings: either may hold.
    if (spec_.format == MrzFormat::cn_permit && composite_expected_ != composite_printed_)
      composite_expected_ = icao_check_digit(slice(0, 0, 29));
    if (composite_expected_ != composite_printed_) reasons_.add(Reason::bad_composite_check);
  }

  void add_field(const FieldSpec& f) {
    MrzField made;
    made.key = f.key;
    made.raw = std::string(slice(f.line, f.begin, f.end));
    made.value = without_fillers(made.raw);
    made.line = f.line;
    made.begin = f.begin;
    made.end = f.end;
    const bool composite_ok = composite_expected_ == composite_printed_;
    bool own = false;
    bool own_ok = true;
    if (f.check >= 0) {
      own = true;
      made.check = lines_[static_cast<std::size_t>(f.line)][static_cast<std::size_t>(f.check)];
      made.expected = icao_check_digit(made.raw);
      const bool empty = made.value.empty();
      own_ok = made.check == made.expected || (empty && made.check == '<');
      // The digit of a number that goes on in the optional data stands elsewhere: long_number() judges it.
      const bool elsewhere = f.key == "document_number" && made.check == '<' && !empty &&
                             (spec_.format == MrzFormat::td1 || spec_.format == MrzFormat::td2);
      if (elsewhere) own = false;
      if (!own_ok && !elsewhere) reasons_.add(Reason::bad_check_digit);
      if (elsewhere) own_ok = true;
    }
    if (!own && !f.composite)
      made.evidence = MrzEvidence::none;
    else if (!own_ok || (f.composite && !composite_ok && !own))
      made.evidence = MrzEvidence::contradicted;
    else if (own && f.composite && composite_ok)
      made.evidence = MrzEvidence::check_and_composite;
    else
      made.evidence = own ? MrzEvidence::check : MrzEvidence::composite;
    mrz_.fields.push_back(std::move(made));
  }

  /// Doc 9303-5 and -6, note j: the number's first nine characters, '<', the rest, its check digit, '<'.
  void long_number() {
    MrzField* number = field("document_number");
    MrzField* optional = field("optional_data");
    if (number->check != '<' || number->value.empty() || number->raw.ends_with('<')) return;
    std::string_view rest = optional->raw;
    rest = rest.substr(0, rest.find('<'));
    if (rest.size() < 2 || !detail::is_digit(rest.back())) {
      reasons_.add(Reason::bad_check_digit);
      number->evidence = MrzEvidence::contradicted;
      return;
    }
    const char digit = rest.back();
    const std::string tail(rest.substr(0, rest.size() - 1));
    const bool skipped = icao_check_digit(number->raw + tail) == digit;
    const bool counted = icao_check_digit(number->raw + "<" + tail) == digit;
    mrz_.long_number = skipped && counted ? MrzLongNumber::both_fit
                       : skipped          ? MrzLongNumber::filler_skipped
                       : counted          ? MrzLongNumber::filler_counted
                                          : MrzLongNumber::neither_fits;
    number->check = digit;
    number->expected = icao_check_digit(number->raw + tail);
    const bool fits = skipped || counted;
    if (!fits) reasons_.add(Reason::bad_check_digit);
    const bool composite_ok = composite_expected_ == composite_printed_;
    number->evidence = !fits          ? MrzEvidence::contradicted
                       : composite_ok ? MrzEvidence::check_and_composite
                                      : MrzEvidence::check;
    number->value = number->raw + tail;
    optional->value = without_fillers(std::string_view(optional->raw).substr(rest.size()));
    while (optional->value.starts_with('<')) optional->value.erase(0, 1);
  }

  void names() {
    if (const MrzField* names = field("names")) split_names(mrz_, names->raw);
    const auto value = [this](std::string_view key) {
      const MrzField* f = field(key);
      return f == nullptr ? std::string() : f->value;
    };
    mrz_.document_code = value("document_code");
    mrz_.issuing_state = value("issuing_state");
    mrz_.nationality = value("nationality");
    mrz_.document_number = value("document_number");
    mrz_.optional_data = value(spec_.format == MrzFormat::td3 ? "personal_number" : "optional_data");
    mrz_.optional_data2 = value("optional_data2");
    if (spec_.format == MrzFormat::cn_permit) mrz_.issuing_state = mrz_.nationality = "CHN";
    if (MrzField* sex = field("sex")) {
      if (sex->raw == "M") mrz_.sex = Sex::male;
      if (sex->raw == "F") mrz_.sex = Sex::female;
      if (sex->raw != "M" && sex->raw != "F" && sex->raw != "<" && sex->raw != "X") reasons_.add(Reason::bad_character);
      sex->value = std::string(name(mrz_.sex));
    }
  }

  void dates() {
    MrzField* expiry = field("expiry_date");
    MrzField* birth = field("birth_date");
    const ShortDate e = short_date(expiry->raw, reasons_);
    if (e.year_known) {
      int year = 2000 + e.yy;
      if (!options_.today.empty() && year > options_.today.year + 50) year -= 100;
      mrz_.expiry_date = {year, e.month, e.day};
    } else {
      mrz_.expiry_date = {0, e.month, e.day};
    }
    const ShortDate b = short_date(birth->raw, reasons_);
    Date limit = options_.today;
    const bool expires = mrz_.expiry_date.year != 0;
    if (expires && (limit.empty() || mrz_.expiry_date < limit)) limit = mrz_.expiry_date;
    if (limit.empty()) limit = {2099, 12, 31};
    mrz_.birth_date = {b.year_known ? latest_year(b, limit) : 0, b.month, b.day};
    for (MrzField* f : {expiry, birth}) {
      const Date& date = f == birth ? mrz_.birth_date : mrz_.expiry_date;
      const bool broken = part(f->raw, 0) < 0 || part(f->raw, 2) < 0 || part(f->raw, 4) < 0;
      if (!broken && !calendar_has(date, f->raw)) reasons_.add(Reason::bad_date);
      f->value = date.valid() ? iso(date) : std::string();
    }
  }

  void states() {
    if (!options_.check_region) return;
    Country country;
    for (const std::string* state : {&mrz_.issuing_state, &mrz_.nationality})
      if (!find_country(*state, country)) reasons_.add(Reason::unknown_type);
  }

  /// Cards of Kazakhstan carry the IIN in the optional data of the first line; of the passport it is not confirmed.
  void kazakhstan() {
    if (mrz_.issuing_state != "KAZ" || mrz_.optional_data.size() != 12) return;
    const Checked<Iin> iin = parse_iin(mrz_.optional_data);
    if (!iin.value || iin.reasons.has_error()) return;
    mrz_.iin = mrz_.optional_data;
    const bool same_date = mrz_.iin.compare(0, 6, field("birth_date")->raw) == 0;
    const bool same_sex = mrz_.sex == Sex::unknown || iin.value->sex == Sex::unknown || iin.value->sex == mrz_.sex;
    if (!same_date || !same_sex) reasons_.add(Reason::cross_check);
  }

  const FormatSpec& spec_;
  const std::vector<std::string>& lines_;
  const Options& options_;
  ReasonSet reasons_;
  Mrz mrz_{};
  char composite_printed_{0};
  char composite_expected_{0};
};

}  // namespace

std::string_view name(MrzFormat format) noexcept {
  constexpr std::string_view names[] = {"TD1", "TD2", "TD3", "MRV-A", "MRV-B", "CN-permit"};
  return names[static_cast<std::size_t>(format)];
}

std::string_view name(MrzEvidence evidence) noexcept {
  constexpr std::string_view names[] = {"none", "check", "composite", "check_and_composite", "contradicted"};
  return names[static_cast<std::size_t>(evidence)];
}

std::string_view name(MrzLongNumber reading) noexcept {
  constexpr std::string_view names[] = {"none", "filler_skipped", "filler_counted", "both_fit", "neither_fits"};
  return names[static_cast<std::size_t>(reading)];
}

Checked<Mrz> parse_mrz(std::string_view text, const Options& options) {
  const bool fold = options.fold.value_or(true);
  Checked<Mrz> result;
  // No zone has more than 90 characters; what is longer by far is no zone, and need not be looked at.
  if (text.size() > 1024) {
    result.reasons.add(Reason::bad_length);
    return result;
  }
  detail::MrzLines lines = detail::split_zone(text, fold);
  if (lines.folded) result.reasons.add(Reason::normalised);
  const FormatSpec* spec = choose(lines.lines, fold, result.reasons);
  if (spec == nullptr) {
    result.reasons.add(lines.lines.empty() || lines.lines.size() > 3 ? Reason::bad_structure : Reason::bad_length);
    return result;
  }
  return Builder(*spec, lines.lines, options, result.reasons).build();
}

ReasonSet check_mrz(std::string_view text, const Options& options) {
  Options strict = options;
  strict.fold = options.fold.value_or(false);
  return parse_mrz(text, strict).reasons;
}

}  // namespace kualik::numbers
