// What a store says about itself: its epoch, and how the last server's run on it began and ended.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "libchat/identity.hpp"
#include "libchat/ids.hpp"
#include "server/store/environment.hpp"
#include "server/store/store_options.hpp"

namespace chat::store {

namespace sqlite {
class Database;
}

// How many room numbers are set aside at a time. They are told to people before the room is stored:
// when more than half of these were told and not stored, as on a disk that is full for long, and
// the server is killed, the next one may tell some of them again, for other rooms.
inline constexpr std::uint32_t kRoomsReserved = 1 << 16;

struct Run {
  Epoch epoch;
  bool epoch_is_new;
  TokenMint::Key token_key;
  // None above these has ever been told to anybody.
  UserId last_user;
  RoomId last_room;
};

// Writes that a run begins, with what it needs. A new epoch where messages may have been lost: the
// store is new, or a copy; or the machine failed in a run that does not survive that; or something
// `is_lost` for certain. The numbers that were given in what is lost are skipped. An error says in
// words that follow the store's name that the record is damaged, or that there are no more numbers.
// Throws sqlite::Error. Within a transaction that is synced when it is committed.
std::expected<Run, std::string> begin_run(sqlite::Database& database, Durability durability,
                                          const Environment& environment,
                                          const std::filesystem::path& file, bool is_lost);

// Whether a run could begin, as far as the record is concerned.
std::expected<void, std::string> check_run(sqlite::Database& database);

// Nothing was lost. As above.
void end_run(sqlite::Database& database);

// Another file than the one that a server has written to: whoever opens it begins a new epoch.
void mark_as_copy(sqlite::Database& database);

}  // namespace chat::store
