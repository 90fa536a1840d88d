#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "libchat/name.hpp"
#include "libchat/utf8.hpp"
#include "server/store/state_rows.hpp"

namespace chat::store {
namespace {

using Users = std::unordered_set<UserId>;
// With the numbers of their next messages.
using Rooms = std::unordered_map<RoomId, Sequence>;

// No room ever comes so far.
constexpr std::int64_t kMostSequence = std::int64_t{1} << 62;

// What can be put right, each kind of it told for the first ones.
class PutRight {
 public:
  PutRight(Findings& findings, std::string_view more) : findings_(findings), more_(more) {}
  ~PutRight() {
    if (count_ > Findings::kMostOfAKind)
      findings_.add(fmt::format("{} {}", count_ - Findings::kMostOfAKind, more_));
  }
  PutRight(const PutRight&) = delete;
  PutRight& operator=(const PutRight&) = delete;

  void add(std::string line) {
    if (++count_ <= Findings::kMostOfAKind)
      findings_.add(std::move(line));
  }

 private:
  Findings& findings_;
  std::string_view more_;
  std::size_t count_ = 0;
};

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

// The number of a room's last message ever: what the room says, unless it has messages behind that.
class LastNumbers {
 public:
  explicit LastNumbers(sqlite::Database& database)
      : last_message_(database,
                      "SELECT max(sequence) FROM messages WHERE room = ? AND sequence <= ?") {}

  Sequence of(RoomId room, Sequence said) {
    try {
      auto rows = last_message_.query(room, kMostSequence);
      return rows.next() ? std::max(said, rows.sequence(0)) : said;
    } catch (const sqlite::Error&) {
      return said;  // that the messages cannot be read is told elsewhere
    }
  }

 private:
  sqlite::Statement last_message_;
};

bool can_be_last(std::int64_t sequence) {
  return sequence >= 0 && sequence <= kMostSequence;
}

// Takes the rooms one by one, and leaves out those that cannot be.
class RoomLoading {
 public:
  RoomLoading(sqlite::Database& database, const Users& users, Findings& findings)
      : users_(users),
        last_numbers_(database),
        without_number_(findings, "more rooms whose last number makes no sense"),
        second_ones_(findings, "more rooms that belong to the same two as another one") {}

  // False: it is damaged.
  bool take(KnownRoom&& room, std::int64_t last, DurableState& state) {
    if (!can_be_last(last)) {
      without_number_.add(
          fmt::format("the last number of room {} makes no sense", room.room.value));
      return true;
    }
    if (!makes_sense(room, names_))
      return false;
    if (!has_its_users(room, users_) || is_second(room))
      return true;
    const Sequence next =
        last_numbers_.of(room.room, Sequence{static_cast<std::uint64_t>(last)}) + 1;
    known_.emplace(room.room, next);
    state.rooms.push_back({std::move(room), next});
    return true;
  }

  Rooms finish() { return std::move(known_); }

 private:
  bool is_second(const KnownRoom& room) {
    const bool is_first =
        room.kind == RoomKind::open || pairs_.insert(std::minmax(room.first, room.second)).second;
    if (!is_first)
      second_ones_.add(
          fmt::format("room {} belongs to the same two as another one", room.room.value));
    return !is_first;
  }

  const Users& users_;
  LastNumbers last_numbers_;
  PutRight without_number_;
  PutRight second_ones_;
  std::unordered_set<RoomName> names_;
  std::set<std::pair<UserId, UserId>> pairs_;
  Rooms known_;
};

std::expected<Rooms, std::string> load_rooms(sqlite::Database& database, const Users& users,
                                             DurableState& state, Findings& findings) {
  RoomLoading loading(database, users, findings);
  sqlite::Statement statement(
      database, "SELECT room, kind, name, first_user, second_user, last FROM rooms ORDER BY room");
  auto rows = statement.query();
  while (rows.next()) {
    KnownRoom room{rows.id<RoomId>(0), static_cast<RoomKind>(rows.integer(1)),
                   std::string(rows.text(2)), rows.id<UserId>(3), rows.id<UserId>(4)};
    if (!loading.take(std::move(room), rows.integer(5), state))
      return damaged("room", rows.integer(0));
  }
  return loading.finish();
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
                      DurableState& state, Findings& findings) {
  PutRight clamped(findings, "more memberships whose beginning makes no sense");
  sqlite::Statement statement(database, "SELECT user, room, may_speak, since FROM memberships");
  auto rows = statement.query();
  while (rows.next()) {
    const KnownMembership membership{rows.id<UserId>(0), rows.id<RoomId>(1), rows.integer(2) == 1,
                                     rows.sequence(3)};
    const auto room = rooms_known.find(membership.room);
    if (!present.contains(membership.user) || room == rooms_known.end())
      continue;
    state.memberships.push_back(membership);
    Sequence& since = state.memberships.back().since;
    since = std::clamp(since, Sequence{1}, room->second);
    if (since != membership.since)
      clamped.add(fmt::format("since when user {} is in room {} makes no sense",
                              membership.user.value, membership.room.value));
  }
}

// A read beyond the room's messages counts as one up to the last.
void load_reads(sqlite::Database& database, const Users& users, const Rooms& rooms_known,
                DurableState& state) {
  sqlite::Statement statement(database, "SELECT user, room, sequence FROM reads");
  auto rows = statement.query();
  while (rows.next()) {
    const ReadPosition read{rows.id<UserId>(0), rows.id<RoomId>(1), rows.sequence(2)};
    const auto room = rooms_known.find(read.room);
    if (users.contains(read.user) && room != rooms_known.end())
      state.reads.push_back({read.user, read.room, std::min(read.sequence, room->second - 1)});
  }
}

}  // namespace

std::expected<DurableState, std::string> load_state(sqlite::Database& database,
                                                    Findings& findings) {
  DurableState state;
  const auto users = load_users(database, state);
  if (!users)
    return std::unexpected(users.error());
  const auto rooms = load_rooms(database, *users, state, findings);
  if (!rooms)
    return std::unexpected(rooms.error());
  const Users present = load_sessions(database, *users, state);
  load_memberships(database, present, *rooms, state, findings);
  load_reads(database, *users, *rooms, state);
  return state;
}

}  // namespace chat::store
