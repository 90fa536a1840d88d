#include "server/store/commit_failure.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>

#include "server/store/sqlite.hpp"

namespace chat::store {
namespace {

bool means_no_space(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT;
}

CommitFailure::Kind kind_of(const sqlite::Error& error) {
  if (error.code() == SQLITE_IOERR_FSYNC || error.code() == SQLITE_IOERR_DIR_FSYNC)
    return CommitFailure::Kind::not_synced;
  if (error.primary_code() == SQLITE_FULL || means_no_space(error.system_error()))
    return CommitFailure::Kind::full;
  return CommitFailure::Kind::failed;
}

}  // namespace

CommitFailure failure_of(const sqlite::Error& error, std::string_view doing) {
  return {kind_of(error), fmt::format("{}: {}", doing, error.what())};
}

CommitFailure failure_of(const net::Failure& failure, std::string_view doing) {
  using enum CommitFailure::Kind;
  return {means_no_space(failure.error) ? full : failed,
          fmt::format("{}: {}", doing, net::describe(failure))};
}

}  // namespace chat::store
