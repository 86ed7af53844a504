#include "kualik/text/pinyin.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "han_readings.h"
#include "han_readings_table.h"
#include "han_surnames.h"
#include "kazakh_parts.h"
#include "kualik/text/normalize.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "pinyin_syllables.h"
#include "syllables_han.h"
#include "uyghur_parts.h"

namespace kualik::text {

namespace {

constexpr char32_t first_han = 0x4E00;
constexpr char32_t last_han = 0x9FFF;

/// The reading that ICU gives a character outside the table. ICU takes some 30 µs, so readings are kept.
std::string_view icu_reading(char32_t c) {
  static std::mutex guard;
  static std::unordered_map<char32_t, std::string> kept;  // References into it stay valid when it grows.
  static UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::Transliterator> latin(
      icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, status));
  const std::lock_guard lock(guard);
  const auto [at, fresh] = kept.try_emplace(c);
  if (!fresh || latin == nullptr) return at->second;
  icu::UnicodeString text(static_cast<UChar32>(c));
  latin->transliterate(text);
  std::string toned_text;
  text.toUTF8String(toned_text);
  static constexpr std::u32string_view toned = U"āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ";
  static constexpr std::u32string_view plain = U"aaaaeeeeiiiioooouuuuüüüünnn";
  std::u32string syllable;
  for (const char32_t letter : to_u32(toned_text)) {
    const std::size_t found = toned.find(letter);
    const char32_t bare = found == std::u32string_view::npos ? letter : plain[found];
    if ((bare >= U'a' && bare <= U'z') || bare == U'ü') syllable.push_back(bare);
  }
  at->second = to_utf8(syllable);
  return at->second;
}

const std::unordered_map<char32_t, std::string_view>& table() {
  static const auto made = [] {
    std::unordered_map<char32_t, std::string_view> readings;
    for (const auto& row : tables::han_readings_table_rows) {
      for (const char32_t c : to_u32(row.hans)) readings.emplace(c, row.pinyin);
    }
    return readings;
  }();
  return made;
}

/// A syllable in its bytes; none has more than six letters.
std::uint64_t packed(std::string_view syllable) noexcept {
  if (syllable.size() > sizeof(std::uint64_t)) return 0;
  std::uint64_t made = 0;
  for (const char c : syllable) made = (made << 8U) | static_cast<unsigned char>(c);
  return made;
}

const std::unordered_set<std::uint64_t>& syllables() {
  static const auto made = [] {
    std::unordered_set<std::uint64_t> all;
    for (const auto& row : tables::pinyin_syllables_rows) {
      std::string_view finals = row.finals;
      while (!finals.empty()) {
        const std::size_t cut = finals.find(' ');
        all.insert(packed(std::string(row.initial) + std::string(finals.substr(0, cut))));
        finals.remove_prefix(cut == std::string_view::npos ? finals.size() : cut + 1);
      }
    }
    return all;
  }();
  return made;
}

const std::unordered_map<std::u32string, std::string>& surnames() {
  static const auto made = [] {
    std::unordered_map<std::u32string, std::string> all;
    for (const auto& row : tables::han_surnames_rows) all.emplace(to_u32(row.hans), row.pinyin);
    return all;
  }();
  return made;
}

const std::set<char32_t>& transcribing() {
  static const auto made = [] {
    std::set<char32_t> all;
    for (const auto& row : tables::syllables_han_rows) {
      for (const char32_t c : to_u32(row.hans)) all.insert(c);
    }
    for (const auto& row : tables::uyghur_parts_rows) {
      for (const char32_t c : to_u32(std::string(row.hans) + std::string(row.hans_2002))) all.insert(c);
    }
    return all;
  }();
  return made;
}

/// Of two characters, met as a whole name: 都曼, 伊敏, 于山.
const std::set<std::u32string, std::less<>>& short_names() {
  static const auto made = [] {
    std::set<std::u32string, std::less<>> all;
    const auto add = [&](std::string_view cell) {
      while (!cell.empty()) {
        const std::size_t cut = cell.find('/');
        std::u32string han = to_u32(cell.substr(0, cut));
        if (han.size() == 2) all.insert(std::move(han));
        cell.remove_prefix(cut == std::string_view::npos ? cell.size() : cut + 1);
      }
    };
    for (const auto& row : tables::kazakh_parts_rows) {
      if (row.role.find("given") != std::string_view::npos) add(row.hans);
    }
    for (const auto& row : tables::uyghur_parts_rows) {
      add(row.hans);
      add(row.hans_2002);
    }
    return all;
  }();
  return made;
}

std::u32string write_umlaut(std::string_view syllable, UmlautU how) {
  std::u32string out;
  for (const char32_t c : to_u32(syllable)) {
    if (c != U'ü') {
      out.push_back(c);
    } else if (how == UmlautU::yu) {
      out += U"yu";
    } else {
      out.push_back(how == UmlautU::u ? U'u' : how == UmlautU::v ? U'v' : U'ü');
    }
  }
  return out;
}

/// One run of Han characters between dots, spaces or other scripts.
std::u32string run_to_pinyin(std::u32string_view run, const PinyinOptions& options, bool alone) {
  const std::size_t family = options.surnames && alone ? surname_length(run) : 0;
  std::u32string out;
  bool head = true;  // The next syllable begins a word.
  const auto put = [&](std::string_view syllable, bool apart) {
    std::u32string written = write_umlaut(syllable, options.umlaut);
    if (apart && !out.empty()) {
      out.push_back(U' ');
      head = true;
    }
    if (head && !written.empty()) written[0] = to_upper(written[0]);
    out += written;
    head = false;
  };
  std::size_t i = 0;
  if (family > 0) {
    const std::string_view special = surname_reading(run.substr(0, family));
    if (special.empty()) {
      for (; i < family; ++i) put(han_reading(run[i]), options.separate);
    } else {
      for (const char c : special) {
        if (c != ' ') out.push_back(static_cast<char32_t>(static_cast<unsigned char>(c)));
      }
      out[0] = to_upper(out[0]);
      i = family;
    }
    head = false;
  }
  for (; i < run.size(); ++i) put(han_reading(run[i]), options.separate || (family > 0 && i == family));
  return out;
}

}  // namespace

