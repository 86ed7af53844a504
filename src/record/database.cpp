#include "kualik/record/database.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "kualik/record/hash.h"
#include "kualik/record/jsonl.h"
#include "kualik/record/private_file.h"
#include "record/names.h"
#include "record/sqlite.h"

namespace kualik::record {
namespace {

using Json = nlohmann::ordered_json;

constexpr int schema_version = 1;
constexpr int application_id =
    0x4B554131;  // "KUA1": `file` and PRAGMA application_id tell the archive from other databases.

// `json` holds the lossless line; the other columns are for queries. Hashes have the form SHA-256:<hex>.
constexpr const char* tables = R"sql(
CREATE TABLE run (id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, kualik TEXT NOT NULL, tesseract TEXT NOT NULL, models TEXT NOT NULL,
  options TEXT NOT NULL);
CREATE TABLE source (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, width INTEGER NOT NULL,
  height INTEGER NOT NULL, fps REAL NOT NULL, duration_s REAL NOT NULL, entry_no TEXT NOT NULL, columns TEXT NOT NULL,
  run INTEGER REFERENCES run(id), documents INTEGER NOT NULL, warning TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source_name (sha256 TEXT NOT NULL REFERENCES source(sha256) ON DELETE CASCADE, path TEXT NOT NULL, name TEXT NOT NULL,
  entry_no TEXT NOT NULL, columns TEXT NOT NULL, PRIMARY KEY (sha256, path, entry_no)) WITHOUT ROWID;
CREATE TABLE document (id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES source(sha256) ON DELETE CASCADE, number INTEGER NOT NULL,
  kind TEXT NOT NULL, score REAL NOT NULL, first_seen_s REAL NOT NULL, last_seen_s REAL NOT NULL, frames_seen INTEGER NOT NULL,
  frames_read INTEGER NOT NULL, rotation INTEGER NOT NULL, mirrored INTEGER NOT NULL, text TEXT NOT NULL, json TEXT NOT NULL,
  UNIQUE (source, number));
CREATE TABLE field (id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE, number INTEGER NOT NULL,
  key TEXT NOT NULL, subject INTEGER NOT NULL, value TEXT NOT NULL, raw TEXT NOT NULL, script TEXT NOT NULL, confidence REAL NOT NULL,
  status TEXT NOT NULL, reasons TEXT NOT NULL, reason_bits INTEGER NOT NULL, agree INTEGER NOT NULL, seen INTEGER NOT NULL,
  detail TEXT NOT NULL, frame INTEGER, time_s REAL, quad TEXT, crop TEXT, crop_sha256 TEXT, UNIQUE (document, number));
CREATE INDEX field_by_value ON field (key, value);
CREATE TABLE alternative (field INTEGER NOT NULL REFERENCES field(id) ON DELETE CASCADE, number INTEGER NOT NULL, value TEXT NOT NULL,
  confidence REAL NOT NULL, PRIMARY KEY (field, number)) WITHOUT ROWID;
CREATE TABLE rule_check (document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE, number INTEGER NOT NULL, rule TEXT NOT NULL,
  verdict TEXT NOT NULL, fields TEXT NOT NULL, subject INTEGER NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (document, number)) WITHOUT ROWID;
CREATE TABLE picture (source TEXT NOT NULL REFERENCES source(sha256) ON DELETE CASCADE, path TEXT NOT NULL, sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL, PRIMARY KEY (source, path));
CREATE TABLE failure (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, cause TEXT NOT NULL, tries INTEGER NOT NULL, run INTEGER);
CREATE TABLE review (source TEXT NOT NULL, document INTEGER NOT NULL, field INTEGER NOT NULL, key TEXT NOT NULL, value_seen TEXT NOT NULL,
  state TEXT NOT NULL, value TEXT NOT NULL, reviewer TEXT NOT NULL, note TEXT NOT NULL, reviewed_at TEXT NOT NULL,
  PRIMARY KEY (source, document, field)) WITHOUT ROWID;
)sql";

// On a write-protected medium, or somebody else's: it can be read all the same.
bool is_write_protected(const std::string& path) {
  return ::access(path.c_str(), W_OK) != 0 && (errno == EROFS || errno == EACCES) && ::access(path.c_str(), R_OK) == 0;
}

std::string columns_json(const Catalogue& catalogue) {
  Json columns = Json::object();
  for (const auto& [key, value] : catalogue.columns) columns[key] = value;
  return columns.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void append_word(std::string& list, std::string_view word) {
  if (!list.empty()) list += ' ';
  list += word;
}

std::string quad_json(const Quad& quad) {
  Json out = Json::array();
  for (const Point& p : quad.corners) out.push_back(Json::array({p.x, p.y}));
  return out.dump();
}

}  // namespace

struct Database::Impl {
  std::string path;
  Connection db;
  std::int64_t run = 0;

