#include "server/store/message_removal.hpp"

namespace chat::store {

MessageRemoval::MessageRemoval(sqlite::Database& database)
    : database_(database),
      oldest_of_room_(
          database, "SELECT message, text FROM messages WHERE room = ? ORDER BY sequence LIMIT ?"),
      oldest_(database, "SELECT message, text, time FROM messages ORDER BY message LIMIT ?"),
      // It keeps no texts itself, and must be told what it has taken in.
      remove_words_(database, "INSERT INTO search(search, rowid, text) VALUES('delete', ?, ?)"),
      remove_message_(database, "DELETE FROM messages WHERE message = ?") {}

std::size_t MessageRemoval::remove_of(RoomId room, std::size_t most) {
  std::vector<Doomed> doomed;
  {
    auto rows = oldest_of_room_.query(room, most);
    while (rows.next())
      doomed.push_back({rows.integer(0), std::string(rows.text(1))});
  }
  return remove(doomed);
}

std::size_t MessageRemoval::remove_before(WallTime time, std::size_t most) {
  std::vector<Doomed> doomed;
  {
    auto rows = oldest_.query(most);
    while (rows.next() && rows.time(2) < time)
      doomed.push_back({rows.integer(0), std::string(rows.text(1))});
  }
  return remove(doomed);
}

std::size_t MessageRemoval::remove(const std::vector<Doomed>& doomed) {
  if (doomed.empty())
    return 0;
  sqlite::Transaction transaction(database_);
  for (const Doomed& one : doomed) {
    remove_words_.run(one.message, std::string_view(one.text));
    remove_message_.run(one.message);
  }
  transaction.commit();
  return doomed.size();
}

}  // namespace chat::store
