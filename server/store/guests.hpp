// People who do not come back, and their whispers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "libchat/ids.hpp"
#include "server/store/message_removal.hpp"
#include "server/store/sqlite.hpp"

namespace chat::store {

// Nobody has seen them since, and they have no session.
WallTime guests_not_seen_since(WallTime now, std::chrono::days kept);

// Their pairs, what was read of these, and themselves, before the hub is told of them: later it
// would know what the store does not. Themselves not before ids are forgotten, which are kept by
// the user's number. The messages of the pairs are left to the tending of forgotten rooms. Within a
// transaction. Throws sqlite::Error.
void forget_guests(sqlite::Database& database, WallTime now, std::chrono::days kept);

// Takes the messages out of their pairs while a server runs; the pairs stay, empty, until the next
// start. Within a transaction. Throws sqlite::Error. Both of its parts outlive it.
class GuestRemoval {
 public:
  GuestRemoval(sqlite::Database& database, MessageRemoval& messages);

  // A piece of the work, or of looking for it. False: all users have been looked at; the next call
  // begins again.
  bool step(WallTime not_seen_since, std::size_t most_messages);

 private:
  struct User {
    UserId user;
    bool is_guest;
  };
  std::vector<User> next_users(WallTime not_seen_since);
  std::optional<RoomId> pair_with_messages(UserId user);

  MessageRemoval& messages_;
  sqlite::Statement users_;
  sqlite::Statement pair_with_messages_;
  std::int64_t looked_at_;
};

}  // namespace chat::store
