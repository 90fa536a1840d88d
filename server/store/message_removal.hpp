// Messages on their way out of the tables of the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "libchat/ids.hpp"
#include "server/store/sqlite.hpp"

namespace chat::store {

// Always a room's oldest ones, so that those which stay are numbered without a hole. In one
// transaction each, `most` messages at most; they tell how many. Throws sqlite::Error. The database
// outlives it.
class MessageRemoval {
 public:
  explicit MessageRemoval(sqlite::Database& database);

  std::size_t remove_of(RoomId room, std::size_t most);
  // Up to the first that is not older, in the order in which they were committed.
  std::size_t remove_before(WallTime time, std::size_t most);

 private:
  struct Doomed {
    std::int64_t message;
    std::string text;
  };
  std::size_t remove(const std::vector<Doomed>& doomed);

  sqlite::Database& database_;
  sqlite::Statement oldest_of_room_;
  sqlite::Statement oldest_;
  sqlite::Statement remove_words_;
  sqlite::Statement remove_message_;
};

}  // namespace chat::store
