#include "kualik/numbers/repair.h"

#include <gtest/gtest.h>

#include "cases.h"
#include "kualik/numbers/region.h"

namespace kualik::numbers {
namespace {

RepairOptions dated() {
  RepairOptions options;
  options.limit = 200;
  return options;
}

bool holds(const std::vector<Repair>& list, const std::string& number) {
  for (const Repair& r : list)
    if (r.number.view() == number) return true;
  return false;
}

TEST(Repair, HoldsTheTruthForEverySimpleDamage) {
  std::mt19937 random(3);
  for (int n = 0; n < 150; ++n) {
    const std::string id = test::made_up(random);
    std::string damaged = id;
    const std::size_t at = random() % 17;
    damaged[at] = static_cast<char>('0' + (static_cast<unsigned>(damaged[at] - '0') + 1 + random() % 9) % 10);
    EXPECT_TRUE(holds(repair_resident_id(damaged, dated()), id)) << damaged << " " << id;
    std::string lost = id;
    lost.erase(random() % 18, 1);
    EXPECT_TRUE(holds(repair_resident_id(lost, dated()), id)) << lost << " " << id;
    std::string twice = id;
    twice.insert(at, 1, twice[at]);
    EXPECT_TRUE(holds(repair_resident_id(twice, dated()), id)) << twice << " " << id;
    std::string swapped = id;
    std::swap(swapped[at], swapped[(at + 1) % 17]);
    if (swapped != id) {
      EXPECT_TRUE(holds(repair_resident_id(swapped, dated()), id)) << swapped << " " << id;
    }
  }
}

TEST(Repair, CandidatesHaveNoErrorAndScoresAddUp) {
  const auto list = repair_resident_id("440524188001010013", dated());
  ASSERT_GT(list.size(), 3U);
  double sum = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    EXPECT_FALSE(check_resident_id(list[i].number.view()).has_error());
    if (i > 0) {
      EXPECT_LE(list[i].score, list[i - 1].score);
    }
    sum += list[i].score;
  }
  EXPECT_NEAR(sum, 1, 1e-9);
}

TEST(Repair, LettersReadForDigitsComeFirst) {
  for (const char* damaged : {"44O524188001010014", "4405241880O1010014", "44052418800l010014", "44OS24188001010014",
                              "44０５２4188001O1O014"}) {
    const auto list = repair_resident_id(damaged);
    ASSERT_FALSE(list.empty()) << damaged;
    EXPECT_EQ(list[0].number.view(), "440524188001010014") << damaged;
    EXPECT_EQ(list[0].kind, RepairKind::confusion);
  }
}

TEST(Repair, AGoodNumberIsLeftAlone) {
  const auto list = repair_resident_id("440524188001010014");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].kind, RepairKind::none);
}

TEST(Repair, ConfusionsWithWeightsAreMostlyFirst) {
  // Damage drawn by the weights that rank: the truth must be first far more often than one time in four candidates.
  std::mt19937 random(9);
  int first = 0;
  constexpr int all = 400;
  for (int n = 0; n < all; ++n) {
    const std::string id = test::made_up(random);
    const std::size_t at = random() % 17;
    std::vector<double> weights;
    for (char c = '0'; c <= '9'; ++c) weights.push_back(c == id[at] ? 0 : confusion_weight(c, id[at]));
    std::discrete_distribution<int> draw(weights.begin(), weights.end());
    std::string damaged = id;
    damaged[at] = static_cast<char>('0' + draw(random));
    const auto list = repair_resident_id(damaged);
    first += !list.empty() && list[0].number.view() == id ? 1 : 0;
  }
  EXPECT_GT(first, all / 2);
}

TEST(Repair, WhatStandsBesideTheNumberWeighs) {
  std::mt19937 random(21);
  int alone = 0;
  int told = 0;
  constexpr int all = 300;
  for (int n = 0; n < all; ++n) {
    const std::string id = test::made_up(random);
    const ResidentId truth = *parse_resident_id(id).value;
    std::string damaged = id;
    const std::size_t at = random() % 17;
    damaged[at] = static_cast<char>('0' + (static_cast<unsigned>(damaged[at] - '0') + 1 + random() % 9) % 10);
    const auto first = [&](const KnownHolder& known) {
      RepairOptions options;
      options.known = known;
      const auto list = repair_resident_id(damaged, options);
      return !list.empty() && list[0].number.view() == id ? 1 : 0;
    };
    alone += first({});
    told += first({truth.birth, truth.sex, truth.region_code});
    // It does not exclude: the truth is still there when what stands beside it is wrong.
    RepairOptions wrong;
    wrong.limit = 200;
    wrong.known = {{1850, 1, 1}, truth.sex == Sex::male ? Sex::female : Sex::male, 110000};
    EXPECT_TRUE(holds(repair_resident_id(damaged, wrong), id)) << damaged;
  }
  EXPECT_GT(told, all * 3 / 4);
  EXPECT_GT(told, alone);
}

TEST(Repair, FillsMaskedPositions) {
  const auto list = repair_resident_id("44052418800101001*");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].number.view(), "440524188001010014");
  EXPECT_EQ(list[0].kind, RepairKind::completion);
}

TEST(Completions, AgreeWithEnumeration) {
  for (const char* masked : {"44052418800101***4", "440524188001010***", "440524188*0***0014", "440524**8001010014"}) {
    const std::string text = masked;
    const Completions counted = count_completions(text);
    std::uint64_t any = 0;
    std::uint64_t known = 0;
    std::vector<std::size_t> holes;
    for (std::size_t i = 0; i < 18; ++i)
      if (text[i] == '*') holes.push_back(i);
    int tries = 1;
    for (std::size_t h : holes) tries *= h == 17 ? 11 : 10;
    for (int n = 0; n < tries; ++n) {
      std::string full = text;
      int rest = n;
      for (std::size_t h : holes) {
        full[h] = "0123456789X"[rest % (h == 17 ? 11 : 10)];
        rest /= h == 17 ? 11 : 10;
      }
      const ReasonSet reasons = check_resident_id(full);
      any += reasons.has_error() ? 0U : 1U;
      known += reasons.has_error() || reasons.has(Reason::unknown_region) ? 0U : 1U;
    }
    EXPECT_EQ(counted.any_region, any) << masked;
    EXPECT_EQ(counted.known_region, known) << masked;
  }
  EXPECT_EQ(count_completions("440524188013010***").any_region, 0U);
}

TEST(Lattice, FindsTheNumberWhoseDigitsAreSecondBest) {
  const std::string id = "440524188001010014";
  std::vector<std::vector<LatticeSymbol>> lattice;
  for (std::size_t i = 0; i < 18; ++i) {
    if (i == 5 || i == 12)
      lattice.push_back({{'7', 0.6F}, {id[i], 0.4F}});
    else
      lattice.push_back({{id[i], 0.99F}, {'8', 0.003F}});
  }
  const auto list = decode_resident_lattice(lattice);
  ASSERT_FALSE(list.empty());
  EXPECT_EQ(list[0].number.view(), id);
  EXPECT_GT(list[0].score, 0.5);
  EXPECT_TRUE(decode_resident_lattice(std::span(lattice).first(17)).empty());
}

}  // namespace
}  // namespace kualik::numbers
