#include "kualik/text/translit.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "kualik/text/pinyin.h"
#include "support/tsv.h"

namespace {

using namespace kualik;
using text::Spelling;

TEST(Transliteration, KnownPairs) {
  const auto rows = test::read_tsv("text/translit.tsv");
  ASSERT_GE(rows.size(), 55U);
  for (const auto& row : rows) {
    const auto to = text::spelling_from_name(row.at(1));
    ASSERT_TRUE(to) << row.at(1);
    EXPECT_EQ(text::transliterate(row.at(0), *to), row.at(2)) << row.at(0) << " to " << row.at(1);
  }
}

// Spellings of registry offices and the press; what has a letter of Kazakh already is no such spelling.
TEST(Transliteration, RussianSpellingsOfKazakhNames) {
  const auto kazakh = [](const char* word) {
    return text::transliterate(word, Spelling::kk_cyrl, {.from = Spelling::ru_cyrl});
  };
  EXPECT_EQ(kazakh("Нурлан"), "Нұрлан");
  EXPECT_EQ(kazakh("Бахыт"), "Бақыт");
  EXPECT_EQ(kazakh("Тлеуберди"), "Тілеуберді");
  EXPECT_EQ(kazakh("Кудайбергенов Гульжан"), "Құдайбергенов Гүлжан");
  EXPECT_EQ(kazakh("ДАУЛЕТ"), "ДӘУЛЕТ");
  EXPECT_EQ(kazakh("Нұрлан"), "Нұрлан");
  EXPECT_EQ(text::transliterate("Нурлан", Spelling::kk_cyrl), "Нурлан");  // Nobody said that it is one.
  EXPECT_EQ(text::transliterate("Серик", Spelling::kk_arab, {.from = Spelling::ru_cyrl}), "سەرىك");
}

/// Names of the table come back from Arabic letters, Latin of 2021 and BGN; that is where the letter model has learned,
/// so these are floors for what the scripts leave open, not a measure.
TEST(Transliteration, RoundTripsOfNames) {
  const auto rows = test::read_tsv("../data/names/kazakh_parts.tsv");
  ASSERT_GE(rows.size(), 260U);
  for (const auto& [spelling, floor] :
       {std::pair{Spelling::kk_arab, 0.97}, {Spelling::kk_latn, 0.97}, {Spelling::bgn, 0.98}}) {
    int back = 0;
    int among = 0;
    int all = 0;
    for (const auto& row : rows) {
      if (row.at(0) == "cyrl") continue;
      ++all;
      const std::string written = text::transliterate(row.at(0), spelling);
      text::TransliterationOptions options;
      options.from = spelling;
      const auto readings = text::transliterations(written, Spelling::kk_cyrl, options);
      ASSERT_FALSE(readings.empty()) << written;
      back += readings.front().text == row.at(0) ? 1 : 0;
      for (const auto& reading : readings) among += reading.text == row.at(0) ? 1 : 0;
    }
    EXPECT_GE(back, floor * all) << text::name(spelling);
    EXPECT_GE(among, 0.98 * all) << text::name(spelling);
  }
}

TEST(Transliteration, UyghurRoundTrip) {
  for (const char* word : {"abduweli", "ömer", "yüsüp", "ismayil", "sür'et", "exmet", "niyaz", "muhemmet", "ghopur",
                           "tillaxan", "es'het"}) {
    text::TransliterationOptions options;
    options.from = Spelling::ug_latn;
    const std::string arabic = text::transliterate(word, Spelling::ug_arab, options);
    options.from = Spelling::ug_arab;
    options.capitalise = false;
    EXPECT_EQ(text::transliterate(arabic, Spelling::ug_latn, options), word) << arabic;
  }
}

TEST(Transliteration, BothReadingsWhereTheScriptLeavesThemOpen) {
  const auto readings = text::transliterations("ۇسەن", Spelling::kk_cyrl);
  std::set<std::string> texts;
  double sum = 0;
  for (const auto& reading : readings) {
    texts.insert(reading.text);
    sum += reading.score;
  }
  EXPECT_TRUE(texts.contains("Үсен"));
  EXPECT_TRUE(texts.contains("Ұсен"));
  EXPECT_LE(sum, 1.0 + 1e-9);
  // A hamza settles it: front vowels only.
  EXPECT_EQ(text::transliterations("ٴالى", Spelling::kk_cyrl).front().text, "Әлі");
  // Without one the word is back, unless a known name speaks for a forgotten hamza: then both are given.
  EXPECT_EQ(text::transliterations("ارى", Spelling::kk_cyrl).front().text, "Ары");
  std::set<std::string> without;
  for (const auto& reading : text::transliterations("الى", Spelling::kk_cyrl)) without.insert(reading.text);
  EXPECT_TRUE(without.contains("Алы"));
  EXPECT_TRUE(without.contains("Әлі"));
}

TEST(Transliteration, FormsOfOneLetterAreOne) {
  // Hamza as U+0674, U+0621 and precomposed; kaf and he of other keyboards; a presentation form.
  for (const char* variant : {"ٴالى", "ءالى", "ٵلى"})
    EXPECT_EQ(text::transliterate(variant, Spelling::kk_cyrl), "Әлі") << variant;
  EXPECT_EQ(text::transliterate("بەک", Spelling::kk_cyrl), "Бек");
  EXPECT_EQ(text::transliterate("ﺑەك", Spelling::kk_cyrl), "Бек");
}

TEST(Transliteration, DetectsSpellings) {
  EXPECT_EQ(text::detect_spelling("Нұрлан"), Spelling::kk_cyrl);
  EXPECT_EQ(text::detect_spelling("ئۇيغۇر"), Spelling::ug_arab);
  EXPECT_EQ(text::detect_spelling("ساعات"), Spelling::kk_arab);
  EXPECT_EQ(text::detect_spelling("Jeñısbek"), Spelling::kk_latn);
  EXPECT_EQ(text::detect_spelling("Gülshat"), Spelling::bgn);
  EXPECT_EQ(text::detect_spelling("Nurlan"), Spelling::icao);
  EXPECT_EQ(text::detect_spelling("努尔兰"), Spelling::han);
  EXPECT_EQ(text::detect_spelling("12-3"), Spelling::automatic);
}

TEST(Transliteration, RefusesWhatIsNoTarget) {
  EXPECT_THROW(text::transliterate("Нұрлан", Spelling::automatic), std::invalid_argument);
  EXPECT_THROW(text::transliterate("Нұрлан", Spelling::han), std::invalid_argument);
  EXPECT_FALSE(text::spelling_from_name("kk"));
  EXPECT_EQ(text::spelling_from_name("KK-ARAB"), Spelling::kk_arab);
  EXPECT_EQ(text::transliterate("", Spelling::kk_arab), "");
}

TEST(Pinyin, ReadingsOfNames) {
  EXPECT_EQ(text::pinyin("努尔兰·巴合提", {.upper = true}), "NUERLAN BAHETI");
  EXPECT_EQ(text::pinyin("努尔兰•巴合提"), "Nuerlan Baheti");
  EXPECT_EQ(text::pinyin("吐尔地"), "Tuerdi");
  EXPECT_EQ(text::pinyin("吕律", {.upper = true}), "LYU LYU");
  EXPECT_EQ(text::pinyin("吕律", {.upper = true, .umlaut = text::UmlautU::u}), "LU LU");
  EXPECT_EQ(text::pinyin("努尔兰", {.separate = true}), "Nu Er Lan");
  EXPECT_EQ(text::pinyin("龘"), "Da");  // In no table: read by ICU.
}

TEST(Pinyin, SurnamesTakeTheirOwnReading) {
  const auto cases = {std::pair{"单永强", "Shan Yongqiang"},
                      {"解文华", "Xie Wenhua"},
                      {"仇小明", "Qiu Xiaoming"},
                      {"曾国华", "Zeng Guohua"},
                      {"查良", "Zha Liang"},
                      {"欧阳明", "Ouyang Ming"},
                      {"尉迟恭", "Yuchi Gong"},
                      {"叶尔兰", "Yeerlan"},
                      {"马合木提", "Mahemuti"},
                      {"单解·仇曾", "Danjie Qiuzeng"}};
  for (const auto& [han, latin] : cases) EXPECT_EQ(text::pinyin(han), latin) << han;
}

TEST(Pinyin, SplitsLatin) {
  const auto joined = [](const char* latin) {
    std::string all;
    for (const std::string& syllable : text::split_pinyin(latin)) {
      if (!all.empty()) all += ' ';
      all += syllable;
    }
    return all;
  };
  EXPECT_EQ(joined("NUERLAN"), "nu er lan");
  EXPECT_EQ(joined("abudureheman"), "a bu du re he man");
  EXPECT_EQ(joined("xi'an"), "xi an");
  EXPECT_EQ(joined("lyu"), "lü");
  EXPECT_EQ(joined("Bakytzhan"), "");
}

}  // namespace
