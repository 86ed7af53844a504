// Tables and lists of names as people have them: which column holds the names, and whether there is a header.

#include "kualik/desk/name_table.h"

#include <gtest/gtest.h>

namespace {

using kualik::desk::NameTable;
using kualik::desk::read_name_table;
using Strings = std::vector<std::string>;

struct Case {
  const char* text;
  Strings used;
  Strings names;
  bool header;
};

TEST(NameTable, FindsTheNames) {
  const std::vector<Case> cases{
      {"no,name\n1,Нұрлан Бақыт\n", {"name"}, {"Нұрлан Бақыт"}, true},
      {"\xEF\xBB\xBF"
       "id;ФИО\n1;Нұрлан Бақыт\n",
       {"ФИО"},
       {"Нұрлан Бақыт"},
       true},
      {"编号\t姓名\r\n1\t努尔兰·巴合提\r\n", {"姓名"}, {"努尔兰·巴合提"}, true},
      {"Surname,Given names,Patronymic\nАхметов,Нұрлан,Серікұлы\nАхметов,Айдос,\n",
       {"Surname", "Given names", "Patronymic"},
       {"Ахметов Нұрлан Серікұлы", "Ахметов Айдос"},
       true},
      {"name,surname\nНұрлан,Бақыт\n", {"surname", "name"}, {"Бақыт, Нұрлан"}, true},
      {"no,sex,who\n1,m,Нұрлан Бақыт\n2,m,Айдос Серік\n", {"who"}, {"Нұрлан Бақыт", "Айдос Серік"}, true},
      {"Нұрлан Бақыт\nBakyt, Nurlan\n", {"name"}, {"Нұрлан Бақыт", "Bakyt, Nurlan"}, false},
      {"1,Нұрлан Бақыт,1885\n2,Айдос Серік,1886\n", {"2"}, {"Нұрлан Бақыт", "Айдос Серік"}, false},
      {"name\n", {"name"}, {}, true}};
  for (const Case& c : cases) {
    const NameTable table = read_name_table(c.text);
    EXPECT_EQ(table.used, c.used) << c.text;
    EXPECT_EQ(table.names, c.names) << c.text;
    EXPECT_EQ(table.header, c.header) << c.text;
  }
}

TEST(NameTable, ColumnsThatAreAskedFor) {
  const char* text = "a,b\nНұрлан,Бақыт\n";
  EXPECT_EQ(read_name_table(text, {"b"}).names, Strings{"Бақыт"});
  EXPECT_EQ(read_name_table(text, {"B", "a"}).names, Strings{"Бақыт Нұрлан"});
  EXPECT_THROW(read_name_table(text, {"c"}), std::runtime_error);
}

TEST(NameTable, SaysWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "empty"}, {std::string("\xFF\xFEN\0", 4), "UTF-16"}, {"name\n\xE5!", "UTF-8"}, {"name\n\"open", "quote"}};
  for (const auto& [text, part] : cases) {
    try {
      read_name_table(text);
      ADD_FAILURE() << part;
    } catch (const std::runtime_error& fault) {
      EXPECT_NE(std::string(fault.what()).find(part), std::string::npos) << fault.what();
    }
  }
}

}  // namespace
