#include "kualik/record/database.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "kualik/record/hash.h"
#include "kualik/record/jsonl.h"
#include "kualik/record/manifest.h"
#include "kualik/record/private_file.h"
#include "kualik/record/source.h"
#include "record/sample.h"

namespace kualik::record {
namespace {

class DatabaseTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "kualik-db-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    path_ = folder_ + "/archive.sqlite";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static void add(Database& db, const Entry& e, const std::vector<Picture>& pictures = {}) {
    db.add(e.record.source, e.catalogue, {e}, pictures);
  }
  static std::vector<std::string> lines(const Database& db) {
    std::vector<std::string> out;
    db.each([&](const Entry& e, std::size_t) { out.push_back(to_json(e)); });
    return out;
  }
  std::string folder_;
  std::string path_;
};

TEST_F(DatabaseTest, GivesBackTheSameLines) {
  const Entry a = sample_entry("a.mp4", 'a');
  const Entry b = sample_entry("b.mp4", 'b');
  {
    Database db(path_);
    db.begin_run(a.engine, "--crops", "2026-01-01T00:00:00Z");
    add(db, b);
    add(db, a);
    EXPECT_TRUE(db.has(a.record.source.sha256));
    EXPECT_FALSE(db.has(std::string(64, 'c')));
  }
  const Database again(path_);
  EXPECT_EQ(lines(again), (std::vector<std::string>{to_json(a), to_json(b)}));
  EXPECT_EQ(again.free_columns(), (std::vector<std::string>{"village", "note"}));
}

