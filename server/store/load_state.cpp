#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_set>

#include "libchat/name.hpp"
#include "libchat/utf8.hpp"
#include "server/store/state_rows.hpp"

namespace chat::store {
namespace {

using Users = std::unordered_set<UserId>;
using Rooms = std::unordered_set<RoomId>;

template <std::size_t N>
bool take(std::array<std::uint8_t, N>& to, ByteView from) {
  if (from.size() != N)
    return false;
  std::ranges::copy(from, to.begin());
  return true;
}

std::unexpected<std::string> damaged(std::string_view what, std::int64_t number) {
  return std::unexpected(fmt::format("what it says about {} {} makes no sense", what, number));
}

std::expected<Users, std::string> load_users(sqlite::Database& database, DurableState& state) {
  Users known;
  sqlite::Statement statement(database, "SELECT user, identity, secret, seen FROM users");
  auto rows = statement.query();
  while (rows.next()) {
    KnownUser user{.user = rows.id<UserId>(0), .identity = {}, .seen = rows.time(3)};
    if (!take(user.identity.value, rows.blob(1)) || !take(user.secret, rows.blob(2)))
      return damaged("user", rows.integer(0));
    known.insert(user.user);
    state.users.push_back(user);
  }
  return known;
}

// An open room has a name that no other one has.
bool makes_sense(const KnownRoom& room, std::unordered_set<RoomName>& names) {
  if (room.kind == RoomKind::pair)
    return room.name.size() <= kMaxNameBytes && is_valid_utf8(room.name);
  const auto name = RoomName::make(room.name);
  return room.kind == RoomKind::open && name && names.insert(*name).second;
}

bool has_its_users(const KnownRoom& room, const Users& users) {
  return room.kind == RoomKind::open ||
         (room.first != room.second && users.contains(room.first) && users.contains(room.second));
}

std::expected<Rooms, std::string> load_rooms(sqlite::Database& database, const Users& users,
                                             DurableState& state) {
  Rooms known;
  std::unordered_set<RoomName> names;
  sqlite::Statement statement(database,
                              "SELECT room, kind, name, first_user, second_user, last FROM rooms");
  auto rows = statement.query();
  while (rows.next()) {
    KnownRoom room{rows.id<RoomId>(0), static_cast<RoomKind>(rows.integer(1)),
                   std::string(rows.text(2)), rows.id<UserId>(3), rows.id<UserId>(4)};
    if (rows.integer(5) < 0 || !makes_sense(room, names))
      return damaged("room", rows.integer(0));
    if (!has_its_users(room, users))
      continue;
    known.insert(room.room);
    state.rooms.push_back({std::move(room), rows.sequence(5) + 1});
  }
  return known;
}

Users load_sessions(sqlite::Database& database, const Users& users, DurableState& state) {
  Users present;
  std::unordered_set<Nickname> nicknames;
  sqlite::Statement statement(database, "SELECT user, slot, generation, nickname FROM sessions");
  auto rows = statement.query();
  while (rows.next()) {
    const auto user = rows.id<UserId>(0);
    const auto nickname = Nickname::make(rows.text(3));
    const SessionId session{static_cast<std::uint32_t>(rows.integer(1)),
                            static_cast<std::uint32_t>(rows.integer(2))};
    if (!users.contains(user) || !session || !nickname || !nicknames.insert(*nickname).second)
      continue;
    present.insert(user);
    state.sessions.push_back({user, session, std::string(rows.text(3))});
  }
  return present;
}

void load_memberships(sqlite::Database& database, const Users& present, const Rooms& rooms_known,
                      DurableState& state) {
  sqlite::Statement statement(database, "SELECT user, room, may_speak, since FROM memberships");
  auto rows = statement.query();
  while (rows.next()) {
    const KnownMembership membership{rows.id<UserId>(0), rows.id<RoomId>(1), rows.integer(2) == 1,
                                     rows.sequence(3)};
    if (present.contains(membership.user) && rooms_known.contains(membership.room))
      state.memberships.push_back(membership);
  }
}

}  // namespace

std::expected<DurableState, std::string> load_state(sqlite::Database& database) {
  DurableState state;
  const auto users = load_users(database, state);
  if (!users)
    return std::unexpected(users.error());
  const auto rooms = load_rooms(database, *users, state);
  if (!rooms)
    return std::unexpected(rooms.error());
  const Users present = load_sessions(database, *users, state);
  load_memberships(database, present, *rooms, state);
  return state;
}

}  // namespace chat::store
