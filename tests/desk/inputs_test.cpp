#include "kualik/desk/inputs.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "kualik/desk/archive.h"
#include "kualik/desk/report.h"
#include "kualik/record/jsonl.h"
#include "record/sample.h"

namespace kualik::desk {
namespace {

namespace fs = std::filesystem;

class InputsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "kualik-in-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder_); }
  void put(const std::string& name, const std::string& content = "x") {
    fs::create_directories((fs::path(folder_) / name).parent_path());
    std::ofstream(fs::path(folder_) / name, std::ios::binary) << content;
  }
  std::string at(const std::string& name) const { return folder_ + "/" + name; }
  std::string folder_;
};

TEST_F(InputsTest, FoldersAreWalkedInAFixedOrder) {
  put("b.MP4");
  put("sub/a.webm");
  put("notes.txt", "text");
  put("unnamed", std::string("\0\0\0\x18"
                             "ftypisom",
                             12));
  put(".hidden.mp4");
  put(".git/x.mp4");
  put("b.MP4.d/manifest.json", "{}");
  put("b.MP4.d/0001-frame.jpg");
  const InputList list = collect_inputs({folder_});
  std::vector<std::string> names;
  for (const Input& i : list.inputs) names.push_back(i.path);
  EXPECT_EQ(names, (std::vector<std::string>{at("b.MP4"), at("sub/a.webm"), at("unnamed")}));
  EXPECT_TRUE(list.failures.empty());
}

TEST_F(InputsTest, AFolderWithoutVideosIsAFailure) {
  put("notes.txt", "text");
  const InputList list = collect_inputs({folder_});
  ASSERT_EQ(list.failures.size(), 1U);
  EXPECT_NE(list.failures[0].cause.find("without videos"), std::string::npos);
}

// A link into an archive disk that is not mounted must not be passed over without a word.
TEST_F(InputsTest, ALinkToNothingIsAFailure) {
  put("a.mp4");
  std::filesystem::create_symlink("/nonexistent/b.mp4", at("b.mp4"));
  std::filesystem::create_symlink("/nonexistent/notes", at("notes"));
  const InputList list = collect_inputs({folder_});
  EXPECT_EQ(list.inputs.size(), 1U);
  ASSERT_EQ(list.failures.size(), 1U);
  EXPECT_EQ(list.failures[0].path, at("b.mp4"));
  EXPECT_NE(list.failures[0].cause.find("link"), std::string::npos);
}

TEST_F(InputsTest, ListsCarryTheirColumns) {
  put("list.csv", "entry_no;path;village\n7;a.mp4;Қараой\n8;/abs/b.mp4;\n");
  const InputList list = collect_inputs({}, at("list.csv"));
  ASSERT_EQ(list.inputs.size(), 2U);
  EXPECT_EQ(list.inputs[0].path, at("a.mp4"));
  EXPECT_EQ(list.inputs[0].catalogue.entry_no, "7");
  EXPECT_EQ(list.inputs[0].catalogue.columns.at(0), (std::pair<std::string, std::string>{"village", "Қараой"}));
  EXPECT_EQ(list.inputs[1].path, "/abs/b.mp4");
  EXPECT_EQ(list.columns, std::vector<std::string>{"village"});
  put("bad.csv", "file\na.mp4\n");
  EXPECT_THROW(collect_inputs({}, at("bad.csv")), std::runtime_error);
  EXPECT_THROW(collect_inputs({}, at("none.csv")), std::runtime_error);
}

TEST_F(InputsTest, AnArchiveTakesEachSourceOnceAndNoHalfLine) {
  const std::string a = record::to_json(record::sample_entry("a.mp4", 'a'));
  const std::string b = record::to_json(record::sample_entry("b.mp4", 'b'));
  put("out/a.mp4.d/records.jsonl", a + "\n");
  put("out/all.jsonl", a + "\n" + a + "\n" + b + "\n" + b.substr(0, 50));
  std::vector<std::string> lines;
  Archive(at("out")).each([&](const record::Entry& e, std::size_t) { lines.push_back(record::to_json(e)); });
  EXPECT_EQ(lines, (std::vector<std::string>{a, b}));
  EXPECT_THROW(Archive{at("none")}, std::runtime_error);
  EXPECT_THROW(Archive{folder_}, std::runtime_error) << "no records in it";
}

TEST_F(InputsTest, PicturesOutsideTheFolderAreNotRead) {
  record::Entry e = record::sample_entry();
  put("secret.png", "secret");
  put("out/all.jsonl", record::to_json(e) + "\n");
  put("out/x.png", "picture");
  const Archive archive(at("out"));
  EXPECT_EQ(archive.picture(e, "x.png"), "picture");
  EXPECT_FALSE(archive.picture(e, "../secret.png"));
  EXPECT_FALSE(archive.picture(e, at("secret.png")));
}

TEST_F(InputsTest, ThePageCannotBeBrokenOutOf) {
  record::Entry e = record::sample_entry();
  e.record.fields[0].value = "</script><script>alert(1)</script>";
  e.record.source.name = "<!--<script>.mp4";
  put("out/all.jsonl", record::to_json(e) + "\n");
  const std::string page = report_page(Archive(at("out")));
  EXPECT_EQ(page.find("alert(1)</script>"), std::string::npos);
  EXPECT_EQ(page.find("<!--<script>"), std::string::npos);
  EXPECT_NE(page.find("\\u003c/script>"), std::string::npos);
}

}  // namespace
}  // namespace kualik::desk
