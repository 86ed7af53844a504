// Doubtful characters of zones decided with the layout and the check digits. All zones are the samples of Doc 9303.
#include "record/zone_knowledge.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kualik/numbers/mrz.h"

namespace kualik {
namespace {

constexpr const char* td3[] = {"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                               "L898902C36UTO7408122F1204159ZE184226B<<<<<10"};
constexpr const char* td1[] = {"I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
                               "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"};

TextLine line_of(const std::string& text) {
  TextLine line;
  line.text = text;
  for (const char c : text) line.symbols.push_back({std::string(1, c), 0.99F, {}, {{std::string(1, c), 0.99F}}});
  return line;
}

// The reader takes the character at `at` for `read` with probability `p`, and what stands there with the rest.
void misread(TextLine& line, std::size_t at, char read, float p) {
  Symbol& s = line.symbols[at];
  s.alternatives = {{std::string(1, read), p}, {s.text, 0.9F * (1 - p)}};
  s.text = std::string(1, read);
  s.probability = p;
  line.text[at] = read;
}

std::string text_of(const std::vector<TextLine>& lines) {
  std::string all;
  for (const TextLine& l : lines) all += (all.empty() ? "" : "\n") + l.text;
  return all;
}

bool settle(std::vector<TextLine>& lines) {
  std::vector<TextLine*> pointers;
  pointers.reserve(lines.size());
  for (TextLine& l : lines) pointers.push_back(&l);
  return record::settle_zone(pointers);
}

struct Misread {
  std::size_t line, at;
  char read;
  float p;
};

TEST(ZoneKnowledge, DecidesWhatTheReaderLeftOpen) {
  const std::vector<std::vector<Misread>> cases{
      {{1, 5, 'O', 0.7F}},   // a figure between figures, told by two check digits
      {{1, 13, 'T', 0.8F}},  // dates hold figures
      {{0, 12, '5', 0.9F}},  // names hold letters
      {{1, 10, '0', 0.9F}},  // so do states
      {{0, 30, 'K', 0.7F}},  // behind fillers the names are over
      {{1, 20, 'P', 0.8F}},  // sex
      {{1, 0, 'I', 0.6F}, {1, 27, '8', 0.6F}, {0, 22, '4', 0.7F}}};
  for (const auto& made : cases) {
    std::vector<TextLine> lines{line_of(td3[0]), line_of(td3[1])};
    for (const Misread& m : made) misread(lines[m.line], m.at, m.read, m.p);
    const std::string before = text_of(lines);
    EXPECT_TRUE(settle(lines)) << before;
    EXPECT_EQ(text_of(lines), std::string(td3[0]) + "\n" + td3[1]) << before;
    EXPECT_FALSE(numbers::parse_mrz(text_of(lines)).reasons.has_error());
  }
}

TEST(ZoneKnowledge, LinesOfOneCompositeAreDecidedTogether) {
  std::vector<TextLine> lines{line_of(td1[0]), line_of(td1[1]), line_of(td1[2])};
  misread(lines[0], 8, '7', 0.6F);
  misread(lines[1], 2, 'O', 0.9F);
  EXPECT_TRUE(settle(lines));
  EXPECT_EQ(text_of(lines), std::string(td1[0]) + "\n" + td1[1] + "\n" + td1[2]);
  EXPECT_EQ(lines[0].symbols[8].text, "1");
  EXPECT_EQ(lines[0].symbols[8].alternatives.front().text, "7");  // What was read is kept.
}

TEST(ZoneKnowledge, LeavesWhatIsSoundOrSure) {
  std::vector<TextLine> sound{line_of(td3[0]), line_of(td3[1])};
  EXPECT_FALSE(settle(sound));
  // A sure reading that disagrees with its check digit is shown as it is.
  std::vector<TextLine> sure{line_of(td3[0]), line_of(td3[1])};
  sure[1].symbols[3].text = sure[1].symbols[3].alternatives[0].text = "4";
  sure[1].text[3] = '4';
  EXPECT_FALSE(settle(sure));
  EXPECT_EQ(sure[1].text[3], '4');
  // Names that no model knows stay.
  std::vector<TextLine> names{line_of("P<UTOXQZWVK<<TGRB<<<<<<<<<<<<<<<<<<<<<<<<<<<"), line_of(td3[1])};
  EXPECT_FALSE(settle(names));
}

TEST(ZoneKnowledge, OtherLinesStay) {
  std::vector<TextLine> none;
  EXPECT_FALSE(settle(none));
  std::vector<TextLine> odd{line_of("SOME TEXT"), line_of("OF NO FORM")};
  EXPECT_FALSE(settle(odd));
  EXPECT_EQ(odd[0].text, "SOME TEXT");
  // So much would have to change that it is no zone.
  std::vector<TextLine> text{line_of("THEQUICKBROWNFOXJUMPSOVERTHELAZYDOGANDRUNSAW"),
                             line_of("AYFROMTHEHUNTERWHOSEESNOTHINGOFITBUTATAILXXX")};
  EXPECT_FALSE(settle(text));
}

}  // namespace
}  // namespace kualik
