#include "server/store/guests.hpp"

#include <limits>
#include <vector>

namespace chat::store {
namespace {

constexpr std::size_t kUsersAtOnce = 64;
constexpr std::int64_t kBelowAllUsers = std::numeric_limits<std::int64_t>::min();

}  // namespace

WallTime guests_not_seen_since(WallTime now, std::chrono::days kept) {
  return {now.milliseconds - std::chrono::milliseconds(kept).count()};
}

void forget_guests(sqlite::Database& database, WallTime not_seen_since) {
  using sqlite::Statement;
  database.run(
      "CREATE TEMP TABLE present(user INTEGER PRIMARY KEY);"
      "CREATE TEMP TABLE gone(room INTEGER PRIMARY KEY);");
  Statement(database,
            "INSERT INTO present SELECT user FROM users WHERE seen >= ? UNION SELECT user FROM "
            "sessions")
      .run(not_seen_since);
  database.run(
      "INSERT INTO gone SELECT room FROM rooms WHERE kind = 2 AND (first_user NOT IN present OR "
      "second_user NOT IN present);"
      "INSERT OR IGNORE INTO forgotten_rooms SELECT room FROM gone WHERE EXISTS(SELECT 1 FROM "
      "messages WHERE messages.room = gone.room);"
      "DELETE FROM memberships WHERE room IN gone;"
      "DELETE FROM rooms WHERE room IN gone;"
      "DELETE FROM users WHERE user NOT IN present;"
      "DROP TABLE present;"
      "DROP TABLE gone;");
}

GuestRemoval::GuestRemoval(sqlite::Database& database, MessageRemoval& messages)
    : messages_(messages),
      guests_(
          database,
          "SELECT user FROM users WHERE user > ? AND seen < ? AND user NOT IN (SELECT user FROM "
          "sessions) ORDER BY user LIMIT ?"),
      pair_with_messages_(
          database,
          "SELECT room FROM rooms WHERE kind = 2 AND (first_user = ?1 OR second_user = ?1) AND "
          "EXISTS(SELECT 1 FROM messages WHERE messages.room = rooms.room) LIMIT 1"),
      looked_at_(kBelowAllUsers) {}

bool GuestRemoval::step(WallTime not_seen_since, std::size_t most_messages) {
  std::vector<UserId> guests;
  {
    auto rows = guests_.query(looked_at_, not_seen_since, kUsersAtOnce);
    while (rows.next())
      guests.push_back(rows.id<UserId>(0));
  }
  for (const UserId guest : guests) {
    if (const auto pair = pair_with_messages(guest)) {
      messages_.remove_of(*pair, most_messages);
      return true;
    }
    looked_at_ = static_cast<std::int64_t>(guest.value);
  }
  if (guests.size() == kUsersAtOnce)
    return true;
  looked_at_ = kBelowAllUsers;
  return false;
}

std::optional<RoomId> GuestRemoval::pair_with_messages(UserId user) {
  auto rows = pair_with_messages_.query(user);
  if (!rows.next())
    return std::nullopt;
  return rows.id<RoomId>(0);
}

}  // namespace chat::store
