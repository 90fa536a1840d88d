// What has to be done to a store little by little, beside committing.
#pragma once

#include <absl/container/flat_hash_set.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <limits>
#include <vector>

#include "libchat/ids.hpp"
#include "server/store/guests.hpp"
#include "server/store/message_removal.hpp"
#include "server/store/sqlite.hpp"
#include "server/store/store_options.hpp"

namespace chat::store {

// Texts that retention takes, messages of rooms that are forgotten and of people who do not come
// back, ids that are old. One thread at a time. Throws sqlite::Error. The database outlives it.
class Tending {
 public:
  Tending(sqlite::Database& database, const Retention& retention);

  // There may be more messages in it than retention wants.
  void has_grown(RoomId room);

  // Some milliseconds of it, in one transaction. False: there is nothing to be done for a while.
  bool step(WallTime now);

 private:
  // One kind of work, which rests for a while when there is nothing to be done.
  struct Duty {
    bool (Tending::*step)(WallTime now);
    std::chrono::milliseconds rest;
    std::int64_t rests_until = std::numeric_limits<std::int64_t>::min();
  };

  Duty* next_duty(WallTime now);
  void work(WallTime now);

  bool empty_forgotten_room(WallTime now);
  bool forget_ids(WallTime now);
  bool remove_old_texts(WallTime now);
  bool remove_surplus(WallTime now);
  bool remove_whispers_of_guests(WallTime now);

  std::size_t surplus_of(RoomId room);

  Retention retention_;
  sqlite::Database& database_;
  MessageRemoval messages_;
  GuestRemoval guests_;
  sqlite::Statement forgotten_room_;
  sqlite::Statement has_been_emptied_;
  sqlite::Statement forget_ids_;
  sqlite::Statement extent_of_room_;
  absl::flat_hash_set<RoomId> grown_;
  std::vector<RoomId> no_longer_grown_;  // in the transaction under way
  std::array<Duty, 5> duties_;
  std::size_t turn_ = 0;  // whose it is next
};

}  // namespace chat::store
