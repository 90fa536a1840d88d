#include "server/store/commit_failure.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>

#include "server/store/sqlite.hpp"

namespace chat::store {
namespace {

CommitFailure::Kind kind_of(const sqlite::Error& error) {
  if (error.code() == SQLITE_IOERR_FSYNC || error.code() == SQLITE_IOERR_DIR_FSYNC)
    return CommitFailure::Kind::not_synced;
  const bool no_space = error.system_error() == ENOSPC || error.system_error() == EDQUOT;
  if (error.primary_code() == SQLITE_FULL || no_space)
    return CommitFailure::Kind::full;
  return CommitFailure::Kind::failed;
}

}  // namespace

CommitFailure failure_of(const sqlite::Error& error, std::string_view doing) {
  return {kind_of(error), fmt::format("{}: {}", doing, error.what())};
}

}  // namespace chat::store
