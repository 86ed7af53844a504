#include "kualik/text/names.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/tsv.h"

namespace {

using namespace kualik;

TEST(NameMatch, PairsAcrossScripts) {
  const auto rows = test::read_tsv("text/names_match.tsv");
  ASSERT_GE(rows.size(), 25U);
  for (const auto& row : rows) {
    const double score = names::match(row.at(0), row.at(1)).score;
    const double bound = std::stod(row.at(2).substr(1));
    if (row.at(2)[0] == '>') {
      EXPECT_GT(score, bound) << row.at(0) << " | " << row.at(1);
    } else {
      EXPECT_LT(score, bound) << row.at(0) << " | " << row.at(1);
    }
    EXPECT_NEAR(names::match(row.at(1), row.at(0)).score, score, 1e-6)
        << "not symmetric: " << row.at(0) << " | " << row.at(1);
  }
}

TEST(NameMatch, ReasonsNameTheTable) {
  const names::Match made = names::match("努尔兰·海沙尔", "Нұрлан Қайсарұлы");
  ASSERT_EQ(made.reasons.size(), 2U);
  EXPECT_EQ(made.reasons[0].a, "努尔兰");
  EXPECT_EQ(made.reasons[0].b, "Нұрлан");
  EXPECT_EQ(made.reasons[0].basis, "parts table");
  EXPECT_EQ(made.reasons[0].detail, "Нұрлан");
  EXPECT_EQ(made.reasons[1].basis, "Chinese readings");
  const names::Match partial = names::match("NUERLAN", "Нұрлан Бақытұлы");
  EXPECT_EQ(partial.reasons.back().basis, "missing");
  EXPECT_EQ(partial.reasons.back().b, "Бақытұлы");
  EXPECT_LT(partial.score, 0.85);
  EXPECT_GT(partial.score, 0.7);
}

TEST(NameMatch, ReasonsTellWhatDoesNotFit) {
  struct Case {
    const char* a;
    const char* b;
    const char* basis;
    const char* part;
  };
  const std::vector<Case> cases{{"Нұрлан Серікұлы", "努尔兰·巴合提", "differs", "Серікұлы"},
                                {"Серикова Айгуль", "Айгүл Серікұлы", "sex", "Серикова"},
                                {"Нұрлан Серікұлы", "Серік Нұрланұлы", "order", "Нұрлан Серікұлы"},
                                {"Ахметов Нұрлан", "Нұрлан Ахмет Серікұлы", "missing", ""},
                                {"M. Serikov", "Нұрлан Серікұлы", "differs", "M"}};
  for (const Case& c : cases) {
    const std::vector<names::MatchReason> reasons = names::match(c.a, c.b).reasons;
    const auto told =
        std::find_if(reasons.begin(), reasons.end(), [&](const names::MatchReason& r) { return r.basis == c.basis; });
    ASSERT_NE(told, reasons.end()) << c.a << " | " << c.b;
    EXPECT_EQ(told->a, c.part) << c.a << " | " << c.b;
    EXPECT_LT(told->score, 0.75);
  }
  for (const auto& reason : names::match("N. Serikov", "Нұрлан Серікұлы").reasons)
    EXPECT_TRUE(reason.basis == "initial" || reason.basis == "parts table") << reason.basis;
}

TEST(NameMatch, WithoutTables) {
  const names::MatchOptions options{false};
  const names::Match made = names::match("努尔兰·巴合提", "Нұрлан Бақыт", options);
  EXPECT_GT(made.score, 0.85);
  for (const auto& reason : made.reasons) EXPECT_EQ(reason.basis, "Chinese readings");
}

TEST(NameMatch, OnlyTheSameLettersAreOne) {
  EXPECT_DOUBLE_EQ(names::match("Нұрлан Бақыт", "Нұрлан Бақыт").score, 1);
  EXPECT_LT(names::match("Нұрлан Бақыт", "Нурлан Бакыт").score, 1);
  EXPECT_DOUBLE_EQ(names::match("", "Нұрлан").score, 0);
  EXPECT_DOUBLE_EQ(names::match("123", "Нұрлан").score, 0);
}

TEST(NameSplit, Parts) {
  struct Case {
    const char* text;
    std::vector<std::string> parts;
    bool guessed;
  };
  const std::vector<Case> cases{{"努尔兰·巴合提", {"努尔兰", "巴合提"}, false},
                                {"努尔兰・巴合提", {"努尔兰", "巴合提"}, false},
                                {"努尔兰●巴合提", {"努尔兰", "巴合提"}, false},
                                {"努尔兰 巴合提", {"努尔兰", "巴合提"}, false},
                                {"努尔兰巴合提", {"努尔兰", "巴合提"}, true},
                                {"阿依古丽居马拜", {"阿依古丽", "居马拜"}, true},
                                {"买买提吐尔逊", {"买买提", "吐尔逊"}, true},
                                {"阿不都热合曼", {"阿不都热合曼"}, true},
                                {"居马哈孜", {"居马哈孜"}, true},
                                {"叶尔江", {"叶尔江"}, false},
                                {"王伟", {"王", "伟"}, true},
                                {"欧阳明", {"欧阳", "明"}, true},
                                {"Нұрлан Бақыт ұлы", {"Нұрлан", "Бақытұлы"}, false},
                                {"", {}, false}};
  for (const Case& c : cases) {
    const names::SplitName made = names::split(c.text);
    std::vector<std::string> parts;
    for (const auto& part : made.parts) parts.push_back(part.text);
    EXPECT_EQ(parts, c.parts) << c.text;
    EXPECT_EQ(made.guessed, c.guessed) << c.text;
  }
}

TEST(NameSplit, SuffixesAndRoles) {
  const auto made = names::split("Ахметов Нұрлан Бақытұлы").parts;
  ASSERT_EQ(made.size(), 3U);
  EXPECT_EQ(made[0].role, names::Role::surname);
  EXPECT_EQ(made[0].stem, "Ахмет");
  EXPECT_EQ(made[0].suffix, "ов");
  EXPECT_EQ(made[1].role, names::Role::given);
  EXPECT_EQ(made[2].role, names::Role::father);
  EXPECT_EQ(made[2].stem, "Бақыт");
  EXPECT_EQ(made[2].suffix, "ұлы");
  EXPECT_EQ(names::split("Айгүл Серікқызы").parts.at(1).stem, "Серік");
  EXPECT_EQ(names::split("AIGUL SERIKKYZY").parts.at(1).suffix, "KYZY");
  EXPECT_EQ(names::split("AYIGULI").parts.at(0).suffix, "");  // Айгүл in pinyin, no son of Ayig.
  EXPECT_EQ(names::split("Алиева").parts.at(0).stem, "Али");
  EXPECT_EQ(names::split("Лев").parts.at(0).stem, "Лев");  // A stem of three letters must stay.
}

TEST(NameSkeleton, FoldsScripts) {
  const std::string key = names::skeleton("Бақыт Нұрлан");
  EXPECT_EQ(names::skeleton("巴合提·努尔兰"), key);
  EXPECT_EQ(names::skeleton("Bakhyt Nurlan"), key);
  EXPECT_EQ(names::skeleton("BAHETI NUERLAN"), key);
  EXPECT_EQ(names::skeleton("باقىت نۇرلان"), key);
  EXPECT_NE(names::skeleton("Самат Нұрлан"), key);
}

TEST(RestoreLetters, KnownWordsWin) {
  const auto cases = {std::pair{"Нурлан", "Нұрлан"},
                      {"Бакыт", "Бақыт"},
                      {"Кайрат", "Қайрат"},
                      {"Гулнар", "Гүлнар"},
                      {"туган", "туған"},
                      {"КУЭЛ1К", "КУӘЛІК"},
                      {"Казакстан", "Қазақстан"},
                      {"Ж1бек", "Жібек"},
                      {"ЭКЕСIНIН", "ӘКЕСІНІҢ"},
                      {"Омiр", "Өмір"},
                      {"Серiк", "Серік"},
                      {"Женіс", "Жеңіс"}};
  for (const auto& [read, meant] : cases) {
    const auto candidates = names::restore_kazakh_letters(read);
    ASSERT_FALSE(candidates.empty());
    EXPECT_EQ(candidates.front().text, meant) << read;
    EXPECT_TRUE(candidates.front().changed) << read;
    EXPECT_TRUE(candidates.front().known) << read;
  }
}

TEST(RestoreLetters, KazakhLettersThatWereReadStand) {
  // A reader does not invent the tail of қ: what is Kazakh already is not made plainer, also in words of no table.
  for (const char* word : {"Жаңа", "Қабай", "Өрікті", "Тоғай", "Мәңгі", "ҒАБИТ", "Һарон"}) {
    EXPECT_EQ(names::restore_kazakh_letters(word).front().text, word);
  }
}

TEST(RestoreLetters, WhatWasReadStaysAmongTheCandidates) {
  for (const char* word : {"Кайрат", "Нұрлан", "Kx9", "жжжж", "12", "ТЕГI"}) {
    for (const std::size_t limit : {std::size_t{1}, std::size_t{2}, std::size_t{8}}) {
      const auto candidates = names::restore_kazakh_letters(word, limit);
      EXPECT_LE(candidates.size(), limit);
      EXPECT_TRUE(std::any_of(candidates.begin(), candidates.end(),
                              [&](const auto& c) { return c.text == word && !c.changed; }) ||
                  limit == 1)
          << word << " " << limit;
    }
  }
  EXPECT_TRUE(names::restore_kazakh_letters("").empty());
}

}  // namespace