std::string_view han_reading(char32_t c) {
  const auto found = table().find(c);
  if (found != table().end()) return found->second;
  const auto simple = table().find(to_simplified(c));
  if (simple != table().end()) return simple->second;
  if (c >= first_han && c <= last_han) return icu_reading(c);
  return {};
}

std::string_view surname_reading(std::u32string_view surname) {
  std::u32string simple(surname);
  for (char32_t& c : simple) c = to_simplified(c);
  const auto found = surnames().find(simple);
  return found == surnames().end() ? std::string_view{} : std::string_view(found->second);
}

bool is_surname(std::u32string_view text) { return surnames().contains(std::u32string(text)); }

bool is_pinyin_syllable(std::string_view syllable) { return syllables().contains(packed(syllable)); }

std::size_t count_transcribing(std::u32string_view name) {
  std::size_t count = 0;
  for (const char32_t c : name) count += transcribing().contains(to_simplified(c)) ? 1U : 0U;
  return count;
}

std::size_t surname_length(std::u32string_view name) {
  if (name.size() < 2 || name.size() > 4) return 0;
  std::u32string simple(name);
  for (char32_t& c : simple) c = to_simplified(c);
  const bool pair = name.size() >= 3 && surnames().contains(simple.substr(0, 2));
  const bool single = surnames().contains(simple.substr(0, 1));
  if (!pair && !single) return 0;
  // 叶尔兰, 马合木提, 沙吾列: characters of transcriptions throughout. 马丽 has two such characters too, but nothing
  // that closes a syllable; a name of four characters after a single surname is rare enough to be read as a
  // transcription.
  if (count_transcribing(simple) == simple.size()) {
    // 哈森 is a Kazakh's name, though 哈 is a surname of Hui.
    static constexpr std::u32string_view mostly_transcribing = U"哈纳拜铁";
    // 马福海, 金秀英: two characters that given names of the Han are made of first of all.
    static constexpr std::u32string_view of_given_names = U"福海玉兰秀英明建华国文成芳红梅霞燕云龙林军生春";
    const auto gives_a_name = [](char32_t c) { return of_given_names.find(c) != std::u32string_view::npos; };
    if (simple.size() == 3 && single && gives_a_name(simple[1]) && gives_a_name(simple[2])) return 1;
    if (simple.size() > 2 || mostly_transcribing.find(simple[0]) != std::u32string_view::npos) return 0;
    static constexpr std::u32string_view closing = U"尔克提力孜斯木合勒甫特德普";
    if (closing.find(simple[1]) != std::u32string_view::npos || short_names().contains(simple)) return 0;
  }
  if (pair) return 2;
  return name.size() <= 3 ? 1 : 0;
}