TEST_F(DatabaseTest, OnlyTheOwnerMayRead) {
  const Database db(path_);
  struct stat info {};
  ASSERT_EQ(::stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(DatabaseTest, ASourceWithoutDocumentsIsDoneAsWell) {
  Database db(path_);
  db.add(sample_entry().record.source, {}, {});
  EXPECT_TRUE(db.has(std::string(64, 'a')));
  EXPECT_TRUE(lines(db).empty());
}

TEST_F(DatabaseTest, ReadingAgainReplacesAndClearsTheFailure) {
  Database db(path_);
  Entry e = sample_entry();
  db.add_failure(e.record.source.path, "", "the file is empty");
  db.add_failure(e.record.source.path, e.record.source.sha256, "no video stream");
  ASSERT_EQ(db.failures().size(), 1U);
  EXPECT_EQ(db.failures()[0].tries, 2);
  EXPECT_EQ(db.failures()[0].cause, "no video stream");
  add(db, e, {{"a.mp4.d/0001-id_number.png", std::string(64, 'c'), std::string("\0png", 4)}});
  add(db, e);
  EXPECT_TRUE(db.failures().empty());
  EXPECT_EQ(lines(db).size(), 1U);
  EXPECT_FALSE(db.picture(e.record.source.sha256, "a.mp4.d/0001-id_number.png"))
      << "pictures of the earlier reading are gone";
}

TEST_F(DatabaseTest, PicturesComeBackByteForByte) {
  Database db(path_);
  const std::string bytes("\0\xFFpng\0", 6);
  add(db, sample_entry(), {{"p.png", sha256(bytes), bytes}});
  EXPECT_EQ(db.picture(std::string(64, 'a'), "p.png"), bytes);
}

TEST_F(DatabaseTest, EveryEntryThatCitesAVideoIsKept) {
  Database db(path_);
  Entry e = sample_entry();
  e.catalogue = {"12", {{"village", "A"}}};
  add(db, e);
  db.add_name(e.record.source.sha256, e.record.source.path, {"88", {{"village", "B"}, {"seen by", "C"}}});
  db.add_name(e.record.source.sha256, e.record.source.path, {"88", {{"village", "B"}, {"seen by", "C"}}});
  db.add_name(e.record.source.sha256, "/other/name.mp4", {});
  const std::vector<Catalogue> catalogues = db.catalogues(e.record.source.sha256);
  ASSERT_EQ(catalogues.size(), 2U);
  EXPECT_EQ(catalogues[0], e.catalogue);
  EXPECT_EQ(catalogues[1].entry_no, "88");
  EXPECT_EQ(db.free_columns(), (std::vector<std::string>{"village", "seen by"}));
  EXPECT_TRUE(db.catalogues(std::string(64, 'c')).empty());
}

TEST_F(DatabaseTest, ANoteStandsWithoutADecision) {
  Database db(path_);
  const Entry e = sample_entry();
  add(db, e);
  Decision d{e.record.source.sha256,
             1,
             0,
             "id_number",
             e.record.fields[0].value,
             {0, ReviewState::unreviewed, "", "A", "ask again", "t"}};
  EXPECT_EQ(db.merge({d}).merged, 1U);
  db.each([&](const Entry& back, std::size_t) {
    ASSERT_EQ(back.reviews.size(), 1U);
    EXPECT_EQ(back.reviews[0], d.review);
  });
  d.review.note.clear();  // taken back
  EXPECT_EQ(db.merge({d}).merged, 1U);
  db.each([&](const Entry& back, std::size_t) { EXPECT_TRUE(back.reviews.empty()); });
}

TEST_F(DatabaseTest, ReviewsAreMergedUnlessTheValueChanged) {
  Database db(path_);
  Entry e = sample_entry();
  add(db, e);
  Decision d{e.record.source.sha256,
             1,
             0,
             "id_number",
             e.record.fields[0].value,
             {0, ReviewState::edited, "650102189307010026", "A", "n", "t"}};
  Decision stale = d;
  stale.value_seen = "another";
  Decision nowhere = d;
  nowhere.document_no = 9;
  // Written and read back, as the page's file would be.
  const MergeResult result = db.merge(read_decisions(write_decisions({d, stale, nowhere}, "A")));
  EXPECT_EQ(result.merged, 1U);
  EXPECT_EQ(result.stale, 1U);
  EXPECT_EQ(result.unknown, 1U);
  db.each([&](const Entry& back, std::size_t) {
    ASSERT_EQ(back.reviews.size(), 1U);
    EXPECT_EQ(back.reviews[0], d.review);
    EXPECT_EQ(back.record.fields[0].value, e.record.fields[0].value);
  });
  e.record.fields[0].value = "650102189307010034";
  add(db, e);
  db.each([&](const Entry& back, std::size_t) { EXPECT_TRUE(back.reviews.empty()) << "made on a value that is gone"; });
}

TEST_F(DatabaseTest, OtherDatabasesAreRefused) {
  {
    std::ofstream(path_) << "this is a text, not a database, and long enough to be looked at as one: "
                            "......................................";
    EXPECT_THROW(Database{path_}, std::runtime_error);
  }
  EXPECT_THROW(Database{folder_ + "/no/such/folder.sqlite"}, std::runtime_error);
}

TEST(Decisions, FaultsAreNamed) {
  const std::string good =
      write_decisions({{std::string(64, 'a'), 1, 0, "name", "x", {0, ReviewState::accepted, "", "", "", ""}}}, "A");
  EXPECT_EQ(read_decisions(good).at(0).review.reviewer, "A");
  for (const char* bad :
       {"", "[]", "{}", R"({"schema":"kualik.review/1"})", R"({"schema":"kualik.review/1","decisions":[1]})",
        R"({"schema":"kualik.review/1","decisions":[{"source_sha256":"xyz","document":1,"field":0}]})"})
    EXPECT_THROW(read_decisions(bad), std::runtime_error) << bad;
  std::string edit = good;
  edit.replace(edit.find("accepted"), 8, "edited");
  EXPECT_THROW(read_decisions(edit), std::runtime_error) << "an edit needs a value";
}

TEST(Hash, KnownVectors) {
  // FIPS 180-4, examples.
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash_hex(hash_string(sha256(""))), sha256(""));
  EXPECT_EQ(hash_hex("SHA-1:00"), "");
}

TEST_F(DatabaseTest, SourcesAreHashedAndOddOnesRefused) {
  const std::string file = folder_ + "/x.bin";
  write_private_file(file, "abc");
  const Source source = hash_source(file);
  EXPECT_EQ(source.name, "x.bin");
  EXPECT_EQ(source.size, 3U);
  EXPECT_EQ(source.sha256, sha256("abc"));
  write_private_file(file, "");
  EXPECT_THROW(hash_source(file), std::runtime_error);
  EXPECT_THROW(hash_source(folder_), std::runtime_error);
  EXPECT_THROW(hash_source("/dev/zero"), std::runtime_error);
  EXPECT_THROW(hash_source(folder_ + "/none"), std::runtime_error);
  EXPECT_EQ(file_name("a/b/"), "b");
  ASSERT_EQ(::mkfifo((folder_ + "/pipe").c_str(), 0600), 0);
  EXPECT_THROW(hash_source(folder_ + "/pipe"), std::runtime_error);
}

TEST(Manifest, ListsDerivatives) {
  Manifest m(sample_entry().record.source, sample_entry().engine);
  m.add({"a.mp4.d/x.png", std::string(64, 'c'), 10, "crop"});
  EXPECT_NE(m.json().find("\"sha256\": \"SHA-256:cccc"), std::string::npos);
}

// Code that somebody put into an archive before handing it on does not run when it is opened and written to.
TEST_F(DatabaseTest, TriggersOfTheFileAreNotRun) {
  {
    Database db(path_);
    add(db, sample_entry("a.mp4", 'a'));
  }
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(
      sqlite3_exec(raw,
                   "CREATE TRIGGER t AFTER INSERT ON source BEGIN DELETE FROM document WHERE source<>new.sha256; END;"
                   "CREATE VIEW v AS SELECT * FROM source;",
                   nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(raw);
  Database db(path_);
  add(db, sample_entry("b.mp4", 'b'));
  EXPECT_EQ(lines(db).size(), 2U);
  // What the tables' own keys do is not a trigger of the file: a source read anew leaves nothing of its documents.
  add(db, sample_entry("b.mp4", 'b'));
  EXPECT_EQ(lines(db).size(), 2U);
}

TEST_F(DatabaseTest, LineThatIsNoRecordIsNamed) {
  {
    Database db(path_);
    add(db, sample_entry());
  }
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(raw, "UPDATE document SET json='{'", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
  const Database db(path_);
  try {
    (void)lines(db);
    FAIL() << "read";
  } catch (const std::runtime_error& fault) {
    EXPECT_TRUE(std::string(fault.what()).starts_with(path_ + ": document 1: ")) << fault.what();
  }
}

}  // namespace
}  // namespace kualik::record
