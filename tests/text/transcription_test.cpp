#include "kualik/text/transcription.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

#include "kualik/text/names.h"
#include "support/tsv.h"

namespace {

using namespace kualik;

bool among(const std::vector<names::Candidate>& candidates, const std::string& text, std::size_t first) {
  for (std::size_t i = 0; i < std::min(first, candidates.size()); ++i) {
    if (candidates[i].text == text) return true;
  }
  return false;
}

TEST(Transcription, KnownSpellingsRankHigh) {
  const auto rows = test::read_tsv("text/transcription.tsv");
  ASSERT_GE(rows.size(), 15U);
  for (const auto& row : rows) {
    const auto candidates = names::to_han(row.at(0), 8);
    std::string all;
    for (const auto& c : candidates) all += c.text + " ";
    EXPECT_TRUE(among(candidates, row.at(1), std::stoul(row.at(2)))) << row.at(0) << " gives " << all;
  }
}

TEST(Transcription, SeriesAreTold) {
  const auto candidates = names::to_han("Abdureshit", 8);
  const auto find = [&](const char* text) {
    return std::find_if(candidates.begin(), candidates.end(), [&](const auto& c) { return c.text == text; });
  };
  ASSERT_NE(find("阿不都热西提"), candidates.end());
  ASSERT_NE(find("阿卜杜热西提"), candidates.end());
  EXPECT_EQ(find("阿不都热西提")->series, names::Series::older);
  EXPECT_EQ(find("阿卜杜热西提")->series, names::Series::y2002);
}

TEST(Transcription, BackToCyrillic) {
  EXPECT_TRUE(among(names::from_han("努尔兰·巴合提"), "Нұрлан Бақыт", 1));
  EXPECT_TRUE(among(names::from_han("叶尔江"), "Ержан", 1));
  EXPECT_TRUE(among(names::from_han("帕丽达"), "Парида", 2));  // Both names are written so; neither may be dropped.
  EXPECT_TRUE(among(names::from_han("帕丽达"), "Фарида", 2));
  EXPECT_TRUE(among(names::from_han("海沙尔"), "Қайсар", 3));  // In no table.
  EXPECT_TRUE(among(names::from_han("塔拉甫"), "Талап", 1));
  // Syllables of several characters, and elements of names, are one piece each.
  EXPECT_TRUE(among(names::from_han("叶尔波拉提"), "Ерболат", 1));
  EXPECT_TRUE(among(names::from_han("吐尔逊别克"), "Тұрсынбек", 1));
  EXPECT_TRUE(among(names::from_han_uyghur("买买提·吐尔逊"), "Memet Tursun", 1));
  EXPECT_TRUE(names::from_han("Nurlan").empty());
  EXPECT_TRUE(names::to_han("").empty());
  EXPECT_TRUE(names::to_han("'").empty());  // Found by names_fuzz.
}

// What the characters write is learned from names, so that it serves for those in no table.
TEST(Transcription, UyghurByItsOwnSounds) {
  EXPECT_TRUE(among(names::from_han_uyghur("热依拉"), "Rahile", 1));
  EXPECT_TRUE(among(names::from_han_uyghur("阿卜杜热合曼"), "Abdurahman", 1));
  EXPECT_TRUE(among(names::from_han_uyghur("沙依木江"), "Sayimjan", 3));   // In no table.
  EXPECT_TRUE(among(names::from_han_uyghur("其曼古丽"), "Chimengül", 1));  // Nobody writes Chimen'gül.
  EXPECT_EQ(text::transliterate("热依拉·阿卜杜热合曼", text::Spelling::ug_latn), "Rahile Abdurahman");
}

TEST(Transcription, ShortRunsWithoutADotAreOneName) {
  EXPECT_TRUE(among(names::from_han("恰依木拉提"), "Шаймұрат", 2));
  EXPECT_TRUE(among(names::from_han("其那尔古丽"), "Шынаргүл", 1));
  EXPECT_TRUE(among(names::from_han("努尔兰巴合提"), "Нұрлан Бақыт", 1));
}

TEST(Transcription, TheLanguageOfPlainLatinMayBeSaid) {
  EXPECT_TRUE(among(names::to_han("Memet", 8, text::Spelling::ug_latn), "买买提", 1));
  EXPECT_TRUE(among(names::to_han("Ershat", 8, text::Spelling::ug_latn), "艾尔夏提", 1));
  EXPECT_TRUE(among(names::to_han("Ershat", 8, text::Spelling::icao), "叶尔夏提", 1));
}

TEST(Transcription, ScoresFallAndStayBelowOne) {
  for (const auto& candidates : {names::to_han("Қайсар"), names::from_han("居马哈孜·努尔兰")}) {
    ASSERT_GE(candidates.size(), 2U);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      EXPECT_GT(candidates[i].score, 0);
      EXPECT_LT(candidates[i].score, 1);
      if (i > 0) {
        EXPECT_LE(candidates[i].score, candidates[i - 1].score);
      }
    }
  }
}

// A text that stands where a name was expected: 640 characters took 13 s, twice as many sixteen times as long.
TEST(Transcription, TextsThatAreNoNamesTakeLinearTime) {
  for (const char* unit : {"阿", "张三", "阿迪力·"}) {
    const auto seconds = [unit](std::size_t bytes) {
      std::string name;
      while (name.size() < bytes) name += unit;
      const std::clock_t start = std::clock();
      names::split(name);
      names::from_han(name, 3);
      names::from_han_uyghur(name, 3);
      return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    };
    seconds(60);  // Tables are made at the first look.
    const double small = seconds(3'000);
    EXPECT_LT(seconds(12'000), 12 * small + 0.5) << unit;
  }
}

}  // namespace