std::vector<std::string> pinyin_syllables(std::string_view text) {
  std::vector<std::string> out;
  for (const char32_t c : to_u32(text)) out.emplace_back(han_reading(c));
  return out;
}

std::string pinyin(std::string_view name, const PinyinOptions& options) {
  const std::u32string points = to_u32(name);
  std::u32string out;
  const bool any_dot = std::any_of(points.begin(), points.end(), [](char32_t c) { return is_name_dot(c); });
  for (std::size_t i = 0; i < points.size();) {
    if (!is_han(points[i])) {
      out.push_back(is_name_dot(points[i]) ? U' ' : points[i]);
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < points.size() && is_han(points[end])) ++end;
    if (!out.empty() && is_latin_letter(out.back())) out.push_back(U' ');
    out += run_to_pinyin(std::u32string_view(points).substr(i, end - i), options, !any_dot);
    i = end;
  }
  if (options.upper) {
    for (char32_t& c : out) c = to_upper(c);
  }
  return to_utf8(out);
}

std::vector<std::string> split_pinyin(std::string_view latin) {
  std::string text;
  for (const char32_t c : lower(to_u32(latin))) {
    if (c == U'v') {
      text += "ü";
    } else {
      append_utf8(text, c == U'’' ? U'\'' : c);
    }
  }
  // From the end: how many syllables the rest takes at least (fewest syllables are read first, so that "xian" is one).
  constexpr std::size_t never = static_cast<std::size_t>(-1);
  std::vector<std::size_t> fewest(text.size() + 1, never);
  std::vector<std::size_t> length(text.size() + 1, 0);
  fewest[text.size()] = 0;
  const auto normal = [](std::string_view piece) {
    std::string made(piece);
    if (made.size() > 2 && (made[0] == 'l' || made[0] == 'n') && made.substr(1, 2) == "yu") made.replace(1, 2, "ü");
    return made;
  };
  for (std::size_t at = text.size(); at-- > 0;) {
    if (text[at] == '\'') {
      fewest[at] = fewest[at + 1];
      continue;
    }
    for (std::size_t size = std::min<std::size_t>(7, text.size() - at); size > 0; --size) {
      if (fewest[at + size] == never || !is_pinyin_syllable(normal(std::string_view(text).substr(at, size)))) continue;
      if (fewest[at] == never || fewest[at + size] + 1 < fewest[at]) {
        fewest[at] = fewest[at + size] + 1;
        length[at] = size;
      }
    }
  }
  std::vector<std::string> out;
  if (text.empty() || fewest[0] == never) return out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\'') {
      ++at;
      continue;
    }
    out.push_back(normal(std::string_view(text).substr(at, length[at])));
    at += length[at];
  }
  return out;
}

}  // namespace kualik::text
