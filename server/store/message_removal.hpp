// Messages on their way out of the tables of the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "libchat/ids.hpp"
#include "server/store/sqlite.hpp"

namespace chat::store {

// Always a room's oldest ones, so that those which stay are numbered without a hole; `most`
// messages at most. Within a transaction. Throws sqlite::Error. The database outlives it.
class MessageRemoval {
 public:
  explicit MessageRemoval(sqlite::Database& database);

  // How many.
  std::size_t remove_of(RoomId room, std::size_t most);
  // In the order in which they were committed, up to the first that is not older. One that is said
  // to be from the future, because a clock was wrong, is as old as the one behind it. Whether there
  // may be more.
  bool remove_before(WallTime time, WallTime now, std::size_t most);

 private:
  struct Doomed {
    std::int64_t message;
    std::string text;
  };
  std::size_t remove(const std::vector<Doomed>& doomed);
  std::size_t remove_up_to(std::int64_t message, std::size_t most);

  sqlite::Statement oldest_of_room_;
  sqlite::Statement behind_;
  sqlite::Statement up_to_;
  sqlite::Statement remove_words_;
  sqlite::Statement remove_message_;
  // Of those that were committed first, all up to this one are old, or from the future.
  std::int64_t looked_at_;
  std::int64_t old_up_to_;
};

}  // namespace chat::store
