#include "kualik/text/translit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "kualik/text/normalize.h"
#include "kualik/text/pinyin.h"
#include "kualik/text/transcription.h"
#include "kualik/text/utf8.h"
#include "letters.h"
#include "translit_parts.h"

namespace kualik::text {

namespace {

constexpr std::array<std::pair<Spelling, std::string_view>, 12> names{{{Spelling::automatic, "auto"},
                                                                       {Spelling::kk_cyrl, "kk-Cyrl"},
                                                                       {Spelling::kk_arab, "kk-Arab"},
                                                                       {Spelling::kk_latn, "kk-Latn"},
                                                                       {Spelling::bgn, "bgn"},
                                                                       {Spelling::icao, "icao"},
                                                                       {Spelling::ru_cyrl, "ru-Cyrl"},
                                                                       {Spelling::ru_latn, "ru-Latn"},
                                                                       {Spelling::ug_arab, "ug-Arab"},
                                                                       {Spelling::ug_latn, "ug-Latn"},
                                                                       {Spelling::pinyin, "pinyin"},
                                                                       {Spelling::han, "Hani"}}};

// Letters that Kazakh in Arabic script has and Uyghur has not.
constexpr std::u32string_view kazakh_only = U"عحءٴٵٶٷٸ";

enum class Script : unsigned char { other, cyrillic, arabic, latin, han };

Script script_of_char(char32_t c) {
  if (is_cyrillic(c)) return Script::cyrillic;
  if (is_arabic_letter(c)) return Script::arabic;
  if (is_latin_letter(c)) return Script::latin;
  if (is_han(c)) return Script::han;
  return Script::other;
}

Script script_of_spelling(Spelling spelling) {
  switch (spelling) {
    case Spelling::kk_cyrl:
    case Spelling::ru_cyrl:
      return Script::cyrillic;
    case Spelling::kk_arab:
    case Spelling::ug_arab:
      return Script::arabic;
    case Spelling::han:
      return Script::han;
    case Spelling::automatic:
      return Script::other;
    default:
      return Script::latin;
  }
}

bool has_any(std::u32string_view text, std::u32string_view set) { return text.find_first_of(set) != text.npos; }

Spelling detect_latin(std::u32string_view text) {
  const std::u32string low = lower(text);
  if (has_any(text, U"ışğñİŞĞÑ")) return Spelling::kk_latn;
  // ū is ұ in 2021, which stands beside no vowel, and у in BGN.
  for (std::size_t i = 0; i + 1 < low.size(); ++i) {
    if ((low[i] == U'ū' && has_any(low.substr(i + 1, 1), U"aäeioöuüy")) ||
        (low[i + 1] == U'ū' && has_any(low.substr(i, 1), U"aäeoö")))
      return Spelling::bgn;
  }
  if (has_any(low, U"éë")) return Spelling::ug_latn;
  if (has_any(low, U"īė") || low.find(U"zh") != low.npos || low.find(U"gh") != low.npos ||
      low.find(U"kh") != low.npos || low.find(U"sh") != low.npos || low.find(U"ch") != low.npos) {
    return has_any(low, U"äöüīūė") ? Spelling::bgn : Spelling::icao;
  }
  return has_any(low, U"äöüū") ? Spelling::kk_latn : Spelling::icao;
}

/// The word in Kazakh Cyrillic (capitals kept where the source has them, else lower case).
std::vector<Reading> to_cyrillic(std::u32string_view word, Spelling from, std::size_t limit) {
  switch (from) {
    case Spelling::kk_cyrl:
      return {{to_utf8(word), 1}};
    case Spelling::ru_cyrl:
      return russian_to_kazakh(word, limit);
    case Spelling::kk_arab:
      return arabic_to_cyrillic(word, limit);
    case Spelling::ug_arab:
      return uyghur_latin_to_cyrillic(uyghur_to_latin(word), limit);
    case Spelling::ug_latn:
      return uyghur_latin_to_cyrillic(word, limit);
    case Spelling::han: {
      std::vector<Reading> readings;
      for (const auto& candidate : kualik::names::from_han(to_utf8(word), limit)) {
        readings.push_back({to_utf8(lower(to_u32(candidate.text))), candidate.score});
      }
      return readings;
    }
    default:
      return latin_to_cyrillic(word, from == Spelling::pinyin || from == Spelling::ru_latn ? Spelling::icao : from,
                               limit);
  }
}

std::u32string from_hub(std::u32string_view cyrillic, Spelling to) {
  switch (to) {
    case Spelling::kk_cyrl:
      return std::u32string(cyrillic);
    case Spelling::kk_arab:
      return cyrillic_to_arabic(cyrillic);
    case Spelling::ug_latn:
      return cyrillic_to_uyghur_latin(cyrillic);
    case Spelling::ug_arab:
      return uyghur_to_arabic(cyrillic_to_uyghur_latin(cyrillic));
    default:
      return from_cyrillic(cyrillic, to);
  }
}

bool all_upper(std::u32string_view word) {
  return word.size() > 1 && std::all_of(word.begin(), word.end(), [](char32_t c) { return to_upper(c) == c; }) &&
         to_lower(word[0]) != word[0];
}

/// Gives `text` the capitals of the source word.
std::u32string with_case_of(std::u32string_view text, std::u32string_view source, Spelling to, bool capitalise) {
  std::u32string out(text);
  const bool latin_2021 = to == Spelling::kk_latn;
  if (all_upper(source) && script_of_char(source[0]) != Script::han) {
    for (char32_t& c : out) c = latin_2021 && c == U'i' ? U'İ' : to_upper(c);
    return out;
  }
  const bool has_case = script_of_char(source[0]) == Script::latin || script_of_char(source[0]) == Script::cyrillic;
  const bool capital = has_case ? to_lower(source[0]) != source[0] : capitalise;
  return capital ? capitalised(out, latin_2021) : out;
}

std::vector<Reading> convert_word(std::u32string_view word, Spelling from, Spelling to, bool capitalise,
                                  std::size_t limit) {
  const auto single = [&](const std::u32string& text) {
    return std::vector<Reading>{{to_utf8(with_case_of(text, word, to, capitalise)), 1}};
  };
  if (from == to) return {{to_utf8(word), 1}};
  if (from == Spelling::ug_arab && to == Spelling::ug_latn) return single(uyghur_to_latin(word));
  if (from == Spelling::ug_latn && to == Spelling::ug_arab) return single(uyghur_to_arabic(word));
  if (script_of_spelling(from) == Script::cyrillic && script_of_spelling(to) == Script::latin &&
      to != Spelling::ug_latn) {
    return {{to_utf8(from_cyrillic(word, to)), 1}};
  }
  if (from == Spelling::han && (to == Spelling::ug_latn || to == Spelling::ug_arab)) {
    std::vector<Reading> read;
    for (const auto& candidate : kualik::names::from_han_uyghur(to_utf8(word), limit)) {
      const std::u32string latin = lower(to_u32(candidate.text));
      std::u32string made =
          to == Spelling::ug_latn ? with_case_of(latin, word, to, capitalise) : uyghur_to_arabic(latin);
      read.push_back({to_utf8(made), candidate.score});
    }
    if (!read.empty()) return read;
  }
  std::vector<Reading> out;
  for (const Reading& hub : to_cyrillic(word, from, std::max<std::size_t>(limit, 8))) {
    const std::u32string made = from_hub(lower(to_u32(hub.text)), to);
    std::string text = to_utf8(with_case_of(made, word, to, capitalise));
    // Readings that the target does not part are one reading.
    const auto same = std::find_if(out.begin(), out.end(), [&](const Reading& r) { return r.text == text; });
    if (same != out.end()) {
      same->score += hub.score;
    } else {
      out.push_back({std::move(text), hub.score});
    }
  }
  if (from == Spelling::kk_cyrl && to == Spelling::kk_arab) {
    const std::u32string older = cyrillic_to_arabic(lower(word), true);
    if (to_utf8(older) != out.front().text) {
      out.front().score = 0.8;
      out.push_back({to_utf8(older), 0.2});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Reading& a, const Reading& b) { return a.score > b.score; });
  if (out.empty()) out.push_back({to_utf8(word), 1});
  if (out.size() > limit) out.resize(limit);
  return out;
}

/// Readings of two pieces joined, best first.
std::vector<Reading> join(const std::vector<Reading>& left, const std::vector<Reading>& right, std::size_t limit) {
  std::vector<Reading> all;
  for (const Reading& a : left) {
    for (const Reading& b : right) all.push_back({a.text + b.text, a.score * b.score});
  }
  std::stable_sort(all.begin(), all.end(), [](const Reading& a, const Reading& b) { return a.score > b.score; });
  if (all.size() > limit) all.resize(limit);
  return all;
}

std::string convert_sign(char32_t c, Spelling to) {
  if (script_of_spelling(to) == Script::arabic) {
    if (c == U',') return "،";
    if (c == U';') return "؛";
    if (c == U'?') return "؟";
  }
  return to_utf8(std::u32string(1, c));
}

bool belongs(char32_t c, Script script) {
  const Script own = script_of_char(c);
  return own == script || (script == Script::latin && (c == U'\'' || c == U'’'));
}

}  // namespace

std::string_view name(Spelling spelling) noexcept {
  for (const auto& [value, text] : names) {
    if (value == spelling) return text;
  }
  return "auto";
}

std::optional<Spelling> spelling_from_name(std::string_view wanted) noexcept {
  const auto same = [](char a, char b) {
    const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return low(a) == low(b);
  };
  for (const auto& [value, text] : names) {
    if (std::equal(text.begin(), text.end(), wanted.begin(), wanted.end(), same)) return value;
  }
  return std::nullopt;
}

Spelling detect_spelling(std::string_view text) {
  const std::u32string points = to_u32(text);
  std::array<int, 5> counts{};
  for (const char32_t c : points) ++counts[static_cast<std::size_t>(script_of_char(c))];
  const auto best = std::max_element(counts.begin() + 1, counts.end());
  if (*best == 0) return Spelling::automatic;
  switch (static_cast<Script>(best - counts.begin())) {
    case Script::cyrillic:
      return Spelling::kk_cyrl;
    case Script::han:
      return Spelling::han;
    case Script::latin:
      return detect_latin(points);
    case Script::arabic: {
      int uyghur = 0;
      int kazakh = 0;
      for (const char32_t c : points) {
        uyghur += std::u32string_view(U"ئېۆۈخغژ").find(c) != std::u32string_view::npos ? 1 : 0;
        kazakh += kazakh_only.find(c) != std::u32string_view::npos ? 1 : 0;
      }
      // ۆ is в in Kazakh, which hardly stands in a Kazakh word.
      return uyghur > kazakh ? Spelling::ug_arab : Spelling::kk_arab;
    }
    default:
      return Spelling::automatic;
  }
}

std::vector<Reading> transliterations(std::string_view text, Spelling to, const TransliterationOptions& options,
                                      std::size_t limit) {
  if (to == Spelling::automatic || to == Spelling::han) {
    throw std::invalid_argument(
        "transliterate: the target must be a spelling, not auto or Hani (for Chinese characters use to_han)");
  }
  if (to == Spelling::pinyin) return {{pinyin(text), 1}};
  Spelling from = options.from == Spelling::automatic ? detect_spelling(text) : options.from;
  // Plain Latin on its way to Uyghur is Uyghur Latin, which has few letters of its own to tell it by.
  const bool to_uyghur = to == Spelling::ug_arab || to == Spelling::ug_latn;
  const bool kazakh_latin = text.find("ı") != text.npos || has_any(to_u32(text), U"ūīäğñşĞÑŞĪŪÄ");
  const bool may_be_uyghur = from == Spelling::icao || from == Spelling::kk_latn || from == Spelling::bgn;
  if (options.from == Spelling::automatic && to_uyghur && may_be_uyghur && !kazakh_latin) from = Spelling::ug_latn;
  const std::u32string points = to_u32(text);
  // Arabic letters that Kazakh and Uyghur share are Uyghur on their way to its other script.
  if (options.from == Spelling::automatic && to == Spelling::ug_latn && from == Spelling::kk_arab &&
      !has_any(points, kazakh_only)) {
    from = Spelling::ug_arab;
  }
  if (limit == 0) return {};
  if (from == Spelling::automatic) return {{std::string(text), 1}};
  const Script script = script_of_spelling(from);
  std::vector<Reading> out{{std::string{}, 1}};
  for (std::size_t i = 0; i < points.size();) {
    // Words of another script beside them (努尔兰 Бақыт) are read as what they are; Latin ones may be signs of any
    // text.
    const Script own = script_of_char(points[i]);
    if (options.from == Spelling::automatic && own != script && own != Script::other && own != Script::latin) {
      std::size_t end = i;
      while (end < points.size() && script_of_char(points[end]) == own) ++end;
      const std::u32string_view word = std::u32string_view(points).substr(i, end - i);
      out = join(out, convert_word(word, detect_spelling(to_utf8(word)), to, options.capitalise, limit), limit);
      i = end;
      continue;
    }
    if (own != script) {
      out =
          join(out, {{from == Spelling::han && is_name_dot(points[i]) ? " " : convert_sign(points[i], to), 1}}, limit);
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < points.size() && belongs(points[end], script)) ++end;
    out = join(out, convert_word(std::u32string_view(points).substr(i, end - i), from, to, options.capitalise, limit),
               limit);
    i = end;
  }
  return out;
}

std::string transliterate(std::string_view text, Spelling to, const TransliterationOptions& options) {
  // Several readings are joined and ranked, so that what two of them share counts; the best of the joined ones is the
  // answer.
  std::vector<Reading> readings = transliterations(text, to, options, 4);
  return readings.empty() ? std::string(text) : std::move(readings.front().text);
}

}  // namespace kualik::text
