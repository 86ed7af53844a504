#pragma once
// One word in the spellings it is met in: Kazakh in Cyrillic, in Arabic letters (Töte zhazu, the script of Kazakhs in
// China), in the Latin of 2021, after BGN/PCGN and as in passports; Russian; Uyghur in Arabic letters and in Uyghur
// Latin; Chinese names as pinyin.
//
//   transliterate("Нұрлан Бақытұлы", Spelling::kk_arab);                 // نۇرلان باقىتۇلى
//   transliterate("ٴالى", Spelling::kk_cyrl);                              // Әлі
//   transliterations("ۇسەن", Spelling::kk_cyrl);                          // Үсен, Ұсен … with scores: the script
//   leaves it open transliterate("Гүлжанат", Spelling::icao);                            // Gulzhanat
//
// Where a spelling says less than another (Arabic letters do not part а from ә, a passport does not part к from қ),
// there are several readings: they are ranked by the rule for hamza, vowel harmony and the letter sequences of Kazakh
// names. The first is the best guess and no more than that. All functions only read constant tables and may be called
// from several threads.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kualik::text {

/// A way of writing. The names in brackets are those of the command line and of Python.
enum class Spelling : std::uint8_t {
  automatic,  ///< (auto) As source only: told from the letters.
  kk_cyrl,    ///< (kk-Cyrl) Kazakh Cyrillic, 42 letters.
  kk_arab,    ///< (kk-Arab) Töte zhazu, with the hamza rule.
  kk_latn,    ///< (kk-Latn) The Kazakh Latin alphabet of 2021.
  bgn,        ///< (bgn) BGN/PCGN 1979 for Kazakh, with diacritics.
  icao,       ///< (icao) As in passports of Kazakhstan, plain ASCII (ICAO 9303 part 3, section 6).
  ru_cyrl,  ///< (ru-Cyrl) A Kazakh name in Russian letters: Нурлан, Кайрат. As a source only if said, for Cyrillic
            ///< is taken to be Kazakh.
  ru_latn,  ///< (ru-Latn) Russian after BGN/PCGN 1947, with "ye" where Russian has it.
  ug_arab,  ///< (ug-Arab) Uyghur in Arabic letters.
  ug_latn,  ///< (ug-Latn) Uyghur Latin (ULY), é rather than ë.
  pinyin,   ///< (pinyin) Chinese characters of a name as toneless pinyin, ü as yu: Nuerlan Baheti.
  han,      ///< As source only: Chinese characters.
};

/// The name above, e.g. "kk-Arab".
std::string_view name(Spelling spelling) noexcept;
/// The spelling of that name, case ignored; empty for a name that is not listed.
std::optional<Spelling> spelling_from_name(std::string_view name) noexcept;
/// What the letters of a text look like; `automatic` if it has none. Latin without any tell-tale letter counts as
/// `icao`. Kazakh and Uyghur in Arabic letters are told apart by ئ ې ۆ ۈ خ غ ژ against ع ح and a free hamza;
/// undecided counts as Kazakh.
Spelling detect_spelling(std::string_view text);

/// One possible reading and its share among the readings, 0..1.
struct Reading {
  std::string text{};
  double score{};
  friend bool operator==(const Reading&, const Reading&) = default;
};

struct TransliterationOptions {
  Spelling from{Spelling::automatic};  ///< What the text is written in (default: automatic).
  bool capitalise{true};  ///< Words from a script without capitals begin with one, as names do (default: true).
};

/// The best reading. Letters that do not belong to the source spelling (digits, punctuation, other scripts) are kept.
/// Throws std::invalid_argument for a target of `automatic` or `han` (for Chinese characters see transcription.h).
/// Cost: linear; from an ambiguous spelling some 100 µs a word.
std::string transliterate(std::string_view text, Spelling to, const TransliterationOptions& options = {});

/// Up to `limit` readings, best first; one word at a time is the usual use. For several words the readings are
/// combined. Errors as above.
std::vector<Reading> transliterations(std::string_view text, Spelling to, const TransliterationOptions& options = {},
                                      std::size_t limit = 8);

}  // namespace kualik::text
