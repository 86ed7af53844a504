#include "ocr/ctc_decode.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace kualik::ocr {
namespace {

const std::vector<std::string> letters{"a", "b", "c"};

// A matrix from rows of probabilities: blank, a, b, c.
LineReading matrix(const std::vector<std::vector<float>>& rows) {
  LineReading m;
  m.steps = static_cast<int>(rows.size());
  m.classes = 4;
  m.alphabet = &letters;
  m.step_width = 10;
  for (const auto& row : rows)
    for (const float p : row) m.log_probs.push_back(std::log(std::max(p, 1e-9F)));
  return m;
}

std::string text(const std::vector<std::vector<float>>& rows) {
  LineReading m = matrix(rows);
  decode(m, 10 * m.steps, 32);
  return m.line.text;
}

TEST(CtcDecode, RepeatsAreOneSymbolUnlessABlankParts) {
  const std::vector<float> blank{.97F, .01F, .01F, .01F}, a{.01F, .97F, .01F, .01F}, b{.01F, .01F, .97F, .01F};
  EXPECT_EQ(text({blank, a, a, blank, b, b, b, blank}), "ab");
  EXPECT_EQ(text({a, blank, a}), "aa");
  EXPECT_EQ(text({a, a, a}), "a");
  EXPECT_EQ(text({blank, blank}), "");
}

TEST(CtcDecode, BeamSumsOverPathsWhereTheBestPathErrs) {
  // The best single path is blank, blank (.6 * .6 = .36); the text "a" has .4*.4 + .4*.6 + .6*.4 = .64 over its three
  // paths.
  EXPECT_EQ(text({{.6F, .4F, 0, 0}, {.6F, .4F, 0, 0}}), "a");
}

TEST(CtcDecode, ABracketIsReadFaintlyWhereItsPartnerStandsAloneOnly) {
  const std::vector<std::string> alphabet{"x", "(", ")"};
  const auto read = [&](float faint, bool closed, std::size_t at = 3) {
    const std::vector<float> blank{.9999F, 1e-5F, 1e-5F, 1e-5F}, x{.01F, .97F, 1e-5F, 1e-5F},
        end{.01F, 1e-5F, 1e-5F, .97F};
    std::vector<std::vector<float>> rows{blank, x, blank, blank, blank, x, blank, closed ? end : x, blank, x};
    rows[at][2] = faint;
    LineReading m = matrix(rows);
    m.alphabet = &alphabet;
    decode(m, 10 * m.steps, 32);
    return m.line;
  };
  const TextLine found = read(.012F, true);
  ASSERT_EQ(found.text, "x(x)x");
  EXPECT_GT(found.symbols[1].probability, 0.3F);  // As sure as a faint trace may be, with its partner for a witness.
  EXPECT_LT(found.symbols[1].probability, 0.8F);
  EXPECT_EQ(read(.012F, false).text, "xxxx");    // No partner.
  EXPECT_EQ(read(.0005F, true).text, "xx)x");    // No trace: the pair may begin on the line before.
  EXPECT_EQ(read(.012F, true, 6).text, "xx)x");  // Nothing would stand within the pair.
  EXPECT_EQ(read(.012F, true, 0).text, "xx)x");  // Before the first glyph the edge of the picture makes traces.
}

TEST(CtcDecode, AlternativesStandAtTheirSymbol) {
  LineReading m =
      matrix({{.97F, .01F, .01F, .01F}, {.05F, .6F, .05F, .3F}, {.97F, .01F, .01F, .01F}, {.02F, .01F, .96F, .01F}});
  decode(m, 40, 32);
  ASSERT_EQ(m.line.text, "ab");
  const Symbol& a = m.line.symbols[0];
  ASSERT_GE(a.alternatives.size(), 2U);
  EXPECT_EQ(a.alternatives[0].text, "a");
  EXPECT_EQ(a.alternatives[1].text, "c");
  EXPECT_GT(a.probability, 0.5F);
  EXPECT_LT(a.probability, m.line.symbols[1].probability);
  // Boxes: in reading order, inside the line, over the symbol's step.
  EXPECT_LE(a.box.x, 15);
  EXPECT_GE(a.box.x + a.box.width, 15);
  EXPECT_LE(a.box.x + a.box.width, m.line.symbols[1].box.x + 1e-9);
  EXPECT_LE(m.line.symbols[1].box.x + m.line.symbols[1].box.width, 40);
}

TEST(CtcDecode, AlignmentNeedsRoomForRepeats) {
  const LineReading m = matrix({{.4F, .6F, 0, 0}, {.4F, .6F, 0, 0}});
  EXPECT_TRUE(align(m, {1, 1}).empty());  // "aa" needs three steps.
  ASSERT_EQ(align(m, {1}).size(), 1U);
}

}  // namespace
}  // namespace kualik::ocr
