// Messages on their way into the tables of the store.
#pragma once

#include "libchat/ledger.hpp"
#include "server/store/room_numbers.hpp"
#include "server/store/sqlite.hpp"

namespace chat::store {

// Is in the row of an id, beside it.
std::uint64_t digest_of_id(UserId user, const MessageId& id, std::uint64_t body, RoomId room,
                           Sequence sequence, WallTime time);

// Within a transaction. Throws sqlite::Error. Both of its parts outlive it.
class MessageRows {
 public:
  MessageRows(sqlite::Database& database, RoomNumbers& numbers);

  // Gives the message the next number of its room, or says where it was said before. What is said
  // in a room that is forgotten in the same transaction gets a number, and is gone with it.
  void add(RoomId room, WallTime time, AcceptedMessage& message);

  // Writes the last numbers of the rooms that have changed.
  void finish();

 private:
  SaidBefore said_before(const AcceptedMessage& message);

  RoomNumbers& numbers_;
  sqlite::Database& database_;
  sqlite::Statement add_id_;
  sqlite::Statement find_id_;
  sqlite::Statement add_message_;
  sqlite::Statement add_words_;
  sqlite::Statement set_last_;
};

}  // namespace chat::store
