#include <gtest/gtest.h>

#include <thread>

#include "kualik/text/names.h"

namespace {

using namespace kualik;

const std::vector<std::string>& some_names() {
  static const std::vector<std::string> list{
      "Ерлан Серік",  "努尔兰·巴合提", "Айгүл Жұмабай",   "买买提·吐尔逊", "Memet Rozi", "NUERLAN BAHETI", "王伟", "",
      "Марат Нұрлан", "Бақыт Нұрлан",  "阿依古丽·居马拜", "نۇرلان باقىت"};
  return list;
}

TEST(NameIndex, FindsAllSpellingsOfAName) {
  const names::Index index(some_names());
  EXPECT_EQ(index.size(), some_names().size());
  const auto hits = index.search("Нұрлан Бақытұлы");
  ASSERT_GE(hits.size(), 4U);
  std::vector<std::size_t> first{hits[0].row, hits[1].row, hits[2].row};
  std::sort(first.begin(), first.end());
  EXPECT_EQ(first, (std::vector<std::size_t>{1, 5, 11}));
  EXPECT_EQ(hits[3].row, 9U);  // Given and father's name swapped: another person, or an odd list.
  EXPECT_EQ(index.search("阿依古丽居马拜").front().row, 10U);
}

TEST(NameIndex, ScoresAreThoseOfMatch) {
  const names::Index index(some_names());
  names::SearchOptions options;
  options.min_score = 0;
  options.limit = 100;
  for (const names::Hit& hit : index.search("Nurlan Bakyt", options)) {
    EXPECT_NEAR(hit.score, names::match("Nurlan Bakyt", some_names()[hit.row]).score, 1e-9) << hit.row;
  }
}

TEST(NameIndex, LimitsAndEmptyInput) {
  const names::Index index(some_names());
  names::SearchOptions options;
  options.limit = 2;
  EXPECT_EQ(index.search("Нұрлан", options).size(), 2U);
  options.limit = 0;
  EXPECT_TRUE(index.search("Нұрлан", options).empty());
  EXPECT_TRUE(index.search("").empty());
  EXPECT_TRUE(names::Index({}).search("Нұрлан").empty());
}

TEST(NameIndex, ManyThreadsReadOneIndex) {
  const names::Index index(some_names());
  const auto expected = index.search("买买提·吐尔逊");
  std::vector<int> same(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < same.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) same[t] += index.search("买买提·吐尔逊") == expected ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(same, std::vector<int>(4, 50));
}

}  // namespace
