#include "server/store/guests.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "server/store/state_rows.hpp"
#include "server/store/store_options.hpp"

namespace chat::store {
namespace {

constexpr std::size_t kUsersAtOnce = 64;
constexpr std::int64_t kBelowAllUsers = std::numeric_limits<std::int64_t>::min();

}  // namespace

WallTime guests_not_seen_since(WallTime now, std::chrono::days kept) {
  return {now.milliseconds - std::chrono::milliseconds(kept).count()};
}

void forget_guests(sqlite::Database& database, WallTime now, std::chrono::days kept) {
  using sqlite::Statement;
  database.run(
      "CREATE TEMP TABLE present(user INTEGER PRIMARY KEY);"
      "CREATE TEMP TABLE gone(room INTEGER PRIMARY KEY);");
  Statement(database,
            "INSERT INTO present SELECT user FROM users WHERE seen >= ? UNION SELECT user FROM "
            "sessions")
      .run(guests_not_seen_since(now, kept));
  database.run(
      "INSERT INTO gone SELECT room FROM rooms WHERE kind = 2 AND (first_user NOT IN present OR "
      "second_user NOT IN present);"
      "INSERT OR IGNORE INTO forgotten_rooms SELECT room FROM gone WHERE EXISTS(SELECT 1 FROM "
      "messages WHERE messages.room = gone.room);"
      "DELETE FROM memberships WHERE room IN gone;"
      "DELETE FROM rooms WHERE room IN gone;"
      "DROP TABLE gone;");
  Statement(database, "DELETE FROM users WHERE user NOT IN present AND seen < ?")
      .run(guests_not_seen_since(now, std::max(kept, kIdsKept)));
  database.run(
      "DELETE FROM reads WHERE user NOT IN (SELECT user FROM users) OR room NOT IN (SELECT room "
      "FROM rooms);"
      "DROP TABLE present");
}

GuestRemoval::GuestRemoval(sqlite::Database& database, MessageRemoval& messages)
    : messages_(messages),
      users_(database,
             "SELECT user, seen < ? AND user NOT IN (SELECT user FROM sessions) FROM users WHERE "
             "user > ? ORDER BY user LIMIT ?"),
      pair_with_messages_(
          database, "SELECT room FROM (" + std::string(kPairsOfUser) +
                        ") AS pairs WHERE EXISTS(SELECT 1 FROM messages WHERE messages.room = "
                        "pairs.room) LIMIT 1"),
      looked_at_(kBelowAllUsers) {}

bool GuestRemoval::step(WallTime not_seen_since, std::size_t most_messages) {
  const std::vector<User> users = next_users(not_seen_since);
  for (const User& one : users) {
    const auto pair = one.is_guest ? pair_with_messages(one.user) : std::nullopt;
    if (pair) {
      messages_.remove_of(*pair, most_messages);
      return true;
    }
    looked_at_ = static_cast<std::int64_t>(one.user.value);
  }
  if (users.size() == kUsersAtOnce)
    return true;
  looked_at_ = kBelowAllUsers;
  return false;
}

std::vector<GuestRemoval::User> GuestRemoval::next_users(WallTime not_seen_since) {
  std::vector<User> users;
  auto rows = users_.query(not_seen_since, looked_at_, kUsersAtOnce);
  while (rows.next())
    users.push_back({rows.id<UserId>(0), rows.integer(1) == 1});
  return users;
}

std::optional<RoomId> GuestRemoval::pair_with_messages(UserId user) {
  auto rows = pair_with_messages_.query(user);
  if (!rows.next())
    return std::nullopt;
  return rows.id<RoomId>(0);
}

}  // namespace chat::store
