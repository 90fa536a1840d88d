#include "server/store/opening.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <utility>

#include "server/store/checkpoints.hpp"
#include "server/store/findings.hpp"
#include "server/store/guests.hpp"
#include "server/store/log_damage.hpp"
#include "server/store/schema.hpp"
#include "server/store/state_rows.hpp"

namespace chat::store {
namespace {

std::expected<FolderLock, std::string> take_folder(const std::filesystem::path& folder) {
  const auto cannot = [](const net::Failure& failure) {
    return std::unexpected("cannot be used: " + net::describe(failure));
  };
  if (const auto made = make_folder(folder); !made)
    return cannot(made.error());
  auto lock = FolderLock::take(folder);
  if (!lock && lock.error().error == EWOULDBLOCK)
    return std::unexpected("is in use by another server");
  if (!lock)
    return cannot(lock.error());
  if (const auto prepared = prepare_file(database_in(folder)); !prepared)
    return cannot(prepared.error());
  return std::move(*lock);
}

void configure(sqlite::Database& database) {
  // Whatever the durability: that a run has begun must be known for sure.
  database.run("PRAGMA synchronous = FULL");
  database.run("PRAGMA cache_size = -32768");
  database.run("PRAGMA temp_store = MEMORY");
  // What retention takes away should be gone, as far as that costs no writing of its own.
  database.run("PRAGMA secure_delete = FAST");
  // Their failures would go unnoticed.
  database.run("PRAGMA wal_autocheckpoint = 0");
  database.run(fmt::format("PRAGMA journal_size_limit = {}", Checkpoints::kMostBytesKept));
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

std::unexpected<std::string> damaged(const std::string& why) {
  return std::unexpected("is damaged: " + why);
}

std::expected<Run, std::string> begin(sqlite::Database& database, const StoreOptions& options,
                                      WallTime now, const Environment& environment,
                                      std::uint64_t lost_commits) {
  if (auto ready = bring_up_to_date(database); !ready)
    return std::unexpected(ready.error());
  const auto file = database_in(options.folder);
  // The last run may have ended because a sync failed, even that of its end. What it wrote then may
  // be in the system's memory alone, without ever being written again; so it is written again here,
  // where readers permit it into the database.
  if (!checkpoint_all(database))
    write_log_again(database, file);
  sqlite::Transaction transaction(database);
  auto run = begin_run(database, options.durability, environment, file, lost_commits > 0);
  if (!run)
    return std::unexpected(run.error());
  forget_guests(database, now, options.retention.guests);
  transaction.commit();
  // A log that a killed run has made may not have its name for certain, and SQLite syncs that only
  // when it makes one.
  if (const auto synced = sync_folder(options.folder); !synced)
    return std::unexpected("cannot be used: " + net::describe(synced.error()));
  return run;
}

std::expected<OpenStore, std::string> open(const StoreOptions& options, WallTime now,
                                           const Environment& environment) {
  auto lock = take_folder(options.folder);
  if (!lock)
    return std::unexpected(lock.error());
  if (const auto file = database_in(options.folder); lies_beside_foreign_log(file))
    return std::unexpected(
        fmt::format("is a backup's copy beside the log of another store: remove {} first",
                    log_of(file).string()));
  // Before SQLite writes over them.
  const std::uint64_t lost_commits = commits_behind_damage(log_of(database_in(options.folder)));
  sqlite::Database database(database_in(options.folder), sqlite::Access::write);
  configure(database);
  auto run = begin(database, options, now, environment, lost_commits);
  if (!run)
    return std::unexpected(run.error());
  Findings put_right;
  auto state = load_state(database, put_right);
  if (!state)
    return damaged(state.error());
  state->last_user = run->last_user;
  state->last_room = run->last_room;
  if (options.durability == Durability::process)
    database.run("PRAGMA synchronous = NORMAL");
  return OpenStore{std::move(*lock), std::move(database), *run, std::move(*state), lost_commits};
}

}  // namespace

ReadableStore open_to_read(const std::filesystem::path& folder) {
  sqlite::Database database(database_in(folder), sqlite::Access::read);
  try {
    database.number("SELECT count(*) FROM sqlite_schema");
    return {std::move(database), {}};
  } catch (const sqlite::Error& error) {
    if (error.primary_code() != SQLITE_CORRUPT)
      throw;
    // Anew, since not asking for all that SQLite asks for is decided before anything is read.
    sqlite::Database in_part(database_in(folder), sqlite::Access::read);
    in_part.read_what_is_there();
    return {std::move(in_part), error.what()};
  }
}

std::string describe(const sqlite::Error& error) {
  if (error.primary_code() == SQLITE_NOTADB)
    return "is not a store of edgechat, or its beginning is damaged";
  if (error.primary_code() == SQLITE_CORRUPT)
    return fmt::format("is damaged ({})", error.what());
  return fmt::format("cannot be used: {}", error.what());
}

std::string sentence_on(const std::filesystem::path& folder, std::string_view what) {
  return fmt::format("The store in {} {}.", folder.string(), what);
}

std::string no_store_in(const std::filesystem::path& folder) {
  return fmt::format("There is no store in {}.", folder.string());
}

std::expected<OpenStore, std::string> open_store(const StoreOptions& options, WallTime now,
                                                 const Environment& environment) {
  auto opened = open(options, now, environment);
  if (!opened)
    return std::unexpected(sentence_on(options.folder, opened.error()));
  return opened;
}

}  // namespace chat::store