  Statement statement(std::string_view sql) const { return Statement(db.get(), path, sql); }
  void execute(const char* sql) const {
    if (sqlite3_exec(db.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) sqlite_failed(db.get(), path);
  }
  std::int64_t pragma(const char* sql) const {
    Statement s = statement(sql);
    return s.step() ? s.integer(0) : 0;
  }
  void add_name(std::string_view hash, const std::string& file, const std::string& name,
                const Catalogue& catalogue) const {
    Statement s = statement("INSERT OR IGNORE INTO source_name VALUES (?,?,?,?,?)");
    s.bind(hash).bind(file).bind(name).bind(catalogue.entry_no).bind(columns_json(catalogue)).run();
  }
  void add_document(const std::string& source, std::size_t number, const Entry& entry) const;
  std::vector<Review> reviews(const std::string& source, std::size_t number, const Record& record) const;
};

Database::Database(const std::string& path) : impl_(std::make_unique<Impl>()) {
  impl_->path = path;
  const bool read_only = is_write_protected(path);
  if (!read_only) touch_private_file(path);
  sqlite3* raw = nullptr;
  const int access = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, access | SQLITE_OPEN_NOMUTEX, nullptr);
  impl_->db.reset(raw);
  if (code != SQLITE_OK) sqlite_failed(raw, path);
  sqlite3_busy_timeout(raw, 60'000);
  // An archive may come from anyone: code that a schema brings along does not run, and damaged pages are told.
  for (const auto& [what, on] :
       {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0}})
    sqlite3_db_config(raw, what, on, nullptr);
  // A rollback journal keeps the archive one file between transactions; FULL survives a power loss.
  impl_->execute(
      "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;");
  std::optional<Transaction> transaction;
  if (!read_only) transaction.emplace(raw, path);
  const std::int64_t version = impl_->pragma("PRAGMA user_version");
  if (version > schema_version)
    throw std::runtime_error(path + ": made by a newer kualik (schema " + std::to_string(version) + ")");
  if (version == 0) {
    if (read_only || impl_->pragma("SELECT count(*) FROM sqlite_master") != 0)
      throw std::runtime_error(path + ": a database, but not one of kualik");
    impl_->execute(tables);
    impl_->execute(("PRAGMA application_id=" + std::to_string(application_id)).c_str());
    impl_->execute(("PRAGMA user_version=" + std::to_string(schema_version)).c_str());
  } else if (impl_->pragma("PRAGMA application_id") != application_id) {
    throw std::runtime_error(path + ": a database, but not one of kualik");
  }
  if (transaction) transaction->commit();
}

Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

void Database::begin_run(const Engine& engine, std::string_view options, std::string_view started_at) {
  Json models = Json::array();
  for (const Model& m : engine.models) models.push_back({{"name", m.name}, {"sha256", m.sha256}});
  Statement s = impl_->statement("INSERT INTO run (started_at, kualik, tesseract, models, options) VALUES (?,?,?,?,?)");
  s.bind(started_at).bind(engine.kualik).bind(engine.tesseract).bind(models.dump()).bind(options).run();
  impl_->run = sqlite3_last_insert_rowid(impl_->db.get());
}

bool Database::has(std::string_view sha256) const {
  Statement s = impl_->statement("SELECT 1 FROM source WHERE sha256=?");
  return s.bind(hash_string(sha256)).step();
}

void Database::add_name(std::string_view sha256, const std::string& path, const Catalogue& catalogue) {
  const std::size_t slash = path.find_last_of('/');
  impl_->add_name(hash_string(sha256), path, slash == std::string::npos ? path : path.substr(slash + 1), catalogue);
}

void Database::Impl::add_document(const std::string& source, std::size_t number, const Entry& entry) const {
  const Record& r = entry.record;
  Entry bare = entry;  // Reviews live in their own table, so that the line stays what was read.
  bare.reviews.clear();
  Statement document = statement(
      "INSERT INTO document (source, number, kind, score, first_seen_s, last_seen_s, frames_seen, frames_read, "
      "rotation, mirrored, text, json) "
      "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
  document.bind(source)
      .bind(static_cast<std::int64_t>(number))
      .bind(name(r.kind))
      .bind(r.score)
      .bind(r.first_seen_s)
      .bind(r.last_seen_s);
  document.bind(std::int64_t{r.frames_seen}).bind(std::int64_t{r.frames_read}).bind(std::int64_t{r.rotation});
  document.bind(std::int64_t{r.mirrored}).bind(r.text).bind(to_json(bare)).run();
  const std::int64_t id = sqlite3_last_insert_rowid(db.get());

  Statement field = statement(
      "INSERT INTO field (document, number, key, subject, value, raw, script, confidence, status, reasons, "
      "reason_bits, agree, seen, detail, "
      "frame, time_s, quad, crop, crop_sha256) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  Statement alternative = statement("INSERT INTO alternative VALUES (?,?,?,?)");
  for (std::size_t i = 0; i < r.fields.size(); ++i) {
    const Field& f = r.fields[i];
    std::string reasons;
    for (Reason reason : f.reasons) append_word(reasons, name(reason));
    field.bind(id)
        .bind(static_cast<std::int64_t>(i))
        .bind(f.key)
        .bind(std::int64_t{f.subject})
        .bind(f.value)
        .bind(f.raw)
        .bind(f.script);
    field.bind(f.confidence).bind(name(f.status)).bind(reasons).bind(std::int64_t{f.reasons.bits()});
    field.bind(std::int64_t{f.agree}).bind(std::int64_t{f.seen}).bind(f.detail);
    if (f.evidence)
      field.bind(f.evidence->frame)
          .bind(f.evidence->time_s)
          .bind(quad_json(f.evidence->quad))
          .bind(f.evidence->crop)
          .bind(hash_string(f.evidence->crop_sha256));
    else
      field.bind_null().bind_null().bind_null().bind_null().bind_null();
    field.run();
    const std::int64_t field_id = sqlite3_last_insert_rowid(db.get());
    for (std::size_t a = 0; a < f.alternatives.size(); ++a)
      alternative.bind(field_id)
          .bind(static_cast<std::int64_t>(a))
          .bind(f.alternatives[a].value)
          .bind(f.alternatives[a].confidence)
          .run();
  }
  Statement check = statement("INSERT INTO rule_check VALUES (?,?,?,?,?,?,?)");
  for (std::size_t i = 0; i < r.checks.size(); ++i) {
    const documents::Check& c = r.checks[i];
    std::string keys;
    for (const std::string& key : c.fields) append_word(keys, key);
    check.bind(id)
        .bind(static_cast<std::int64_t>(i))
        .bind(c.rule)
        .bind(name(c.verdict))
        .bind(keys)
        .bind(std::int64_t{c.subject})
        .bind(c.detail)
        .run();
  }
}

void Database::add(const Source& source, const Catalogue& catalogue, const std::vector<Entry>& entries,
                   const std::vector<Picture>& pictures, std::string_view warning) {
  const std::string hash = hash_string(source.sha256);
  Transaction transaction(impl_->db.get(), impl_->path);
  impl_->statement("DELETE FROM document WHERE source=?").bind(hash).run();
  impl_->statement("DELETE FROM picture WHERE source=?").bind(hash).run();
  impl_->statement("DELETE FROM failure WHERE path=? OR (sha256<>'' AND sha256=?)").bind(source.path).bind(hash).run();
  Statement s = impl_->statement(
      "INSERT INTO source VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (sha256) DO UPDATE SET name=excluded.name, "
      "path=excluded.path, "
      "width=excluded.width, height=excluded.height, fps=excluded.fps, duration_s=excluded.duration_s, "
      "entry_no=excluded.entry_no, "
      "columns=excluded.columns, run=excluded.run, documents=excluded.documents, warning=excluded.warning");
  s.bind(hash)
      .bind(source.name)
      .bind(source.path)
      .bind(static_cast<std::int64_t>(source.size))
      .bind(std::int64_t{source.width});
  s.bind(std::int64_t{source.height})
      .bind(source.fps)
      .bind(source.duration_s)
      .bind(catalogue.entry_no)
      .bind(columns_json(catalogue));
  if (impl_->run != 0)
    s.bind(impl_->run);
  else
    s.bind_null();
  s.bind(static_cast<std::int64_t>(entries.size())).bind(warning).run();
  impl_->add_name(hash, source.path, source.name, catalogue);
  for (std::size_t i = 0; i < entries.size(); ++i) impl_->add_document(hash, i + 1, entries[i]);
  Statement picture = impl_->statement("INSERT OR REPLACE INTO picture VALUES (?,?,?,?)");
  for (const Picture& p : pictures)
    picture.bind(hash).bind(p.path).bind(hash_string(p.sha256)).bind_blob(p.bytes).run();
  transaction.commit();
}

void Database::add_failure(const std::string& path, std::string_view sha256, std::string_view cause) {
  Statement s = impl_->statement(
      "INSERT INTO failure VALUES (?,?,?,1,?) ON CONFLICT (path) DO UPDATE SET sha256=excluded.sha256, "
      "cause=excluded.cause, "
      "tries=tries+1, run=excluded.run");
  s.bind(path).bind(hash_string(sha256)).bind(cause).bind(impl_->run).run();
}

std::vector<Failure> Database::failures() const {
  std::vector<Failure> out;
  Statement s = impl_->statement("SELECT path, sha256, cause, tries FROM failure ORDER BY path");
  while (s.step()) out.push_back({s.text(0), hash_hex(s.text(1)), s.text(2), static_cast<int>(s.integer(3))});
  return out;
}

std::vector<Review> Database::Impl::reviews(const std::string& source, std::size_t number, const Record& record) const {
  std::vector<Review> out;
  Statement s = statement(
      "SELECT field, key, value_seen, state, value, reviewer, note, reviewed_at FROM review WHERE source=? AND "
      "document=? ORDER BY field");
  s.bind(source).bind(static_cast<std::int64_t>(number));
  while (s.step()) {
    Review review;
    review.field = static_cast<std::size_t>(s.integer(0));
    // A decision on a value that is no longer there is kept in its table and not shown.
    if (review.field >= record.fields.size() || record.fields[review.field].key != s.text(1) ||
        record.fields[review.field].value != s.text(2))
      continue;
    review.state = named(s.text(3), ReviewState::unreviewed, ReviewState::rejected).value_or(ReviewState::unreviewed);
    review.value = s.text(4);
    review.reviewer = s.text(5);
    review.note = s.text(6);
    review.reviewed_at = s.text(7);
    out.push_back(std::move(review));
  }
  return out;
}

void Database::each(const std::function<void(const Entry&, std::size_t)>& visit) const {
  Statement s = impl_->statement(
      "SELECT document.source, document.number, document.json, source.path, document.id FROM document JOIN source ON "
      "source.sha256=document.source "
      "ORDER BY source.path, document.source, document.number");
  while (s.step()) {
    const auto number = static_cast<std::size_t>(s.integer(1));
    Entry entry;
    try {
      entry = from_json(s.text(2));
    } catch (const std::runtime_error& fault) {
      throw std::runtime_error(impl_->path + ": document " + std::to_string(s.integer(4)) + ": " + fault.what());
    }
    entry.record.source.path = s.text(3);
    entry.reviews = impl_->reviews(s.text(0), number, entry.record);
    visit(entry, number);
  }
}

std::vector<std::string> Database::free_columns() const {
  std::vector<std::string> out;
  Statement s = impl_->statement("SELECT columns FROM source_name WHERE columns<>'{}' ORDER BY path, sha256");
  while (s.step()) {
    const Json columns = Json::parse(s.text(0), nullptr, false);
    if (!columns.is_object()) continue;
    for (const auto& [key, value] : columns.items())
      if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(key);
  }
  return out;
}

std::vector<Catalogue> Database::catalogues(std::string_view sha256) const {
  std::vector<Catalogue> out;
  Statement s = impl_->statement("SELECT entry_no, columns FROM source_name WHERE sha256=? ORDER BY entry_no, path");
  s.bind(hash_string(sha256));
  while (s.step()) {
    Catalogue catalogue{s.text(0), {}};
    const Json columns = Json::parse(s.text(1), nullptr, false);
    if (columns.is_object())
      for (const auto& [key, value] : columns.items())
        if (value.is_string()) catalogue.columns.emplace_back(key, value.get<std::string>());
    if (!catalogue.empty() && std::find(out.begin(), out.end(), catalogue) == out.end())
      out.push_back(std::move(catalogue));
  }
  return out;
}

std::optional<std::string> Database::picture(std::string_view sha256_of_source, std::string_view path) const {
  Statement s = impl_->statement("SELECT bytes FROM picture WHERE source=? AND path=?");
  if (!s.bind(hash_string(sha256_of_source)).bind(path).step()) return std::nullopt;
  return s.text(0);
}

MergeResult Database::merge(const std::vector<Decision>& decisions) {
  MergeResult result;
  Transaction transaction(impl_->db.get(), impl_->path);
  Statement find = impl_->statement(
      "SELECT field.key, field.value FROM field JOIN document ON document.id=field.document WHERE document.source=? "
      "AND document.number=? "
      "AND field.number=?");
  Statement put = impl_->statement("INSERT OR REPLACE INTO review VALUES (?,?,?,?,?,?,?,?,?,?)");
  Statement drop = impl_->statement("DELETE FROM review WHERE source=? AND document=? AND field=?");
  for (const Decision& d : decisions) {
    const std::string hash = hash_string(d.source_sha256);
    const auto document = static_cast<std::int64_t>(d.document_no);
    const auto field = static_cast<std::int64_t>(d.field);
    find.bind(hash).bind(document).bind(field);
    const bool known = find.step();
    const bool same = known && find.text(0) == d.key && find.text(1) == d.value_seen;
    find.reset();
    if (!known) {
      ++result.unknown;
    } else if (!same) {
      ++result.stale;
    } else if (!d.review.says_something()) {
      drop.bind(hash).bind(document).bind(field).run();
      ++result.merged;
    } else {
      put.bind(hash)
          .bind(document)
          .bind(field)
          .bind(d.key)
          .bind(d.value_seen)
          .bind(name(d.review.state))
          .bind(d.review.value);
      put.bind(d.review.reviewer).bind(d.review.note).bind(d.review.reviewed_at).run();
      ++result.merged;
    }
  }
  transaction.commit();
  return result;
}

}  // namespace kualik::record
