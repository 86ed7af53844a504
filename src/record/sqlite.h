#pragma once
// SQLite with C++ life times: a statement that binds and steps, an error that names the file.

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "kualik/core/one_line.h"

namespace kualik::record {

struct CloseConnection {
  void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
using Connection = std::unique_ptr<sqlite3, CloseConnection>;

[[noreturn]] inline void sqlite_failed(sqlite3* db, const std::string& path) {
  throw std::runtime_error(path + ": " + in_one_line(db != nullptr ? sqlite3_errmsg(db) : "out of memory"));
}

/// One prepared statement; parameters are numbered from 1, columns from 0.
class Statement {
 public:
  Statement(sqlite3* db, const std::string& path, std::string_view sql) : db_(db), path_(path) {
    if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr) != SQLITE_OK)
      sqlite_failed(db, path);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::string_view text) {
    // Copied by SQLite, so that a temporary may be bound; a null pointer would bind NULL rather than an empty text.
    return check(sqlite3_bind_text64(statement_, ++bound_, text.data() == nullptr ? "" : text.data(), text.size(),
                                     SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  Statement& bind(std::int64_t number) { return check(sqlite3_bind_int64(statement_, ++bound_, number)); }
  Statement& bind(double number) { return check(sqlite3_bind_double(statement_, ++bound_, number)); }
  Statement& bind_blob(std::string_view bytes) {
    return check(sqlite3_bind_blob64(statement_, ++bound_, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
  }
  Statement& bind_null() { return check(sqlite3_bind_null(statement_, ++bound_)); }

  /// True while there is a row.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) sqlite_failed(db_, path_);
    return false;
  }
  /// Runs to the end and makes ready for the next binding.
  void run() {
    while (step()) {
    }
    reset();
  }
  void reset() {
    sqlite3_reset(statement_);
    bound_ = 0;
  }
  std::string text(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return data == nullptr ? std::string{}
                           : std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }

 private:
  Statement& check(int code) {
    if (code != SQLITE_OK) sqlite_failed(db_, path_);
    return *this;
  }
  sqlite3* db_;
  const std::string& path_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

/// Begins at construction; rolls back unless committed.
class Transaction {
 public:
  Transaction(sqlite3* db, const std::string& path) : db_(db), path_(path) { execute("BEGIN IMMEDIATE"); }
  ~Transaction() {
    if (!done_) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    execute("COMMIT");
    done_ = true;
  }

 private:
  void execute(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) sqlite_failed(db_, path_);
  }
  sqlite3* db_;
  const std::string& path_;
  bool done_ = false;
};

}  // namespace kualik::record
