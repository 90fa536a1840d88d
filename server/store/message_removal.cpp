#include "server/store/message_removal.hpp"

#include <limits>

namespace chat::store {
namespace {

constexpr std::int64_t kBelowAll = std::numeric_limits<std::int64_t>::min();
constexpr std::size_t kLookedAtOnce = 1'024;

}  // namespace

MessageRemoval::MessageRemoval(sqlite::Database& database)
    : oldest_of_room_(
          database, "SELECT message, text FROM messages WHERE room = ? ORDER BY sequence LIMIT ?"),
      behind_(database,
              "SELECT message, time FROM messages WHERE message > ? ORDER BY message LIMIT ?"),
      up_to_(database,
             "SELECT message, text FROM messages WHERE message <= ? ORDER BY message LIMIT ?"),
      // It keeps no texts itself, and must be told what it has taken in.
      remove_words_(database, "INSERT INTO search(search, rowid, text) VALUES('delete', ?, ?)"),
      remove_message_(database, "DELETE FROM messages WHERE message = ?"),
      looked_at_(kBelowAll),
      old_up_to_(kBelowAll) {}

std::size_t MessageRemoval::remove_of(RoomId room, std::size_t most) {
  std::vector<Doomed> doomed;
  {
    auto rows = oldest_of_room_.query(room, most);
    while (rows.next())
      doomed.push_back({rows.integer(0), std::string(rows.text(1))});
  }
  return remove(doomed);
}

bool MessageRemoval::remove_before(WallTime time, WallTime now, std::size_t most) {
  if (old_up_to_ != kBelowAll) {
    if (remove_up_to(old_up_to_, most) == most)
      return true;
    old_up_to_ = kBelowAll;
  }
  auto rows = behind_.query(looked_at_, kLookedAtOnce);
  for (std::size_t looked_at = 0; looked_at < kLookedAtOnce; ++looked_at) {
    const bool ends = !rows.next() || (rows.time(1) >= time && rows.time(1) <= now);
    if (ends) {
      // From the beginning next time: what was from the future may have become old.
      looked_at_ = kBelowAll;
      return old_up_to_ != kBelowAll;
    }
    looked_at_ = rows.integer(0);
    if (rows.time(1) < time)
      old_up_to_ = looked_at_;
  }
  return true;
}

std::size_t MessageRemoval::remove_up_to(std::int64_t message, std::size_t most) {
  std::vector<Doomed> doomed;
  {
    auto rows = up_to_.query(message, most);
    while (rows.next())
      doomed.push_back({rows.integer(0), std::string(rows.text(1))});
  }
  return remove(doomed);
}

std::size_t MessageRemoval::remove(const std::vector<Doomed>& doomed) {
  for (const Doomed& one : doomed) {
    remove_words_.run(one.message, std::string_view(one.text));
    remove_message_.run(one.message);
  }
  return doomed.size();
}

}  // namespace chat::store
