// Titles of papers: those of the table, none within a sentence, and none for the end of a title that is not known.

#include <gtest/gtest.h>

#include "kualik/documents/parse.h"
#include "support/tsv.h"

namespace {

using namespace kualik;

TEST(Titles, FoundAsTheyStandInTheTable) {
  for (const auto& row : test::read_tsv("documents/titles.tsv")) {
    std::string text = row.at(0);
    for (std::size_t at; (at = text.find("\\n")) != std::string::npos;) text.replace(at, 2, "\n");
    std::string title = "-";
    for (const auto& d : documents::parse_text(text, {{2026, 11, 23}, {}}))
      if (const documents::Field* f = d.find("title")) title = f->value;
    EXPECT_EQ(title, row.at(1)) << row.at(0);
  }
}

}  // namespace
