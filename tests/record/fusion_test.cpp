#include "kualik/record/fusion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "kualik/numbers/resident_id.h"
#include "kualik/record/calibration.h"
#include "kualik/record/knowledge.h"

namespace kualik::record {
namespace {

Reading reading(const std::string& text, float probability = 0.9F) {
  Reading r;
  for (const std::string& s : symbols_of(text)) r.symbols.push_back({s, probability, {}, {{s, probability}}});
  return r;
}

/// A reader that errs: each symbol is replaced, doubled or lost with some probability, and it knows a little of that.
Reading noisy(const std::string& truth, double error, std::mt19937& random) {
  std::uniform_real_distribution<double> share(0, 1);
  std::uniform_int_distribution<int> digit(0, 9);
  Reading r;
  for (const char c : truth) {
    const double dice = share(random);
    const std::string right(1, c);
    if (dice < error * 0.15) continue;
    if (dice < error) {
      const std::string wrong = std::to_string(digit(random));
      r.symbols.push_back({wrong, 0.6F, {}, {{wrong, 0.6F}, {right, 0.3F}}});
    } else {
      r.symbols.push_back({right, 0.95F, {}, {{right, 0.95F}}});
    }
  }
  return r;
}

TEST(Fuse, NothingGivesNothing) {
  const FusedReading fused = fuse({});
  EXPECT_TRUE(fused.text.empty());
  EXPECT_EQ(fused.score, 0);
  EXPECT_EQ(fused.seen, 0);
}

TEST(Fuse, OneReadingIsItself) {
  const std::vector<Reading> readings{reading("努尔兰·巴合提")};
  const FusedReading fused = fuse(readings);
  EXPECT_EQ(fused.text, "努尔兰·巴合提");
  EXPECT_EQ(fused.agree, 1);
  EXPECT_EQ(fused.seen, 1);
}

TEST(Fuse, PutsTogetherWhatNoFrameReadWhole) {
  // Each frame has another error, of which its reader was less sure; the truth was read by none.
  std::vector<Reading> readings{reading("1880O10100"), reading("18800101O0"), reading("1880010108"),
                                reading("7880010100")};
  readings[0].symbols[4].alternatives[0].probability = 0.6F;
  readings[1].symbols[8].alternatives[0].probability = 0.6F;
  readings[2].symbols[9].alternatives[0].probability = 0.6F;
  readings[3].symbols[0].alternatives[0].probability = 0.6F;
  EXPECT_EQ(fuse(readings).text, "1880010100");
}

TEST(Fuse, OneBadFrameHasNoVeto) {
  std::vector<Reading> readings(4, reading("440524188001010014"));
  readings.push_back(reading("||//~", 0.99F));
  EXPECT_EQ(fuse(readings).text, "440524188001010014");
}

TEST(Fuse, BeatsTheMeanFrameOnNoisyReadings) {
  std::mt19937 random(7);
  const std::string truth = "440524188001010014";
  int fused_right = 0;
  int single_right = 0;
  constexpr int rounds = 200;
  for (int i = 0; i < rounds; ++i) {
    std::vector<Reading> readings;
    readings.reserve(5);
    for (int k = 0; k < 5; ++k) readings.push_back(noisy(truth, 0.12, random));
    single_right += best_text(readings.front()) == truth;
    fused_right += fuse(readings).text == truth;
  }
  EXPECT_LT(single_right, rounds / 3);
  EXPECT_GT(fused_right, rounds * 9 / 10);
}

TEST(Fuse, PriorDecidesACloseCallAndSaysSo) {
  Reading r = reading("44052418800101001");
  r.symbols.push_back({"6", 0.5F, {}, {{"6", 0.52F}, {"4", 0.45F}}});
  const std::vector<Reading> readings{r};
  const FusedReading unaided = fuse(readings);
  EXPECT_EQ(unaided.text, "440524188001010016");
  const FusedReading fused = fuse(readings, {}, prior_for("id_number"));
  EXPECT_EQ(fused.text, "440524188001010014");
  EXPECT_TRUE(fused.changed_by_prior);
  ASSERT_FALSE(fused.alternatives.empty());
  EXPECT_EQ(fused.alternatives.front().value, "440524188001010016");
}

TEST(Fuse, NumbersWithinALineOfTextAreJudged) {
  const Prior line = prior_for("line");
  EXPECT_EQ(line("被告人孙娟，女，1895年1月25日出生，住49号。"), 0);
  EXPECT_EQ(line("身份号码440524188001010014，汉族"), 0);
  EXPECT_LT(line("身份号码440524188001010016，汉族"), -2);
  EXPECT_EQ(line("身份号码44052418800101001"), 0);  // It may run on in the next line.
  EXPECT_LT(line("码44052418800101001区，汉族"), 0);
  EXPECT_EQ(line("ИИН 850615100126"), 0);
  EXPECT_LT(line("ИИН 850615100127"), -2);
  EXPECT_LT(line("851315100126"), -2);
  EXPECT_EQ(line("тел. 850615100127 доб."), 0);  // Twelve digits may be anything.
  const Prior dated = prior_for("line", {.today = {2026, 11, 27}});
  EXPECT_EQ(dated("即自2015年4月14日起至2031年7月13日"), 0);
  EXPECT_LT(dated("即自2915年4月14日起至2023年7月13日"), -2);
  EXPECT_LT(dated("1015年4月14日出生"), -2);
  EXPECT_EQ(dated("罚金人民币9000元"), 0);
  // Doubt about one figure is settled by the check digit, and said.
  Reading r = reading("ИИН 85061510012");
  r.symbols.push_back({"7", 0.5F, {}, {{"7", 0.52F}, {"6", 0.45F}}});
  const FusedReading fused = fuse(std::vector<Reading>{r}, {}, line);
  EXPECT_EQ(fused.text, "ИИН 850615100126");
  EXPECT_TRUE(fused.changed_by_prior);
  EXPECT_EQ(fused.unaided, "ИИН 850615100127");
}

TEST(Fuse, PriorDoesNotOverruleClearPrint) {
  // A clear misprint stays as it is: its check digit is wrong, and the checks will say so.
  const std::vector<Reading> readings(3, reading("440524188001010016", 0.99F));
  const FusedReading fused = fuse(readings, {}, prior_for("id_number"));
  EXPECT_EQ(fused.text, "440524188001010016");
  EXPECT_FALSE(fused.changed_by_prior);
}

TEST(Fuse, IsTheSameForAnyOrderOfEqualFrames) {
  std::vector<Reading> readings{reading("ABC"), reading("ABD"), reading("ABC")};
  const FusedReading one = fuse(readings);
  std::swap(readings[0], readings[1]);
  const FusedReading two = fuse(readings);
  EXPECT_EQ(one.text, two.text);
  EXPECT_NEAR(one.score, two.score, 1e-12);
}

/// The string whose paths through the lattice add up to most, by walking all of them.
std::string likeliest(const Lattice& lattice) {
  std::map<std::string, double> sums;
  const std::function<void(std::size_t, const std::string&, const std::string&, double)> walk =
      [&](std::size_t t, const std::string& text, const std::string& last, double p) {
        if (t == lattice.steps.size()) {
          sums[text] += p;
          return;
        }
        const Lattice::Step& step = lattice.steps[t];
        walk(t + 1, text, "", p * static_cast<double>(step.blank));
        for (const SymbolAlternative& s : step.symbols)
          walk(t + 1, s.text == last ? text : text + s.text, s.text, p * static_cast<double>(s.probability));
      };
  walk(0, "", "", 1);
  sums.erase("");
  return std::max_element(sums.begin(), sums.end(), [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

TEST(Fuse, ALatticeGivesTheStringWithTheMostWaysThroughIt) {
  std::mt19937 random(20261126);
  std::uniform_real_distribution<float> any(0.05F, 1.0F);
  // All strings of up to five of the two symbols.
  std::vector<std::string> all{""};
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].size() < 5)
      for (const char* s : {"6", "8"}) all.push_back(all[i] + s);
  FusionOptions options;
  options.vote = 0;
  options.floor = -1e6;
  for (int round = 0; round < 200; ++round) {
    auto lattice = std::make_shared<Lattice>();
    for (int t = 0; t < 5; ++t) {
      const float a = any(random), b = any(random), none = any(random);
      lattice->steps.push_back({none / (a + b + none), {{"6", a / (a + b + none)}, {"8", b / (a + b + none)}}});
    }
    Reading reading;
    reading.symbols.push_back({"6", 0.5F, {}, {}});
    reading.lattice = lattice;
    const FusedReading fused = fuse({&reading, 1}, options, {}, [&](std::string_view) { return all; });
    EXPECT_EQ(fused.text, likeliest(*lattice)) << round;
  }
}

TEST(SymbolsOf, KeepsBrokenBytesApart) {
  EXPECT_EQ(symbols_of("é中").size(), 2u);
  EXPECT_EQ(symbols_of("\xFF"
                       "a\xE4\xB8")
                .size(),
            4u);
}

TEST(Knowledge, MrzCheckDigitsSpeak) {
  const Prior prior = prior_for("mrz");
  const std::string line = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";  // the specimen of ICAO Doc 9303
  std::string wrong = line;
  wrong[14] = '5';
  EXPECT_GT(prior(line), prior(wrong));
  EXPECT_GT(prior(wrong), prior(line.substr(1)));
}

TEST(Knowledge, EthnicityIsReadAsATableWordOnlyWithEvidence) {
  Reading r = reading("哈萨");
  r.symbols.push_back({"竞", 0.4F, {}, {{"竞", 0.4F}, {"克", 0.35F}}});
  const std::vector<Reading> readings{r};
  const FusedReading fused = fuse(readings, {}, prior_for("ethnicity"), proposals_for("ethnicity"));
  EXPECT_EQ(fused.text, "哈萨克");
  EXPECT_TRUE(fused.changed_by_prior);
}

TEST(Calibrated, MoreEvidenceIsNeverWorse) {
  Support s;
  s.posterior = 0.9;
  s.support = -0.1;
  s.agree = 0.5;
  s.frames = 4;
  s.length = 18;
  const double before = calibrated("id_number", s);
  s.agree = 1;
  EXPECT_GT(calibrated("id_number", s), before);
  s.check_agrees = true;
  const double with_check = calibrated("id_number", s);
  EXPECT_GT(with_check, before);
  s.check_agrees = false;
  s.check_disagrees = true;
  EXPECT_LT(calibrated("id_number", s), with_check);
}

TEST(StatusOf, ErrorsFailDoubtsDoubtAndOnlyCheckedFieldsPass) {
  EXPECT_EQ(status_of({Reason::bad_check_digit}, 0.99, true), Status::fails);
  EXPECT_EQ(status_of({Reason::unknown_region}, 0.99, true), Status::doubtful);
  EXPECT_EQ(status_of({Reason::normalised}, 0.99, true), Status::passes);
  EXPECT_EQ(status_of({}, 0.99, true), Status::passes);
  EXPECT_EQ(status_of({}, 0.89, true), Status::doubtful);
  EXPECT_EQ(status_of({}, 0.99, false), Status::unchecked);
  EXPECT_EQ(status_of({}, 0.3, false), Status::doubtful);
}

}  // namespace
}  // namespace kualik::record
