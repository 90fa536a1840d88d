#include "server/store/schema.hpp"

#include <fmt/format.h>

#include <array>

#include "server/store/sqlite.hpp"

namespace chat::store {
namespace {

// A digest is of the other columns of its row (digest.hpp). Numbers without a sign are kept as the
// signed ones with the same bits, times in milliseconds since 1970. What refers to something
// unknown is harmless, and passed over when it is read; foreign keys would instead make messages
// fail.
constexpr const char* kFirstSchema = R"(
-- About the store itself: one row.
CREATE TABLE run(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  epoch INTEGER NOT NULL CHECK(epoch <> 0),
  token_key BLOB NOT NULL CHECK(length(token_key) = 32),
  starts INTEGER NOT NULL CHECK(starts > 0),
  reserved_rooms INTEGER NOT NULL CHECK(reserved_rooms > 0),
  durability INTEGER NOT NULL CHECK(durability IN (1, 2)),
  ended_well INTEGER NOT NULL CHECK(ended_well IN (0, 1)),
  boot_id TEXT NOT NULL,
  file TEXT NOT NULL,
  is_copy INTEGER NOT NULL CHECK(is_copy IN (0, 1))
) STRICT;

CREATE TABLE users(
  user INTEGER PRIMARY KEY,
  identity BLOB NOT NULL CHECK(length(identity) = 16),
  secret BLOB NOT NULL CHECK(length(secret) = 32),
  seen INTEGER NOT NULL
) STRICT;

-- last: the number of the room's last message ever, whether it is still there or not.
CREATE TABLE rooms(
  room INTEGER PRIMARY KEY CHECK(room BETWEEN 0 AND 4294967295),
  kind INTEGER NOT NULL CHECK(kind IN (1, 2)),
  name TEXT NOT NULL,
  first_user INTEGER NOT NULL,
  second_user INTEGER NOT NULL,
  last INTEGER NOT NULL DEFAULT 0 CHECK(last >= 0)
) STRICT;
CREATE INDEX pairs_first ON rooms(first_user) WHERE kind = 2;
CREATE INDEX pairs_second ON rooms(second_user) WHERE kind = 2;

-- Rooms that are gone, whose messages go little by little.
CREATE TABLE forgotten_rooms(room INTEGER PRIMARY KEY) STRICT;

CREATE TABLE sessions(
  user INTEGER PRIMARY KEY,
  slot INTEGER NOT NULL CHECK(slot BETWEEN 0 AND 4294967295),
  generation INTEGER NOT NULL CHECK(generation BETWEEN 1 AND 4294967295),
  nickname TEXT NOT NULL
) STRICT;

CREATE TABLE memberships(
  user INTEGER NOT NULL,
  room INTEGER NOT NULL,
  may_speak INTEGER NOT NULL CHECK(may_speak IN (0, 1)),
  since INTEGER NOT NULL,
  PRIMARY KEY(user, room)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_room ON memberships(room);

-- In the order in which they were committed.
CREATE TABLE messages(
  message INTEGER PRIMARY KEY,
  room INTEGER NOT NULL,
  sequence INTEGER NOT NULL CHECK(sequence > 0),
  time INTEGER NOT NULL,
  user INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK(kind IN (1, 2)),
  nickname TEXT NOT NULL,
  text TEXT NOT NULL,
  digest INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX messages_place ON messages(room, sequence);

-- What was said under which id; stays longer than the messages.
CREATE TABLE ids(
  user INTEGER NOT NULL,
  id BLOB NOT NULL CHECK(length(id) = 16),
  body INTEGER NOT NULL,
  room INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  time INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  PRIMARY KEY(user, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ids_time ON ids(time);

CREATE VIRTUAL TABLE search USING fts5(
  text, content = 'messages', content_rowid = 'message', columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2');
)";

constexpr const char* kReads = R"(
-- Up to where users have seen their rooms.
CREATE TABLE reads(
  user INTEGER NOT NULL,
  room INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY(user, room)
) STRICT, WITHOUT ROWID;
CREATE INDEX reads_room ON reads(room);
)";

// Each leads from the schema of its place to the next one.
constexpr std::array kMigrations{kFirstSchema, kReads};
static_assert(kMigrations.size() == kSchema);

bool is_empty(sqlite::Database& database) {
  return database.number("PRAGMA application_id") == 0 &&
         database.number("SELECT count(*) FROM sqlite_schema") == 0;
}

}  // namespace

std::expected<void, std::string> check_schema(sqlite::Database& database) {
  if (database.number("PRAGMA application_id") != kApplicationId)
    return std::unexpected("is not a store of edgechat");
  const std::int64_t schema = database.number("PRAGMA user_version");
  if (schema > kSchema)
    return std::unexpected(fmt::format(
        "was made by a newer edgechat (schema {}, this one knows {})", schema, kSchema));
  if (schema < kSchema)
    return std::unexpected(
        fmt::format("was made by an older edgechat (schema {}, this one knows {}), and no server "
                    "of this version has used it yet",
                    schema, kSchema));
  return {};
}

std::expected<void, std::string> bring_up_to_date(sqlite::Database& database) {
  const bool is_new = is_empty(database);
  const std::int64_t schema = is_new ? 0 : database.number("PRAGMA user_version");
  const bool is_older = schema < kSchema && (is_new || schema > 0) &&
                        (is_new || database.number("PRAGMA application_id") == kApplicationId);
  if (!is_older) {
    if (auto readable = check_schema(database); !readable)
      return readable;
  }
  // Also where the tables are as they should be: a backup's copy has none.
  if (database.text("PRAGMA journal_mode = WAL") != "wal")
    return std::unexpected("is on a file system that cannot have it: no write-ahead log");
  if (!is_older)
    return {};
  sqlite::Transaction transaction(database);
  for (std::int64_t at = schema; at < kSchema; ++at)
    database.run(kMigrations[static_cast<std::size_t>(at)]);
  database.run(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, kSchema));
  transaction.commit();
  return {};
}

// A row with the same values as before would not be.
void write_schema_again(sqlite::Database& database) {
  database.run(fmt::format("PRAGMA user_version = {}", kSchema));
}

}  // namespace chat::store
