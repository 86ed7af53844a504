// Invented papers of every kind with all their fields: each must be found exactly, and nothing else may be.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "kualik/documents/parse.h"
#include "support/tsv.h"

namespace {

using namespace kualik;
namespace fs = std::filesystem;

struct Expected {
  std::string kind;
  std::vector<std::string> fields{};  // key, subject and value joined
};

std::string slurp(const fs::path& path) {
  std::ifstream in(path);
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

std::vector<std::string> fields_of(const documents::Document& d) {
  std::vector<std::string> all;
  for (const documents::Field& f : d.fields)
    if (f.key != "text") all.push_back(f.key + '#' + std::to_string(f.subject) + '=' + f.value);
  std::sort(all.begin(), all.end());
  return all;
}

class Papers : public testing::TestWithParam<std::string> {};

TEST_P(Papers, EveryFieldExact) {
  const std::string name = GetParam();
  const std::string text = slurp(fs::path(KUALIK_TESTS_DIR) / "documents/papers" / (name + ".txt"));
  ASSERT_FALSE(text.empty());
  std::vector<Expected> expected;
  for (const auto& row : test::read_tsv("documents/papers/" + name + ".tsv")) {
    if (row.at(0) == "document") {
      expected.push_back({row.at(1)});
    } else {
      expected.back().fields.push_back(row.at(0) + '#' + row.at(1) + '=' + row.at(2));
    }
  }
  documents::ParseOptions options;
  options.today = {2026, 11, 23};
  const auto found = documents::parse_text(text, options);
  ASSERT_EQ(found.size(), expected.size());
  const std::string page = PageText::from_text(text).text();
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(documents::name(found[i].kind), expected[i].kind);
    std::sort(expected[i].fields.begin(), expected[i].fields.end());
    EXPECT_EQ(fields_of(found[i]), expected[i].fields);
    for (const documents::Field& f : found[i].fields) {
      // The span is where the raw reading stands.
      ASSERT_LE(f.span.end, page.size());
      EXPECT_EQ(page.substr(f.span.begin, f.span.size()), f.raw) << f.key;
      EXPECT_FALSE(f.reasons.has(Reason::cross_check)) << f.key;
      EXPECT_FALSE(f.reasons.has_error()) << f.key;
      EXPECT_FALSE(f.reasons.has(Reason::repaired)) << f.key;
    }
  }
}

std::vector<std::string> paper_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(KUALIK_TESTS_DIR) / "documents/papers"))
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, Papers, testing::ValuesIn(paper_names()), [](const auto& made) { return made.param; });

// The floor: papers may be added, not lost.
TEST(PaperCorpus, AllAreThere) { EXPECT_GE(paper_names().size(), 214U); }

}  // namespace
