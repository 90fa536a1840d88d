#include "server/store/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cassert>
#include <system_error>

namespace chat::store::sqlite {
namespace {

// errno, where the system said no. SQLite remembers the last one, also when it means nothing any
// more.
int system_error_of(sqlite3* handle, int code) {
  const int primary = code & 0xFF;
  return primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN ? sqlite3_system_errno(handle) : 0;
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const {
  [[maybe_unused]] const int code = sqlite3_close(handle);
  assert(code != SQLITE_BUSY);  // statements must not outlive it
}

Database::Database(const std::filesystem::path& file, Access access) {
  const int flags =
      access == Access::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &handle,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  handle_.reset(handle);
  if (handle == nullptr)
    throw Error(SQLITE_NOMEM, 0, "out of memory");
  if (code != SQLITE_OK)
    fail(code);
  set_patience(kPatience);
  // Nothing that is written in a damaged or strange file may run code of ours, and what it holds is
  // looked at twice.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  run("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
}

void Database::read_what_is_there() {
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
  run("PRAGMA writable_schema = ON");
}

void Database::fail(int code) const {
  const int error = system_error_of(handle(), code);
  std::string words = sqlite3_errmsg(handle());
  if (error != 0)
    words += fmt::format(" ({})", std::generic_category().message(error));
  throw Error(code, error, words);
}

void Database::run(const std::string& sql) {
  const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK)
    fail(code);
}

// To the end, since what a statement writes is committed behind its last row.
std::int64_t Database::number(std::string_view sql) {
  Statement statement(*this, sql);
  Rows rows = statement.query();
  std::int64_t number = 0;
  for (bool is_first = true; rows.next(); is_first = false) {
    if (is_first)
      number = rows.integer(0);
  }
  return number;
}

std::string Database::text(std::string_view sql) {
  Statement statement(*this, sql);
  Rows rows = statement.query();
  std::string text;
  for (bool is_first = true; rows.next(); is_first = false) {
    if (is_first)
      text = rows.text(0);
  }
  return text;
}

void Database::set_patience(std::chrono::milliseconds patience) {
  sqlite3_busy_timeout(handle(), static_cast<int>(patience.count()));
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle());
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle()) == 0;
}

Rows::~Rows() {
  // Says again what next() has said.
  sqlite3_reset(statement_);
}

bool Rows::next() {
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    database_.fail(code);
  return code == SQLITE_ROW;
}

std::int64_t Rows::integer(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_INTEGER
             ? sqlite3_column_int64(statement_, column)
             : 0;
}

std::string_view Rows::text(int column) const {
  if (sqlite3_column_type(statement_, column) != SQLITE_TEXT)
    return {};
  const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

ByteView Rows::blob(int column) const {
  if (sqlite3_column_type(statement_, column) != SQLITE_BLOB)
    return {};
  const auto* const bytes =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  statement_.reset(statement);
  if (code != SQLITE_OK)
    database.fail(code);
}

void Statement::bind_integer(int place, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(statement_.get(), place, value); code != SQLITE_OK)
    database_->fail(code);
}

void Statement::bind(int place, std::string_view text, Kept kept) {
  // An empty view may point nowhere, which would be NULL.
  const int code = sqlite3_bind_text(statement_.get(), place, text.empty() ? "" : text.data(),
                                     static_cast<int>(text.size()),
                                     kept == Kept::by_caller ? SQLITE_STATIC : SQLITE_TRANSIENT);
  if (code != SQLITE_OK)
    database_->fail(code);
}

void Statement::bind(int place, ByteView blob, Kept kept) {
  const int code =
      sqlite3_bind_blob(statement_.get(), place, blob.data(), static_cast<int>(blob.size()),
                        kept == Kept::by_caller ? SQLITE_STATIC : SQLITE_TRANSIENT);
  if (code != SQLITE_OK)
    database_->fail(code);
}

void Statement::finish() {
  sqlite3_step(statement_.get());
  if (const int code = sqlite3_reset(statement_.get()); code != SQLITE_OK)
    database_->fail(code);
}

Transaction::Transaction(Database& database) : database_(database) {
  // Left behind only when it could not even be rolled back.
  if (database_.in_transaction())
    database_.run("ROLLBACK");
  database_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  // Many failures have rolled it back already.
  if (database_.in_transaction())
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.run("COMMIT");
}

}  // namespace chat::store::sqlite
